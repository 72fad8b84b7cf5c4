"""Fills an empty installation with Fernway, through the product's own acts and at their original times."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from watercooler.demo import read
from watercooler.demo.cast import Organisation as Told
from watercooler.demo.clock import Clock, share
from watercooler.demo.history import History
from watercooler.demo.mentoring import Pairs
from watercooler.demo.messages import Talks
from watercooler.demo.portraits import portrait
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.projections.notifications.acts import read_all
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity import turn, worker
from watercooler.spine.content.acts import explain_term, merge, named
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Organisation, Person, Site, Unit
from watercooler.spine.people.portraits import keep_drawing
from watercooler.spine.social.acts import read_by_who_took_part
from watercooler.spine.spaces.newcomers import add_person
from watercooler.spine.spaces.viewer import build

MAIL_DOMAIN = "fernway.example"


def load(progress: Callable[[str], None] = lambda _words: None) -> int:
    """Write Fernway into an empty database and let every projection follow. Returns how many acts that took.

    All or nothing: one transaction, so that a load that was stopped half way leaves an empty installation.
    """
    told = read.read()
    with Clock().running() as clock, transaction.atomic(), _without_savepoints():
        progress("people")
        people = _people(told, clock)
        clock.show(min(person.joined_at for person in people.values()))
        topics = _topics(told, people)
        _glossary(people)
        clock.show(None)
        history = History(told, people, topics, clock, read.FERNWAY / "pictures")
        history.further = Pairs(people, history.viewer, clock.now).events(read.FERNWAY / "mentoring.toml")
        talks = Talks(people, history.viewer, history.items, read.FERNWAY / "pictures", clock.now)
        history.further += talks.events(read.FERNWAY / "messages.toml")
        done = history.run(progress)
        read_by_who_took_part()
    progress("feed, inbox and search")
    _follow()
    _leave_a_few_unread(people)
    return done


def sign_ins() -> list[tuple[str, str, str, str]]:
    """Return (what for, name, handle, password) of those who are meant to be tried, in order."""
    told = read.read()
    return [(role, told.people[handle].name, handle, told.password) for role, handle in told.sign_ins]


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """Take all acts for one: where any failure throws everything away, 14,000 of 31,000 statements are not needed."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def _people(told: Told, clock: Clock) -> dict[str, Person]:
    Organisation.objects.create(name=told.name, logo="logo-fernway.svg", is_demo=True)
    sites = {s.key: Site.objects.create(name=s.name, town=s.town, time_zone=s.time_zone) for s in told.sites.values()}
    units: dict[str, Unit] = {}
    for unit in told.units.values():
        units[unit.key] = Unit.objects.create(name=unit.name, parent=units[unit.parent] if unit.parent else None)
    people: dict[str, Person] = {}
    for handle in _from_the_top(told):
        words = told.people[handle]
        people[handle] = add_person(
            handle=handle,
            name=words.name,
            email=f"{handle}@{MAIL_DOMAIN}",
            job=words.job,
            site=sites[words.site],
            unit=units.get(words.unit),
            manager=people.get(words.manager),
            role=Role[words.role.upper()],
            sponsor=people.get(words.sponsor),
            ends_on=(clock.now + timedelta(days=words.ends_in_days)).date() if words.ends_in_days else None,
            joined_at=words.joined_at(clock.now),
            welcomed_at=words.joined_at(clock.now) + timedelta(minutes=5),
            about=words.about,
            offers=list(words.offers),
            wants_to_learn=list(words.learns),
            languages=list(words.languages),
            pronouns=words.pronouns,
            status=words.status,
            photo=keep_drawing(portrait(read.FERNWAY, handle, words.portrait)),
        )
    # One hash for all: each would cost 50 ms, and everybody is told the password anyway.
    Person.objects.update(password=make_password(told.password))
    return people


def _from_the_top(told: Told) -> list[str]:
    """Return the handles so that managers and sponsors come before their people."""

    def depth(handle: str) -> int:
        person = told.people[handle]
        above = person.manager or person.sponsor
        return depth(above) + 1 if above else 0

    return sorted(told.people, key=depth)


def _lead(people: dict[str, Person]) -> Viewer:
    return build(next(p.pk for p in people.values() if p.role == Role.LEAD))


def _glossary(people: dict[str, Person]) -> None:
    lead = _lead(people)
    for name, words in tomllib.loads((read.FERNWAY / "glossary.toml").read_text("utf-8")).items():
        explain_term(lead, name, words["means"], words["also"])


def _topics(told: Told, people: dict[str, Person]) -> dict[str, Topic]:
    lead = _lead(people)
    topics: dict[str, Topic] = {}
    for words in told.topics.values():
        topics[words.slug] = named([words.name])[0]
        for synonym in words.synonyms:
            merge(lead, named([synonym])[0], topics[words.slug])
    return topics


def _follow() -> None:
    """Order what was recorded and bring the projections up to date, so that the first page is full."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [turn.LOCK])
        try:
            while worker.follow():
                pass
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [turn.LOCK])


def _leave_a_few_unread(people: dict[str, Person]) -> None:
    """Read everybody's inbox but for the newest three to six lines, as on a working day."""
    for handle, person in people.items():
        newest = 3 + round(3 * share("unread", handle))
        told = Notification.objects.filter(person=person).order_by("-position")
        for position in told.values_list("position", flat=True)[newest : newest + 1]:
            read_all(build(person.pk), position)
