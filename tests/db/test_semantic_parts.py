"""Long texts are found by each of their parts, and no part is left behind by what happens to the text."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from tests.meaning import Concepts, by_meaning, found, index
from watercooler.config.evaluation.meaning import Meaning
from watercooler.foundation.base.viewer import EVERYONE
from watercooler.projections.experts.reads import who_knows
from watercooler.projections.search import statistics
from watercooler.projections.semantic import parts
from watercooler.projections.semantic.entries import due
from watercooler.projections.semantic.models import Entry
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import edit, move, remove
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.acts import change_space, join

pytestmark = pytest.mark.django_db

LUNCH = "Lunch begins when everybody sits at the long table."


class Short(Concepts):
    """It takes in twelve words, fewer than the pages below have."""

    fingerprint = "short"
    tokens = 12


@pytest.fixture
def page(story):
    story.page = story.article("House rules", source=f"{LUNCH}\n\nFurnaces stay on.", by="tomasz")
    follow()
    statistics.count_words()
    return story


def places(item):
    return sorted(Entry.objects.filter(item=item).values_list("place", flat=True))


def vectors():
    with connection.cursor() as cursor:
        cursor.execute("select place, vector is not null, space_id, audience from semantic_entry where place > 0")
        return cursor.fetchall()


def test_what_the_last_part_of_a_page_says_is_found_and_a_short_one_has_one_vector(page, monkeypatch):
    with by_meaning(Short()):
        with monkeypatch.context() as cut:
            cut.setattr(parts, "MOST", 1)
            index()
        assert found(page, "heater") == [page.boiler.item_id], "By the beginning alone it is not."
        Entry.objects.update(is_due=True)
        index()
        assert len(places(page.page)) > 1
        assert places(page.boiler.item) == places(page.frost) == [0]
        assert set(found(page, "heater")) == {page.boiler.item_id, page.page.pk}
        assert page.page.pk in found(page, "heater", space=page.heat.slug)
        assert "tomasz" in [one.handle for one in who_knows(page.viewer("noah"), "heater").knowers]
        assert not due(5), "The parts of a text wait for nothing."


def test_what_words_find_counts_as_near_as_its_nearest_part(page):
    early = page.article("House words", source=f"Rules. {LUNCH}", by="tomasz")
    late = page.article("House words", source=f"{LUNCH}\n\n{LUNCH}\n\nFurnaces rules.", by="tomasz")
    follow()
    statistics.count_words()
    with by_meaning(Short()):
        index()
        order = found(page, "house rules heater")
    assert order.index(late.pk) < order.index(early.pk)


def test_a_text_that_becomes_shorter_keeps_no_part_of_what_it_said(page):
    with by_meaning(Short()):
        index()
        edit(page.viewer("tomasz"), page.page, title="House rules", source=LUNCH, based_on=1)
        sequence()
        index()
        assert page.page.pk not in found(page, "heater")
        edit(page.viewer("tomasz"), page.page, title="House rules", source="Lunch.", based_on=2)
        sequence()
        index()
        assert places(page.page) == [0]
        remove(page.viewer("tomasz"), page.page)
        sequence()
        index()
        assert places(page.page) == []


def test_another_model_that_takes_in_more_leaves_no_parts(page):
    with by_meaning(Short()):
        index()
    with by_meaning():
        index()
        assert places(page.page) == [0]
        assert vectors() == []


def test_all_parts_stand_where_their_text_stands(page):
    join(page.viewer("ruth"), page.heat)
    rules = page.article("Works rules", source=f"{LUNCH}\n\nFurnaces go.", by="ruth")
    remove(page.viewer("tomasz"), page.page)
    follow()
    with by_meaning(Short()):
        index()
        assert {row[2:] for row in vectors()} == {(page.heat.pk, EVERYONE)}
        assert rules.pk in found(page, "heater", by="priya")
        move(page.viewer("ruth"), rules, page.council)
        follow()
        index()
        page.council.refresh_from_db()
        assert {row[2:] for row in vectors()} == {(page.council.pk, page.council.audience)}
        assert found(page, "heater", by="priya") == [page.boiler.item_id]
        assert rules.pk in found(page, "heater", by="ruth"), "Compared one by one."


def test_a_space_that_opens_opens_all_parts(page):
    secret = page.article("House rules", source=f"{LUNCH}\n\nFurnaces go.", by="ruth", space=page.council)
    follow()
    with by_meaning(Short()):
        index()
        page.council.refresh_from_db()
        assert {row[3] for row in vectors()} == {EVERYONE, page.council.audience}
        Item.objects.filter(space=page.council).update(audience=EVERYONE)
        change_space(page.viewer("ruth"), page.council, name="Open council")
        follow()
        index()
        assert {row[3] for row in vectors()} == {EVERYONE}
        assert secret.pk in found(page, "heater")


def test_in_a_replay_no_part_is_found_before_its_text_is_written(page):
    extra = Meaning(Short())  # type: ignore[arg-type]
    with by_meaning(Short()):
        extra.index(is_replay=True)
        assert {row[3] for row in vectors()} == {-1}
        extra.let_know(page.page.published_at.replace(year=2100))
        assert page.page.pk in found(page, "heater")


def test_a_long_text_without_spaces_that_had_one_vector_is_read_anew(page):
    chinese = page.article("水泵", source="冬天第一个寒冷的早晨热泵报低压故障。" * 20, by="tomasz")
    follow()
    with by_meaning(Short()):
        index()
        assert not due(5)
        with connection.cursor() as cursor:
            cursor.execute(
                import_module("watercooler.projections.semantic.migrations.0004_texts_without_spaces").READ_ANEW
            )
        assert [one.item_id for one in due(5)] == [chinese.pk]
