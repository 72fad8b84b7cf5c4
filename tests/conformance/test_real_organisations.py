"""Two real organisations and two real handbooks come in whole: every person, every line, every page.

The files lie beside the checkout, in ../shared/data. Where they do not, these tests say so and pass over.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from watercooler.doors.importing.handbook import folder, load
from watercooler.doors.importing.people import lines
from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.sources import Told, source
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person, Unit

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (DATA / "org").is_dir(), reason=f"The real organisations are not there: {DATA}"),
]


def unpack(kind: str, name: str, folder: Path) -> Path:
    with tarfile.open(DATA / kind / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / name


@pytest.mark.parametrize(("name", "people", "units"), [("oracle-hr", 107, 11), ("adventureworks-hr", 290, 20)])
def test_an_organisation_comes_in_whole(company, tmp_path, name, people, units):
    before = Unit.objects.count()
    path = unpack("org", name, tmp_path)
    report = bring(company.viewer("ines"), source(path, Told()))
    came = Person.objects.filter(is_imported=True)
    assert came.count() == people
    assert came.filter(manager=None).count() == 1
    assert not lines.cycles(dict(came.values_list("pk", "manager_id")))
    assert Unit.objects.count() - before == units
    assert not report.problems
    assert all(line.is_accounted_for for line in report.lines.values())
    again = bring(company.viewer("ines"), source(path, Told()), is_full=True)
    assert (again.lines["people"].known, again.lines["people"].loaded) == (people, 0)


PAGES = {
    "handbook-18f": (251, {"in a hidden folder": 1, "only sends its readers on; links to it lead there": 10}),
    "handbook-sourcegraph": (881, {"in a hidden folder": 2, "empty": 3}),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_handbook_comes_in_whole(company, tmp_path, name):
    count, left_out = PAGES[name]
    looked = folder.look(unpack("handbook", name, tmp_path))
    report = load.bring(company.viewer("ines"), lambda: company.heat, looked, source=name)
    pages = report.lines["pages"]
    assert (pages.found, dict(pages.left_out)) == (count, left_out)
    assert all(line.is_accounted_for for line in report.lines.values())
    articles = Item.objects.filter(kind="article", is_imported=True)
    assert articles.count() == pages.loaded + report.lines["contents"].loaded
    elsewhere = r'<a href="(?!https?:|mailto:|tel:|/a/[0-9]+/|/files/|#)'
    assert not articles.filter(safe_html__regex=elsewhere).values_list("title", flat=True)
    again = load.bring(company.viewer("ines"), lambda: company.heat, looked, source=name)
    assert (again.lines["pages"].known, again.lines["pages"].loaded) == (pages.loaded, 0)
