"""Five real communities come in whole: every count that the data's own description names comes out.

The files lie beside the checkout, in ../shared/data. Where they do not, these tests say so and pass over.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from django.db import connection

from watercooler.doors.importing.models import Badge, Counterpart
from watercooler.doors.importing.report import Report
from watercooler.doors.importing.stackexchange import Dump
from watercooler.doors.importing.stackexchange.bring import bring, space_for
from watercooler.doors.importing.stackexchange.check import check
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item

COMMUNITIES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "community"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not COMMUNITIES.is_dir(), reason=f"The real communities are not there: {COMMUNITIES}"),
]

KINDS = ("posts", "posts: questions", "posts: answers", "users", "votes", "comments", "badges", "tags", "post links",
         "edit history")  # fmt: skip
COUNTS = {
    "quantumcomputing.stackexchange.com": (1986, 612, 1060, 3461, 12560, 3413, 4671, 154, 327, 0),
    "beer.stackexchange.com": (2106, 591, 1398, 3948, 10798, 1860, 5571, 133, 93, 5093),
    "bicycles.meta.stackexchange.com": (1446, 453, 971, 2551, 5671, 2448, 6585, 94, 189, 3994),
    "history.meta.stackexchange.com": (1657, 556, 1095, 2295, 0, 3454, 4931, 0, 0, 0),
    "matheducators.stackexchange.com-posts-only": (2061, 397, 1507, 0, 0, 0, 0, 0, 0, 0),
}
"""Site → how many of KINDS its files hold."""


def unpack(site: str, folder: Path) -> Path:
    with tarfile.open(COMMUNITIES / f"{site}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return next(path.parent for path in folder.rglob("Posts.xml"))


def load(site: str, folder: Path) -> Report:
    dump = Dump(unpack(site, folder), site)
    report = Report(site)
    bring(dump, space_for(dump, site[:60], "", report), report)
    return report


def found(report: Report) -> tuple[int, ...]:
    lines = report.groups() | report.lines
    return tuple(lines[kind].found if kind in lines else 0 for kind in KINDS)


@pytest.mark.parametrize("site", COUNTS)
def test_every_count_comes_out_and_every_record_is_accounted_for(site, tmp_path, company):
    dry = check(Dump(unpack(site, tmp_path / "dry"), site), Report(site, is_dry=True))
    report = load(site, tmp_path / "real")
    assert found(report) == found(dry) == COUNTS[site]
    loaded = {kind: line.loaded for kind, line in report.lines.items() if line.found}
    assert {kind: line.loaded for kind, line in dry.lines.items() if line.found} == loaded
    assert {kind for kind, line in report.lines.items() if not line.is_accounted_for} == set()
    assert report.problem_count == 0
    assert report.lines["posts: questions"].left_out.total() == 0
    assert report.lines["posts: answers"].left_out.total() == 0
    kinds = dict.fromkeys(("question", "answer", "comment"), 0)
    for kind in Item.objects.filter(is_imported=True).values_list("kind", flat=True):
        kinds[kind] += 1
    assert tuple(kinds.values()) == (COUNTS[site][1], COUNTS[site][2], report.lines["comments"].loaded)
    assert Badge.objects.count() == COUNTS[site][6]
    assert not Activity.objects.filter(is_imported=True, actor=None).exists()


def test_one_person_of_two_sites_is_one_and_a_second_run_changes_nothing(tmp_path, company):
    load("bicycles.meta.stackexchange.com", tmp_path / "a")
    load("history.meta.stackexchange.com", tmp_path / "b")
    with connection.cursor() as cursor:
        cursor.execute("""select count(*) from (select person_id from importing_counterpart where name like 'user/%'
            and name <> 'user/-1' group by 1 having count(distinct source) = 2) shared""")
        assert 89 <= cursor.fetchone()[0] <= 235
    while follow():
        pass
    before = Counterpart.objects.count(), Activity.objects.count(), Item.objects.count()
    again = load("history.meta.stackexchange.com", tmp_path / "c")
    assert sum(line.loaded for line in again.lines.values()) == 0
    assert (Counterpart.objects.count(), Activity.objects.count(), Item.objects.count()) == before
