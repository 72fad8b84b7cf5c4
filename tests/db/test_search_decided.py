"""The item decides: what is hidden is neither shown nor counted, whether the search table has heard of it or not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from watercooler.projections.search import plain, reads, statistics
from watercooler.projections.search.query import parse
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import remove
from watercooler.spine.content.acts.place import change_access
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.spaces.models import Access


@pytest.fixture
def known(company):
    """Three articles whose words the process knows, so that the shorter query finds them."""
    company.articles = [
        company.article(f"Heat pumps in frost {number}", source="Mind the coil.", space=company.heat, by="hassan")
        for number in range(3)
    ]
    while follow():
        pass
    statistics.count_words()
    plain._heard.clear()
    assert seen(company) == seen(company) == (3, {"article": 3}, 3)
    return company


def seen(company, name="noah"):
    """Return how many are shown, and how many are counted by kind and in the one space."""
    found = reads.find(company.viewer(name), parse("frost coil"), now=timezone.now(), chosen={})
    return len(found.hits), found.kinds, sum(count for _slug, _name, count in found.spaces)


@pytest.mark.django_db
def test_what_was_removed_is_not_counted_before_the_worker_heard_of_it(known):
    remove(known.viewer("hassan"), known.articles[0])
    assert seen(known) == (2, {"article": 2}, 2)
    while follow():
        pass
    assert seen(known) == (2, {"article": 2}, 2)


@pytest.mark.django_db
def test_what_was_removed_is_not_counted_while_its_place_in_the_record_is_not_read(known):
    remove(known.viewer("hassan"), known.articles[0])
    sequence()
    assert seen(known) == (2, {"article": 2}, 2)


@pytest.mark.django_db
def test_a_space_that_was_closed_is_not_counted_before_the_worker_heard_of_it(known):
    outsider = next(name for name in ("priya", "ruth", "ines", "sam") if name not in members(known))
    assert seen(known, outsider)[0] == 3
    change_access(known.viewer("hassan"), known.heat, Access.CLOSED)
    assert seen(known, outsider) == (0, {}, 0)
    while follow():
        pass
    assert seen(known, outsider) == (0, {}, 0)


def members(company):
    return set(company.heat.memberships.values_list("person__handle", flat=True))


@pytest.mark.django_db
def test_what_an_item_denies_is_not_shown_whatever_the_search_table_says(known):
    Item.objects.filter(pk=known.articles[0].pk).update(state=State.REMOVED)  # nothing is recorded of it
    assert seen(known)[0] == 2
