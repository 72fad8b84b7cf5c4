"""Evaluations on communities of which little is known: each says something, and what it cannot say."""

from __future__ import annotations

import json

import pytest

from tests import forums
from watercooler.config.evaluation import duplicates, experts, recommendations, router, search
from watercooler.config.evaluation import forums as forum_folders
from watercooler.config.evaluation.communities import read
from watercooler.config.evaluation.limits import limits
from watercooler.config.evaluation.texts import Loader
from watercooler.config.evaluation.throwaway import load
from watercooler.config.problems import CannotRun
from watercooler.projections.experts.models import Entry
from watercooler.projections.search.statistics import count_words

pytestmark = pytest.mark.django_db

LINK = '<a href="https://forum.example/t/which-glue-holds/1/2">here</a>'


@pytest.fixture
def forum(tmp_path):
    """Ten topics without tags, accepted answers or solving categories; Otto and Ann reply, Otto to likes."""
    for number in range(1, 11):
        day = f"2021-03-{number:02}T0"
        text = f"Oak or pine {LINK if number > 5 else ''}"
        posts = [
            forums.post(1, "mira", text, id=number * 100, created_at=f"{day}1:00:00Z"),
            forums.post(2, "otto", "Sand the oak first.", id=number * 100 + 1, created_at=f"{day}2:00:00Z"),
            forums.post(3, "ann", "Nice.", id=number * 100 + 2, created_at=f"{day}3:00:00Z", actions_summary=[]),
        ]
        title = "Which glue holds oak" + ("?" if number == 1 else f" number {number}")
        (tmp_path / f"{number}.json").write_text(json.dumps(forums.topic(number, title, posts, tags=[])))
    return tmp_path


def test_topics_come_in_as_an_import_makes_them(forum):
    asked, shared, *_others = read([forum]).questions
    assert (asked.is_question, shared.is_question, shared.topics) == (True, False, ("category 7",))
    load(read([forum]))
    said = Entry.objects.filter(shows_knowledge=True)
    # Below the question two answers; each of the posts helped somebody, and so did Otto below it.
    assert said.count() == 2 + 9 * 2
    assert said.values("person_id").distinct().count() == 3


def test_who_is_liked_below_posts_is_named_and_what_is_not_known_is_said(forum):
    organisation = read([forum])
    loaded = load(organisation)
    found = experts.outcome(organisation, loaded)
    assert found.comparisons[0].method == 1.0
    assert any("No answer here is known to be accepted" in note for note in found.notes)
    assert any("9 of 10 topics are no questions" in note for note in found.notes)
    assert any("too few to lean on" in note for note in found.notes)
    assert router.outcome(organisation, loaded).comparisons[0].method == 1.0
    with pytest.raises(CannotRun, match="PostLinks"):
        duplicates.outcome(organisation, loaded)
    assert recommendations.outcome(organisation, loaded).comparisons[0].n == 10


def test_where_nothing_is_ever_shown_nothing_is_divided_by_it(forum):
    organisation = read([forum])
    for question in organisation.questions:
        question.topics = ()
    found = recommendations.outcome(organisation, load(organisation))
    assert "most popular on their topics: nothing was ever shown" in found.notes
    assert any("No question here has topics" in note for note in limits(organisation))


def test_search_is_measured_on_links_between_topics(forum, monkeypatch):
    monkeypatch.setattr(Loader, "finish", lambda _self: count_words())  # without the vacuum, which no test may do
    community = forum_folders.community(forum)
    assert community.related == {str(number): {"1"} for number in range(6, 11)}
    assert [community.questions[name].kind for name in ("1", "2")] == ["question", "post"]
    title, whole = search._communities(Loader(), {"forum": community}, None)
    assert (title.n, whole.n) == (5, 5)
    assert title.method > 0
