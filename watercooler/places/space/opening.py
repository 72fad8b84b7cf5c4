"""Opening a space with something in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.acts import write
from watercooler.kinds.posts.acts import post
from watercooler.kinds.questions.acts import ask
from watercooler.places.space.starters import First, Starter
from watercooler.spine.content.acts import highlight
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import change_owner, make_space
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build

SENT_TWICE = timedelta(minutes=2)


@transaction.atomic
def open_space(viewer: Viewer, start: Starter, owner: Person | None = None, **words: Any) -> Space:
    """Open a space with what its starter brings, all in the viewer's name, and hand it to `owner` if that is another.

    The same form sent twice opens one space. Raises what `make_space` and `change_owner` raise.
    """
    lately = timezone.now() - SENT_TWICE
    hosted = Space.objects.filter(pk__in=build(viewer.person_id).hosted_space_ids, made_at__gt=lately)
    twice = hosted.filter(name=clean_line(words["name"])).first()
    if twice is not None:
        return twice
    given = {name: value for name, value in words.items() if value or name in {"name", "objective"}}
    brought = {"tagline": str(start.tagline), "how_we_work": str(start.how_we_work), "rules": [*map(str, start.rules)]}
    space = make_space(viewer, **{**brought, **given})
    host = build(viewer.person_id)
    for first in start.first:
        item = _make(host, space, first)
        if first.note:
            highlight(host, item, note=str(first.note), is_pinned=True)
    if owner is not None and owner.pk != viewer.person_id:
        change_owner(host, space, owner)
    return space


def _make(host: Viewer, space: Space, first: First) -> Item:
    now = timezone.now()
    if first.kind == "question":
        return ask(host, space, str(first.title), str(first.text), at=now)
    if first.kind == "article":
        return write(host, space, str(first.title), str(first.text), at=now)
    return post(host, space, str(first.text), at=now)
