"""The smallest team: it covers what can be covered, is proven smallest where it says so, and never wastes a person."""

from __future__ import annotations

from itertools import combinations
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from watercooler.places.person.team.cover import cover

SKILLS = "abcdefgh"
able_to = st.dictionaries(st.integers(1, 12), st.frozensets(st.sampled_from(SKILLS), max_size=5), max_size=9)
needed = st.frozensets(st.sampled_from(SKILLS), max_size=7)
worths = st.dictionaries(st.integers(1, 12), st.floats(0, 9), max_size=9)


def smallest(wanted, able, must) -> int:
    """Count by trying every team."""
    possible = wanted & frozenset().union(*able.values())
    people = [one for one in able if one not in must]
    for size in range(len(people) + 1):
        for team in combinations(people, size):
            if possible <= frozenset().union(*(able.get(one, frozenset()) for one in (*team, *must))):
                return size + len(must)
    raise AssertionError


@given(wanted=needed, able=able_to, worth=worths, must=st.lists(st.integers(1, 14), max_size=2, unique=True))
def test_an_exact_team_is_the_smallest_there_is(wanted, able, worth, must):
    found = cover(wanted, able, worth, must)
    together = frozenset().union(*(able.get(one, frozenset()) for one in found.chosen))
    assert wanted - together == found.open == wanted - frozenset().union(*able.values())
    assert found.chosen[: len(must)] == tuple(must)
    assert found.is_smallest
    assert len(found.chosen) == found.at_least == smallest(wanted, able, must)


@given(wanted=needed, able=able_to, must=st.lists(st.integers(1, 14), max_size=1))
def test_a_greedy_team_covers_as_much_keeps_its_promise_and_wastes_nobody(wanted, able, must):
    found, best = cover(wanted, able, must=must, effort=0), smallest(wanted, able, must)
    together = frozenset().union(*(able.get(one, frozenset()) for one in found.chosen))
    assert wanted - together == found.open
    assert found.at_least <= best <= len(found.chosen)
    most = max((len(each & wanted) for each in able.values()), default=0)
    bound = sum(1 / step for step in range(1, most + 1)) * (best - len(must))
    assert len(found.chosen) - len(must) <= ceil(bound + 1e-9)
    for one in found.chosen[len(must) :]:
        rest = frozenset().union(*(able.get(other, frozenset()) for other in found.chosen if other != one))
        assert (wanted & together) - rest, "somebody who is not needed"


@given(wanted=needed, able=able_to, worth=worths)
def test_the_order_of_what_comes_in_changes_nothing(wanted, able, worth):
    backwards = dict(reversed(list(able.items())))
    assert cover(sorted(wanted), able, worth) == cover(sorted(wanted, reverse=True), backwards, worth)


def test_of_teams_of_one_size_the_one_worth_most_is_taken():
    able = {1: frozenset("ab"), 2: frozenset("c"), 3: frozenset("a"), 4: frozenset("bc")}
    assert set(cover("abc", able, {1: 1, 2: 1, 3: 2, 4: 2}).chosen) == {3, 4}
    assert set(cover("abc", able, {1: 3, 2: 2, 3: 2, 4: 2}).chosen) == {1, 2}


def test_the_greedy_trap_is_avoided_where_there_is_time():
    able = {1: frozenset("abc"), 2: frozenset("def"), 3: frozenset("bcef"), 4: frozenset("a"), 5: frozenset("d")}
    assert set(cover("abcdef", able).chosen) == {1, 2}
    assert len(cover("abcdef", able, effort=0).chosen) >= 2
