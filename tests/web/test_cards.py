"""Cards are read only when they are not kept, and what is kept is never old."""

import pytest

from watercooler.foundation.base.pages import chrome
from watercooler.places.home.reads import page
from watercooler.projections.feed.reads import Place
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, remove, tag
from watercooler.spine.content.reads import kept
from watercooler.spine.people.acts import change_person
from watercooler.spine.spaces.acts import change_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(company):
    def shown(name="noah"):
        follow()
        viewer = company.viewer(name)
        return chrome(viewer, listed=page(viewer, "for-you", Place.read(None)).listed).cards

    return shown


def rename(company, question):
    edit(company.viewer("priya"), question, title="Which probe?", source="On the new frame.", based_on=1)


def test_cold_and_warm_pages_cost_the_same_queries_and_show_the_same(company, sign_in, count_queries):
    for n in range(3):
        company.question(f"Which sensor on frame {n}?", topics=["defrost"])
    follow()
    client = sign_in(company.noah)
    client.get("/inbox")
    with count_queries() as cold:
        first = client.get("/home").content
    with count_queries() as warm:
        second = client.get("/home").content
    assert len(cold) == len(warm) == 2
    assert first == second


def test_a_card_once_shown_is_not_read_again(company, shown):
    question = company.question("Which sensor?", by="priya").item
    shown()
    assert kept(page(company.viewer("noah"), "for-you", Place.read(None)).listed).keys() == {question.id}


def test_every_change_of_what_a_card_says_is_seen_at_once(company, shown):
    question = company.question("Which sensor?", by="priya").item
    assert shown()[0].title == "Which sensor?"
    rename(company, question)
    assert shown()[0].title == "Which probe?"
    tag(company.viewer("priya"), question, "Frost")
    assert [topic["name"] for topic in shown()[0].topics] == ["Frost"]
    change_space(company.viewer("tomasz"), company.heat, name="Heat pumps")
    assert shown()[0].space_name == "Heat pumps"
    change_person(company.viewer("ines"), company.priya, job="Trainer")
    assert shown()[0].author_job == "Trainer"
    remove(company.viewer("priya"), question)
    assert not shown()


def test_a_card_that_changes_between_the_two_queries_is_shown_as_it_is_now(company):
    question = company.question("Which sensor?", by="priya").item
    follow()
    viewer = company.viewer("noah")
    listed = page(viewer, "for-you", Place.read(None)).listed
    rename(company, question)
    assert [card.title for card in chrome(viewer, listed=listed).cards] == ["Which probe?"]
    assert [card.title for card in chrome(viewer, listed=listed).cards] == ["Which probe?"]


def test_times_come_through_as_moments(company, shown):
    question = company.question("Which sensor?", by="priya").item
    card = shown()[0]
    question.refresh_from_db()
    assert card.published_at == question.published_at
    assert card.edited_at is None
    rename(company, question)
    question.refresh_from_db()
    assert shown()[0].edited_at == question.edited_at
