"""Search by meaning tells nothing of what is hidden: it answers as where the hidden things do not exist."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from tests.db.test_search_hidden import AUTHORS, HIDDEN, PLACES, WORDS, asdict_without_kinds
from tests.meaning import Concepts, by_meaning, index_anew, skip_without_vectors
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.ranking import rank
from watercooler.projections.experts.similar import nearest
from watercooler.projections.search import reads, statistics
from watercooler.projections.search.query import parse
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import sequence
from watercooler.spine.spaces.viewer import build

ALIKE = [*WORDS, "heater", "furnace", "frozen", "layoffs", "violin"]
said = st.lists(st.sampled_from(ALIKE), min_size=2, max_size=5).map(" ".join)
things = st.lists(st.tuples(st.sampled_from(PLACES), said), min_size=3, max_size=8)
asked = st.tuples(
    st.lists(st.sampled_from(ALIKE), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["", "", "in:works-council", "in:medicines", "in:heat-pump-engineers", "kind:article", "-coil"]),
).map(" ".join)


class Short(Concepts):
    """It takes in six words, so that most texts below have several parts."""

    fingerprint = "short"
    tokens = 6


class TellsNothing(TestCase):
    @classmethod
    def setUpTestData(cls):
        skip_without_vectors()
        cls.company = found()

    @settings(max_examples=8)
    @given(things=things, queries=st.lists(asked, min_size=3, max_size=6))
    def test_as_if_it_did_not_exist(self, things, queries):
        for place, text in things:
            space = getattr(self.company, place)
            self.company.article(text.capitalize(), source=f"About {text}.", by=AUTHORS[place], space=space)
        sequence()
        viewers = [build(self.company.people[name].pk) for name in ("noah", "sam")]
        now = timezone.now()
        with by_meaning(Short()):
            before = self._all_seen(viewers, queries, now)
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(HIDDEN)
                after = self._all_seen(viewers, queries, now)
                transaction.set_rollback(True)
        assert before == after

    def _all_seen(self, viewers, queries, now):
        """Return everything that searches, "asked before" and who knows show these viewers."""
        for projection in registered():
            if projection.name in ("search", "experts"):
                rebuild(projection)
        index_anew()
        statistics.forget()
        statistics.count_words()
        return [
            (
                asdict_without_kinds(reads.find(viewer, parse(query), now=now, chosen={"space": within(query)})),
                [one.id for one in nearest(viewer, Asked(f"About the {query}"), ["article"])],
                rank(viewer, Asked(f"About the {query}"), now),
            )
            for viewer in viewers
            for query in queries
        ]


def within(query):
    return parse(query).filters.get("in", "")
