"""Which file of a result holds what was looked for, and the words around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from watercooler.foundation.database import hot

# Only of items that the viewer has been shown to read. The place of the longest word stands for all.
WINDOWS = """
select distinct on (a.item_id) a.item_id, a.id, a.name, p.found,
       substr(t.text, greatest(p.place - 300, 1), 1400)
from content_attachment a join search_filetext t on t.attachment_id = a.id
cross join lateral (
    select count(*) as found, (array_agg(place order by length(stem) desc))[1] as place
    from (select stem, strpos(lower(immutable_unaccent(t.text)), stem) as place from unnest(%(stems)s::text[]) stem) x
    where place > 0) p
where a.item_id = any(%(items)s) and p.found > 0
order by a.item_id, p.found desc, a.id
"""


@dataclass(frozen=True, slots=True)
class Window:
    """A file that holds words looked for. found: how many of them. text: 1,400 characters around one."""

    item_id: int
    id: int
    name: str
    found: int
    text: str

    @property
    def url(self) -> str:
        return f"/files/{self.id}/{self.name}"


def windows(items: Collection[int], stems: Sequence[str]) -> dict[int, Window]:
    """Return item → its file that holds most of the words. Cost: one prepared query that reads those files' texts."""
    found = hot.rows(WINDOWS, Window, items=sorted(items), stems=list(stems)) if items and stems else []
    return {window.item_id: window for window in found}
