"""Search by meaning asks again, with what the best results say: of what this reader may see alone."""

from __future__ import annotations

import pytest

from tests.meaning import by_meaning, found, index, skip_without_vectors
from watercooler.foundation.database import hot
from watercooler.projections.search import statistics
from watercooler.projections.search.fusion import SHARE
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def pumps(company):
    """Two articles as near to “furnace pumps” as each other; the newer one comes first where nothing else decides."""
    skip_without_vectors()
    company.like = company.article("Pumps", source="Valve leaks.")
    company.other = company.article("Pumps", source="Garden shop.")
    return company


def indexed() -> None:
    follow()
    statistics.count_words()
    index()


def order(company, by="noah"):
    """Return in which order the two are found, leaving out what else is."""
    threads = found(company, "furnace pumps", by=by)
    return [thread for thread in threads if thread in (company.like.pk, company.other.pk)]


def best(company, **more):
    return company.article("Boiler pumps", source="Valve leaks.", **more)


def test_what_is_like_the_best_comes_before_what_is_as_near_to_the_query(pumps):
    with by_meaning():
        indexed()
        assert order(pumps) == [pumps.other.pk, pumps.like.pk]
        best(pumps)
        indexed()
        assert order(pumps) == [pumps.like.pk, pumps.other.pk]


def test_what_a_reader_may_not_see_moves_nothing(pumps):
    best(pumps, by="ruth", space=pumps.council)
    with by_meaning():
        indexed()
        assert order(pumps, by="ruth") == [pumps.like.pk, pumps.other.pk]
        assert order(pumps) == [pumps.other.pk, pumps.like.pk]


def test_what_is_hidden_moves_nothing_before_the_indexes_have_heard_of_it(pumps):
    hidden = best(pumps)
    with by_meaning():
        indexed()
        Item.objects.filter(pk=hidden.pk).update(space=pumps.council, audience=pumps.council.audience)
        assert order(pumps) == [pumps.other.pk, pumps.like.pk]


def test_what_is_removed_moves_nothing_before_the_indexes_have_heard_of_it(pumps):
    gone = best(pumps)
    with by_meaning():
        indexed()
        Item.objects.filter(pk=gone.pk).update(state=2)
        assert order(pumps) == [pumps.other.pk, pumps.like.pk]


LONG = "carpet window ladder shelf curtain"


def test_what_only_the_best_resembles_is_found_behind_them(pumps):
    far = pumps.article("Valves", source="Leaks.")
    pumps.article("Boiler pumps", source="Valve leaks.")
    with by_meaning():
        indexed()
        assert far.pk in found(pumps, "furnace pumps")
        assert found(pumps, "furnace pumps")[-1] == far.pk


def test_where_words_are_found_what_is_half_as_near_in_meaning_is_found_too(company):
    skip_without_vectors()
    meant = company.article("Furnace", source=f"{LONG} garden bicycle lantern teapot.")
    with by_meaning():
        indexed()
        assert found(company, "heater") == []
        said = company.article("Heater", source=f"{LONG} corner kitchen.")
        indexed()
        assert found(company, "heater") == [said.pk, meant.pk]


@pytest.mark.parametrize(("words", "share"), [(0, 1), (1, 1), (3, 1), (6, 0.5), (30, 0.1)])
def test_a_whole_question_is_moved_less_than_a_few_words(words, share):
    typed = "typed as (select generate_series(1, %(words)s::int))"
    assert hot.rows(f"with {typed} select {SHARE}", float, words=words) == [share]
