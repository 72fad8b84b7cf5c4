"""What the tests of exporting share: a little of everything, archives made, read and spoilt, and a house emptied."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from watercooler.doors.exporting import scopes
from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.write import write
from watercooler.kinds.articles.acts import write as write_article
from watercooler.kinds.questions.acts import accept
from watercooler.spine.activity import worker
from watercooler.spine.content.acts import check, edit, remove
from watercooler.spine.content.models import Draft, Item
from watercooler.spine.social.acts import comment, flag, helped, react, save


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()


def a_life(company) -> dict[str, Item]:
    """A little of everything, in open, closed and secret spaces."""
    question = company.question(topics=["Defrost"])
    answer = company.answer(question, "Look at the coil, @noah. #coils")
    accept(company.viewer("noah"), question, answer)
    post = company.post("First frost.")
    comment(company.viewer("noah"), post, "Cold.")
    helped(company.viewer("noah"), post)
    check(company.viewer("hassan"), answer, revision=1, note="Against the manual.")
    react(company.viewer("priya"), answer, "heart")
    article = company.article("Reading superheat")
    edit(company.viewer("tomasz"), article, title=article.title, source="Wait *ten* minutes.", based_on=1)
    gone = company.post("Never mind.", by="tomasz")
    remove(company.viewer("tomasz"), gone)
    secret = company.post("Pay talks on Monday.", by="ruth", space=company.council)
    closed = company.post("Insulin is in the blue box.", by="fatima", space=company.medicines)
    draft = write_article(company.viewer("priya"), company.heat, "Half a thought", "Not yet.", is_draft=True)
    save(company.viewer("priya"), article)
    flag(company.viewer("priya"), post, "other", "Hm.")
    Draft.objects.create(person=company.noah, form="post", body={"source": "typing"}, saved_at=timezone.now())
    worker.follow()
    return {
        "question": question.item,
        "post": post,
        "secret": secret,
        "closed": closed,
        "draft": draft,
        "article": article,
    }


def out(tmp_path: Path, chosen: scopes.Chosen | None = None, scope: Scope = Scope.EVERYTHING) -> Path:
    target = tmp_path / f"{scope}.zip"
    target.unlink(missing_ok=True)
    write(chosen or scopes.everything(), target, scope)
    return target


def rows(path: Path, name: str) -> list[dict]:
    with zipfile.ZipFile(path) as archive:
        if f"tables/{name}.jsonl" not in archive.namelist():
            return []
        return [json.loads(line) for line in archive.read(f"tables/{name}.jsonl").splitlines()]


def words(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return other


def row_changed(path: Path, table: str, change: Callable[[dict], None]) -> Path:
    def first(held: dict[str, bytes]) -> None:
        lines = held[f"tables/{table}.jsonl"].splitlines()
        row = json.loads(lines[0])
        change(row)
        held[f"tables/{table}.jsonl"] = b"\n".join([json.dumps(row).encode(), *lines[1:]]) + b"\n"

    return changed(path, first)


def emptied() -> None:
    """Take everything away, as in another installation's database."""
    from django.core.management import call_command

    from watercooler.spine.people.reads import forget_organisation
    from watercooler.spine.spaces.viewer import kept

    call_command("flush", interactive=False, verbosity=0)
    kept.clear()
    forget_organisation()
