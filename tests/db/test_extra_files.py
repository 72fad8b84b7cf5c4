"""A file that a process left in keeping as it died goes after a day; where the rows are missing no file goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.db.test_attach import arrived
from watercooler.config.commands.check import files as said_of_files
from watercooler.foundation.base.files import keep
from watercooler.spine.content import acts, jobs
from watercooler.spine.content.acts import extra

pytestmark = pytest.mark.django_db
AT_ONCE = -60.0


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def posted(media, company):
    attachment = acts.attach(company.viewer("priya"), arrived())
    company.post(f"![]({attachment.url})")
    keep.make_small(attachment.stored)
    return attachment


@pytest.fixture
def orphan(media):
    """A file that was kept, and whose row was never written."""
    return keep.keep(arrived()).stored


def lying(media: Path) -> set[str]:
    return {f"{path.parent.name}/{path.name}" for path in media.glob("[0-9a-f][0-9a-f]/*")}


def test_what_no_row_names_goes_with_what_was_made_of_it(media, posted, orphan):
    keep.make_small(orphan)
    half = keep.path_of(posted.stored).with_suffix(".part")
    half.write_bytes(b"half of a small picture")
    (media / "portraits").mkdir()
    (media / "portraits" / "priya.webp").write_bytes(b"a face")
    before = lying(media)
    assert acts.drop_extra(AT_ONCE) == len([name for name in before if name.startswith(orphan)]) + 1
    assert lying(media) == {name for name in before if name.startswith(posted.stored)} - {f"{posted.stored}.part"}
    assert (media / "portraits" / "priya.webp").exists()


def test_what_came_today_stays_for_its_row_may_come(media, posted, orphan):
    before = lying(media)
    jobs.sweep_extra_files()
    assert lying(media) == before


def test_a_restored_file_is_as_young_as_its_restoring(media, orphan):
    import os

    os.utime(keep.path_of(orphan), (0, 0))
    assert acts.drop_extra() == 0
    assert keep.path_of(orphan).exists()


def test_where_the_rows_are_missing_no_file_goes(media, posted, orphan, monkeypatch):
    monkeypatch.setattr(extra, "MOST_EXTRA", 0)
    before = lying(media)
    with capture_logs() as said:
        assert acts.drop_extra(AT_ONCE) == 0
    assert lying(media) == before
    assert [(line["event"], line["extra"]) for line in said] == [("files without rows are left", 1)]


def test_check_names_what_is_missing_and_counts_what_is_too_much(media, posted, orphan, monkeypatch):
    assert said_of_files() == []
    monkeypatch.setattr(extra.compare, "__defaults__", (AT_ONCE,))
    keep.path_of(posted.stored).unlink()
    missing, too_many = said_of_files()
    assert missing == f"1 attached files are missing:\n  {posted.url} should lie at files/{posted.stored}"
    assert too_many == "1 files belong to nothing. The worker removes them tonight."
