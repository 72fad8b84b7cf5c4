"""Whom an item helped, and how far it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watercooler.foundation.database import hot
from watercooler.spine.social.reads.thread import NEWEST, SHOWN


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody an item helped. id: of the mark, to page by."""

    id: int
    at: datetime
    name: str
    handle: str
    photo: str
    job: str
    town: str


HELPED = """
select h.id, h.at, p.name, p.handle, p.photo, p.job, coalesce(site.town, '')
from social_helped h join people_person p on p.id = h.person_id left join people_site site on site.id = p.site_id
where h.item_id = %(id)s and h.id < %(before)s::bigint order by h.id desc limit %(limit)s
"""


def helped(item_id: int, before: int = 0, limit: int = SHOWN + 1) -> list[Helper]:
    """Return the people an item helped, latest first. Whoever asks has made sure that the viewer reads the item."""
    return hot.rows(HELPED, Helper, id=item_id, before=before or NEWEST, limit=limit)


@dataclass(frozen=True, slots=True)
class Ripple:
    """How far one item went: people helped, the sites they work at, and how often it was passed on."""

    helped: int
    sites: int
    passed_on: int


RIPPLE = """
select i.helped_count, (select count(distinct p.site_id) from (
        select h.person_id from social_helped h where h.item_id = i.id limit 2000) pressed
    join people_person p on p.id = pressed.person_id), i.share_count
from content_item i where i.id = %(id)s
"""


def ripple(item_id: int) -> Ripple:
    """Return how far an item went. Cost: one prepared query over at most 2,000 people."""
    found: list[Ripple] = hot.rows(RIPPLE, Ripple, id=item_id)
    return found[0]
