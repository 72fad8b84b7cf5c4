"""How results look: the HTML of each, and of the page around them, kept by what they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import get_language
from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import Piece, render
from watercooler.projections.search import reads
from watercooler.projections.search.reads import Near, Sought
from watercooler.spine.content.kinds import registered

HERE = "\x00"
"""Stands for the results while the page around them is made, and between two that are made together."""


class Page(NamedTuple):
    """A search page up to its results, what comes after them, and the address of its feed."""

    before: Piece
    after: Piece
    feed: str


_results: Kept[bytes] = Kept(5_000)
_pages: Kept[Page] = Kept(500)


class Results:
    """The results of one page, each kept by its item's state and the words that are marked in it.

    is_first: the first of them may be shown large.
    """

    def __init__(self, sought: Sought, is_first: bool) -> None:
        self._sought = sought
        words = (frozenset(sought.marker.stems), get_language())
        self._keys = {each.id: (each[:7], is_first and not place, words) for place, each in enumerate(sought.near)}
        self._first = sought.near[0].id if is_first and sought.near else 0
        self._kept = {item: html for item, key in self._keys.items() if (html := _results.find(key)) is not None}
        self.unread = [item for item in self._keys if item not in self._kept]
        """The items whose texts are wanted, since how they look is not known."""

    def html(self, read: str) -> Piece:
        """Return all of them. read: what sql.TEXTS returned of those unread. Cost: about 60 µs for each of these."""
        if self.unread:
            self._make([each for each in self._sought.near if each.id not in self._kept], read)
        return Piece([self._kept[item] for item in self._keys if item in self._kept])

    def _make(self, unread: Sequence[Near], read: str) -> None:
        hits = reads.told(unread, self._sought.marker, read)
        shown = [each for each in unread if each.id in hits]
        values = {"hits": [hits[each.id] for each in shown], "first": self._first, "between": HERE}
        labels = {name: str(kind.label) for name, kind in registered().items()}
        html = render("search/hits.html", labels=labels, **values)
        for each, one in zip(shown, html.split(HERE), strict=False):
            self._kept[each.id] = one.encode()
            # What files say may change without the item.
            if not each.has_text_in_files:
                _results.keep(self._keys[each.id], self._kept[each.id])


def page(key: tuple[Any, ...], shown: Callable[[], dict[str, Any]]) -> Page:
    """Return what stands around the results, made of what `shown` returns if it is not kept."""

    def make() -> Page:
        values = shown()
        before, _here, after = render("search/body.html", results=safe(HERE), **values).partition(HERE)
        return Page(Piece([before.encode()]), Piece([after.encode()]), values["feed"])

    return _pages.get((*key, get_language()), make)
