"""The rows of texts that can be found by meaning: written from what items are now, and given their vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watercooler.foundation.database import hot

LEFT_OUT = ("comment",)
"""Kinds without a vector: two of five items, mostly a line long. Full text finds them."""
LONGEST = 30_000
"""Characters of HTML that are read; more than the parts of a text hold."""

# Where a text stands may change without the text: it keeps its vector then. Returns whether anything is due.
WRITE = """
insert into semantic_entry as e (item_id, place, space_id, audience, is_due)
select i.id, 0, i.space_id, i.audience, true from content_item i
where i.id = any(%(items)s) and i.state = 1 and i.kind <> all(%(left_out)s)
on conflict (item_id, place) do update set space_id = excluded.space_id, audience = excluded.audience,
    is_due = e.is_due or e.item_id = any(%(said)s::bigint[])
returning is_due
"""
GONE = """
delete from semantic_entry e using content_item i where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
# What comes after the beginning stands where that does. A statement of its own: it sees parts that were just made.
FOLLOW = """
update semantic_entry p set space_id = e.space_id, audience = e.audience from semantic_entry e
where e.place = 0 and p.place > 0 and p.item_id = e.item_id
  and (e.item_id = any(%(items)s) or e.space_id = any(%(spaces)s))
  and (p.space_id <> e.space_id or p.audience <> e.audience)
"""
# An answer is read together with what it answers: alone it often does not say what it is about.
DUE = f"""
select e.item_id, coalesce(nullif(i.title, ''), r.title, ''), left(i.safe_html, {LONGEST}), i.revision,
       coalesce(r.revision, 0)
from semantic_entry e join content_item i on i.id = e.item_id left join content_item r on r.id = i.root_id
where e.is_due order by e.item_id desc limit %(most)s
"""
# A text that was edited while its vectors were made stays due, and keeps those it had.
KEEP = """
with made as (
    select * from unnest(%(items)s::bigint[], %(places)s::int[], %(vectors)s::text[]) m(item_id, place, vector)
), kept as (
    update semantic_entry e set vector = m.vector::halfvec, is_due = false
    from unnest(%(texts)s::bigint[], %(revisions)s::int[], %(root_revisions)s::int[])
             n(item_id, revision, root_revision)
    join content_item i on i.id = n.item_id left join content_item r on r.id = i.root_id
    left join made m on m.item_id = n.item_id and m.place = 0
    where e.item_id = n.item_id and e.place = 0
      and i.revision = n.revision and coalesce(r.revision, 0) = n.root_revision
    returning e.item_id, e.space_id, e.audience
), gone as (
    delete from semantic_entry e using kept k where e.item_id = k.item_id and e.place > 0
    and not exists (select from made m where m.item_id = e.item_id and m.place = e.place)
), further as (
    insert into semantic_entry as e (item_id, place, space_id, audience, is_due, vector)
    select k.item_id, m.place, k.space_id, k.audience, false, m.vector::halfvec
    from kept k join made m on m.item_id = k.item_id where m.place > 0
    on conflict (item_id, place) do update
    set space_id = excluded.space_id, audience = excluded.audience, vector = excluded.vector
)
select item_id from kept
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A text that waits for its vectors."""

    item_id: int
    title: str
    html: str
    revision: int
    root_revision: int


def write(items: Iterable[int], said: Iterable[int] = ()) -> bool:
    """Write the rows of these items, those that are live, and take away the others'.

    said: those whose text has changed. Returns whether any waits for a vector. Cost: three statements.
    """
    numbers = sorted(items)
    written = hot.rows(WRITE, bool, items=numbers, said=sorted(said), left_out=list(LEFT_OUT))
    hot.rows(GONE, items=numbers)
    follow(items=numbers)
    return any(written)


def follow(*, items: Sequence[int] = (), spaces: Sequence[int] = ()) -> None:
    """Put all of a text where its beginning is, of these items and in these spaces. Cost: one statement."""
    hot.rows(FOLLOW, items=list(items), spaces=list(spaces))


def due(most: int) -> list[Due]:
    """Return the newest texts that wait. Cost: one query."""
    return hot.rows(DUE, Due, most=most)


def keep(texts: Sequence[Due], vectors: Sequence[Sequence[Sequence[float]]]) -> int:
    """Give texts the vectors of their parts, or none. Returns how many were kept: none edited meanwhile.

    Cost: one statement.
    """
    made = [
        (text.item_id, place, as_text(vector))
        for text, parts in zip(texts, vectors, strict=True)
        for place, vector in enumerate(parts)
    ]
    return len(
        hot.rows(
            KEEP,
            int,
            texts=[each.item_id for each in texts],
            revisions=[each.revision for each in texts],
            root_revisions=[each.root_revision for each in texts],
            items=[item for item, _place, _vector in made],
            places=[place for _item, place, _vector in made],
            vectors=[vector for _item, _place, vector in made],
        )
    )


def as_text(vector: Sequence[float]) -> str:
    """Return a vector as the database reads it, with more digits than half precision keeps."""
    return "[" + ",".join([f"{number:.5f}" for number in vector]) + "]"
