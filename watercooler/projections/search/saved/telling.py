"""Telling people what their saved searches found: at once or in the daily round, never twice, never too much."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from watercooler.foundation.database import hot
from watercooler.projections.search.saved import matching
from watercooler.projections.search.saved.models import Tells
from watercooler.spine.activity.models import Cursor
from watercooler.spine.activity.projections import moved, reached
from watercooler.spine.content.kinds import registered
from watercooler.spine.spaces.viewer import forget

LOOKED = "saved_searches"
"""The cursor that says up to where new items have been held against saved searches."""
AT_ONCE = 500
"""New items a round."""
STALE = timedelta(days=1)
"""What was made longer ago, as in an import or the demo, is no news."""
KEPT = timedelta(days=90)
"""How long it is remembered what was found."""
MOST_A_DAY = 20
"""Of so many items a saved search tells in a day; the search itself has the others."""

FRESH = """
select a.item_id, a.position from activity_activity a
where a.position > %(after)s and a.position <= %(upto)s and a.verb = any(%(made)s) and a.undoes_id is null
  and not a.is_imported and a.item_id is not null and a.at > %(since)s
order by a.position limit %(most)s
"""
MADE = """
select a.item_id, max(a.position) from activity_activity a
where a.item_id = any(%(items)s) and a.verb = any(%(made)s) and a.undoes_id is null and not a.is_imported
  and a.position is not null and a.at > %(since)s
group by a.item_id
"""
# Of two searches of one person that found the same thing, the older one tells of it; what is beyond a day's share is
# settled without a word.
SETTLE = """
with waiting as (
    select distinct on (s.person_id, f.item_id) f.id, f.position, s.id as search_id, s.person_id
    from search_savedfind f join search_savedsearch s on s.id = f.search_id and s.tells = %(tells)s
    where f.settled_at is null and not exists (
        select from search_savedfind t join search_savedsearch o on o.id = t.search_id
        where t.item_id = f.item_id and o.person_id = s.person_id and t.is_told)
    order by s.person_id, f.item_id, s.id
),
chosen as (
    select w.*, row_number() over (partition by search_id order by position desc) + (
               select count(*) from search_savedfind t
               where t.search_id = w.search_id and t.is_told and t.settled_at > %(since)s) <= %(most)s as is_told
    from waiting w
),
settled as (
    update search_savedfind f set settled_at = %(now)s, is_told = coalesce(c.is_told, false)
    from search_savedsearch s, search_savedfind g left join chosen c on c.id = g.id
    where f.settled_at is null and s.id = f.search_id and s.tells = %(tells)s and g.id = f.id
)
select person_id, search_id, position from chosen where is_told order by position
"""


def look(now: datetime) -> int:
    """Hold the next new items that search has taken in against all saved searches, and tell. Returns how many items.

    An item is looked at once: the cursor moves with what was found. Cost: three queries and those of `match`.
    """
    with transaction.atomic():
        after = reached(LOOKED)
        upto = Cursor.objects.filter(projection="search").values_list("position", flat=True).first() or 0
        fresh: list[tuple[int, int]] = hot.rows(
            FRESH, lambda *row: row, after=after, upto=upto, made=_made(), since=now - STALE, most=AT_ONCE
        )
        if upto > after:
            moved(LOOKED, fresh[-1][1] if len(fresh) == AT_ONCE else upto)
        _hold(dict(fresh), now)
    return len(fresh)


def look_again(items: list[int], now: datetime) -> None:
    """Hold items against saved searches that can be found by more than when they were new, as a file's text."""
    with transaction.atomic():
        _hold(dict(hot.rows(MADE, lambda *row: row, items=items, made=_made(), since=now - STALE)), now)


def _made() -> list[str]:
    return [kind.made.name for kind in registered().values()]


def _hold(positions: dict[int, int], now: datetime) -> None:
    if positions and (found := matching.match(positions, now)):
        matching.keep(found, positions, now)
        tell(Tells.AT_ONCE, now)


@transaction.atomic
def tell(tells: Tells, now: datetime) -> int:
    """Put what waits for this round into inboxes. Returns how many things were told of. Cost: a few statements."""
    due = hot.rows(SETTLE, lambda *row: row, tells=str(tells), now=now, since=now - timedelta(days=1), most=MOST_A_DAY)
    if due:
        import_string(settings.TELL_FOUND)(due, now)
        forget(*{person for person, _search, _position in due})  # so that an open page counts its inbox again
    return len(due)
