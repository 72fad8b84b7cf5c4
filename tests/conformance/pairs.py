"""What is between two people, for the walk over every route: mentorings, requests to connect, introductions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.company import Company
from watercooler.places.mentoring import acts as mentoring
from watercooler.places.mentoring.models import Mentoring
from watercooler.spine.conversations import acts as conversations
from watercooler.spine.social.acts import connect, introduce, meet

NEVER = 2_000_000_000
"""An id that nothing has."""


def of_mentoring(company: Company, name: str) -> dict[str, Any]:
    """Make mentorings that run: Noah's with Hassan, and this person's own with Fatima, who has places free."""
    mentoring.offer(company.viewer("fatima"), helps_with=["Talking"], rhythm="monthly", places=8)
    mentoring.offer(company.viewer("hassan"), helps_with=["Pumps"], rhythm="monthly", places=8)
    noahs = running(company, "hassan", "noah")
    own, asked = (NEVER, NEVER, NEVER), NEVER
    if company.viewer(name).is_member:
        own = running(company, "fatima", name)
        mentoring.offer(company.viewer(name), helps_with=["Asking"], rhythm="monthly", places=2)
        asked = mentoring.ask(company.viewer("fatima"), company.people[name], "Please.").pk
    named = dict(zip(("mentoring", "goal", "meeting"), noahs, strict=True))
    # Nobody of the table reports to Ruth and is asked by her; she is asked for nothing else.
    mentoring.offer(company.viewer("ruth"), helps_with=["Listening"], rhythm="monthly", places=8)
    return {
        **named, "own_mentoring": own[0], "own_goal": own[1], "own_meeting": own[2],
        "own_asked": asked,
        "mentor": "hassan" if name != "tomasz" else "ruth",
    }  # fmt: skip


def running(company: Company, mentor: str, mentee: str) -> tuple[int, int, int]:
    """Return a mentoring of these two that runs, with a goal and a meeting of theirs."""
    asks, answers = company.viewer(mentee), company.viewer(mentor)
    of_the_two = {"mentor": company.people[mentor], "mentee": company.people[mentee]}
    if there := Mentoring.objects.filter(**of_the_two, state="running").first():
        return there.pk, there.goals.get().pk, there.meetings.get().pk
    pair = mentoring.ask(asks, company.people[mentor], "Please.")
    mentoring.accept(answers, pair)
    terms = {"goals": ["Lead a job"], "rhythm": "weekly", "minutes": 30, "months": 3}
    written = mentoring.propose(asks, pair, **terms)
    mentoring.agree(answers, pair, written.version)
    meeting = mentoring.plan(asks, pair, timezone.now() + timedelta(days=3))
    return pair.pk, pair.goals.get().pk, meeting.pk


def of_acquaintances(company: Company, name: str) -> dict[str, Any]:
    """Make an introduction of Ruth's between two others, one of Hassan's that is about this person, and a request."""
    own, hassan = company.people[name], company.viewer("hassan")
    other = company.elena if name == "tomasz" else company.tomasz
    connect(hassan, own, "Hello")
    brought = introduce(hassan, own, other, "Meet.")
    meet(company.viewer(other.handle), brought)
    return {
        "introduction": introduce(company.viewer("ruth"), company.noah, company.hassan, "Meet.").pk,
        "own_introduction": brought.pk, "asker": "hassan",
        "made_introduction": introduce(company.viewer(name), company.noah, other, "Meet.").pk,
    }  # fmt: skip


def of_messages(company: Company, name: str) -> dict[str, Any]:
    """Make a conversation of Noah's with Hassan, and a group of Noah's that this person is in and wrote to."""
    noah, own = company.viewer("noah"), company.viewer(name)
    talk = conversations.begin(noah, company.hassan)
    told = conversations.send(noah, talk, "Between us.")
    conversations.report(company.viewer("hassan"), told, "unkind")
    group = conversations.begin_group(noah, [company.people[name], company.hassan], "Night shift")
    conversations.send(noah, group, "Who has the phone?")
    said = conversations.send(own, group, "I do.").number
    return {"talk": talk.pk, "own_talk": group.pk, "own_said": said, "report": told.reports.get().pk}
