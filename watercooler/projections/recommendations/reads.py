"""What pages show of suggestions: picks with their reasons in words, and what somebody refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.foundation.database import hot
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.recommendations.picks import picks
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.models import Item
from watercooler.spine.content.reads import CARD_COLUMNS, CARD_JOINS, Card
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.spaces.models import Space

LONGEST_NAME = 60
MOST = 20
"""How many are chosen at once."""
SENTENCES = {
    "alike": gettext_noop("Like “%(it)s”, where you took part"),
    "like": gettext_noop("Like something you took part in"),
    "crowd": gettext_noop("Colleagues you meet in other threads took part here"),
    "there": gettext_noop("You take part in %(it)s"),
    "joined": gettext_noop("You are in %(it)s"),
}
"""Why something was picked; picks.py says when which. `like` stands for `alike` where that may not be named."""


@dataclass(slots=True)
class Chosen:
    """Cards of what is picked for somebody, best first, and item id → why."""

    cards: list[Card]
    reasons: dict[int, str]


CARDS = f"""
select (select coalesce(nullif(i.title, ''), i.excerpt) from content_item i where i.id = t.about and {VISIBLE}), t.why,
       {CARD_COLUMNS}
from unnest(%(items)s::bigint[], %(whys)s::text[], %(abouts)s::bigint[]) with ordinality t (id, why, about, place)
join content_item i on i.id = t.id {CARD_JOINS} where {VISIBLE} order by t.place
"""


def chosen(viewer: Viewer, most: int = MOST) -> Chosen:
    """Return what suits a viewer now. Cost: two bounded queries, some 20 ms of the database."""
    found = picks(viewer, timezone.now(), most)
    shown = Chosen([], {})
    if not found:
        return shown
    columns: dict[str, Any] = {
        "items": [pick.item_id for pick in found],
        "whys": [pick.why for pick in found],
        "abouts": [pick.about for pick in found],
    }
    for about, why, *card in hot.rows(CARDS, lambda *row: row, **columns, **visible_values(viewer)):
        shown.cards.append(Card(*card))
        shown.reasons[card[0]] = said(why, about or "", shown.cards[-1].space_name)
    return shown


def said(why: str, about: str, space: str) -> str:
    """Return a reason in words. about: the title of the thread it names, empty if it may not be seen any more."""
    if why == "alike" and not about:
        why = "like"
    return _(SENTENCES[why]) % {"it": excerpt(about, LONGEST_NAME) if why == "alike" else space}


@dataclass(slots=True)
class Refusal:
    """One thing that somebody wants suggested no more. what: item, person, space or topic. url: "" if it is gone."""

    id: int
    what: str
    name: str
    url: str
    drawn: Any = None

    @property
    def label(self) -> str:
        if self.what == "item" and self.drawn:
            return str(self.drawn.label)
        words = {"item": _("One thing"), "person": _("Person"), "space": _("Space"), "topic": _("Topic")}
        return words[self.what]


MOST_REFUSALS = 200


def refusals(viewer: Viewer) -> list[Refusal]:
    """Return what the viewer refused, latest first, at most 200. Cost: three queries."""
    mine = NotForMe.objects.filter(person_id=viewer.person_id).order_by("-at", "-pk")
    rows = list(mine.select_related("item__author", "colleague", "space", "topic")[:MOST_REFUSALS])
    items = Item.objects.visible_to(viewer).filter(pk__in=[row.item_id for row in rows if row.item_id])
    spaces = Space.objects.listed_for(viewer).filter(pk__in=[row.space_id for row in rows if row.space_id])
    readable, known = set(items.values_list("pk", flat=True)), set(spaces.values_list("pk", flat=True))
    return [_refusal(row, readable, known) for row in rows]


def _refusal(row: NotForMe, readable: set[int], known: set[int]) -> Refusal:
    if row.colleague:
        return Refusal(row.pk, "person", row.colleague.name, row.colleague.url, row.colleague)
    if row.topic:
        return Refusal(row.pk, "topic", row.topic.name, row.topic.url)
    if row.space:
        may = row.space_id in known
        name = row.space.name if may else _("A space you can no longer see")
        return Refusal(row.pk, "space", name, row.space.url if may else "", row.space if may else None)
    item = row.item
    assert item is not None
    if row.item_id not in readable:
        return Refusal(row.pk, "item", _("Something you can no longer see"), "")
    name = excerpt(item.title or item.excerpt, LONGEST_NAME)
    return Refusal(row.pk, "item", name, registered()[item.kind].url(item.pk, item.title), registered()[item.kind])
