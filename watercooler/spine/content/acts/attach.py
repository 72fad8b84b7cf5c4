"""Files on items: attached before the item is there, claimed by it, described, thrown away when nobody did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, TooMany
from watercooler.foundation.base.files import keep as files
from watercooler.foundation.base.jobs import enqueue
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.checked import lapse
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.content.thumbnails import make_small

MOST_FILES = 20
UNATTACHED_FOR = timedelta(days=1)
LONGEST_ALT = 300

_IN_TEXT = re.compile(r"(?:!\[(?P<alt>[^\]\n]{0,400})\])?\(<?/files/(?P<id>\d{1,18})/")


def attach(viewer: Viewer, incoming: files.Incoming) -> Attachment:
    """Keep a file of the viewer's, clean and recognised, until an item claims it; its small picture is made in a job.

    Raises NotAllowed for strangers, TooMany, TooLarge, Invalid. Cost: two statements, and the picture's cleaning.
    """
    now = timezone.now()
    try:
        if not viewer.is_known:
            raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
        _check_pace(viewer, now)
        kept = files.keep(incoming)
    finally:
        incoming.close()
    try:
        return _write(viewer, kept, now)
    except Exception:
        files.throw_away(kept.stored)
        raise


def take_file(viewer: Viewer, path: Path) -> Attachment:
    """Keep a file that lies on this machine, through the same cleaning, until an item claims it. The file stays there.

    Importers alone call this: no pace is kept. Raises what `attach` raises for a file that cannot be kept.
    """
    incoming = files.copied_in(path)
    kept = files.keep(incoming)
    try:
        return _write(viewer, kept, timezone.now())
    except Exception:
        files.throw_away(kept.stored)
        raise


@transaction.atomic
def _write(viewer: Viewer, kept: files.Kept, now: datetime) -> Attachment:
    made = Attachment.objects.create(
        person_id=viewer.person_id,
        name=kept.name,
        stored=kept.stored,
        content_type=kept.content_type,
        size_bytes=kept.size_bytes,
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        made_at=now,
    )
    if made.is_picture:
        enqueue(make_small, attachment_id=made.pk)
    _tell(made)
    return made


@cache
def _told() -> tuple[Callable[[Attachment, int | None], None], ...]:
    return tuple(import_string(path) for path in settings.TOLD_OF_FILES)


def _tell(file: Attachment, item_id: int | None = None) -> None:
    """Tell whoever reads files that one came, or that an item has others now."""
    for tell in _told():
        tell(file, item_id)


def _check_pace(viewer: Viewer, now: datetime) -> None:
    lately = Attachment.objects.filter(person_id=viewer.person_id, made_at__gt=now - timedelta(minutes=1)).count()
    if lately >= settings.WRITE_LIMIT_PER_MINUTE:
        raise TooMany(_("That was a lot of files in one minute. Wait a moment and send the rest."))


def in_text(source: str) -> dict[int, str]:
    """Return attachment id → description for every file that a Markdown text shows or links."""
    found: dict[int, str] = {}
    for match in _IN_TEXT.finditer(source):
        number = int(match["id"])
        found[number] = clean_line(match["alt"] or found.get(number, ""))[:LONGEST_ALT]
    return found


def claim(viewer: Viewer, item: Item, ids: Iterable[int], source: str) -> bool:
    """Put the viewer's unattached files on an item: those of the form and those in its text. Takes over descriptions.

    Others' files and those of other items stay where they are. Returns whether anything changed. Raises Invalid for
    more than 20. Cost: none without files, else three statements and one for each new description or
    file with words.
    """
    shown = in_text(source)
    wanted = {*ids, *shown}
    if not wanted:
        return False
    if len(wanted) > MOST_FILES:
        raise Invalid(_("At most %(most)s files fit on one thing.") % {"most": MOST_FILES}, field="attachments")
    mine = Attachment.objects.filter(pk__in=wanted, person_id=viewer.person_id, item=None, message=None)
    claimed = list(mine)
    changed = mine.update(item=item)
    for file in claimed:
        _tell(file, item.pk)
    for attachment in Attachment.objects.filter(item=item, pk__in=[pk for pk, alt in shown.items() if alt]):
        if attachment.alt != shown[attachment.pk]:
            changed += Attachment.objects.filter(pk=attachment.pk).update(alt=shown[attachment.pk])
    return changed > 0


def claim_for_message(viewer: Viewer, message_id: int, ids: Iterable[int], source: str) -> list[str]:
    """Put the viewer's unattached files on a private message: those of the form and those in its text.

    Returns their names. Raises Invalid for more than 20. Cost: none without files, else two statements.
    """
    shown = in_text(source)
    wanted = {*ids, *shown}
    if not wanted:
        return []
    if len(wanted) > MOST_FILES:
        raise Invalid(_("At most %(most)s files fit on one thing.") % {"most": MOST_FILES}, field="attachments")
    free = Attachment.objects.filter(pk__in=wanted, person_id=viewer.person_id, item=None, message=None)
    free.update(message_id=message_id)
    mine = Attachment.objects.filter(message_id=message_id, pk__in=wanted).order_by("pk")
    return list(mine.values_list("name", flat=True))


def drop_of_messages(messages: Iterable[int]) -> int:
    """Throw away the files of private messages that are gone. Returns how many."""
    rows = list(Attachment.objects.filter(message_id__in=list(messages)))
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        transaction.on_commit(partial(files.throw_away, row.stored))
    return len(rows)


def describe(viewer: Viewer, attachment: Attachment, alt: str) -> None:
    """Say in words what a picture shows, for those who cannot see it. Raises NotAllowed for somebody else's."""
    if attachment.person_id != viewer.person_id:
        raise NotAllowed(_("Only who sent this picture can describe it."))
    alt = clean_line(alt)[:LONGEST_ALT]
    with transaction.atomic():
        changed = Attachment.objects.filter(pk=attachment.pk).exclude(alt=alt).update(alt=alt)
        if changed and attachment.item_id is not None:
            lapse(attachment.item_id, timezone.now())


def take_off(viewer: Viewer, attachment: Attachment) -> None:
    """Take a file away again: from the form, or from one's own item. Its bytes go too. Raises NotAllowed."""
    if attachment.person_id != viewer.person_id:
        raise NotAllowed(_("Only who sent this file can take it away."))
    if attachment.message_id is not None:
        raise NotAllowed(_("This file is in a message. Remove the message, and it goes too."))
    with transaction.atomic():
        if _drop(attachment) and attachment.item_id is not None:
            Item.objects.filter(pk=attachment.item_id).update(version=F("version") + 1)
            lapse(attachment.item_id, timezone.now())
            _tell(attachment, attachment.item_id)


@transaction.atomic
def _drop(attachment: Attachment) -> bool:
    """Delete the row, then, once that is certain, the bytes. Returns False if an item claimed it meanwhile."""
    same = Attachment.objects.filter(pk=attachment.pk)
    held = (
        same.filter(item=None, message=None) if attachment.item_id is None else same.filter(item_id=attachment.item_id)
    )
    gone, _each = held.delete()
    if gone:
        stored = attachment.stored
        transaction.on_commit(lambda: files.throw_away(stored))
    return bool(gone)


# A file that a saved draft still speaks of is not abandoned, however old.
_ABANDONED = """
select a.id from content_attachment a
where a.item_id is null and a.message_id is null and a.made_at < %s and not exists (
    select from content_draft d where d.person_id = a.person_id and d.body::text like '%%/files/' || a.id || '/%%')
order by a.id limit 500
"""


def drop_abandoned(now: datetime | None = None) -> int:
    """Remove files that were sent more than a day ago and are on nothing. Returns how many, at most 500 a call."""
    before = (now or timezone.now()) - UNATTACHED_FOR
    with connection.cursor() as cursor:
        cursor.execute(_ABANDONED, [before])
        ids = [row[0] for row in cursor.fetchall()]
    return sum(_drop(attachment) for attachment in Attachment.objects.filter(pk__in=ids))
