"""The shorter query for a few known words finds what the full one finds, and steps back where words mean more."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from watercooler.projections.search import plain, reads, sql, statistics
from watercooler.projections.search.query import parse
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts.glossary import explain_term
from watercooler.spine.content.acts.topics import merge
from watercooler.spine.content.models import Topic
from watercooler.spine.spaces.viewer import build

WORDS = ["frost", "coils", "valve", "hygiene", "boilers", "the", "défrost", "E-1043", "ovens", "heat"]
PLACES = ["heat", "heat", "medicines", "council"]
AUTHORS = {"heat": "hassan", "medicines": "fatima", "council": "ruth"}

said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
things = st.lists(st.tuples(st.sampled_from(PLACES), st.booleans(), said), min_size=4, max_size=12)
asked = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def result(viewer, words, now, skip=0):
    shown = asdict(reads.find(viewer, parse(words), now=now, chosen={}, skip=skip))
    for hit in shown["hits"]:
        hit["kind"] = hit["kind"]["name"]
    return shown


def by_the_full_query(viewer, words, now):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "values", lambda asked, counted: None)
        return result(viewer, words, now)


class TheSame(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.company = found()

    @settings(max_examples=25)
    @given(things=things, queries=st.lists(asked, min_size=4, max_size=8), is_common=st.booleans())
    def test_both_queries_find_the_same(self, things, queries, is_common):
        for place, is_article, words in things:
            about = {"by": AUTHORS[place], "space": getattr(self.company, place)}
            if is_article:
                self.company.article(words.capitalize(), source=f"About {words}.", **about)
            else:
                self.company.post(f"Today: {words}.", **about)
        follow()
        statistics.count_words()
        now = timezone.now()
        with pytest.MonkeyPatch.context() as patch:
            _forget()
            if is_common:  # every word passes for one that very many items hold
                patch.setattr(sql, "COMMON_LOOSE", 1)
                patch.setattr(sql, "FEW", 2)
                patch.setattr(sql, "ENOUGH_FOR_TWO", 2)
            for name in ("noah", "ruth", "sam"):
                viewer = build(self.company.people[name].pk)
                for words in queries:
                    assert result(viewer, words, now) == by_the_full_query(viewer, words, now)
        _forget()


def _forget():
    sql.finding.cache_clear()
    plain.finding.cache_clear()


@pytest.fixture
def counted(company):
    for number in range(3):
        company.article(f"Heat pumps in frost {number}", source="Mind the coil.", topics=["Defrost"])
    while follow():
        pass
    statistics.count_words()
    plain._heard.clear()
    return company


def asked_by(company, words):
    """Return the statements that a search sends."""
    from watercooler.foundation.database import hot

    sent: list[str] = []
    hot.observers.append(sent.append)
    try:
        reads.seek(company.viewer("noah"), parse(words), now=timezone.now(), chosen={})
    finally:
        hot.observers.remove(sent.append)
    kinds = {"unheard": "stems", "%(wanted)s": "plain", "search_searchentry": "full"}
    return [kind for one in sent for kind in [next((k for part, k in kinds.items() if part in one), "")] if kind]


@pytest.mark.django_db
def test_known_words_are_looked_for_by_the_shorter_query(counted):
    assert asked_by(counted, "frost coil") == ["stems", "plain"]
    assert asked_by(counted, "frost coil") == ["plain"]
    assert asked_by(counted, "coil") == ["plain"]
    assert asked_by(counted, "the coil in frost") == ["stems", "plain"]
    assert asked_by(counted, "the coil in frost") == ["plain"]
    assert asked_by(counted, '"frost coil"') == ["full"]
    assert asked_by(counted, "frost -coil") == ["full"]
    assert asked_by(counted, "frost zirconium") == ["stems", "full"]
    assert asked_by(counted, "frost zirconium") == ["full"]


@pytest.mark.django_db
def test_a_word_of_the_glossary_is_looked_for_with_the_others_at_once(counted):
    asked_by(counted, "coil")
    asked_by(counted, "coil")
    explain_term(counted.viewer("ines"), "Coil", "A bent tube.", ["ASHP"])
    assert asked_by(counted, "coil") == ["plain", "full"]
    assert asked_by(counted, "coil") == ["full"]
    found_ = reads.find(counted.viewer("noah"), parse("coil"), now=timezone.now(), chosen={})
    assert [meaning.name for meaning in found_.meanings] == ["Coil"]


@pytest.mark.django_db
def test_a_topic_that_was_merged_is_looked_for_at_once(counted):
    counted.article("Rime on the fins", topics=["Rime"])
    follow()
    asked_by(counted, "frost")
    assert asked_by(counted, "frost") == ["plain"]
    Topic.objects.filter(name="Rime").update(slug="frost")
    merge(counted.viewer("ines"), Topic.objects.get(name="Rime"), into=Topic.objects.get(name="Defrost"))
    assert asked_by(counted, "frost") == ["plain", "full"]


@pytest.mark.django_db
def test_who_and_what_is_called_so_is_named_by_the_shorter_query_too(counted):
    for number in range(3):
        counted.article(f"Hassan minds the coil, part {number}", source="As Hassan said.", topics=["Hassan"])
    follow()
    statistics.count_words()
    plain._heard.clear()
    now = timezone.now()
    for name in ("noah", "sam"):
        viewer = counted.viewer(name)
        for words in ("hassan", "heat"):
            assert result(viewer, words, now) == by_the_full_query(viewer, words, now)
            assert asked_by(counted, words) == ["plain"]
    named = result(counted.viewer("noah"), "hassan", now)
    assert [person["handle"] for person in named["people"]] == ["hassan"]
    assert [topic["name"] for topic in named["named_topics"]] == ["Hassan"]


@pytest.mark.django_db
def test_of_two_words_rare_ones_are_added_until_some_hundred_items_hold_them(counted):
    asked = [
        reads.asked_by(counted.viewer("noah"), parse(words), now=timezone.now(), chosen={})["enough"]
        for words in ("frost", "frost coil", "frost coil pump", "heat pumps frost coil mind the valve")
    ]
    assert asked == [sql.ENOUGH_FOR_TWO, sql.ENOUGH_FOR_TWO, sql.ENOUGH, sql.ENOUGH_FOR_LONG]
