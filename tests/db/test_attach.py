"""What becomes of files: thrown away once nobody holds them, never before."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.pictures import picture
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.files import keep
from watercooler.foundation.base.viewer import STRANGER
from watercooler.spine.content import acts, jobs
from watercooler.spine.content.acts.attach import MOST_FILES, in_text
from watercooler.spine.content.models import Attachment, Draft, Item

pytestmark = pytest.mark.django_db


def arrived(body=None, name="gauge.png"):
    path = keep._folder("incoming") / os.urandom(8).hex()
    path.write_bytes(body or picture())
    return keep.Incoming(path, name, path.stat().st_size, is_too_large=False)


@pytest.fixture
def attach(company):
    return lambda by="priya": acts.attach(company.viewer(by), arrived())


def old(attachment, hours=25):
    Attachment.objects.filter(pk=attachment.pk).update(made_at=timezone.now() - timedelta(hours=hours))


def test_what_nobody_posted_goes_after_a_day(company, attach, django_capture_on_commit_callbacks):
    left, fresh, posted, drafted = attach(), attach(), attach(), attach()
    company.post(f"![]({posted.url})")
    Draft.objects.create(
        person=company.priya, form="compose-source", body={"text": f"![]({drafted.url})"}, saved_at=timezone.now()
    )
    for each in (left, posted, drafted):
        old(each)
    old(fresh, hours=23)
    paths = {each.pk: keep.path_of(each.stored) for each in (left, fresh, posted, drafted)}
    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep_files()
    assert set(Attachment.objects.values_list("pk", flat=True)) == {fresh.pk, posted.pk, drafted.pk}
    assert [pk for pk, path in paths.items() if not path.exists()] == [left.pk]


def test_a_draft_of_somebody_else_keeps_nothing(company, attach):
    left = attach()
    Draft.objects.create(person=company.noah, form="x", body={"text": left.url}, saved_at=timezone.now())
    old(left)
    assert acts.drop_abandoned() == 1


def test_half_sent_files_go_after_a_day(settings):
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    for name, age in (("old", 100_000), ("new", 10)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    keep.sweep_incoming()
    assert [path.name for path in folder.iterdir()] == ["new"]
    (folder / "new").unlink()


def test_a_failed_row_leaves_no_file_behind(company, monkeypatch):
    kept = []
    monkeypatch.setattr(Attachment.objects, "create", lambda **row: kept.append(row["stored"]) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acts.attach(company.viewer("priya"), arrived())
    assert not keep.path_of(kept[0]).exists()


def test_strangers_attach_nothing():
    with pytest.raises(NotAllowed):
        acts.attach(STRANGER, arrived())


def test_taking_a_file_off_its_item_shows_on_the_card(company, attach):
    made = attach()
    item = company.post(f"![]({made.url})")
    made.refresh_from_db()
    with pytest.raises(NotAllowed):
        acts.take_off(company.viewer("noah"), made)
    before = Item.objects.get(pk=item.pk).version
    acts.take_off(company.viewer("priya"), made)
    assert Item.objects.get(pk=item.pk).version == before + 1
    assert not Attachment.objects.exists()


def test_a_new_file_alone_shows_on_the_card(company, attach):
    item = company.post("The same words")
    before = Item.objects.get(pk=item.pk)
    acts.edit(company.viewer("priya"), item, source="The same words", based_on=1, attachments=[attach().pk])
    after = Item.objects.get(pk=item.pk)
    assert (after.version, after.revision) == (before.version + 1, before.revision)


def test_too_many_files_on_one_thing(company):
    with pytest.raises(Invalid, match="At most 20"):
        company.post("x", attachments=range(1, MOST_FILES + 2))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("![two gauges](/files/12/a.png)", {12: "two gauges"}),
        ("[manual](/files/7/m.pdf) and ![](</files/8/b.png>)", {7: "", 8: ""}),
        ("![a\u202eb](/files/3/x.png 'title')", {3: "ab"}),
        ("(/files/x/a) /files/5/a ![a](https://x/files/5/a) ![a](/files/99999999999999999999/a)", {}),
        ("![" * 20_000, {}),
        ("![a](/files/1/" * 2_000, {1: "a"}),
    ],
)
def test_files_are_found_in_the_text(source, found):
    began = time.monotonic()
    assert in_text(source) == found
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("stored", ["../secret", "aa/" + "g" * 38, "", "aa/" + "0" * 38 + "\n", "/etc/passwd"])
def test_only_names_we_made_are_paths(stored):
    with pytest.raises(ValueError, match="not the name"):
        keep.path_of(stored)
