"""Making items: the one function through which every kind comes into being."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, TooMany
from watercooler.foundation.base.text import clean_line, clean_text
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.foundation.database import hot
from watercooler.spine.activity.record import record
from watercooler.spine.content import markdown
from watercooler.spine.content.acts.attach import claim
from watercooler.spine.content.acts.topics import named, put_on
from watercooler.spine.content.kinds import Kind
from watercooler.spine.content.models import LONGEST_TITLE, Item
from watercooler.spine.content.verbs import Writing
from watercooler.spine.content.visibility import State
from watercooler.spine.content.written import written
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import must_accept_rules
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.viewer import build

LONGEST_TEXT = 100_000


def may_post(viewer: Viewer, space: Space, kind: Kind | None = None) -> bool:
    """Say whether the viewer may begin something in this space: insiders may; on a wall, every member may post.

    Walls are read by members alone, so guests neither write on one nor have words left on theirs.
    kind: what it would be; some kinds need a role, and then also to be drafted or scheduled.
    """
    if space.archived_at is not None or (kind is not None and viewer.role < kind.made.needs):
        return False
    if space.purpose == Purpose.WALL:
        if space.owner_id == viewer.person_id or not viewer.is_member:
            return viewer.is_member
        return (kind is None or kind.name == "post") and space.owner.role > Role.GUEST
    return space.pk in viewer.space_ids


SENT = "select id from content_item where author_id = %(author)s and key = %(key)s"
"""Prepared, as LATELY is: the framework takes 1 ms to say either, and the database 0.3 to plan it, before each post."""


def _sent(viewer: Viewer, key: UUID | None) -> Item | None:
    """Return what the viewer made with this key. Cost: a prepared query, and one more if there is something."""
    found = hot.one(SENT, author=viewer.person_id, key=str(key)) if key is not None else None
    return Item.objects.get(pk=found.id) if found is not None else None


def make(
    viewer: Viewer,
    kind: Kind,
    space: Space,
    *,
    source: str,
    title: str = "",
    parent: Item | None = None,
    topics: Iterable[str] = (),
    attachments: Iterable[int] = (),
    key: UUID | None = None,
    state: State = State.LIVE,
    publish_at: datetime | None = None,
    card: dict[str, Any] | None = None,
    at: datetime | None = None,
    is_imported: bool = False,
) -> Item:
    """Make an item, with everything a list shows of it, and record it. A key seen before returns the first item.

    topics: names as typed. attachments: ids the viewer uploaded. at: only importers and the demo give a past time.
    Raises NotAllowed, Invalid (with the field) or TooMany. Cost: about six statements, none of them per reader.
    """
    if (sent := _sent(viewer, key)) is not None:
        return sent
    _check_place(viewer, kind, space, parent)
    title, source = check_text(kind, title, source)
    now = at or timezone.now()
    if at is None:
        check_rules(viewer, space)
        check_pace(viewer, now, state)
    rendered = written(source)
    item = Item(
        **said(title, source, rendered),
        **_placed(viewer, space, parent),
        **_timed(state, now, publish_at),
        kind=kind.name,
        key=key,
        card=card or {},
        is_imported=is_imported,
    )
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            put_on(viewer, item, named([*topics, *rendered.hashtags]), now)
            claim(viewer, item, attachments, source)
            if state == State.LIVE:
                _appear(viewer, kind, item, rendered.mentions, now, is_imported)
    except IntegrityError:
        if (sent := _sent(viewer, key)) is None:
            raise
        return sent  # the same form, sent twice in one moment
    return item


def _placed(viewer: Viewer, space: Space, parent: Item | None) -> dict[str, Any]:
    root_id = parent.thread_id if parent else None
    return {
        "author_id": viewer.person_id,
        "space": space,
        "audience": space.audience,
        "parent": parent,
        "root_id": root_id,
    }


def _timed(state: State, now: datetime, publish_at: datetime | None) -> dict[str, Any]:
    return {
        "state": state,
        "made_at": now,
        "published_at": now if state == State.LIVE else None,
        "publish_at": publish_at,
        "active_at": now,
    }


def said(title: str, source: str, rendered: markdown.Rendered) -> dict[str, Any]:
    """Return the columns of an item that its title and text fill."""
    return {
        "title": title,
        "source": source,
        "safe_html": rendered.html,
        "excerpt": rendered.excerpt,
        "renderer": markdown.RENDERER,
    }


def _check_place(viewer: Viewer, kind: Kind, space: Space, parent: Item | None) -> None:
    if parent is None:
        if not kind.is_top:
            raise NotAllowed(_("This belongs below something else."))
        if viewer.role < kind.made.needs:
            raise NotAllowed(_("Your account cannot do this."))
        if not may_post(viewer, space, kind):
            raise NotAllowed(_("Join %(space)s first, then you can post here.") % {"space": space.name})
    elif parent.kind not in kind.parents or not parent.is_live:
        raise NotAllowed(_("You can’t reply to this any more."))
    elif parent.space_id != space.pk or not viewer.reads(parent.audience, parent.space_id):
        raise NotAllowed(_("You can’t reply to this."))


def check_text(kind: Kind, title: str, source: str) -> tuple[str, str]:
    """Return title and text cleaned of what lies about them. Raises Invalid naming the field."""
    title, source = clean_line(title), clean_text(source)
    if kind.has_title and not title:
        raise Invalid(_("Give it a title, so that people can find it."), field="title")
    if len(title) > LONGEST_TITLE:
        over = len(title) - LONGEST_TITLE
        raise Invalid(_("The title is %(over)s characters too long.") % {"over": over}, field="title")
    if not source and not kind.has_title:
        raise Invalid(_("Write something first."), field="source")
    if len(source) > LONGEST_TEXT:
        raise Invalid(_("The text is longer than %(most)s characters.") % {"most": f"{LONGEST_TEXT:,}"}, field="source")
    return title, source


def check_rules(viewer: Viewer, space: Space) -> None:
    """Raise Invalid for an insider who has not accepted the ground rules as they are now (R92)."""
    if space.pk in viewer.space_ids and must_accept_rules(viewer, space):
        sentence = _("The ground rules of %(space)s changed. Read and accept them, then post.")
        raise Invalid(sentence % {"space": space.name}, field="rules")


# What is live and what is not lie in indexes of their own; asked for together, all that somebody ever wrote was read.
LATELY = """
select (select count(*) from content_item where author_id = %(author)s and published_at > %(since)s and state = 1)
     + (select count(*) from content_item where author_id = %(author)s and published_at > %(since)s and state <> 1)
       as count
"""


def check_pace(viewer: Viewer, now: datetime, state: State = State.LIVE) -> None:
    """Raise TooMany for somebody who posts faster than a person writes."""
    since = now - timedelta(minutes=1)
    lately = hot.one(LATELY, author=viewer.person_id, since=since).count
    if state != State.LIVE:
        waiting = Item.objects.filter(author_id=viewer.person_id, state__in=[State.DRAFT, State.SCHEDULED])
        lately += waiting.filter(made_at__gt=since).count()
    if lately >= settings.WRITE_LIMIT_PER_MINUTE:
        raise TooMany(_("That was a lot in one minute. Wait a moment and send it again; it is still here."))


def _appear(
    viewer: Viewer, kind: Kind, item: Item, handles: Iterable[str], now: datetime, is_imported: bool = False
) -> None:
    """Count a live item where lists show counts, and record it."""
    if item.parent_id is None:
        solved_from = {"question_count": F("question_count") + 1} if kind.name == "question" else {}
        Space.objects.filter(pk=item.space_id).update(item_count=F("item_count") + 1, last_item_at=now, **solved_from)
    else:
        count_reply(item, 1, now)
    writing = Writing(mentions=mentioned(handles, item), kind=kind.name)
    record(viewer, kind.made, item=item, detail=writing, at=now, is_imported=is_imported)


def count_reply(item: Item, sign: int, now: datetime) -> None:
    """Add or take one reply at its parent, and wake its thread."""
    if item.parent_id is None or item.root_id is None:
        raise ValueError("A top item is no reply.")
    counter = "answer_count" if item.kind == "answer" else "comment_count"
    Item.objects.filter(pk=item.parent_id).update(
        **{counter: F(counter) + sign}, version=F("version") + 1, active_at=now
    )
    if item.root_id != item.parent_id:
        Item.objects.filter(pk=item.root_id).update(version=F("version") + 1, active_at=now)


def mentioned(handles: Iterable[str], item: Item, before: Iterable[str] = ()) -> list[int]:
    """Return the ids of active people newly mentioned, at most 20, never the author."""
    new = list(dict.fromkeys(set(handles) - set(before)))[:20]
    if not new:
        return []
    people = Person.objects.filter(handle__in=new, is_active=True).exclude(pk=item.author_id)
    return sorted(people.values_list("pk", flat=True))


@transaction.atomic
def publish(viewer: Viewer, item: Item, at: datetime | None = None) -> bool:
    """Publish a draft or scheduled item of the viewer's own. Returns False if it was published already.

    Raises NotAllowed where the viewer may no longer post, Invalid where the ground rules are to be accepted first.
    """
    if item.author_id != viewer.person_id or not may_post(viewer, item.space, item.kind_of):
        raise NotAllowed(_("You can’t publish this here."))
    if at is None:
        check_rules(viewer, item.space)
    now = at or timezone.now()
    waiting = Item.objects.filter(pk=item.pk, state__in=[State.DRAFT, State.SCHEDULED])
    changed = waiting.update(
        state=State.LIVE,
        published_at=now,
        active_at=now,
        publish_at=None,
        audience=item.space.audience,
        version=F("version") + 1,
    )
    if not changed:
        return False
    item.refresh_from_db()
    _appear(viewer, item.kind_of, item, markdown.render(item.source).mentions, now)
    return True


def publish_due(now: datetime | None = None) -> int:
    """Publish everything scheduled for now or earlier, each in its author's name. Returns how many."""
    now = now or timezone.now()
    due = Item.objects.filter(state=State.SCHEDULED, publish_at__lte=now).select_related("space")
    published = 0
    for item in due.order_by("publish_at")[:200]:
        author = build(item.author_id)
        if author.is_known and may_post(author, item.space, item.kind_of):
            published += publish(author, item, at=now)
        else:
            Item.objects.filter(pk=item.pk).update(state=State.DRAFT, publish_at=None)
    return published
