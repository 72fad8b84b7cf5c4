"""Search tells nothing of what is hidden: it answers as an installation where the hidden things do not exist."""

from __future__ import annotations

from dataclasses import asdict

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from watercooler.projections.search import reads, statistics
from watercooler.projections.search.query import parse
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import remove
from watercooler.spine.spaces.viewer import build

WORDS = ["frost", "coil", "valve", "hygiene", "redundancy", "morphine", "oven", "boilers", "zirconium", "défrost"]
SLIPS = ["frots", "hygeine", "redundacy", "morphin", "zirconum", "ovn"]
PLACES = ["heat", "heat", "medicines", "council"]
AUTHORS = {"heat": "hassan", "medicines": "fatima", "council": "ruth"}
FILTERS = ["", "in:works-council", "in:medicines", "from:ruth", "topic:zirconium", "topic:frost", "kind:post", "-coil"]

said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
things = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["post", "article", "removed"]), said, st.sampled_from(WORDS)),
    min_size=3,
    max_size=9,
)
asked = st.tuples(
    st.lists(st.sampled_from(WORDS + SLIPS + ["wor", "counc", "zirc"]), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(FILTERS),
).map(" ".join)

# What the viewer may not read, with what was made only for it.
HIDDEN = """
set constraints all immediate;
set constraints all deferred;
set local session_replication_role = replica;
create temp table gone on commit drop as select i.id from content_item i where i.audience <> 0 or i.state <> 1;
delete from activity_activity where item_id in (select id from gone);
delete from content_tagging where item_id in (select id from gone);
delete from content_item where id in (select id from gone);
delete from content_topic t where not exists (select from content_item i where t.id = any(i.topic_ids));
delete from spaces_membership where space_id in (select id from spaces_space where access = 'secret');
delete from spaces_space where access = 'secret';
drop table gone;
set local session_replication_role = origin;
"""


class TellsNothing(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.company = found()

    @settings(max_examples=20)
    @given(things=things, queries=st.lists(asked, min_size=3, max_size=8), counted=st.booleans())
    def test_as_if_it_did_not_exist(self, things, queries, counted):
        for place, kind, text, topic in things:
            self._make(place, kind, text, topic)
        sequence()
        viewers = [build(self.company.people[name].pk) for name in ("noah", "sam")]
        now = timezone.now()
        before = self._all_seen(viewers, queries, now, counted)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(HIDDEN)
            after = self._all_seen(viewers, queries, now, counted)
            transaction.set_rollback(True)
        self._index(counted)
        assert before == after

    def _make(self, place, kind, text, topic):
        company, author = self.company, AUTHORS[place]
        about = {"by": author, "space": getattr(company, place), "topics": [topic]}
        if kind == "article":
            company.article(text.capitalize(), source=f"About {text}.", **about)
            return
        post = company.post(f"Today: {text}.", **about)
        if kind == "removed":
            remove(company.viewer(author), post)

    def _index(self, counted):
        rebuild(next(p for p in registered() if p.name == "search"))
        with connection.cursor() as cursor:
            cursor.execute("delete from search_searchword; delete from search_searchtotal")
        statistics.forget()
        if counted:
            statistics.count_words()

    def _all_seen(self, viewers, queries, now, counted):
        """Return everything that searches and the palette show, of an index made anew of what there is."""
        self._index(counted)
        return [self._seen(viewer, query, now) for viewer in viewers for query in queries]

    def _seen(self, viewer, query, now):
        found_ = asdict_without_kinds(reads.find(viewer, parse(query), now=now, chosen={}))
        more = reads.suggest(viewer, parse(query))
        suggested = [(i["id"], i["title"], i["url"]) for i in more.items]
        return found_, suggested, more.people, more.spaces, more.topics


def asdict_without_kinds(result):
    shown = asdict(result)
    for hit in shown["hits"]:
        hit["kind"] = hit["kind"]["name"]
    return shown
