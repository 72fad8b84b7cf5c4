"""What is read ahead and turned by further processes comes to the same rows as one thing after another."""

import json
import re
from collections import Counter

import pytest
from django.db import connection, transaction
from django.db.models import Max

from tests import dump as small
from tests.bench import big_dump
from tests.db.test_importing_stackexchange import everything
from tests.forums import post, topic
from watercooler.doors.importing import batches, following
from watercooler.doors.importing.discourse import Forum, job
from watercooler.doors.importing.discourse import bring as forums
from watercooler.doors.importing.discourse.job import Job
from watercooler.doors.importing.handbook import folder, load
from watercooler.doors.importing.hands import alone, hands
from watercooler.doors.importing.report import Report
from watercooler.doors.importing.shelf import Shelf
from watercooler.doors.importing.stackexchange import Dump
from watercooler.doors.importing.stackexchange.bring import bring, space_for
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import Follower, Reading, advance
from watercooler.spine.activity.worker import follow

pytestmark = pytest.mark.django_db
_TIME = r"20(2[4-9]|[3-9]\d)-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00"
OF_THIS_RUN = re.compile(rf"[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}|{_TIME}|(?<=,)![\w-]{{40}}")
"""Identifiers, times of now, and passwords that nobody has."""


def sequences():
    with connection.cursor() as cursor:
        cursor.execute("select schemaname || '.' || sequencename, last_value from pg_sequences")
        return cursor.fetchall()


def rows_of(loading):
    """Return the rows that loading makes and what it reports, and take all of it back, with its numbers."""
    before = sequences()
    with transaction.atomic():
        report = loading()
        rows = {table: [OF_THIS_RUN.sub("…", row) for row in found] for table, found in everything().items()}
        for table in ("spaces_space", "activity_activity"):  # walls and acceptances get their numbers in any order
            rows[table] = [row.partition(",")[2] for row in rows[table]]
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        for name, value in before:
            cursor.execute("select setval(%s, %s, %s)", [name, value or 1, value is not None])
    return rows, report.as_json()


def same(one, other):
    for table, rows in one[0].items():
        assert sorted((Counter(rows) - Counter(other[0][table])).elements()) == [], table
        assert len(rows) == len(other[0][table]), table
    assert one[1] == other[1]


def one_after_another(monkeypatch):
    def plainly(values, most=0):
        yield from values

    monkeypatch.setattr(batches, "ahead", plainly)
    monkeypatch.setattr(forums, "ahead", plainly)


@pytest.mark.parametrize("without", [(), ("PostHistory", "Users", "Votes")])
def test_a_community_is_the_same_read_ahead_or_not(tmp_path, company, monkeypatch, without):
    small.write(tmp_path / "few")
    big_dump.make(tmp_path / "few", tmp_path / "bees.example", copies=30)
    for name in without:
        (tmp_path / "bees.example" / f"{name}.xml").unlink()
    dump = Dump(tmp_path / "bees.example")
    monkeypatch.setattr(batches, "FIRST", 7)

    def loading(share):
        report = Report(dump.site)
        return bring(dump, space_for(dump, "Bees", "", report), report, share=share)

    with hands(2, after=0) as more:
        beside = rows_of(lambda: loading(more.map))
    one_after_another(monkeypatch)
    same(rows_of(lambda: loading(alone)), beside)
    assert len(beside[0]["content_item"]) > 150


def test_a_forum_is_the_same_read_ahead_or_not(tmp_path, company, monkeypatch):
    place = tmp_path / "forum.example"
    place.mkdir()
    for number in range(1, 41):
        said = [
            post(1, id=100 * number, raw="" if number % 2 else "Which *one*?"),
            post(2, "otto", "Steel **ones**.", id=100 * number + 1, accepted_answer=number % 3 == 0),
            post(3, "mira", "Thanks.", id=100 * number + 2, reply_to_post_number=2),
        ]
        title = f"Which is number {number}?" if number % 4 else f"Number {number}"
        if number % 5:
            (place / f"{number}.json").write_text(json.dumps(topic(number, title, said)))
        else:  # a topic in two pages
            (place / f"{number}.json").write_text(json.dumps(topic(number, title, said[:1])))
            (place / f"{number}.json?page=2").write_text(json.dumps(topic(number, title, said[1:])))
    monkeypatch.setattr(forums, "FIRST", 7)

    def loading(share):
        forum = Forum(place)
        return forums.bring(Job(forum, Report(forum.name), "", "", lambda _words: None, share=share))

    with hands(2, after=0) as more:
        beside = rows_of(lambda: loading(more.map))
    one_after_another(monkeypatch)
    same(rows_of(lambda: loading(alone)), beside)
    assert beside[1]["records"]["replies"]["loaded"] == 80


def test_a_handbook_is_the_same_with_more_hands_or_not(tmp_path, company):
    for number in range(130):
        (tmp_path / f"p{number}.md").write_text(f"# Page {number}\n\nSee [one](p1.md), *{number}*.")

    def loading(share):
        found = folder.look(tmp_path)
        return load.bring(company.viewer("ines"), lambda: company.heat, found, source="handbook", share=share)

    with hands(2, after=0) as more:
        beside = rows_of(lambda: loading(more.map))
    same(rows_of(lambda: loading(alone)), beside)
    assert beside[1]["records"]["pages"]["loaded"] == 130


def test_a_later_import_goes_on_where_the_heavy_ones_have_read(company):
    heavy, _others = following.parted()
    Cursor.objects.all().delete()
    assert following.reached(heavy) == 0
    while follow():
        pass
    newest = Activity.objects.aggregate(newest=Max("position"))["newest"]
    assert following.reached(heavy) == newest > 0
    Cursor.objects.filter(projection=heavy[-1].name).update(position=newest - 3)
    assert following.reached(heavy) == newest - 3


def test_a_forum_is_the_same_where_little_of_it_is_kept_in_memory(tmp_path, company, monkeypatch):
    for number in range(1, 8):
        posts = [post(n, f"user{n}", id=100 * number + n, reply_to_post_number=n - 1 or None) for n in range(1, 10)]
        pages = posts[:5], posts[5:] if number % 2 else posts[3:]  # with copies, in every other one
        for page, some in enumerate(pages, start=1):
            said = topic(number, f"Topic {number}{'?' * (number % 3 == 0)}", some)
            (tmp_path / f"{number}-{page}.json").write_text(json.dumps(said))

    def loading():
        report = Report("forum")
        return forums.bring(Job(Forum(tmp_path, "forum.example"), report, "Forum", "", lambda _words: None))

    whole = rows_of(loading)
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (2,))
    monkeypatch.setattr(job, "PEOPLE", 1)
    same(whole, rows_of(loading))
    assert whole[1]["records"]["copies"]["found"] > 0


class Few(Follower):
    name = "few"
    seen = ()

    def apply(self, batch):
        self.seen = (*self.seen, *[activity.position for activity in batch])


def test_a_follower_reads_no_further_than_it_is_let(company):
    while follow():
        pass
    assert Activity.objects.filter(position__gt=5).exists()
    one = Few()
    assert advance(one, reading=Reading(3)) == 3
    assert advance(one, reading=Reading(3)) == 0
    assert advance(one, limit=1, reading=Reading(5)) == 1
    assert advance(one, reading=Reading(5)) == 1
    assert one.seen == (1, 2, 3, 4, 5)
