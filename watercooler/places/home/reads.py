"""What Home shows: four lists, each one prepared query with the number of questions the viewer could help with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.places.home.sql import TABS
from watercooler.projections.feed.reads import PAGE, Place
from watercooler.spine.content.reads import Card
from watercooler.spine.content.visibility import visible_values


@dataclass(slots=True)
class HomePage:
    """help_count: unanswered questions near the viewer, at most 99. reasons: item id → why it is here.

    asks: the ids of those that wait for somebody like the viewer. next: where the next page begins, empty at the end.
    """

    help_count: int = 0
    cards: list[Card] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    asks: set[int] = field(default_factory=set)
    next: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer; without a card if the list is empty."""

    help_count: int
    key: int
    why: str
    topic: str
    card: Card | None


def _row(help_count: int, key: int, why: str, topic: str, *columns: Any) -> Row:
    return Row(help_count, key, why, topic, Card(*columns) if columns[0] is not None else None)


WHY: dict[str, Callable[[Row, Card], str]] = {
    "skill": lambda row, _card: _("You offer %(topic)s, and nobody has answered yet") % {"topic": row.topic},
    "host": lambda _row, card: _("Unanswered in %(space)s, which you look after") % {"space": card.space_name},
    "person": lambda _row, card: _("You follow %(name)s") % {"name": card.author_name},
    "topic": lambda row, _card: _("You follow %(topic)s") % {"topic": row.topic},
    "space": lambda _row, card: _("You follow %(space)s") % {"space": card.space_name},
    "joined": lambda _row, card: _("You are in %(space)s") % {"space": card.space_name},
    "helped": lambda _row, card: _("It helped %(count)s colleagues") % {"count": card.helped_count},
    "new": lambda _row, _card: _("New, and open to everybody"),
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
    shown = HomePage(help_count=found[0].help_count)
    for row in found[:PAGE]:
        if row.card is not None:
            shown.cards.append(row.card)
            if row.why in WHY:
                shown.reasons[row.card.id] = WHY[row.why](row, row.card)
            if row.why in {"skill", "host"}:
                shown.asks.add(row.card.id)
    if len(found) > PAGE and (last := found[PAGE - 1]).card is not None:
        shown.next = str(Place(last.key, last.card.id))
    return shown
