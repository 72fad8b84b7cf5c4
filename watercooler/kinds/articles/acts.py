"""Writing an article: as a draft, for a later hour, or at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.kind import ARTICLE
from watercooler.spine.content.acts import make, may_post
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.spaces.models import Space


def write(
    viewer: Viewer,
    space: Space,
    title: str,
    source: str,
    *,
    topics: Iterable[str] = (),
    is_draft: bool = False,
    publish_at: datetime | None = None,
    **sending: Any,
) -> Item:
    """Write an article in a space or on one's own wall (the blog). `sending`: key, attachments, at.

    Raises what `make` raises, and Invalid for an hour in the past or an article without text.
    """
    if not is_draft and not source.strip():
        raise Invalid(_("Write something first."), field="source")
    if publish_at is not None and publish_at <= timezone.now():
        raise Invalid(_("Choose a time that is still to come."), field="publish_at")
    state = State.SCHEDULED if publish_at else State.DRAFT if is_draft else State.LIVE
    return make(
        viewer, ARTICLE, space, title=title, source=source, topics=topics, state=state, publish_at=publish_at, **sending
    )


def schedule(viewer: Viewer, item: Item, publish_at: datetime | None) -> None:
    """Set or change the hour at which one's own draft appears; None makes it a plain draft again.

    Raises NotAllowed, or Invalid for an hour in the past or an article without text.
    """
    if item.author_id != viewer.person_id:
        raise NotAllowed(_("Only its author can schedule this."))
    if publish_at is not None and not may_post(viewer, item.space, ARTICLE):
        raise NotAllowed(_("You can’t publish this here."))
    if publish_at is not None and publish_at <= timezone.now():
        raise Invalid(_("Choose a time that is still to come."), field="publish_at")
    if publish_at is not None:
        check_ready(item)
    waiting = Item.objects.filter(pk=item.pk, state__in=[State.DRAFT, State.SCHEDULED])
    state = State.SCHEDULED if publish_at else State.DRAFT
    waiting.update(publish_at=publish_at, state=state, version=F("version") + 1)


def check_ready(item: Item) -> None:
    """Raise Invalid for an article that has nothing to read yet."""
    if not item.source.strip():
        raise Invalid(_("Write something first."), field="source")


def throw_away(viewer: Viewer, item: Item) -> bool:
    """Put one's own unpublished article away; its text goes after 30 days. Returns False if it was published or gone.

    Nobody else ever saw it, so nothing is recorded. Raises NotAllowed.
    """
    return _change_own(viewer, item, [State.DRAFT, State.SCHEDULED], state=State.REMOVED, removed_at=timezone.now())


def bring_back(viewer: Viewer, item: Item) -> bool:
    """Make a thrown-away article a draft again. Returns False if there is none. Raises NotAllowed."""
    return _change_own(viewer, item, [State.REMOVED], state=State.DRAFT, removed_at=None)


def _change_own(viewer: Viewer, item: Item, states: list[State], **values: Any) -> bool:
    if item.author_id != viewer.person_id:
        raise NotAllowed(_("Only its author can do this."))
    unseen = Item.objects.filter(pk=item.pk, published_at=None, state__in=states)
    return unseen.update(publish_at=None, version=F("version") + 1, **values) > 0


def empty_thrown_away(now: datetime | None = None) -> int:
    """Take the text out of articles thrown away 30 days ago. Returns how many."""
    before = (now or timezone.now()) - timedelta(days=30)
    gone = Item.objects.filter(kind=ARTICLE.name, state=State.REMOVED, published_at=None, removed_at__lt=before)
    return gone.exclude(source="", title="").update(title="", source="", safe_html="", excerpt="")
