"""Everything goes out and comes in again as the same pages; of what somebody may not see, nothing goes out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from PIL import Image

from watercooler.doors.exporting import acts, load, scopes
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.tables import tables
from watercooler.doors.exporting.write import MANIFEST, write
from watercooler.foundation.base.errors import NotAllowed, Refused
from watercooler.kinds.articles.acts import write as write_article
from watercooler.kinds.questions.acts import accept
from watercooler.spine.activity import worker
from watercooler.spine.content.acts import edit, remove, take_file
from watercooler.spine.content.models import Attachment, Draft, Item
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.social import acts as acts_of_people
from watercooler.spine.social.acts import comment, flag, helped, react, save
from watercooler.spine.spaces.models import Space

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()


def _a_life(company) -> dict[str, Item]:
    """A little of everything, in open, closed and secret spaces."""
    question = company.question()
    answer = company.answer(question, "Look at the coil, @noah. #coils")
    accept(company.viewer("noah"), question, answer)
    post = company.post("First frost.")
    comment(company.viewer("noah"), post, "Cold.")
    helped(company.viewer("noah"), post)
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


def _out(tmp_path: Path, chosen: scopes.Chosen | None = None, scope: Scope = Scope.EVERYTHING) -> Path:
    target = tmp_path / f"{scope}.zip"
    target.unlink(missing_ok=True)
    write(chosen or scopes.everything(), target, scope)
    return target


def _rows(path: Path, name: str) -> list[dict]:
    with zipfile.ZipFile(path) as archive:
        if f"tables/{name}.jsonl" not in archive.namelist():
            return []
        return [json.loads(line) for line in archive.read(f"tables/{name}.jsonl").splitlines()]


def _words(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return other


def _row_changed(path: Path, table: str, change: Callable[[dict], None]) -> Path:
    def first(held: dict[str, bytes]) -> None:
        lines = held[f"tables/{table}.jsonl"].splitlines()
        row = json.loads(lines[0])
        change(row)
        held[f"tables/{table}.jsonl"] = b"\n".join([json.dumps(row).encode(), *lines[1:]]) + b"\n"

    return _changed(path, first)


def test_every_model_is_exported_or_has_a_reason_not_to_be():
    ours = {f"{m._meta.app_label}.{m.__name__}" for m in apps.get_models() if m.__module__.startswith("watercooler.")}
    assert ours == set(settings.EXPORTED) | set(settings.NOT_EXPORTED)
    assert not set(settings.EXPORTED) & set(settings.NOT_EXPORTED)


def test_no_secret_leaves(company, tmp_path):
    company.ines.set_password("warm-radiators-42")
    company.ines.save()
    Invitation.objects.create(
        token="very-secret-token",
        person=company.noah,
        invited_by=company.ines,
        made_at=timezone.now(),
        ends_at=timezone.now(),
    )
    words = _words(_out(tmp_path))
    assert "password" not in words
    assert "argon2" not in words
    assert "very-secret-token" not in words


def test_an_own_export_holds_what_one_wrote_and_nothing_one_may_not_see(company, tmp_path):
    _a_life(company)
    path = _out(tmp_path, scopes.own(company.viewer("priya")), Scope.OWN)
    words = _words(path)
    assert "First frost." in words
    assert "Half a thought" in words, "Drafts are one's own."
    assert {row["author_id"] for row in _rows(path, "content.Item")} == {company.priya.pk}
    assert [row["handle"] for row in _rows(path, "people.Person")] == ["priya"]
    for hidden in ("Pay talks", "Insulin", "Works council", "typing", "Cold.", "noah@fernway"):
        assert hidden not in words
    assert "texts/" in "".join(zipfile.ZipFile(path).namelist())


def test_an_asker_s_export_has_no_words_of_the_answerer(company, tmp_path):
    question = company.question()
    accept(company.viewer("noah"), question, company.answer(question, "Somebody else's wisdom."))
    assert "wisdom" not in _words(_out(tmp_path, scopes.own(company.viewer("noah")), Scope.OWN))


def test_an_asker_s_export_does_not_tell_what_was_answered(company, tmp_path):
    priya = company.viewer("priya")
    acts_of_people.connect(priya, company.noah, "Hello.")
    introduced = acts_of_people.introduce(priya, company.noah, company.hassan, "Meet.")
    acts_of_people.connect(company.viewer("ruth"), company.priya, "From Ruth.")
    before = _words(_out(tmp_path, scopes.own(priya), Scope.OWN))
    acts_of_people.decline_connection(company.viewer("noah"), company.priya)
    acts_of_people.decline_introduction(company.viewer("noah"), introduced)
    path = _out(tmp_path, scopes.own(priya), Scope.OWN)
    assert "Hello." in before
    assert "From Ruth." not in before, "A request of somebody else is theirs until it is answered."
    for table in ("social.Connection", "social.Introduction"):
        (row,) = _rows(path, table)
        assert not {"state", "declined_at", "one_answer", "other_answer"} & row.keys()
    assert "declined" not in _words(path)


def test_a_space_s_export_holds_what_its_people_read(company, tmp_path):
    _a_life(company)
    path = _out(tmp_path, scopes.of_space(company.viewer("hassan"), company.heat), Scope.SPACE)
    words = _words(path)
    for read in ("First frost.", "Look at the coil", "Cold.", "Wait *ten*", "Wait twenty"):
        assert read in words
    for hidden in ("Half a thought", "Never mind", "Pay talks", "Insulin", "typing", "@fernway", "Hm."):
        assert hidden not in words
    assert not _rows(path, "social.Helped")


def _everything_shown(client, items) -> dict[tuple[str, str], str]:
    """The HTML of pages as several viewers see them, without what is new in each answer."""
    import re

    pages = {}
    addresses = [
        "/home",
        "/spaces",
        "/spaces/heat-pump-engineers/",
        "/people/priya",
        "/people/tomasz",
        "/inbox",
        "/library",
    ]
    addresses += [f"/spaces/{name}/" for name in ("medicines", "works-council")]
    addresses += [item.url for item in items]
    for handle in ("noah", "ruth", "ines", "sam", "fatima"):
        client.force_login(
            Person.objects.get(handle=handle), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for address in addresses:
            response = client.get(address.partition("#")[0])
            html = response.content.decode() if response.status_code == 200 else str(response.status_code)
            html = re.sub(r'name="key" value="[0-9a-f]{32}"|answer-\w+-key', "", html)
            pages[handle, address] = re.sub(r'value="[0-9a-f]{32}"', "", html)
        client.logout()
    return pages


def _emptied() -> None:
    """Take everything away, as in another installation's database."""
    from django.core.management import call_command

    from watercooler.spine.people.reads import forget_organisation
    from watercooler.spine.spaces.viewer import kept

    call_command("flush", interactive=False, verbosity=0)
    kept.clear()
    forget_organisation()


@pytest.mark.django_db(transaction=True)
def test_export_and_import_give_the_same_pages(company, client, tmp_path):
    items = _a_life(company)
    with (tmp_path / "coil.png").open("wb") as file:
        Image.new("RGB", (30, 20), "red").save(file, "PNG")
    attachment = take_file(company.viewer("priya"), tmp_path / "coil.png")
    company.post(f"Look: ![Coil]({attachment.url})")
    worker.follow()
    tops = [item for item in items.values() if item.parent_id is None]
    _everything_shown(client, tops)  # looking leaves traces: what was read, what is new
    worker.follow()
    before = _everything_shown(client, tops)
    path = _out(tmp_path)
    bytes_before = (settings.MEDIA_ROOT / attachment.stored).read_bytes()
    (settings.MEDIA_ROOT / attachment.stored).unlink()
    _emptied()
    load.load(path)
    again = tmp_path / "again.zip"
    write(scopes.everything(), again, Scope.EVERYTHING)
    for name in tables():
        assert _rows(again, name) == _rows(path, name), name
    after = _everything_shown(client, tops)
    for page, html in before.items():
        assert after[page].splitlines() == html.splitlines(), page
    assert (settings.MEDIA_ROOT / attachment.stored).read_bytes() == bytes_before
    assert Person.objects.create(handle="new", name="New", joined_at=timezone.now()).pk > company.ines.pk


@pytest.mark.django_db(transaction=True)
def test_a_space_s_export_starts_an_installation(company, client, tmp_path):
    items = _a_life(company)
    path = _out(tmp_path, scopes.of_space(company.viewer("hassan"), company.heat), Scope.SPACE)
    _emptied()
    load.load(path)
    client.force_login(Person.objects.get(handle="noah"), backend=BACKEND)
    assert "First frost." in client.get("/spaces/heat-pump-engineers/").content.decode()
    assert "Look at the coil" in client.get(items["question"].url).content.decode()


def test_an_installation_in_use_is_left_alone(company, tmp_path):
    path = _out(tmp_path)
    with pytest.raises(Refused, match="in use"):
        load.load(path)


class TestBrokenArchives:
    """Each is refused with a sentence, and leaves nothing."""

    @pytest.fixture
    def archive(self, company, tmp_path) -> Path:
        _a_life(company)
        with (tmp_path / "coil.png").open("wb") as file:
            Image.new("RGB", (30, 20), "red").save(file, "PNG")
        company.post(f"![Coil]({take_file(company.viewer('priya'), tmp_path / 'coil.png').url})")
        path = _out(tmp_path)
        for stored in Attachment.objects.values_list("stored", flat=True):
            (settings.MEDIA_ROOT / stored).unlink()
        return path

    @pytest.fixture
    def refused(self, archive, monkeypatch):
        # Inside one test's transaction nothing can be emptied; that check has a test of its own.
        monkeypatch.setattr(load, "check_is_empty", _emptied_within)

        def into(path: Path, sentence: str) -> None:
            files = {p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()}
            people = Person.objects.count()
            with pytest.raises(Refused, match=sentence):
                load.load(path)
            assert Person.objects.count() == people, "What was here is as it was."
            assert {p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()} == files

        return into

    @pytest.mark.django_db(transaction=True)
    def test_truncated(self, archive, refused):
        data = archive.read_bytes()
        for share in (0.1, 0.5, 0.99):
            (cut := archive.with_name("cut.zip")).write_bytes(data[: int(len(data) * share)])
            refused(cut, "damaged or cut off")

    @pytest.mark.django_db(transaction=True)
    def test_a_flipped_byte(self, archive, refused):
        with zipfile.ZipFile(archive) as opened:
            at = opened.getinfo("tables/content.Item.jsonl").header_offset + 400
        data = bytearray(archive.read_bytes())
        data[at] ^= 0xFF
        (flipped := archive.with_name("flipped.zip")).write_bytes(data)
        refused(flipped, "damaged|line")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("data", [b"", b"PK", b"nothing like it", b"%PDF-1.4" * 100])
    def test_no_archive(self, archive, refused, data):
        (other := archive.with_name("other.zip")).write_bytes(data)
        refused(other, "damaged or cut off")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        "name", ["../../evil.txt", "/etc/passwd", "files/../../x", "files/aa/x", "portraits/x.php"]
    )
    def test_a_path_that_climbs_out(self, archive, refused, name):
        refused(_changed(archive, lambda held: held.update({name: b"evil"})), "which no export of ours does")
        assert not (settings.MEDIA_ROOT.parent / "evil.txt").exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_bomb(self, archive, refused):
        bomb = b'{"id":1}' + b" " * 50_000_000
        refused(_changed(archive, lambda held: held.update({"tables/content.Item.jsonl": bomb})), "too tightly")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda about: about.update(version=99), "version 99"),
            (lambda about: about.update(format="other"), "no export of Watercooler"),
            (lambda about: about.update(scope="own"), "one person’s words"),
            (lambda about: about["tables"].update({"auth.Group": {"rows": 0, "columns": ["id"]}}), "unknown here"),
            (lambda about: about["tables"]["people.Person"]["columns"].append("password"), "unknown here"),
            (lambda about: about["tables"]["people.Person"].update(rows=3), "promised"),
            (lambda about: about["tables"].update({"people.Person": None}), "cannot be read"),
        ],
    )
    def test_a_manifest_that_is_not_ours(self, archive, refused, change, sentence):
        def changed(held: dict[str, bytes]) -> None:
            about = json.loads(held[MANIFEST])
            change(about)
            held[MANIFEST] = json.dumps(about).encode()

        refused(_changed(archive, changed), sentence)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("table", "change", "sentence"),
        [
            ("content.Item", lambda row: row.update(author_id=999_999), "author_id: 999999 is not in the archive"),
            ("content.Item", lambda row: row.update(made_at="soon"), "content.Item, near line"),
            ("content.Item", lambda row: row.update(helped_count="many"), "helped_count: this value"),
            ("content.Item", lambda row: row.update(author_id=None), "author_id: this value"),
            ("content.Item", lambda row: row.update(title="a\0b"), "content.Item"),
            ("content.Item", lambda row: row.update(extra=1), "columns"),
            ("people.Person", lambda row: row.update(handle="priya"), "people.Person, near line"),
            ("people.Person", lambda row: row.update(manager_id=12345), "manager_id: 12345"),
        ],
    )
    def test_rows_that_cannot_be(self, archive, refused, table, change, sentence):
        refused(_row_changed(archive, table, change), sentence)

    @pytest.mark.django_db(transaction=True)
    def test_a_line_that_is_no_json(self, archive, refused):
        def broken(held: dict[str, bytes]) -> None:
            held["tables/spaces.Space.jsonl"] = b"{" + held["tables/spaces.Space.jsonl"]

        refused(_changed(archive, broken), "spaces.Space, line 1: this is no JSON")

    @pytest.mark.django_db(transaction=True)
    def test_a_file_that_is_another(self, archive, refused):
        def swapped(held: dict[str, bytes]) -> None:
            for name in held:
                if name.startswith("files/"):
                    held[name] = b"something else"

        refused(_changed(archive, swapped), "not the one that was exported")

    @pytest.mark.django_db(transaction=True)
    def test_what_could_run_is_taken_out_and_spaces_decide_who_reads(self, archive, monkeypatch):
        monkeypatch.setattr(load, "check_is_empty", _emptied_within)
        council = Space.objects.get(name="Works council").pk

        def evil(held: dict[str, bytes]) -> None:
            rows = [json.loads(line) for line in held["tables/content.Item.jsonl"].splitlines()]
            for row in rows:
                row["safe_html"] += "<script>alert(1)</script><a href='javascript:x()' class='btn'>y</a>"
                row["audience"] = 0
            held["tables/content.Item.jsonl"] = b"\n".join(json.dumps(row).encode() for row in rows) + b"\n"

        load.load(_changed(archive, evil))
        assert not Item.objects.filter(safe_html__contains="script").exists()
        assert not Item.objects.filter(safe_html__contains="btn").exists()
        assert set(Item.objects.filter(space_id=council).values_list("audience", flat=True)) == {council}

    @pytest.mark.django_db(transaction=True)
    def test_a_dry_run_leaves_nothing(self, archive, monkeypatch):
        monkeypatch.setattr(load, "check_is_empty", _emptied_within)
        people = set(Person.objects.values_list("pk", flat=True))
        counts = load.load(archive, is_dry=True)
        assert counts["people.Person"] == len(people)
        assert set(Person.objects.values_list("pk", flat=True)) == people
        assert not [p for p in (settings.MEDIA_ROOT).rglob("*") if p.is_file() and p.parent.name != "incoming"]


def _emptied_within() -> None:
    """Empty the tables inside the loading transaction, so that a refusal shows that it takes nothing with it."""
    from django.db import connection

    names = ", ".join(f'"{m._meta.db_table}"' for m in apps.get_models() if m.__module__.startswith("watercooler."))
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {names} cascade")


def test_only_who_may_gets_an_export(company):
    assert acts.may_export(company.viewer("noah"), Scope.OWN)
    assert acts.may_export(company.viewer("sam"), Scope.OWN)
    assert acts.may_export(company.viewer("hassan"), Scope.SPACE, company.heat)
    assert acts.may_export(company.viewer("ines"), Scope.EVERYTHING)
    wall = Space.objects.get(owner=company.noah, purpose="wall")
    for handle, scope, space in (
        ("noah", Scope.SPACE, company.heat),
        ("ines", Scope.SPACE, company.heat),
        ("noah", Scope.SPACE, wall),
        ("elena", Scope.EVERYTHING, None),
        ("hassan", Scope.EVERYTHING, None),
    ):
        with pytest.raises(NotAllowed):
            acts.ask(company.viewer(handle), scope, space)


def test_asking_twice_is_asking_once_and_a_job_writes_it(company):
    first = acts.ask(company.viewer("noah"), Scope.OWN)
    assert acts.ask(company.viewer("noah"), Scope.OWN).pk == first.pk
    acts.write_out(first.pk)
    first.refresh_from_db()
    assert first.ready_at
    assert acts.path_of(first.stored).stat().st_mode & 0o777 == 0o600
    assert acts.ask(company.viewer("noah"), Scope.OWN).pk != first.pk


def test_who_lost_the_right_gets_nothing(company):
    made = acts.ask(company.viewer("ines"), Scope.EVERYTHING)
    Person.objects.filter(pk=company.ines.pk).update(role=20)
    acts.write_out(made.pk)
    made.refresh_from_db()
    assert made.failed_at
    assert not made.stored


def test_ended_exports_go_with_their_file(company):
    made = acts.ask(company.viewer("noah"), Scope.OWN)
    acts.write_out(made.pk)
    made.refresh_from_db()
    Export.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert acts.sweep() == 1
    assert not acts.path_of(made.stored).exists()
