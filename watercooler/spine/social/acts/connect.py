"""Connecting with a colleague: asking, saying yes or quietly no, ending it, and taking each of these back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.people.models import Person
from watercooler.spine.social.models import Connection, ConnectionChoice, Tie
from watercooler.spine.social.verbs import (
    ASKED_TO_CONNECT,
    CONNECTED,
    DECLINED_CONNECTION,
    DISCONNECTED,
    Connecting,
)
from watercooler.spine.spaces.sight import known_to
from watercooler.spine.spaces.viewer import build

QUIET = timedelta(days=180)
"""How long somebody who declined is not asked again by the same person, who is not told so."""
COME_BACK = timedelta(minutes=10)
"""How long a yes and an end can be taken back: later, the other one has counted on it."""
MOST_WAITING = 100
"""So many requests may wait for an answer; more is not getting to know people."""


@transaction.atomic
def connect(viewer: Viewer, person: Person, note: str = "", at: datetime | None = None) -> Connection:
    """Ask a colleague to connect. Who asks somebody that has asked them says yes by it; twice changes nothing.

    Raises NotAllowed for oneself, Invalid where too many wait or the two may not know of each other.
    """
    check_acquaintance(viewer, person)
    now = at or timezone.now()
    tie, is_new = _tie(viewer, person, now)
    if not is_new and tie.state == Tie.CONNECTED:
        return tie
    if not is_new and tie.state in {Tie.ASKED, Tie.DECLINED}:
        return tie if tie.asker_id == viewer.person_id else _say_yes(viewer, tie, person, now)
    _check_room(viewer)
    insists = tie.asker_id == viewer.person_id and tie.declined_at is not None and now - tie.declined_at < QUIET
    tie.asker_id, tie.note, tie.at = viewer.person_id, clean_line(note)[:500], now
    tie.state = Tie.DECLINED if insists else Tie.ASKED
    tie.declined_at = tie.declined_at if insists else None
    tie.answered_at = tie.ended_at = tie.ended_by = None
    tie.save()
    record(viewer, ASKED_TO_CONNECT, person_id=person.pk, detail=Connecting(tie.pk, tie.note), at=at)
    return tie


def check_acquaintance(viewer: Viewer, person: Person) -> None:
    """Raise unless the two may know of each other: a guest meets only those of the spaces they are in."""
    if person.pk == viewer.person_id:
        raise NotAllowed(_("You know yourself already."))
    is_known = Person.objects.filter(known_to(viewer), pk=person.pk, is_active=True).exists()
    if not is_known or not knows_back(person, viewer.person_id):
        raise Invalid(_("%(name)s meets only people of the spaces they are in.") % {"name": person.name}, field="to")


def knows_back(person: Person, other_id: int) -> bool:
    """Say whether a person may know of the other one. Cost: two queries for a guest, else none."""
    return not person.is_guest or Person.objects.filter(known_to(build(person.pk)), pk=other_id).exists()


def _tie(viewer: Viewer, person: Person, now: datetime) -> tuple[Connection, bool]:
    """Return the row of the two, locked, and whether it was made for this."""
    one, other = sorted([viewer.person_id, person.pk])
    values = {"asker_id": viewer.person_id, "at": now}
    tie, is_new = Connection.objects.get_or_create(one_id=one, other_id=other, defaults=values)
    return Connection.objects.select_for_update().get(pk=tie.pk), is_new


def standing(viewer: Viewer, person: Person) -> Connection | None:
    """Return the row of the two, locked, or None where there never was one."""
    one, other = sorted([viewer.person_id, person.pk])
    return Connection.objects.select_for_update().filter(one_id=one, other_id=other).first()


def _check_room(viewer: Viewer) -> None:
    mine = Connection.objects.filter(asker_id=viewer.person_id, state__in=[Tie.ASKED, Tie.DECLINED])
    if mine.count() > MOST_WAITING:
        raise Invalid(_("%(count)s people have not answered you yet. Give them time.") % {"count": MOST_WAITING})


def _say_yes(
    viewer: Viewer, tie: Connection, person: Person, now: datetime, introduction_id: int | None = None
) -> Connection:
    tie.state, tie.answered_at, tie.declined_at, tie.ended_at, tie.ended_by = Tie.CONNECTED, now, None, None, None
    tie.save()
    record(viewer, CONNECTED, person_id=person.pk, detail=Connecting(tie.pk, "", introduction_id), at=now)
    return tie


def join_two(viewer: Viewer, person: Person, introduction_id: int) -> Connection:
    """Connect two who both said yes to an introduction. Part of the act that calls it."""
    now = timezone.now()
    tie, is_new = _tie(viewer, person, now)
    if not is_new and tie.state == Tie.CONNECTED:
        return tie
    tie.asker_id, tie.at, tie.note = person.pk, now, ""
    return _say_yes(viewer, tie, person, now, introduction_id)


@transaction.atomic
def accept_connection(viewer: Viewer, person: Person, at: datetime | None = None) -> bool:
    """Say yes to somebody who asked. Returns False where nothing waits. Raises Invalid as `connect`."""
    tie = standing(viewer, person)
    if tie is None or tie.asker_id != person.pk or tie.state != Tie.ASKED:
        return False
    check_acquaintance(viewer, person)
    _say_yes(viewer, tie, person, at or timezone.now())
    return True


@transaction.atomic
def decline_connection(viewer: Viewer, person: Person, at: datetime | None = None) -> bool:
    """Say no, quietly: who asked sees their request wait as before. Returns False where nothing waits."""
    tie = standing(viewer, person)
    if tie is None or tie.asker_id != person.pk or tie.state != Tie.ASKED:
        return False
    now = at or timezone.now()
    tie.state, tie.declined_at = Tie.DECLINED, now
    tie.save()
    record(viewer, DECLINED_CONNECTION, person_id=person.pk, detail=Connecting(tie.pk), at=now)
    return True


@transaction.atomic
def reconsider_connection(viewer: Viewer, person: Person) -> bool:
    """Take one's answer back, so that the request waits again: a no at any time, a yes for ten minutes."""
    tie = standing(viewer, person)
    if tie is None or tie.asker_id != person.pk:
        return False
    is_fresh = tie.answered_at is not None and timezone.now() - tie.answered_at < COME_BACK
    if tie.state != Tie.DECLINED and not (tie.state == Tie.CONNECTED and is_fresh):
        return False
    verb = DECLINED_CONNECTION if tie.state == Tie.DECLINED else CONNECTED
    tie.state, tie.declined_at, tie.answered_at = Tie.ASKED, None, None
    tie.save()
    take_back(viewer, verb, person_id=person.pk)
    return True


@transaction.atomic
def end_connection(viewer: Viewer, person: Person) -> bool:
    """End a connection, or withdraw one's own request; nobody is told. Returns False where there is neither."""
    tie = standing(viewer, person)
    is_mine = tie is not None and tie.asker_id == viewer.person_id and tie.state in {Tie.ASKED, Tie.DECLINED}
    if tie is None or not (is_mine or tie.state == Tie.CONNECTED):
        return False
    was = tie.state
    tie.state, tie.ended_by_id, tie.ended_at = Tie.ENDED, viewer.person_id, timezone.now()
    tie.save()
    if was == Tie.CONNECTED:
        record(viewer, DISCONNECTED, person_id=person.pk, detail=Connecting(tie.pk))
    else:
        take_back(viewer, ASKED_TO_CONNECT, person_id=person.pk)
    return True


@transaction.atomic
def resume_connection(viewer: Viewer, person: Person) -> bool:
    """Take an end or a withdrawal back, for ten minutes. Returns False where there is nothing to take back."""
    tie = standing(viewer, person)
    if tie is None or tie.state != Tie.ENDED or tie.ended_by_id != viewer.person_id or tie.ended_at is None:
        return False
    if timezone.now() - tie.ended_at > COME_BACK:
        return False
    tie.ended_at, tie.ended_by = None, None
    if tie.answered_at is not None:
        tie.state = Tie.CONNECTED
        take_back(viewer, DISCONNECTED, person_id=person.pk)
    else:
        tie.state = Tie.DECLINED if tie.declined_at else Tie.ASKED
        record(viewer, ASKED_TO_CONNECT, person_id=person.pk, detail=Connecting(tie.pk, tie.note))
    tie.save()
    return True


def choose_connections(viewer: Viewer, *, hides: bool, is_not_suggested: bool) -> None:
    """Say whether others see whom they and one both know, and whether one is suggested to people alike.

    A setting of one's own: it is not recorded.
    """
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    values = {"hides_connections": hides, "is_not_suggested": is_not_suggested}
    ConnectionChoice.objects.update_or_create(person_id=viewer.person_id, defaults=values)


def between(person_id: int) -> Q:
    """Return the filter for the rows of one person."""
    return Q(one_id=person_id) | Q(other_id=person_id)
