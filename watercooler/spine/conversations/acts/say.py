"""Saying something in a conversation, changing it, taking it away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale, TooMany
from watercooler.foundation.base.language import DEFAULT, LANGUAGES, detect
from watercooler.foundation.base.text import clean_text, excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts.attach import claim_for_message, drop_of_messages
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.written import written
from watercooler.spine.conversations.acts.checks import check_reachable, check_together
from watercooler.spine.conversations.acts.places import changed, count, held, place, write
from watercooler.spine.conversations.models import Conversation, Line, Message, Report
from watercooler.spine.conversations.verbs import SENT_MESSAGE, Talking
from watercooler.spine.people.models import Person

LONGEST = 10_000
MOST_CARDS = 3
KEPT_REMOVED = timedelta(days=1)
_HREF = re.compile(r'href="([^"]+)"')


@transaction.atomic
def send(
    viewer: Viewer,
    conversation: Conversation,
    source: str,
    *,
    key: UUID | None = None,
    attachments: Iterable[int] = (),
    at: datetime | None = None,
) -> Message:
    """Say something. A key seen before returns the first message. at: only the demo gives a past time.

    Raises NotAllowed, Invalid, TooMany. Cost: about ten statements, however many take part.
    """
    here = held(viewer, conversation.pk, at)
    if key is not None and (sent := sent_before(viewer, key)) is not None:
        return sent
    _check_still_reachable(viewer, here)
    now = at or timezone.now()
    if at is None:
        check_pace(viewer, now)
    files = list(attachments)
    text = _checked(source, has_files=bool(files))
    made = write(here, now, author_id=viewer.person_id, key=key, **_said(viewer, text))
    names = claim_for_message(viewer, made.pk, files, text)
    if not text and not names:
        raise Invalid(_("Write something first."), field="source")
    if not made.excerpt and names:
        made.excerpt = excerpt(", ".join(names), 280)
        made.save(update_fields=["excerpt"])
    count(made, 1)
    record(viewer, SENT_MESSAGE, detail=Talking(here.pk, made.pk), at=at)
    return made


def _check_still_reachable(viewer: Viewer, here: Conversation) -> None:
    """Raise Invalid where the other one has left, or a guest shares no space with somebody of a group any more."""
    if here.one_id is not None:
        check_reachable(viewer, Person.objects.filter(pk__in=[here.one_id, here.other_id]).exclude(pk=viewer.person_id))
    else:
        check_together(viewer, here)


def sent_before(viewer: Viewer, key: UUID) -> Message | None:
    """Return what the viewer sent with this key, if anything."""
    return Message.objects.select_related("conversation").filter(author_id=viewer.person_id, key=key).first()


def _checked(source: str, has_files: bool) -> str:
    text = clean_text(source)
    if not text and not has_files:
        raise Invalid(_("Write something first."), field="source")
    if len(text) > LONGEST:
        raise Invalid(_("The text is longer than %(most)s characters.") % {"most": f"{LONGEST:,}"}, field="source")
    return text


def _said(viewer: Viewer, text: str) -> dict[str, Any]:
    """Return the columns of a message that its text fills."""
    rendered = written(text)
    return {
        "source": text,
        "safe_html": rendered.html,
        "excerpt": rendered.excerpt,
        "language": detect(rendered.excerpt) or detect_own(viewer),
        "item_ids": linked_items(rendered.html),
    }


def detect_own(viewer: Viewer) -> str:
    """Return the language somebody reads pages in: what a few words that tell nothing are most likely in."""
    own = viewer.language[:2]
    return own if own in LANGUAGES else DEFAULT


@cache
def _addresses() -> re.Pattern[str]:
    begins = {kind.path.partition("{id}")[0] for kind in registered().values() if kind.path}
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(begins)))})([0-9]{{1,18}})(?:/|\\Z)")


def linked_items(html: str) -> list[int]:
    """Return the items that safe HTML links to by an address of this house, at most MOST_CARDS, without doubles."""
    ours = urlsplit(settings.SITE_URL).netloc
    found: list[int] = []
    for href in _HREF.findall(html):
        parts = urlsplit(unescape(href))
        match = _addresses().match(parts.path) if parts.netloc in {"", ours} else None
        if match and int(match[1]) not in found:
            found.append(int(match[1]))
    return found[:MOST_CARDS]


def check_pace(viewer: Viewer, now: datetime) -> None:
    """Raise TooMany for somebody who writes faster than a person does."""
    lately = Message.objects.filter(author_id=viewer.person_id, at__gt=now - timedelta(minutes=1)).count()
    if lately >= settings.WRITE_LIMIT_PER_MINUTE:
        raise TooMany(_("That was a lot in one minute. Wait a moment and send it again; it is still here."))


def _own(viewer: Viewer, message: Message) -> None:
    place(viewer, message.conversation_id)
    if message.author_id != viewer.person_id or message.kind != Line.SAID:
        raise NotAllowed(_("Only who wrote this message can change it."))


@transaction.atomic
def edit(viewer: Viewer, message: Message, source: str) -> bool:
    """Change one's own message; what it said before is not kept. Returns False if it says so already.

    Raises NotAllowed, Invalid, Stale for one that was removed.
    """
    _own(viewer, message)
    here = held(viewer, message.conversation_id)
    check_together(viewer, here)
    message.refresh_from_db()
    if message.removed_at is not None:
        raise Stale(_("This message was removed. Bring it back first."))
    text = _checked(source, has_files=message.attachments.exists())
    if text == message.source:
        return False
    said = _said(viewer, text)
    said["excerpt"] = said["excerpt"] or message.excerpt
    Message.objects.filter(pk=message.pk).update(**said, edited_at=timezone.now())
    claim_for_message(viewer, message.pk, (), text)
    changed(viewer, here)
    return True


@transaction.atomic
def remove(viewer: Viewer, message: Message) -> bool:
    """Take one's own message away. For a day it can be brought back; then its words and files are gone.

    Returns False if it was removed already. Raises NotAllowed.
    """
    _own(viewer, message)
    here = held(viewer, message.conversation_id)
    if not take_away(viewer, message):
        return False
    changed(viewer, here)
    return True


def take_away(viewer: Viewer, message: Message, is_after_report: bool = False) -> bool:
    """Remove a message of a held conversation, and take back that it was sent. Returns False if it was removed."""
    by = viewer.person_id if is_after_report else None
    standing = Message.objects.filter(pk=message.pk, removed_at=None)
    if not standing.update(removed_at=timezone.now(), removed_by_id=by):
        if is_after_report:  # its author was faster: it stays away all the same
            Message.objects.filter(pk=message.pk).update(removed_by_id=by)
        return False
    count(message, -1)
    take_back(viewer, SENT_MESSAGE, whoever=is_after_report, detail__message_id=message.pk)
    return True


@transaction.atomic
def restore(viewer: Viewer, message: Message) -> bool:
    """Bring one's own removed message back, to people one could write to now. Returns False if it stands.

    Raises NotAllowed, Invalid for somebody who may not be written to any more, Stale when it is gone.
    """
    _own(viewer, message)
    _check_still_reachable(viewer, held(viewer, message.conversation_id))
    message.refresh_from_db()
    if message.removed_at is None:
        return False
    if message.removed_by_id is not None:
        raise NotAllowed(_("This message was removed after a report, so it stays away."))
    if not message.source and not message.attachments.exists():
        raise Stale(_("This message was removed for good."))
    Message.objects.filter(pk=message.pk).update(removed_at=None)
    count(message, 1)
    record(viewer, SENT_MESSAGE, detail=Talking(message.conversation_id, message.pk))
    return True


@transaction.atomic
def empty_removed(now: datetime | None = None) -> int:
    """Empty messages that were removed more than a day ago, and throw their files away. Returns how many, at most 500.

    A job calls this.
    """
    before = (now or timezone.now()) - KEPT_REMOVED
    waiting = Report.objects.filter(decided_at=None).values("message")  # whose files somebody has yet to look at
    gone = Message.objects.filter(removed_at__lt=before).exclude(excerpt="").exclude(pk__in=waiting)
    ids = list(gone.order_by("removed_at").values_list("pk", flat=True)[:500])
    drop_of_messages(ids)
    Message.objects.filter(pk__in=ids).update(source="", safe_html="", excerpt="", item_ids=[])
    return len(ids)
