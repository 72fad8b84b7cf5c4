"""Which file of a result holds what was looked for, and the words around it: a part of the query that reads results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


def window(item: str, said: str) -> str:
    """Return a column of JSON: the file of an item that holds most of the words, none where what it says holds all.

    item, said: its id and its HTML, as columns. Only for items that the viewer may read. The place of the longest word
    stands for all. Cost: it reads the texts of those files; one look into an index for an item without any.
    """
    bare = f"lower(immutable_unaccent(regexp_replace({said}, '<[^>]*>', ' ', 'g')))"
    return f"""(select to_jsonb(w) from (
        select a.id, a.name, held.found, substr(t.text, greatest(held.place - 300, 1), 1400) as text
        from content_attachment a join search_filetext t on t.attachment_id = a.id
        cross join lateral (
            select %(stems)s::text[] as stems, {bare} as said where a.item_id = {item} offset 0) asked_for
        cross join lateral (
            select count(*) as found, (array_agg(place order by length(stem) desc))[1] as place
            from (select stem, strpos(lower(immutable_unaccent(t.text)), stem) as place
                  from unnest(asked_for.stems) stem) x
            where place > 0) held
        where a.item_id = {item} and t.text <> '' and held.found > 0
          and exists (select from unnest(asked_for.stems) stem where strpos(asked_for.said, stem) = 0)
        order by held.found desc, a.id limit 1) w)"""


@dataclass(frozen=True, slots=True)
class Window:
    """A file that holds words looked for. found: how many of them. text: 1,400 characters around one."""

    id: int
    name: str
    found: int
    text: str

    @property
    def url(self) -> str:
        return f"/files/{self.id}/{self.name}"


def said_more(row: dict[str, Any], own: int) -> Window | None:
    """Return the file that `window` wrote, if it holds more words than the item itself. own: how many that holds."""
    return Window(**row) if row["found"] > own else None
