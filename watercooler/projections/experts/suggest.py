"""What stands beside a question being written: what was asked before, what is written about it, who will be nudged."""

from __future__ import annotations

from django.utils import timezone

from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.reads import asked_in, shown
from watercooler.projections.experts.router import choose
from watercooler.projections.experts.similar import nearest
from watercooler.spine.content.similar import FROM_CHARACTERS, Suggested, Typing
from watercooler.spine.spaces.models import Space

PAGES = ["article", "page"]
COMPARED = 30
"""Threads compared at once, of which the nearest questions and pages are shown."""
PEOPLE_FROM = 20
"""Characters of title and text from which people are named: two words name half the house."""


def suggested(viewer: Viewer, kind: str, typing: Typing) -> Suggested:
    """Return at most three threads of the kind, two pages and three people; nothing below twelve characters.

    The people are those whom the router would nudge now. Cost: at most seven prepared queries, two of which read at
    most 12,000 entries each.
    """
    if len(typing.title) < FROM_CHARACTERS:
        return Suggested()
    space = Space.objects.readable_by(viewer).filter(slug=typing.space).first() if typing.space else None
    topics = [name for name in typing.topics.split(",") if name.strip()]
    ids = tuple({topic for name in topics[:8] for topic in asked_in(name).topic_ids}) if viewer.is_member else ()
    about = Asked(typing.title, typing.source, ids, space.pk if space else 0)
    near = nearest(viewer, about, [kind, *PAGES], most=COMPARED)
    found = [one for one in near if one.kind == kind][:3]
    pages = [one for one in near if one.kind in PAGES][:2]
    people = []
    if kind == "question" and len(typing.title) + len(typing.source) >= PEOPLE_FROM:
        now = timezone.now()
        people = shown(viewer, choose(viewer, about, space.audience if space else 0, now), now)
    return Suggested(found, pages, people)
