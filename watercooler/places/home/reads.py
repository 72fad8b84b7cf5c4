"""What Home shows: four lists, each one prepared query with the number of questions the viewer could help with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext_noop as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext
from watercooler.foundation.database import hot
from watercooler.places.home.sql import TABS
from watercooler.projections.feed.reads import PAGE, Place
from watercooler.spine.content.reads import Listed
from watercooler.spine.content.visibility import visible_values


class Told(Protocol):
    """What a reason may name of an item."""

    @property
    def id(self) -> int: ...
    @property
    def author_name(self) -> str: ...
    @property
    def space_name(self) -> str: ...
    @property
    def helped_count(self) -> int: ...


@dataclass(slots=True)
class Row:
    """One line of the answer; without an item if the list is empty."""

    help_count: int
    key: int
    why: str
    topic: str
    item: Listed


def _row(help_count: int, key: int, why: str, topic: str, *columns: Any) -> Row:
    return Row(help_count, key, why, topic, Listed(*columns))


@dataclass(slots=True)
class HomePage:
    """help_count: unanswered questions near the viewer, at most 20. rows: what is listed, at most 20.

    next: where the next page begins, empty at the end.
    """

    help_count: int = 0
    rows: list[Row] = field(default_factory=list)
    next: str = ""

    @property
    def listed(self) -> list[Listed]:
        return [row.item for row in self.rows]

    def reasons(self, items: Sequence[Told]) -> dict[int, str]:
        """Return why each is here: item id → sentence."""
        rows = {row.item.id: row for row in self.rows if row.why in WHY}
        said = {why: gettext(WHY[why][0]) for why in {row.why for row in rows.values()}}
        return {
            item.id: said[row.why] % {"it": WHY[row.why][1](row, item)} for item in items if (row := rows.get(item.id))
        }

    def asks(self) -> set[int]:
        """Return the ids of those that wait for somebody like the viewer."""
        return {row.item.id for row in self.rows if row.why in {"skill", "host"}}


WHY: dict[str, tuple[str, Callable[[Row, Told], object]]] = {
    "skill": (_("You offer %(it)s, and nobody has answered yet"), lambda row, _card: row.topic),
    "host": (_("Unanswered in %(it)s, which you look after"), lambda _row, card: card.space_name),
    "person": (_("You follow %(it)s"), lambda _row, card: card.author_name),
    "topic": (_("You follow %(it)s"), lambda row, _card: row.topic),
    "space": (_("You follow %(it)s"), lambda _row, card: card.space_name),
    "joined": (_("You are in %(it)s"), lambda _row, card: card.space_name),
    "helped": (_("It helped %(it)s colleagues"), lambda _row, card: card.helped_count),
    "new": (_("New, and open to everybody"), lambda _row, _card: ""),
}
"""Why a card is on the page, in the order of how much it says; the query names the first that is true."""


def page(viewer: Viewer, tab: str, after: Place) -> HomePage:
    """Return one page of a tab: at most 20 cards after the place where the former page ended.

    Cost: one prepared query, flat in the number of items.
    """
    found = hot.rows(
        TABS[tab],
        _row,
        person=viewer.person_id,
        is_member=viewer.is_member,
        spaces=viewer.space_ids,
        hosted=viewer.hosted_space_ids,
        key=after.key,
        id=after.id,
        at=after.at,
        **visible_values(viewer),
    )
    rows = [row for row in found[:PAGE] if row.item.id is not None]
    following = str(Place(found[PAGE - 1].key, found[PAGE - 1].item.id)) if len(found) > PAGE else ""
    return HomePage(found[0].help_count, rows, following)
