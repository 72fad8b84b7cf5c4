"""What event streams need of the database: who listens, what happened since, and the batch just ordered."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.notifications import reads as notifications
from watercooler.spine.activity.verbs import registered as verbs
from watercooler.spine.content.kinds import registered as kinds
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.conversations import reads as conversations
from watercooler.spine.spaces.middleware import viewer_of

MOST_CAUGHT_UP = 200
FARTHEST_BACK = 20_000
"""Positions beyond which nobody looks for what was missed; the page is asked again instead."""

EVENTS = """
select a.position, a.verb, a.undoes_id is not null, i.id, i.kind, i.space_id, i.audience, coalesce(i.root_id, i.id),
       i.parent_id, i.author_id, a.actor_id
from activity_activity a join content_item i on i.id = a.item_id
where a.position > %(after)s and a.position <= %(last)s and i.state = 1 and a.verb = any(%(public)s)
  and not a.is_imported
order by a.position
"""
MISSED = f"""
select * from ({EVENTS}) e (position, verb, is_undo, id, kind, space_id, audience, root_id, parent_id, author_id,
                              actor_id)
where exists (select from content_item i where i.id = e.id and {VISIBLE}) order by position limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an item. Says where to look, never what is there."""

    position: int
    verb: str
    is_undo: bool
    id: int
    kind: str
    space_id: int
    audience: int
    root_id: int
    parent_id: int | None
    author_id: int
    actor_id: int

    def encoded(self) -> bytes:
        """Return the event as a stream sends it: "item" where one appeared, else "change"."""
        appeared = not self.is_undo and kinds()[self.kind].made.name == self.verb
        data = {
            "id": self.id,
            "kind": self.kind,
            "space": self.space_id,
            "verb": self.verb,
            "root": self.root_id,
            "parent": self.parent_id,
            "author": self.author_id,
            "actor": self.actor_id,
        }
        return encode("item" if appeared else "change", data, self.position)


def encode(name: str, data: dict[str, Any], position: int) -> bytes:
    """Return one server-sent event. Source: HTML Living Standard, 9.2.6."""
    return f"id: {position}\nevent: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


@cache
def _public() -> list[str]:
    return sorted(name for name, verb in verbs().items() if verb.is_public)


def viewer_at(session_key: str) -> Viewer:
    """Return who holds this session, by the same kept viewers as pages. Cost: nothing while kept, else 3 queries."""
    request = HttpRequest()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = session_key
    request.session = SessionStore(session_key)
    request.user = _LazyUser(request)  # type: ignore[assignment]
    return viewer_of(request)


class _LazyUser:
    """Reads session and person only if the viewer is not kept."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return getattr(get_user(self._request), name)


def happened(first: int, last: int) -> list[Event]:
    """Return what happened to live items from `first` to `last`, for all who listen. Cost: one query."""
    return hot.rows(EVENTS, Event, after=first - 1, last=last, public=_public())


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody hears beside what they may read: how much is unread, and in which conversations something came.

    newest: the position of the newest unread line. By it a page knows what arrived where there is more than it counts.
    """

    unread: int
    newest: int
    messages: int
    conversations: list[int]

    def encoded(self, position: int) -> list[bytes]:
        """Return the events of it. A message is said by its conversation's number alone."""
        pointers = [encode("message", {"conversation": each}, position) for each in self.conversations]
        if self.newest:
            pointers.append(encode("lines", {"newest": self.newest}, position))
        return [*pointers, encode("inbox", {"unread": self.unread, "messages": self.messages}, position)]


def told_among(first: int, last: int, people: Container[int]) -> dict[int, Told]:
    """Return what those of these people hear who were told something, or written to. Cost: two to four queries."""
    lines = notifications.reached(first, last, people)
    written = conversations.reached(first, last, people)
    reached = sorted({*lines, *written})
    if not reached:
        return {}
    unread, messages = notifications.waiting_for(reached), conversations.unread_of(reached)
    return {each: Told(*unread.get(each, (0, 0)), messages[each], written.get(each, [])) for each in reached}


@dataclass(frozen=True, slots=True)
class Since:
    """What a viewer missed. events is None where it is too much, or where their position is from another time."""

    position: int
    events: list[Event] | None
    told: Told


def since(viewer: Viewer, after: int | None) -> Since:
    """Return what happened that the viewer may read, after a position or, for None, nothing. Cost: 4 to 6 queries."""
    last = int(hot.one("select coalesce(max(position), 0) as position from activity_activity").position)
    unread = notifications.waiting_for([viewer.person_id]).get(viewer.person_id, (0, 0))
    told = Told(*unread, conversations.unread(viewer), [])
    if after is None:
        return Since(last, [], told)
    if not last - FARTHEST_BACK <= after <= last:
        return Since(last, None, told)
    told.conversations.extend(conversations.reached(after + 1, last, [viewer.person_id]).get(viewer.person_id, []))
    values = {"after": after, "last": last, "public": _public(), **visible_values(viewer)}
    events = hot.rows(MISSED, Event, limit=MOST_CAUGHT_UP + 1, **values)
    return Since(last, None if len(events) > MOST_CAUGHT_UP else events, told)
