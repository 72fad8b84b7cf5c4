"""The mark of a check as pages show it: kept on the item's card, and whether it still stands decided on reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone


@dataclass(slots=True)
class Checked:
    """Who vouched for a text. until: the last day. is_edited: it changed since. is_over: that day has passed."""

    name: str
    handle: str
    at: datetime
    until: date
    is_edited: bool
    is_over: bool

    @property
    def stands(self) -> bool:
        return not (self.is_edited or self.is_over)


def checked(card: Mapping[str, Any]) -> Checked | None:
    """Return what a card says of a check, as of today; None where nobody vouched. Cost: microseconds."""
    mark = card.get("checked")
    if not mark:
        return None
    until = date.fromisoformat(mark["until"])
    at = datetime.fromisoformat(mark["at"])
    is_over = until < timezone.localdate()
    return Checked(mark["name"], mark["handle"], at, until, bool(mark.get("edited")), is_over)


def day_of(card: Mapping[str, Any] | str) -> date | None:
    """Return today where a card, or its JSON, tells of a check, else None: what a kept part is found by besides."""
    return timezone.localdate() if ('"checked"' if isinstance(card, str) else "checked") in card else None


# Of several checks the one that stands longest is shown; where none stands, the last that did.
_SHOW = """
with mark as (
    select wanted.id, coalesce(i.root_id, i.id) as root_id, best.mark
    from unnest(%s::bigint[]) wanted (id) join content_item i on i.id = wanted.id left join lateral (
        select jsonb_build_object('name', p.name, 'handle', p.handle, 'at', c.at, 'until', c.ends_on)
               || case when c.lapsed_at is null then '{}'::jsonb else '{"edited": true}' end as mark
        from content_check c join people_person p on p.id = c.person_id where c.item_id = wanted.id
        order by c.lapsed_at is null desc, c.ends_on desc, c.id desc limit 1) best on true
), put as (
    update content_item i set version = i.version + 1, card = case when mark.mark is null then i.card - 'checked'
        else jsonb_set(i.card, '{checked}', mark.mark) end
    from mark where i.id = mark.id
)
update content_item i set version = i.version + 1, card = case
    when mark.mark is null then i.card #- '{accepted,checked}'
    else jsonb_set(i.card, '{accepted,checked}', mark.mark) end
from mark where i.id = mark.root_id and i.id <> mark.id and (i.card #>> '{accepted,id}')::bigint = mark.id
"""


def show_checks(items: Collection[int]) -> None:
    """Write on the cards of these items, and of questions they solved, who vouched for them. Cost: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOW, [list(items)])


_LAPSE = "update content_check set lapsed_at = %s where item_id = %s and lapsed_at is null"


def lapse(item_id: int, at: datetime) -> None:
    """Let every check of an item lapse whose text or files change now. Cost: one statement, two if it was checked."""
    with connection.cursor() as cursor:
        cursor.execute(_LAPSE, [at, item_id])
        if cursor.rowcount:
            show_checks([item_id])
