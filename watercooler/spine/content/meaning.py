"""What is nearest in meaning to a text: the seam between those who look for things and whoever knows of meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from watercooler.foundation.base.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Meaning:
    """A select of (item_id, near), nearest first, of visible items alone, to stand in a prepared query; its values.

    near: the cosine, 0 to 1. fits: from here on something is about what was asked, and not only nearest to it.
    none, spread: mean and deviation of the nearness of what has nothing in common.
    each: how near one visible item is, or null, in brackets; `{item}` in it stands for its number. It costs a query
    nothing that grows with the installation, and makes no further one.
    moved: a select of one row, of what is asked, moved towards what the visible items say whose `item_id` and `weight`
    are selected in its `{items}`; they count `{share}` of it, 1 at most. nearest_moved, each_moved: as without, of that
    row, where it is called `moved` in the same query.
    """

    nearest: str
    values: dict[str, Any]
    fits: float
    none: float
    spread: float
    each: str = ""
    moved: str = ""
    nearest_moved: str = ""
    each_moved: str = ""


def meaning(viewer: Viewer, text: str, *, space: str = "", language: str = "") -> Meaning | None:
    """Return how to find what means the like of a text; None where settings.MEANING names nobody who knows, or not yet.

    space: the slug of one space to look in. language: of the text, where it is known. Never raises, and asks the
    database nothing but once a minute.
    """
    if not settings.MEANING or not text.strip():
        return None
    found: Meaning | None = import_string(settings.MEANING)(viewer, text, space, language)
    return found
