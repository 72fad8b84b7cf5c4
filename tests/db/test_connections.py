"""Connecting and introducing: who may, what each side is told, what a refusal shows, and taking each act back."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.projections.notifications import acts as inbox
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.social import acts
from watercooler.spine.social.models import Connection, Introduction, Tie
from watercooler.spine.social.reads import connections as ties
from watercooler.spine.spaces.acts import join, leave

connecting = import_module("watercooler.spine.social.acts.connect")
pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(company):
    return company.viewer("priya")


@pytest.fixture
def noah(company):
    return company.viewer("noah")


def told(person) -> dict[str, Notification]:
    while follow():
        pass
    return {line.key.split(":")[0]: line for line in Notification.objects.filter(person=person, position__gt=0)}


def stands(company, viewer, other) -> str:
    return ties.stands_with(company.viewer(viewer), company.people[other].pk)


def test_asking_and_saying_yes(company, priya, noah):
    acts.connect(priya, company.noah, "The lockout on Tuesday.")
    assert (stands(company, "priya", "noah"), stands(company, "noah", "priya")) == ("asked", "waiting")
    assert told(company.noah)["connect"].actor_ids == [company.priya.pk]
    assert acts.accept_connection(noah, company.priya)
    assert (stands(company, "priya", "noah"), stands(company, "noah", "priya")) == ("connected", "connected")
    assert told(company.priya)["connected"].actor_ids == [company.noah.pk]
    assert "connect" not in told(company.noah)
    assert [one.handle for one in ties.connections(priya)[0]] == ["noah"]


def test_two_who_ask_each_other_are_connected(company, priya, noah):
    acts.connect(priya, company.noah)
    assert acts.connect(noah, company.priya).state == Tie.CONNECTED
    assert Activity.objects.filter(verb="connected").count() == 1


def test_asking_twice_changes_nothing(company, priya):
    first = acts.connect(priya, company.noah, "Hello")
    assert acts.connect(priya, company.noah, "Hello again").note == first.note == "Hello"
    assert Activity.objects.filter(verb="asked_to_connect").count() == 1


def test_a_refusal_looks_like_a_request_that_waits(company, priya, noah):
    acts.connect(priya, company.noah)
    before = [(one.kind, one.id, one.at, one.note, one.person) for one in ties.sent(priya)]
    assert acts.decline_connection(noah, company.priya)
    assert stands(company, "priya", "noah") == "asked"
    assert stands(company, "noah", "priya") == ""
    assert [(one.kind, one.id, one.at, one.note, one.person) for one in ties.sent(priya)] == before
    assert told(company.priya) == {}
    assert ties.waiting(noah) == []


def test_asking_again_is_no_way_of_insisting(company, priya, noah):
    acts.connect(priya, company.noah)
    acts.decline_connection(noah, company.priya)
    told(company.noah)
    assert acts.end_connection(priya, company.noah)
    acts.connect(priya, company.noah, "Please")
    assert stands(company, "priya", "noah") == "asked"
    assert ties.waiting(noah) == []
    assert "connect" not in told(company.noah)
    Connection.objects.update(declined_at=timezone.now() - connecting.QUIET)
    acts.end_connection(priya, company.noah)
    acts.connect(priya, company.noah, "It is half a year later")
    assert len(ties.waiting(noah)) == 1


def test_who_declined_may_ask_themselves(company, priya, noah):
    acts.connect(priya, company.noah)
    acts.decline_connection(noah, company.priya)
    assert acts.connect(noah, company.priya).state == Tie.CONNECTED


@pytest.mark.parametrize("answer", [acts.accept_connection, acts.decline_connection])
def test_an_answer_is_taken_back(company, priya, noah, answer):
    acts.connect(priya, company.noah)
    answer(noah, company.priya)
    assert acts.reconsider_connection(noah, company.priya)
    assert (stands(company, "priya", "noah"), stands(company, "noah", "priya")) == ("asked", "waiting")
    assert not acts.reconsider_connection(noah, company.priya)
    assert "connected" not in told(company.priya)


def test_a_yes_is_not_taken_back_after_ten_minutes(company, priya, noah):
    acts.connect(priya, company.noah)
    acts.accept_connection(noah, company.priya, at=timezone.now() - timedelta(minutes=11))
    assert not acts.reconsider_connection(noah, company.priya)


def test_withdrawing_and_thinking_again(company, priya, noah):
    acts.connect(priya, company.noah, "Hello")
    told(company.noah)
    assert acts.end_connection(priya, company.noah)
    assert "connect" not in told(company.noah)
    assert ties.waiting(noah) == []
    assert acts.resume_connection(priya, company.noah)
    assert ties.waiting(noah)[0].note == "Hello"
    assert "connect" in told(company.noah)


def test_either_may_end_a_connection_and_only_they_take_that_back(company, priya, noah):
    acts.connect(priya, company.noah)
    acts.accept_connection(noah, company.priya)
    told(company.noah)
    before = Notification.objects.filter(position__gt=0).count()
    assert acts.end_connection(priya, company.noah)
    told(company.noah)
    assert Notification.objects.filter(position__gt=0).count() == before, "ending is quiet"
    assert not acts.resume_connection(noah, company.priya)
    assert acts.resume_connection(priya, company.noah)
    assert stands(company, "noah", "priya") == "connected"
    acts.end_connection(noah, company.priya)
    Connection.objects.update(ended_at=timezone.now() - timedelta(minutes=11))
    assert not acts.resume_connection(noah, company.priya)


def test_nobody_answers_for_somebody_else(company, priya):
    acts.connect(priya, company.noah)
    assert not acts.accept_connection(priya, company.noah)
    assert not acts.decline_connection(priya, company.noah)
    assert not acts.accept_connection(company.viewer("hassan"), company.priya)
    with pytest.raises(NotAllowed):
        acts.connect(priya, company.priya)


def test_guests_connect_with_people_of_their_spaces_only(company):
    sam, fatima = company.viewer("sam"), company.viewer("fatima")
    for viewer, person in ((sam, company.fatima), (fatima, company.sam)):
        with pytest.raises(Invalid):
            acts.connect(viewer, person)
    acts.connect(sam, company.tomasz)
    assert acts.accept_connection(company.viewer("tomasz"), company.sam)
    assert [one.handle for one in ties.connections(sam)[0]] == ["tomasz"]
    leave(sam, company.heat)
    assert ties.connections(company.viewer("sam"))[0] == []


def test_somebody_who_has_left_is_neither_asked_nor_listed(company, priya, noah):
    acts.connect(priya, company.noah)
    acts.accept_connection(noah, company.priya)
    type(company.noah).objects.filter(pk=company.noah.pk).update(is_active=False)
    assert ties.connections(priya)[0] == []
    with pytest.raises(Invalid):
        acts.connect(company.viewer("hassan"), company.noah)


def test_who_is_muted_reaches_nobody(company, priya, noah):
    acts.mute(noah, company.priya)
    acts.connect(priya, company.noah)
    assert ties.waiting(noah) == []
    assert "connect" not in told(company.noah)


def test_a_line_of_a_request_can_be_heard_no_more(company, priya, noah):
    acts.connect(priya, company.noah)
    line = told(company.noah)["connect"]
    inbox.less(noah, line)
    assert ties.waiting(noah) == []
    inbox.as_before(noah, line)
    assert len(ties.waiting(noah)) == 1


def test_many_requests_are_one_line(company, noah):
    for name in ("priya", "hassan", "elena"):
        acts.connect(company.viewer(name), company.noah)
    assert told(company.noah)["connect"].actor_count == 3


def test_so_many_may_wait_and_no_more(company, priya, monkeypatch):
    monkeypatch.setattr(connecting, "MOST_WAITING", 1)
    acts.connect(priya, company.noah)
    with pytest.raises(Invalid):
        acts.connect(priya, company.hassan)


# Whom both know.


def _joined(company, one, other):
    acts.connect(company.viewer(one), company.people[other])
    acts.accept_connection(company.viewer(other), company.people[one])


def test_others_see_only_whom_both_know(company):
    for other in ("noah", "tomasz", "elena"):
        _joined(company, "hassan", other)
    _joined(company, "priya", "noah")
    assert [one.handle for one in ties.both_know(company.viewer("priya"), company.hassan.pk)] == ["noah"]
    assert ties.both_know(company.viewer("fatima"), company.hassan.pk) == []


@pytest.mark.parametrize("who", ["hassan", "noah"])
def test_who_hides_it_is_shown_with_nobody(company, who):
    _joined(company, "hassan", "noah")
    _joined(company, "priya", "noah")
    acts.choose_connections(company.viewer(who), hides=True, is_not_suggested=False)
    assert ties.both_know(company.viewer("priya"), company.hassan.pk) == []


# Introductions.


@pytest.fixture
def introduced(company):
    return acts.introduce(company.viewer("hassan"), company.priya, company.fatima, "Both of you write checklists.")


def test_both_read_who_introduced_them_and_why(company, introduced):
    for name, other in (("priya", "fatima"), ("fatima", "priya")):
        line = told(company.people[name])["introduced"]
        assert line.actor_ids == [company.hassan.pk]
        assert line.because_id == company.people[other].pk
        (met,) = ties.waiting(company.viewer(name))
        assert (met.by["name"], met.person["handle"], met.note) == (
            "Hassan El-Amin", other, "Both of you write checklists.",
        )  # fmt: skip


def test_two_who_say_yes_are_connected_and_the_introducer_hears(company, introduced):
    assert not acts.meet(company.viewer("priya"), introduced)
    assert stands(company, "fatima", "priya") == ""
    assert ties.waiting(company.viewer("fatima"))[0].other_said_yes
    assert "brought" not in told(company.hassan)
    assert acts.meet(company.viewer("fatima"), introduced)
    assert stands(company, "priya", "fatima") == "connected"
    assert told(company.hassan)["brought"].because_id == company.priya.pk
    assert told(company.priya)["connected"].actor_ids == [company.fatima.pk]
    assert ties.introductions_made(company.viewer("hassan"))[0].have_met


def test_the_introducer_does_not_hear_of_somebody_who_hides(company, introduced):
    acts.choose_connections(company.viewer("fatima"), hides=True, is_not_suggested=False)
    acts.meet(company.viewer("priya"), introduced)
    acts.meet(company.viewer("fatima"), introduced)
    assert "brought" not in told(company.hassan)


def test_a_no_is_told_to_nobody_and_can_be_taken_back(company, introduced):
    told(company.priya)
    assert acts.decline_introduction(company.viewer("priya"), introduced)
    assert ties.waiting(company.viewer("priya")) == []
    assert not ties.waiting(company.viewer("fatima"))[0].other_said_yes
    assert "introduced" not in told(company.priya)
    assert "introduced" in told(company.fatima)
    assert told(company.hassan) == {}
    assert acts.reconsider_introduction(company.viewer("priya"), introduced)
    assert len(ties.waiting(company.viewer("priya"))) == 1


def test_a_yes_of_one_is_taken_back(company, introduced):
    acts.meet(company.viewer("priya"), introduced)
    assert acts.reconsider_introduction(company.viewer("priya"), introduced)
    assert not ties.waiting(company.viewer("fatima"))[0].other_said_yes
    assert not acts.meet(company.viewer("fatima"), introduced)


def test_an_introduction_is_taken_back_until_they_met(company, introduced):
    told(company.priya)
    hassan = company.viewer("hassan")
    assert not acts.take_back_introduction(company.viewer("priya"), introduced)
    assert acts.take_back_introduction(hassan, introduced)
    assert ties.waiting(company.viewer("priya")) == []
    assert "introduced" not in told(company.priya)
    with pytest.raises(NotAllowed):
        acts.meet(company.viewer("priya"), introduced)
    again = acts.introduce(hassan, company.fatima, company.priya, "After all.")
    acts.meet(company.viewer("priya"), again)
    acts.meet(company.viewer("fatima"), again)
    assert not acts.take_back_introduction(hassan, again)


def test_only_the_two_answer(company, introduced):
    for name in ("hassan", "noah"):
        with pytest.raises(NotAllowed):
            acts.meet(company.viewer(name), introduced)


@pytest.mark.parametrize(("one", "other", "note"), [("priya", "priya", "x"), ("priya", "fatima", " ")])
def test_an_introduction_needs_two_people_and_a_reason(company, one, other, note):
    with pytest.raises(Invalid):
        acts.introduce(company.viewer("hassan"), company.people[one], company.people[other], note)


def test_a_guest_is_introduced_to_people_of_their_spaces_only(company):
    with pytest.raises(Invalid):
        acts.introduce(company.viewer("hassan"), company.sam, company.fatima, "Trainers both.")
    join(company.viewer("fatima"), company.heat)
    assert acts.introduce(company.viewer("hassan"), company.sam, company.fatima, "Trainers both.")


def test_an_introduction_does_not_tell_whether_they_are_connected(company):
    _joined(company, "priya", "fatima")
    acts.introduce(company.viewer("hassan"), company.priya, company.fatima, "Checklists.")
    assert ties.waiting(company.viewer("priya"))[0].is_connected


def test_introducing_the_same_two_again_returns_the_first(company, introduced):
    again = acts.introduce(company.viewer("hassan"), company.fatima, company.priya, "Once more")
    assert again.pk == introduced.pk
    assert Introduction.objects.count() == 1


class WhateverTwoDo(TestCase):
    """Any order of acts of two people leaves one row, which both read without contradiction."""

    @classmethod
    def setUpTestData(cls):
        cls.company = found()

    @settings(max_examples=40)
    @given(
        st.lists(
            st.tuples(
                st.booleans(),
                st.sampled_from(
                    [
                        acts.connect,
                        acts.accept_connection,
                        acts.decline_connection,
                        acts.end_connection,
                        acts.reconsider_connection,
                        acts.resume_connection,
                    ]
                ),
            ),
            max_size=12,
        )
    )
    def test_they_agree(self, steps):
        company = self.company
        pair = ("priya", "noah")
        for is_first, act in steps:
            mine, theirs = pair if is_first else pair[::-1]
            act(company.viewer(mine), company.people[theirs])
        assert Connection.objects.count() <= 1
        seen = (stands(company, *pair), stands(company, *pair[::-1]))
        assert seen in {("", ""), ("connected", "connected"), ("asked", "waiting"), ("waiting", "asked"),
                        ("asked", ""), ("", "asked")}  # fmt: skip
        standing = Activity.objects.filter(verb="asked_to_connect", undoes=None, undone_by=None)
        assert standing.exists() or seen == ("", "")
