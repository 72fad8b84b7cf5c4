"""What is nearest in meaning to a text, as a part of somebody else's query."""

from __future__ import annotations

import time
from functools import cache, lru_cache

from watercooler.foundation.base.language import detect
from watercooler.foundation.base.viewer import EVERYONE, Viewer
from watercooler.projections.semantic import loaded
from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.entries import as_text
from watercooler.projections.semantic.models import Model
from watercooler.projections.semantic.noise import FITS, NOMINATED
from watercooler.projections.semantic.parts import plain
from watercooler.spine.content.meaning import Meaning
from watercooler.spine.content.visibility import READ_SPACE, visible_values

MOST = 60
"""How many texts take part."""
MOST_PARTS = 100
"""Of how many parts of texts they are the nearest: all that the index looks through (hnsw.ef_search in settings.py)."""
MOST_EACH, MOST_WITHIN = 2000, 5000
"""How many parts are compared one by one: the newest of each closed space of one's own; of a space searched alone."""
LONGEST = 2000
"""Characters of a text that are read: what the model takes in."""
KEPT_SECONDS = 60.0
LEAST_SPREAD = 1e-3
"""Of a model to which all is alike, so that nothing is divided by nothing."""

# Read once, not once a row; as text, since the type is one that may be made anew while a connection lives.
_ASKED = "(select %(meaning)s::text::halfvec)"
_MOVED = "(select vector from moved)"

MAY = "(e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s))"
WITHIN = READ_SPACE.replace("%(space)s", "%(meaning_in)s")


def _near(to: str) -> str:
    return f"-(e.vector <#> {to})"


def _closest(to: str) -> str:
    return f"order by e.vector <#> {to} limit {MOST_PARTS}"


def _one_by_one(to: str, each: str, which: str, most: int) -> str:
    """Return a select of the nearest among the newest of some spaces, all compared; `each` lists the spaces."""
    return f"""(select e.item_id, e.space_id, {_near(to)} as near from {each} as each(id) cross join lateral (
        select e.item_id, e.space_id, e.vector from semantic_entry e where {which}
        order by e.item_id desc, e.place limit {most}) e where e.vector is not null {_closest(to)})"""


@cache
def nearest(to: str = _ASKED) -> str:
    """Return a select of what is nearest to a vector.

    The index holds what every member may read and nothing else, so what is hidden cannot stand in anybody's way there.
    All else is chosen by who may read it first, and then compared one by one.
    """
    closed = _one_by_one(to, "unnest(%(audiences)s::bigint[])", "e.audience <> 0 and e.audience = each.id", MOST_EACH)
    return f"""
select item_id, max(near) as near from (
    (select e.item_id, e.space_id, {_near(to)} as near from semantic_entry e
        where %(meaning_for_all)s and e.audience = {EVERYONE} and e.vector is not null {_closest(to)})
    union all {closed}
    union all {_one_by_one(to, "unnest(%(guest_spaces)s::bigint[])", "e.space_id = each.id", MOST_EACH)}
    union all {_one_by_one(to, WITHIN, f"e.space_id = each.id and {MAY}", MOST_WITHIN)}
) x where near >= %(meaning_from)s and (%(meaning_in)s = '' or space_id = {WITHIN})
group by item_id order by max(near) desc, item_id desc limit {MOST}
"""


_OF_ITEM = f"from semantic_entry e where e.item_id = {{item}} and e.vector is not null and {MAY}"


@cache
def each(to: str = _ASKED) -> str:
    """Return, in brackets, how near the item `{item}` is to a vector."""
    return f"(select max({_near(to)}) {_OF_ITEM})"


# Of a long text its nearest part counts: said so that the graph, which does not know one text's, cannot be read for it.
# The mean is taken in one order, since it is of rounded numbers.
MOVED = f"""
select coalesce(l2_normalize({_ASKED} + l2_normalize(avg(part order by weight, item_id))
           * array_fill(({{share}})::real, array[vector_dims({_ASKED})])::halfvec), {_ASKED}) as vector
from (
    select item_id, weight, (select e.vector {_OF_ITEM.format(item="o.item_id")}
                             order by {_near(_ASKED)} desc, e.place limit 1) as part
    from ({{items}}) o) p cross join lateral generate_series(1, weight)
"""

_kept: tuple[float, Model | None] | None = None


def meaning(viewer: Viewer, text: str, space: str = "", language: str = "") -> Meaning | None:
    """Return how to find what means the like of a text; None while the model or its vectors are not there, and where
    the text is in a language that the model does not know.

    Cost: one pass through the model, on the caller's thread, for a text not asked for lately.
    """
    embedder = loaded.embedder_if_ready()
    model = kept() if embedder else None
    if embedder is None or model is None or model.fingerprint != embedder.fingerprint:
        return None
    if not model.knows(language or detect(text)):
        return None
    values = {
        "meaning": _vector(embedder, plain(text[:LONGEST])),
        "meaning_from": model.mean + NOMINATED * model.spread,
        "meaning_in": space,
        "meaning_for_all": EVERYONE in viewer.audiences,
        **visible_values(viewer),
    }
    fits = model.mean + FITS * model.spread
    return Meaning(
        nearest(),
        values,
        fits,
        none=model.mean,
        spread=max(model.spread, LEAST_SPREAD),
        each=each(),
        moved=MOVED,
        nearest_moved=nearest(_MOVED),
        each_moved=each(_MOVED),
    )


@lru_cache(maxsize=256)
def _vector(embedder: Embedder, text: str) -> str:
    """Return a text's vector; kept, since pages and filters ask for the same words again. About 1 MB."""
    # JSON can say halves of characters, at which the tokenizer throws.
    return as_text(embedder.query(text.encode("utf-8", "ignore").decode()))


def kept() -> Model | None:
    """Return the model that made the vectors. Cost: one query a minute."""
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        _kept = (time.monotonic() + KEPT_SECONDS, Model.objects.first())
    return _kept[1]


def forget() -> None:
    """Look again which model made the vectors: in evaluations and tests, which change it."""
    global _kept
    _kept = None
