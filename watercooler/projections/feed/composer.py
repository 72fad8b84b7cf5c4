"""Where writing begins: the composer above lists, with a button for each kind that the viewer may make."""

from __future__ import annotations

from django.utils.translation import get_language
from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.kinds import Kind, top_kinds

_kept: Kept[str] = Kept(2_000)


def kinds_for(viewer: Viewer) -> list[Kind]:
    """Return the kinds the viewer may make, asking first: it is the easiest thing to begin with."""
    return sorted((k for k in top_kinds() if viewer.role >= k.made.needs), key=lambda kind: kind.name != "question")


def composer(viewer: Viewer, words: str, space: str = "") -> str:
    """Return a composer as safe HTML. words: what it asks. space: the slug of the space it writes in, if any.

    Cost: microseconds if kept, which it is by all that it shows.
    """
    key = (viewer.name, viewer.photo, viewer.role, words, space, get_language())
    shown = {"viewer": viewer, "words": words, "composer_space": space}
    return safe(_kept.get(key, lambda: render("feed/composer.html", kinds=kinds_for(viewer), **shown)))
