"""The rows of texts that can be found by meaning: written from what items are now, and given their vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from watercooler.foundation.database import hot

LEFT_OUT = ("comment",)
"""Kinds without a vector: two of five items, mostly a line long. Full text finds them."""
LONGEST = 6000
"""Characters of HTML that are read; more than a model takes in."""
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
_AIR = re.compile(r"\s+")

# Where a text stands may change without the text: it keeps its vector then. Returns whether anything is due.
WRITE = """
insert into semantic_entry as e (item_id, space_id, audience, is_due)
select i.id, i.space_id, i.audience, true from content_item i
where i.id = any(%(items)s) and i.state = 1 and i.kind <> all(%(left_out)s)
on conflict (item_id) do update set space_id = excluded.space_id, audience = excluded.audience,
    is_due = e.is_due or e.item_id = any(%(said)s::bigint[])
returning is_due
"""
GONE = """
delete from semantic_entry e using content_item i where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
# An answer is read together with what it answers: alone it often does not say what it is about.
DUE = f"""
select e.item_id, coalesce(nullif(i.title, ''), r.title, ''), left(i.safe_html, {LONGEST}), i.revision,
       coalesce(r.revision, 0)
from semantic_entry e join content_item i on i.id = e.item_id left join content_item r on r.id = i.root_id
where e.is_due order by e.item_id desc limit %(most)s
"""
# A text that was edited while its vector was made stays due.
KEEP = """
update semantic_entry e set vector = n.vector::halfvec, is_due = false
from unnest(%(items)s::bigint[], %(vectors)s::text[], %(revisions)s::int[], %(root_revisions)s::int[])
         n(item_id, vector, revision, root_revision)
join content_item i on i.id = n.item_id left join content_item r on r.id = i.root_id
where e.item_id = n.item_id and i.revision = n.revision and coalesce(r.revision, 0) = n.root_revision
returning e.item_id
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A text that waits for its vector."""

    item_id: int
    title: str
    html: str
    revision: int
    root_revision: int

    @property
    def text(self) -> str:
        """Return its words: the title, of an answer its question's, and what it says."""
        words = plain(self.html)
        return f"{self.title}\n{words}" if self.title else words


def plain(html: str) -> str:
    """Return the words of cleaned HTML, or of a text that somebody types, on one line."""
    return _AIR.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def write(items: Iterable[int], said: Iterable[int] = ()) -> bool:
    """Write the rows of these items, those that are live, and take away the others'.

    said: those whose text has changed. Returns whether any waits for a vector. Cost: two statements.
    """
    numbers = sorted(items)
    written = hot.rows(WRITE, bool, items=numbers, said=sorted(said), left_out=list(LEFT_OUT))
    hot.rows(GONE, items=numbers)
    return any(written)


def due(most: int) -> list[Due]:
    """Return the newest texts that wait. Cost: one query."""
    return hot.rows(DUE, Due, most=most)


def keep(texts: Sequence[Due], vectors: Sequence[Sequence[float] | None]) -> int:
    """Give texts their vectors, or none. Returns how many were kept: none edited meanwhile. Cost: one statement."""
    return len(
        hot.rows(
            KEEP,
            int,
            items=[each.item_id for each in texts],
            vectors=[vector and as_text(vector) for vector in vectors],
            revisions=[each.revision for each in texts],
            root_revisions=[each.root_revision for each in texts],
        )
    )


def as_text(vector: Sequence[float]) -> str:
    """Return a vector as the database reads it, with more digits than half precision keeps."""
    return "[" + ",".join([f"{number:.5f}" for number in vector]) + "]"
