"""Mentoring as acts: from the request to the closing, what is refused, who is told, and what time does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale, TooMany
from watercooler.foundation.base.text import months_after
from watercooler.places.inbox.sentences import said
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.acts import by_the_clock
from watercooler.places.mentoring.models import (
    Agreement,
    Feedback,
    Goal,
    Meeting,
    MeetingState,
    MenteeProfile,
    Mentoring,
    MentorProfile,
    OwnNote,
    State,
)
from watercooler.projections.notifications import reads
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item
from watercooler.spine.people.acts import change_person

pytestmark = pytest.mark.django_db

TERMS = {"goals": ["Diagnose a fault alone"], "rhythm": "fortnightly", "minutes": 30, "months": 6}


@pytest.fixture
def offered(company):
    acts.offer(company.viewer("tomasz"), helps_with=["Heat pumps", "Fault finding"], rhythm="fortnightly", places=1)
    return company


@pytest.fixture
def asked(offered):
    return acts.ask(offered.viewer("elena"), offered.tomasz, "I would like to understand the work.", ["Heat pumps"])


@pytest.fixture
def running(offered, asked):
    tomasz, elena = offered.viewer("tomasz"), offered.viewer("elena")
    acts.accept(tomasz, asked)
    written = acts.propose(elena, asked, **TERMS, between_us="Everything.")
    acts.agree(tomasz, asked, written.version)
    asked.refresh_from_db()
    return asked


def told(company, name):
    while follow():
        pass
    return [str(said(line).html) for line in reads.inbox(company.viewer(name)) if line.kind == "mentoring"]


def place(name):
    return MentorProfile.objects.get(person__handle=name).taken


def in_days(days, **more):
    return timezone.now() + timedelta(days=days, **more)


def test_from_request_to_closing(offered, asked):
    tomasz, elena = offered.viewer("tomasz"), offered.viewer("elena")
    assert told(offered, "tomasz") == ["<b>Elena Marchetti</b> asks you to be their mentor"]
    acts.accept(tomasz, asked, "Gladly.")
    assert place("tomasz") == 1
    assert "would like to be your mentor" in told(offered, "elena")[0]
    written = acts.propose(elena, asked, **TERMS)
    assert Mentoring.objects.get().state == State.AGREEING, "One yes is no agreement."
    acts.agree(tomasz, asked, written.version)
    now = Mentoring.objects.get()
    assert now.state == State.RUNNING
    assert now.ends_on == months_after(timezone.localdate(), 6)
    goal = Goal.objects.get()
    acts.move_goal(elena, goal, 100)
    assert Goal.objects.get().reached_at
    acts.close(tomasz, asked)
    assert place("tomasz") == 0
    acts.give_feedback(elena, asked, useful="very", came_of_it="I ride along twice a month.")
    assert "told you how the mentoring was" in told(offered, "tomasz")[0]
    assert len(told(offered, "tomasz")) == 1, "One line for one mentoring."


def test_every_act_is_recorded_once_and_privately(offered, running):
    elena = offered.viewer("elena")
    before = Activity.objects.count()
    meeting = acts.plan(elena, running, in_days(2))
    acts.note(elena, meeting, "Ask about superheat.", based_on=0)
    acts.note_alone(elena, meeting, "I was nervous.")
    recorded = Activity.objects.order_by("pk")[before:]
    assert [each.verb for each in recorded] == ["planned_meeting", "noted_meeting", "noted_for_oneself"]
    assert not any("superheat" in str(each.detail) or "nervous" in str(each.detail) for each in recorded)


def test_a_request_sent_twice_is_one(offered):
    from uuid import uuid4

    key, elena = uuid4(), offered.viewer("elena")
    first = acts.ask(elena, offered.tomasz, "Please.", key=key)
    assert acts.ask(elena, offered.tomasz, "Please.", key=key) == first
    with pytest.raises(Invalid):
        acts.ask(elena, offered.tomasz, "Please.")


def test_who_may_not_ask_whom(offered):
    with pytest.raises(NotAllowed):
        acts.ask(offered.viewer("tomasz"), offered.tomasz, "Me.")
    with pytest.raises(NotAllowed):
        acts.ask(offered.viewer("sam"), offered.tomasz, "A guest.")
    with pytest.raises(Invalid):
        acts.ask(offered.viewer("elena"), offered.noah, "Not a mentor.")
    for name in ("priya", "hassan"):  # reports to him; is his manager
        with pytest.raises(NotAllowed):
            acts.ask(offered.viewer(name), offered.tomasz, "My own line.")
    acts.wish(offered.viewer("priya"), wants=["Heat pumps"], with_own_line=True)
    assert acts.ask(offered.viewer("priya"), offered.tomasz, "All the same.")


def test_three_requests_wait_at_most(offered):
    for name in ("fatima", "ines", "ruth"):
        acts.offer(offered.viewer(name), helps_with=["Talking"], rhythm="monthly")
    elena = offered.viewer("elena")
    acts.wish(elena, wants=["Talking"], with_own_line=True)
    for name in ("tomasz", "fatima", "ines"):
        acts.ask(elena, offered.people[name], "Please.")
    with pytest.raises(TooMany):
        acts.ask(elena, offered.ruth, "Please.")
    acts.withdraw(elena, Mentoring.objects.get(mentor=offered.ines))
    assert acts.ask(elena, offered.ruth, "Please.")


def test_a_full_or_pausing_mentor_is_not_asked(offered, running):
    ines, tomasz = offered.viewer("ines"), offered.viewer("tomasz")
    with pytest.raises(Invalid):
        acts.ask(ines, offered.tomasz, "Please.")
    acts.offer(tomasz, helps_with=["Heat pumps"], rhythm="monthly", places=2)
    acts.pause(tomasz)
    with pytest.raises(Invalid):
        acts.ask(ines, offered.tomasz, "Please.")
    acts.go_on(tomasz)
    assert acts.ask(ines, offered.tomasz, "Please.")
    with pytest.raises(Invalid):
        acts.offer(tomasz, helps_with=[], rhythm="monthly")


def test_places_are_not_lowered_under_those_taken(offered, running):
    tomasz = offered.viewer("tomasz")
    acts.offer(tomasz, helps_with=["Heat pumps"], rhythm="monthly", places=2)
    second = acts.ask(offered.viewer("ines"), offered.tomasz, "Please.")
    acts.accept(tomasz, second)
    with pytest.raises(Invalid):
        acts.offer(tomasz, helps_with=["Heat pumps"], rhythm="monthly", places=1)
    assert MentorProfile.objects.get().places == 2


def test_two_are_asked_and_the_second_yes_is_refused(offered, asked):
    other = acts.ask(offered.viewer("ines"), offered.tomasz, "Please.")
    tomasz = offered.viewer("tomasz")
    acts.accept(tomasz, asked)
    with pytest.raises(Invalid):
        acts.accept(tomasz, other)
    other.refresh_from_db()
    assert other.state == State.ASKED
    assert place("tomasz") == 1


def test_declining_suggests_somebody_else(offered, asked):
    acts.decline(offered.viewer("tomasz"), asked, "I am away until March.", suggested=offered.hassan)
    asked.refresh_from_db()
    assert (asked.state, asked.suggested) == (State.DECLINED, offered.hassan)
    assert place("tomasz") == 0
    assert "can’t be your mentor just now" in told(offered, "elena")[0]
    with pytest.raises(Stale):
        acts.accept(offered.viewer("tomasz"), asked)


def test_only_the_two_change_anything(offered, running):
    ines = offered.viewer("ines")
    meeting, goal = acts.plan(offered.viewer("elena"), running, in_days(1)), Goal.objects.get()
    for attempt in (
        lambda: acts.propose(ines, running, **TERMS, based_on=1),
        lambda: acts.agree(ines, running, 1),
        lambda: acts.plan(ines, running, in_days(1)),
        lambda: acts.note(ines, meeting, "Hello", 0),
        lambda: acts.note_alone(ines, meeting, "Hello"),
        lambda: acts.move_goal(ines, goal, 50),
        lambda: acts.close(ines, running),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_who_asked_cannot_say_yes_for_the_other(offered, asked):
    elena = offered.viewer("elena")
    with pytest.raises(NotAllowed):
        acts.accept(elena, asked)
    with pytest.raises(NotAllowed):
        acts.decline(elena, asked)
    with pytest.raises(NotAllowed):
        acts.withdraw(offered.viewer("tomasz"), asked)


def test_a_later_version_counts_when_both_agree(offered, running):
    elena, tomasz = offered.viewer("elena"), offered.viewer("tomasz")
    kept = {**TERMS, "goals": ["Diagnose a fault alone", "Talk to customers"], "months": 3}
    acts.propose(tomasz, running, **kept, based_on=1)
    assert Goal.objects.count() == 1, "Until both agree nothing changes."
    with pytest.raises(Stale):
        acts.propose(elena, running, **TERMS, based_on=1)
    with pytest.raises(Stale):
        acts.agree(elena, running, 1)
    assert acts.agree(elena, running, 2)
    assert not acts.agree(elena, running, 2), "A second click changes nothing."
    assert list(Goal.objects.order_by("pk").values_list("words", flat=True)) == kept["goals"]
    acts.propose(tomasz, running, **{**TERMS, "goals": ["Talk to customers"]}, based_on=2)
    acts.agree(elena, running, 3)
    assert Goal.objects.get(words="Diagnose a fault alone").let_go_at
    assert [each.version for each in Agreement.objects.order_by("version")] == [1, 2, 3]


def test_meetings_are_planned_moved_held_and_missed(offered, running):
    elena, tomasz = offered.viewer("elena"), offered.viewer("tomasz")
    with pytest.raises(Invalid):
        acts.plan(elena, running, in_days(-1))
    meeting = acts.plan(elena, running, in_days(1), 30, "In the van", "Reading gauges")
    assert not acts.move(tomasz, meeting, meeting.starts_at, 30, "In the van", "Reading gauges")
    assert acts.move(tomasz, meeting, in_days(2), 45)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.minutes) == (1, 45)
    with pytest.raises(Invalid):
        acts.hold(tomasz, meeting)
    Meeting.objects.update(starts_at=in_days(-1))
    acts.miss(tomasz, meeting)
    acts.hold(tomasz, meeting)
    with pytest.raises(Stale):
        acts.call_off(tomasz, meeting)
    assert Meeting.objects.get().state == MeetingState.DONE


def test_a_shared_note_is_never_written_over(offered, running):
    elena, tomasz = offered.viewer("elena"), offered.viewer("tomasz")
    meeting = acts.plan(elena, running, in_days(1))
    acts.note(elena, meeting, "First.", based_on=0)
    with pytest.raises(Stale):
        acts.note(tomasz, meeting, "Second.", based_on=0)
    assert Meeting.objects.get().shared_note == "First."


def test_an_own_note_is_emptied_to_nothing(offered, running):
    elena = offered.viewer("elena")
    meeting = acts.plan(elena, running, in_days(1))
    acts.note_alone(elena, meeting, "For me.")
    assert OwnNote.objects.get().person_id == elena.person_id
    acts.close(elena, running)
    acts.note_alone(elena, meeting, "  ")
    assert not OwnNote.objects.exists()


def test_thanks_are_posted_when_both_want_it(offered, running):
    elena, tomasz = offered.viewer("elena"), offered.viewer("tomasz")
    acts.close(elena, running)
    acts.give_feedback(elena, running, useful="very", thanks="for every Wednesday.", is_shared=True)
    assert not Item.objects.filter(source__contains="Wednesday").exists(), "One of two is not both."
    acts.give_feedback(tomasz, running, useful="yes", thanks="for the questions.", is_shared=True)
    posted = Item.objects.get(source__contains="Wednesday")
    assert (posted.author_id, posted.space_id) == (elena.person_id, elena.wall_id)
    assert Item.objects.get(source__contains="for the questions").author_id == tomasz.person_id
    with pytest.raises(Invalid):
        acts.give_feedback(elena, running, useful="very")


def test_thanks_stay_private_when_one_does_not_want_it(offered, running):
    acts.close(offered.viewer("tomasz"), running, "early", "I move to Oslo.")
    acts.give_feedback(offered.viewer("elena"), running, useful="yes", thanks="for all of it.", is_shared=True)
    acts.give_feedback(offered.viewer("tomasz"), running, useful="yes", thanks="likewise.")
    assert not Item.objects.filter(source__contains="for all of it").exists()
    assert Feedback.objects.count() == 2


def test_closing_calls_off_what_was_planned(offered, running):
    elena = offered.viewer("elena")
    acts.plan(elena, running, in_days(3))
    acts.close(elena, running)
    assert Meeting.objects.get().state == MeetingState.CALLED_OFF
    with pytest.raises(Stale):
        acts.plan(elena, running, in_days(3))


def test_leaving_closes_kindly(offered, running):
    change_person(offered.viewer("ines"), offered.tomasz, is_active=False)
    running.refresh_from_db()
    assert (running.state, running.ending) == (State.CLOSED, "left")
    assert place("tomasz") == 0
    line = told(offered, "elena")[0]
    assert "Tomasz Zieliński</b> has left" in line, "By the name of who left, not of who wrote it down."


def test_a_leaver_of_a_nightly_import_is_noticed(offered, running):
    type(offered.elena).objects.filter(pk=offered.elena.pk).update(is_active=False)
    assert by_the_clock.end_those_of_leavers() == 1
    assert place("tomasz") == 0
    assert by_the_clock.end_those_of_leavers() == 0


def test_requests_are_reminded_of_once_and_lapse(offered, asked):
    assert by_the_clock.remind_of_answers() == 0
    Mentoring.objects.update(asked_at=in_days(-8))
    assert by_the_clock.remind_of_answers() == 1
    assert by_the_clock.remind_of_answers() == 0
    assert "is waiting for your answer" in told(offered, "tomasz")[0]
    assert by_the_clock.lapse_unanswered() == 0
    Mentoring.objects.update(asked_at=in_days(-15))
    assert by_the_clock.lapse_unanswered() == 1
    assert "You are free to ask somebody else" in told(offered, "elena")[0]
    with pytest.raises(Stale):
        acts.accept(offered.viewer("tomasz"), asked)
    assert acts.ask(offered.viewer("elena"), offered.tomasz, "Once more.")


def test_a_yes_without_an_agreement_lapses_and_gives_the_place_back(offered, asked):
    acts.accept(offered.viewer("tomasz"), asked)
    acts.propose(offered.viewer("tomasz"), asked, **TERMS)
    acts.plan(offered.viewer("tomasz"), asked, in_days(2))
    Mentoring.objects.update(answered_at=in_days(-31))
    assert by_the_clock.lapse_unanswered() == 1
    assert place("tomasz") == 0
    assert Meeting.objects.get().state == MeetingState.CALLED_OFF
    assert "did not find the time" in told(offered, "tomasz")[0], "The one who waited is told."


def test_both_are_reminded_of_a_meeting_once(offered, running):
    meeting = acts.plan(offered.viewer("elena"), running, in_days(3))
    assert by_the_clock.remind_of_meetings() == 0
    later = meeting.starts_at - timedelta(hours=20)
    assert by_the_clock.remind_of_meetings(later) == 1
    assert by_the_clock.remind_of_meetings(later) == 0
    assert told(offered, "elena") == ["You meet <b>Tomasz Zieliński</b> within a day"]
    assert told(offered, "tomasz") == ["You meet <b>Elena Marchetti</b> within a day"]


def test_a_meeting_planned_for_today_needs_no_reminder(offered, running):
    acts.plan(offered.viewer("elena"), running, timezone.now() + timedelta(hours=3))
    assert by_the_clock.remind_of_meetings() == 0


def test_both_are_reminded_of_the_end(offered, running):
    assert by_the_clock.remind_of_endings() == 0
    Mentoring.objects.update(ends_on=timezone.localdate() + timedelta(days=5))
    assert by_the_clock.remind_of_endings() == 1
    assert by_the_clock.remind_of_endings() == 0
    assert "ends soon" in told(offered, "elena")[0]
    assert "ends soon" in told(offered, "tomasz")[0]


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2026, 11, 22), 6, date(2027, 5, 22)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
        (date(2027, 11, 30), 1, date(2027, 12, 30)),
    ],
)
def test_months_end_where_the_month_does(day, months, there):
    assert months_after(day, months) == there


def test_wishes_are_one_row_and_short(company):
    elena = company.viewer("elena")
    acts.wish(elena, wants=["Heat pumps", "heat pumps", " "], languages=["English"])
    acts.wish(elena, wants=["Bread"])
    assert MenteeProfile.objects.get().wants == ["Bread"]
    with pytest.raises(Invalid):
        acts.wish(elena, wants=[str(n) for n in range(6)])
    with pytest.raises(NotAllowed):
        acts.wish(company.viewer("sam"), wants=["Bread"])
