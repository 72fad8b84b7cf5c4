"""The calendar file, read as RFC 5545 says a calendar reads it, and the order of those who may fit."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from watercooler.kinds.questions.acts import accept
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.calendar import calendar, escaped, folded
from watercooler.places.mentoring.matching import Wanted, matches
from watercooler.places.mentoring.models import Meeting
from watercooler.projections.experts.acts import choose
from watercooler.spine.activity.worker import follow


def unfolded(text):
    """Return the content lines: CRLF ends a line, CRLF and a space goes on with it."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", ""), "Only CRLF breaks a line."
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "A line of more than 75 octets."
    return re.sub(r"\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")


def unescaped(value):
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def parsed(text):
    """Return [{property: value}], one for each event, in a calendar that is otherwise as it must be."""
    lines = unfolded(text)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head, events, current = {}, [], None
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        assert re.fullmatch(r"[A-Z-]+(;[^:]+)?", name), line
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = None
        else:
            target = head if current is None else current
            assert name not in target, f"{name} twice."
            target[name] = value
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert current is None
    return events


def moment(value):
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.fixture
def running(company):
    elena, tomasz = company.viewer("elena"), company.viewer("tomasz")
    acts.offer(tomasz, helps_with=["Heat pumps"], rhythm="weekly")
    asked = acts.ask(elena, company.tomasz, "Please.")
    acts.accept(tomasz, asked)
    acts.propose(elena, asked, goals=["Lead a job"], rhythm="weekly", minutes=30, months=3)
    acts.agree(tomasz, asked, 1)
    asked.refresh_from_db()
    return asked


def shown(running, person):
    meetings = list(Meeting.objects.select_related("mentoring__mentor", "mentoring__mentee").order_by("starts_at"))
    return parsed(calendar(meetings, person.pk))


@pytest.mark.django_db
def test_a_meeting_is_an_event(company, running):
    elena = company.viewer("elena")
    starts_at = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    about = "Gauges; superheat, and why\nBring: the card \\ pen. " + "Zażółć gęślą jaźń " * 8
    meeting = acts.plan(elena, running, starts_at, 45, "Otley, the van", about)
    acts.note(elena, meeting, "A secret of ours.", based_on=0)
    acts.note_alone(elena, meeting, "Mine alone.")
    (event,) = shown(running, company.tomasz)
    assert moment(event["DTSTART"]) == starts_at
    assert moment(event["DTEND"]) == starts_at + timedelta(minutes=45)
    assert unescaped(event["SUMMARY"]) == "Mentoring with Elena Marchetti"
    assert unescaped(event["LOCATION"]) == "Otley, the van"
    assert unescaped(event["DESCRIPTION"]).startswith(about.strip())
    assert event["URL"].endswith(f"/mentoring/{running.pk}/meetings/{meeting.pk}")
    assert {"UID", "DTSTAMP", "SEQUENCE", "STATUS", "CLASS"} <= event.keys()
    assert "secret" not in str(event)
    assert "Mine alone" not in str(event)
    assert unescaped(shown(running, company.elena)[0]["SUMMARY"]) == "Mentoring with Tomasz Zieliński"


@pytest.mark.django_db
def test_a_change_has_the_same_uid_and_a_higher_sequence(company, running):
    elena = company.viewer("elena")
    meeting = acts.plan(elena, running, timezone.now() + timedelta(days=2))
    (before,) = shown(running, company.elena)
    acts.move(elena, meeting, timezone.now() + timedelta(days=3), 30)
    (after,) = shown(running, company.elena)
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    acts.call_off(elena, meeting)
    (gone,) = shown(running, company.elena)
    assert (gone["STATUS"], before["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert int(gone["SEQUENCE"]) > int(after["SEQUENCE"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_whatever_is_written_comes_out_again(text):
    line = f"SUMMARY:{escaped(text)}"
    whole = folded(line) + "\r\n"
    assert unfolded(whole) == [line]
    assert unescaped(line.removeprefix("SUMMARY:")) == text


# The order of those who may fit


@pytest.fixture
def known(company):
    at = timezone.now() - timedelta(days=2)
    question = company.question("Why does the coil ice up?", source="Ice on the fins.", topics=["Defrost"], at=at)
    accept(company.viewer("noah"), question, company.answer(question, "The trace heater had failed.", at=at))
    while follow():
        pass
    acts.offer(company.viewer("tomasz"), helps_with=["Coaching"], rhythm="weekly", places=3)
    acts.offer(company.viewer("fatima"), helps_with=["Ice on coils"], rhythm="weekly", places=3)
    acts.offer(company.viewer("ruth"), helps_with=["Public speaking"], rhythm="weekly", places=3)
    return company


def named(company, name, *wants, **more):
    return [match.mentor.handle for match in matches(company.viewer(name), Wanted(tuple(wants), **more))]


@pytest.mark.django_db
def test_evidence_comes_before_what_is_said(known):
    assert named(known, "ines", "why does the coil ice up") == ["tomasz", "fatima"]
    first = matches(known.viewer("ines"), Wanted(("why does the coil ice up",)))[0]
    assert first.good[0].evidence[0].title == "Why does the coil ice up?"
    assert all(reason.sentence for reason in [*first.good, *first.less_good])


@pytest.mark.django_db
def test_who_opted_out_of_being_found_stands_by_their_offer_alone(known):
    choose(known.viewer("tomasz"), is_out=True, takes_nudges=True)
    assert named(known, "ines", "why does the coil ice up") == ["fatima"]


@pytest.mark.django_db
def test_without_a_wish_those_with_most_room_come_first(known):
    assert named(known, "elena") == ["fatima", "tomasz"], "Her manager Ruth is left out."
    assert "ruth" in named(known, "elena", with_own_line=True)
    acts.accept(known.viewer("fatima"), acts.ask(known.viewer("noah"), known.fatima, "Please."))
    assert named(known, "elena") == ["tomasz", "fatima"]


@pytest.mark.django_db
def test_word_forms_are_the_same_word(known):
    assert named(known, "ines", "speaking publicly", with_own_line=True) == ["ruth"]
    assert named(known, "ines", "sourdough") == []


@pytest.mark.django_db
def test_who_is_full_paused_gone_or_in_touch_is_not_named(known):
    acts.pause(known.viewer("tomasz"))
    assert named(known, "elena") == ["fatima"]
    acts.ask(known.viewer("elena"), known.fatima, "Please.")
    assert named(known, "elena") == []
    type(known.fatima).objects.filter(pk=known.fatima.pk).update(is_active=False)
    assert named(known, "noah") == ["ruth"]
    assert named(known, "sam") == [], "A guest is told nobody."


@pytest.mark.django_db
def test_language_rhythm_and_place_move_the_order(known):
    known.fatima.languages, known.tomasz.languages = ["Arabic"], ["English"]
    known.fatima.save()
    known.tomasz.save()
    assert named(known, "ines", languages=("Arabic",), with_own_line=False)[0] == "fatima"
    assert named(known, "ines", languages=("English",))[0] == "tomasz"


@pytest.mark.django_db
def test_ranking_costs_the_same_for_few_and_for_many(known, count_queries):
    viewer = known.viewer("ines")
    wanted = Wanted(("why does the coil ice up", "speaking"))

    def cost():
        matches(viewer, wanted)
        with count_queries() as queries:
            matches(viewer, wanted)
        return len(queries)

    before = cost()
    for name in ("hassan", "noah", "priya"):
        acts.offer(known.viewer(name), helps_with=["Speaking", "Ice"], rhythm="weekly")
    assert cost() == before <= 12
