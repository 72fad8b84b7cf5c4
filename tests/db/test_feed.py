"""The feed: one entry an item, always what the item now says, and the same after a rebuild."""

import pytest
from django.db import connection

from watercooler.foundation.base.viewer import EVERYONE
from watercooler.kinds.questions.acts import accept
from watercooler.projections.feed.models import FeedEntry, FeedTopic
from watercooler.projections.feed.projection import Feed
from watercooler.spine.activity.projections import catch_up, rebuild
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import change_access, edit, hold, merge, move, remove, restore, tag, untag
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import join, make_space
from watercooler.spine.spaces.models import Access

pytestmark = pytest.mark.django_db


def follow():
    while sequence():
        pass
    catch_up(Feed())


def entry(item):
    follow()
    return FeedEntry.objects.get(pk=item.pk)


def test_an_item_gets_one_entry_and_its_replies_none(company):
    question = company.question()
    made = entry(question)
    assert made.is_unanswered
    assert made.audience == EVERYONE
    answer = company.answer(question)
    social.comment(company.viewer("priya"), answer, "Can confirm.")
    woken = entry(question)
    assert FeedEntry.objects.count() == 1
    assert not woken.is_unanswered
    assert woken.position == made.position < woken.active_position


def test_an_entry_follows_answers_acceptance_and_removal(company):
    question = company.question()
    answer = company.answer(question)
    accept(company.viewer("noah"), question, answer)
    assert entry(question).is_solved
    tomasz = company.viewer("tomasz")
    other = company.question("Which coil?", by="priya")
    only = company.answer(other)
    assert not entry(other).is_unanswered
    remove(tomasz, only)
    assert entry(other).is_unanswered
    remove(company.viewer("priya"), other.item)
    assert not entry(other).is_live
    restore(company.viewer("priya"), other.item)
    assert entry(other).is_live


def test_an_entry_moves_with_its_item_and_with_its_spaces_access(company):
    post = company.post()
    hassan = company.viewer("hassan")
    trial = make_space(hassan, name="Winter trial", objective="Fewer lockouts.", access=Access.CLOSED)
    join(company.viewer("tomasz"), trial)
    hassan = company.viewer("hassan")
    move(hassan, post, trial)
    moved = entry(post)
    assert (moved.space_id, moved.audience) == (trial.pk, trial.pk)
    change_access(hassan, trial, Access.OPEN)
    assert entry(post).audience == EVERYONE


def test_topics_come_and_go(company):
    question = company.question(topics=["Heat pumps"])
    topic = tag(company.viewer("priya"), question.item, "Defrost")
    assert set(entry(question).topic_ids) == set(FeedTopic.objects.values_list("topic_id", flat=True))
    question.item.refresh_from_db()
    untag(company.viewer("priya"), question.item, topic)
    follow()
    assert FeedTopic.objects.count() == 1
    question.item.refresh_from_db()
    remove(company.viewer("noah"), question.item)
    follow()
    assert not FeedTopic.objects.exists()


def test_merged_topics_lead_to_one(company):
    question, removed = company.question(topics=["Heatpumps"]), company.post(topics=["Heatpumps", "Frost"])
    other = company.post(topics=["Heat pumps"])
    follow()
    remove(company.viewer("priya"), removed)
    follow()
    old, new = Topic.objects.get(slug="heatpumps"), Topic.objects.get(slug="heat-pumps")
    merge(company.viewer("hassan"), old, new)
    follow()
    assert set(FeedTopic.objects.values_list("entry_id", "topic_id")) == {(question.pk, new.pk), (other.pk, new.pk)}
    live = Feed().snapshot()
    connection.check_constraints()
    rebuild(Feed())
    assert Feed().snapshot() == live


def test_a_draft_has_no_entry(company):
    company.article(is_draft=True)
    follow()
    assert not FeedEntry.objects.exists()


def test_a_rebuild_gives_the_rows_that_following_gave(company):
    """Follows after every few acts, so that the live rows saw all states in between."""
    question, post = company.question(topics=["Heat pumps"]), company.post(topics=["Frost"])
    follow()
    answer = company.answer(question)
    social.helped(company.viewer("priya"), question.item)
    social.helped(company.viewer("priya"), answer)
    follow()
    accept(company.viewer("noah"), question, answer)
    edit(company.viewer("priya"), post, source="Second frost.", based_on=1)
    hold(company.viewer("hassan"), post, "Shows an address.")
    follow()
    restore(company.viewer("hassan"), Item.objects.get(pk=post.pk))
    remove(company.viewer("tomasz"), answer)
    social.not_helped(company.viewer("priya"), question.item)
    change_access(company.viewer("hassan"), company.heat, Access.CLOSED)
    follow()
    live = Feed().snapshot()
    connection.check_constraints()  # truncating waits for no deferred check
    assert len(live["feed_feedentry"]) == 2
    rebuild(Feed())
    assert Feed().snapshot() == live


def test_a_batch_costs_the_same_few_statements(company, count_queries):
    company.post()
    follow()
    for _ in range(12):
        company.post(topics=["Frost"])
    while sequence():
        pass
    with count_queries() as queries:
        catch_up(Feed())
    assert len([q for q in queries if "feed_" in q]) == 3
