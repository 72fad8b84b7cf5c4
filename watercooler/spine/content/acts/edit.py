"""Changing the text of an item without ever losing anybody's words."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed, Stale, TooMany
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.content import markdown
from watercooler.spine.content.acts.attach import claim
from watercooler.spine.content.acts.make import check_text, mentioned, said
from watercooler.spine.content.checked import lapse
from watercooler.spine.content.models import Item, Revision
from watercooler.spine.content.verbs import EDITED, Writing
from watercooler.spine.content.visibility import State
from watercooler.spine.content.written import written

SHARED_KINDS = frozenset({"article"})


def may_edit(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer may change the text: its author; a host, for what the space keeps together (articles)."""
    if not viewer.is_known or item.state in (State.REMOVED, State.HIDDEN):
        return False
    if item.author_id == viewer.person_id:
        return True
    return item.is_live and item.kind in SHARED_KINDS and viewer.hosts(item.space_id)


@transaction.atomic
def edit(
    viewer: Viewer,
    item: Item,
    *,
    source: str,
    title: str = "",
    based_on: int,
    note: str = "",
    attachments: list[int] | None = None,
) -> Item:
    """Change the text, keeping the former one as a revision. Returns the item as it is now.

    based_on: the revision the editor began from. Raises Stale if somebody saved since then; the caller shows both.
    """
    if not may_edit(viewer, item):
        raise NotAllowed(_("Only its author can change this."))
    title, source = check_text(item.kind_of, title, source)
    now = Item.objects.select_for_update().get(pk=item.pk)
    if now.revision != based_on:
        raise Stale(_("Somebody saved a change while you were writing. Both versions are here; put them together."))
    if claim(viewer, now, attachments or (), source):
        Item.objects.filter(pk=now.pk).update(version=F("version") + 1)
        lapse(now.pk, timezone.now())
    if (title, source) == (now.title, now.source):
        return now
    _check_pace(viewer)
    before = markdown.render(now.source).mentions
    rendered = written(source)
    _keep(viewer, now, note)
    Item.objects.filter(pk=now.pk).update(
        **said(title, source, rendered),
        edited_at=timezone.now() if now.is_live else None,
        revision=F("revision") + 1,
        version=F("version") + 1,
    )
    lapse(now.pk, timezone.now())
    now.refresh_from_db()
    if now.is_live:
        new = mentioned(rendered.mentions, now, before=before)
        record(viewer, EDITED, item=now, detail=Writing(mentions=new, kind=now.kind, revision=now.revision))
    return now


def _check_pace(viewer: Viewer) -> None:
    """Raise TooMany for somebody who saves more often than a person reads what they wrote."""
    since = timezone.now() - timedelta(minutes=1)
    lately = Revision.objects.filter(author_id=viewer.person_id, at__gt=since).count()
    if lately >= settings.WRITE_LIMIT_PER_MINUTE:
        raise TooMany(_("That was a lot in one minute. Wait a moment and send it again; it is still here."))


def _keep(viewer: Viewer, item: Item, note: str) -> None:
    Revision.objects.create(
        item=item,
        number=item.revision,
        author_id=viewer.person_id,
        title=item.title,
        source=item.source,
        note=clean_line(note)[:200],
        at=timezone.now(),
    )


@transaction.atomic
def restore_revision(viewer: Viewer, item: Item, number: int) -> Item:
    """Bring an earlier text back as a new revision. Raises Revision.DoesNotExist, NotAllowed, Stale."""
    old = Revision.objects.get(item=item, number=number)
    note = _("Back to version %(number)s") % {"number": number}
    return edit(viewer, item, title=old.title, source=old.source, based_on=item.revision, note=note)
