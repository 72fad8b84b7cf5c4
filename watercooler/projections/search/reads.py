"""Finding: items, people, spaces and topics in one prepared query, with counts to narrow it down."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from minijinja import safe

from watercooler.foundation.base.language import detect_among
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search import plain as plain_words
from watercooler.projections.search import sql
from watercooler.projections.search.files.found import Window, said_more
from watercooler.projections.search.fusion import fused
from watercooler.projections.search.glossary import grams
from watercooler.projections.search.letters import is_letter
from watercooler.projections.search.naming import NAMED_SO
from watercooler.projections.search.query import Query, telling
from watercooler.projections.search.snippets import Marker, plain
from watercooler.projections.search.spelling import endings, is_known, meant
from watercooler.projections.search.statistics import Statistics, kept
from watercooler.projections.search.tally import NO_NAMES, around, tally
from watercooler.spine.content.checked import checked
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.meaning import meaning
from watercooler.spine.content.visibility import visible_values

PAGE = sql.PAGE
MOST_THREADS = sql.MOST_THREADS
FLOOR = 0.3
"""Where the best thread holds less than this share of what the words together tell, nothing fits."""
FLOOR_WORDS = 8
"""With more words the share sinks: nobody says all of a long question again."""
TITLES = 0.15
"""About the share of the items holding a word that have it in their title."""
HOLDING_ALL = f"""with {sql.TYPED}, {sql.ASKED}
    select e.item_id from asked, search_searchentry e where e.words @@ asked.every and {sql.CHOSEN}"""
"""A select of the items that hold all that was looked for, to be sorted and cut by who takes it; asked_by's values."""
NOTHING = "[[], [], []]"
"""What the queries return where nothing is found, no word is unknown and the glossary has none."""
MOST_BEGUN = 5_000
"""Where more items hold words that begin so, the star is left out: each of them would be read."""
LONGEST_NAME = 5
"""With more words than this nobody is looking for a name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a thread, shown by its best item, with the words around what was found."""

    id: int
    thread_id: int
    kind: Kind
    url: str
    title: Any
    snippet: Any
    file: Window | None
    """The file the snippet is from, where it says more of what was looked for than the item itself."""
    space_name: str
    author: dict[str, str]
    published_at: datetime
    helped_count: int
    reply_count: int
    is_solved: bool
    is_accepted: bool
    is_checked: bool


class Near(NamedTuple):
    """Which state of an item a result shows: all that is asked for at first, since how a result looks is kept by it."""

    id: int
    thread_id: int
    version: int
    thread_version: int
    author_version: int
    space_name: str
    is_checked: bool
    fit: float
    has_text_in_files: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the glossary says of exactly what was looked for."""

    id: int
    name: str
    meaning: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """near: at most 20. instead: a misspelt query as it was probably meant, else empty. marker: knows the words.

    around_json: what `tally` takes, as text, because what stands around the results is kept by it.
    """

    near: list[Near]
    has_more: bool
    instead: str
    meanings: list[Meaning]
    marker: Marker
    around_json: str

    def values(self, unread: list[int]) -> dict[str, Any]:
        """Return what sql.CALLED and sql.TEXTS take, to read these results."""
        counts = tally(self.around_json)
        of = {"of_spaces": [pk for pk, _n in counts.spaces], "of_topics": [pk for pk, _n in counts.topics]}
        return {**of, "unread": unread, "stems": self.marker.stems}


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, with what the results say. instead: a misspelt query as it was probably meant, or empty."""

    hits: list[Hit]
    has_more: bool
    instead: str
    meanings: list[Meaning]
    kinds: dict[str, int]
    spaces: list[tuple[str, str, int]]
    topics: list[tuple[str, str, int]]
    people: list[dict[str, Any]]
    named_spaces: list[dict[str, Any]]
    named_topics: list[dict[str, Any]]


def find(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int = 0) -> Found:
    """Return what the viewer may see of what was looked for, best first. Takes what `seek` takes. Cost: two queries."""
    return whole(seek(viewer, query, now=now, chosen=chosen, skip=skip))


def whole(sought: Sought) -> Found:
    """Return what was found together with what it says. Cost: one query, where there is something."""
    asked = sought.values([each.id for each in sought.near])
    read = hot.rows(f"select {sql.CALLED_AND_TEXTS}", str, **asked)[0] if sought.near else NO_NAMES + sql.APART + "[]"
    names, _apart, texts = read.partition(sql.APART)
    hits = told(sought.near, sought.marker, texts)
    shown = [hits[each.id] for each in sought.near if each.id in hits]
    beside = around(tally(sought.around_json), names)
    return Found(shown, sought.has_more, sought.instead, sought.meanings, *beside)


def seek(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int = 0) -> Sought:
    """Return what the viewer may see of what was looked for, best first, but not yet what it says.

    chosen: kind, space, topic, author (words of addresses), solved ("1", or "0" for open questions) and sort
    ("newest"), each optional. Cost: one prepared query, and another where a word is new to the process or something is
    called so; it ranks at most 300 items that hold all words, however many match.
    """
    asked = _asked(viewer, query, now=now, chosen=chosen, skip=skip)
    found, beside = _looked_for(viewer, query, asked)
    rows, places, terms = json.loads(found)
    near = [_near(row) for row in rows]
    if not skip and near and not _fits(near, asked["terms"]):
        near, beside = [], json.dumps(["", "", "", *json.loads(beside)[3:]])
    same = [key for term in terms for key in term["keys"]]
    marker = Marker([*asked["terms"], *same, *filter(None, asked["meant"])])
    whole = [term for term in terms if term["is_all"] and not skip]
    meanings = [Meaning(t["id"], t["name"], t["meaning"], tuple(t["others"])) for t in whole]
    instead = _instead(query, asked, places, [*" ".join(same).split(), *query.like_filters])
    return Sought(near[:PAGE], len(near) > PAGE, instead, meanings, marker, beside)


def told(near: Sequence[Near], marker: Marker, read: str) -> dict[int, Hit]:
    """Return item → what it says, from what sql.TEXTS returned of it."""
    sound = {each.id for each in near if each.is_checked}
    return {row[0]: _hit(row, marker, row[0] in sound) for row in json.loads(read)}


def _looked_for(viewer: Viewer, query: Query, asked: dict[str, Any]) -> tuple[str, str]:
    """Return what sql.finding returns: with what is nearest in meaning, where something knows of meaning.

    Not for the newest first: by time, what only resembles would stand before what says the words.
    """
    said = " ".join(query.words_said) if query.phrases or query.excluded else query.words
    meant = None if asked["newest"] else meaning(viewer, said, space=asked["space"], language=asked["spoken_in"])
    if meant is None:
        return _by_words(query, asked)
    least = FLOOR * min(1.0, FLOOR_WORDS / max(len(asked["terms"]), 1))
    scale = {"meaning_fits": meant.fits, "meaning_none": meant.none, "meaning_spread": meant.spread}
    values = {**asked, **meant.values, **scale, "words_fit": least}
    statement = fused(meant.nearest, meant.each, meant.moved, meant.nearest_moved, meant.each_moved)
    return _row(statement, values)


def _by_words(query: Query, asked: dict[str, Any]) -> tuple[str, str]:
    """Return what is found by words, without asking the database for what is not asked for here."""
    filters = any(asked[name] for name in ("kind", "space", "author", "topic", "after", "before"))
    is_narrowed, is_named = bool(filters or query.phrases or query.excluded), bool(asked["names"])
    values = None if is_narrowed else plain_words.values(asked, kept())
    if values is not None:
        rows = hot.rows(plain_words.finding(values["many"], is_named), _columns, **values)
        if not rows:
            kept().widened.add(tuple(asked["terms"]))
        elif rows[0][0] != NOTHING or not asked["is_misspelt"]:
            found, beside, is_called = rows[0]
            return found, _with_names(beside, asked) if is_called else beside
    return _row(sql.finding(is_narrowed=is_narrowed, is_named=is_named, is_misspelt=asked["is_misspelt"]), asked)


def _row(statement: str, values: dict[str, Any]) -> tuple[str, str]:
    found, beside = hot.rows(statement, _columns, **values)[0]
    return found, beside


def _columns(*columns: Any) -> Any:
    return columns


def _with_names(beside: str, asked: dict[str, Any]) -> str:
    """Return what stands around results with the people, spaces and topics that are called so."""
    return json.dumps(json.loads(beside)[:3] + json.loads(hot.rows(NAMED_SO, str, **asked)[0]))


def _fits(near: list[Near], words: list[str]) -> bool:
    """Say whether the best of these threads holds enough of what was looked for; misspelt titles always do."""
    best = max(each.fit for each in near)
    return best == 0 or best >= FLOOR * min(1.0, FLOOR_WORDS / len(words))


def asked_by(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str]) -> dict[str, Any]:
    """Return the values that the parts of sql.FIND take, for a query made of some of them."""
    return _asked(viewer, query, now=now, chosen=chosen, skip=0)


def _asked(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int) -> dict[str, Any]:
    """Return the values of sql.FIND."""
    counted = kept()
    words, often = telling(query.spoken)
    begun = beginnings(query)
    if unheard := plain_words.unheard(words, counted.languages):
        plain_words.hear(json.loads(hot.rows(sql.STEMS, str, unheard=unheard, languages=counted.languages)[0]))
    return {
        **_spelt(words, begun),
        **grams(query.words_said),
        "often": often,
        "enough": _enough(len(words)),
        "most_loose": sql.MOST_LOOSE_FOR_LONG if len(words) > sql.LONG else sql.MOST_LOOSE,
        "unfinished": query.unfinished,
        "letters": [word for word in words if is_letter(word) or word in begun],
        "phrases": query.phrases[:6],
        "excluded": query.excluded[:12],
        "languages": counted.languages,
        "spoken_in": detect_among(query.words, counted.languages) or counted.main,
        "total": float(counted.items),
        "first": counted.ends[0],
        "last": counted.ends[1],
        **(counted.sent or _sent(counted)),
        "kind": chosen.get("kind", ""),
        "solved": chosen.get("solved", ""),
        "newest": chosen.get("sort") == "newest",
        "after": query.on("after"),
        "before": query.on("before"),
        "skip": skip,
        "now": now,
        **{name: chosen.get(name, "") for name in ("space", "topic", "author")},
        **_naming(viewer, words if query.words.isascii() else telling(query.words_said)[0], 3),
        **visible_values(viewer),
    }


def _enough(words: int) -> int:
    if words > sql.LONG:
        return sql.ENOUGH_FOR_LONG
    return sql.ENOUGH if words > 2 else sql.ENOUGH_FOR_TWO


def _sent(counted: Statistics) -> dict[str, str]:
    """Return the kinds, how long their texts are and how much they weigh, as PostgreSQL writes arrays."""
    means = [str(counted.mean_sizes.get(kind, 1.0)) for kind in registered()]
    weights = [str(sql.KIND_WEIGHTS.get(kind, 1.0)) for kind in registered()]
    arrays = {"kinds": list(registered()), "means": means, "weights": weights}
    counted.sent.update({name: "{" + ",".join(values) + "}" for name, values in arrays.items()})
    return counted.sent


def _naming(viewer: Viewer, terms: list[str], most: int) -> dict[str, Any]:
    """Return the values that names are looked for with; nothing for more words than a name has."""
    words = [word for word in terms if re.fullmatch(r"\w+", word)] if len(terms) <= LONGEST_NAME else []
    return {
        "plain": " ".join(terms)[:80] if words else "",
        "names": " & ".join([f"'{word}'" for word in words[:-1]] + [f"'{words[-1]}':*"]) if words else "",
        "most": most,
        "person": viewer.person_id,
        "is_member": viewer.is_member,
        "spaces": list(viewer.space_ids),
    }


def beginnings(query: Query) -> list[str]:
    """Return the words that a star ends, but for those with which too much begins."""
    return [word for word in query.begun if kept().beginning_with(word) <= MOST_BEGUN]


def _spelt(words: list[str], begun: Collection[str] = ()) -> dict[str, Any]:
    """Return the words with what was probably meant by each, and whether one may be misspelt. begun: are neither."""
    counted = kept()
    known = counted.words
    forms, ends = {word: plain_words.forms(word, counted.languages) for word in words}, endings(counted.languages)
    return {
        "terms": words,
        "meant": ["" if word in begun else meant(word, known, counted.mended, forms[word], ends) for word in words],
        "is_misspelt": not all(word in begun or is_known(word, known, forms[word]) for word in words),
    }


def _instead(query: Query, asked: dict[str, Any], places: Collection[int], known: Collection[str]) -> str:
    """Return the query as it was probably meant; empty if no word was misspelt of those looked for, by their places.

    known: words of the glossary, which nobody misspelt, and what was meant for a filter.
    """
    words = query.words
    for place, (term, other) in enumerate(zip(asked["terms"], asked["meant"], strict=True), 1):
        if other and place in places and term not in known:
            words = re.sub(rf"\b{re.escape(term)}\b", other, words, flags=re.I)
    return words if words != query.words else ""


def _near(row: list[Any]) -> Near:
    mark = checked({"checked": row[6]}) if row[6] else None
    row[6] = mark is not None and mark.stands
    return Near(*row)


def _hit(row: list[Any], marker: Marker, is_checked: bool) -> Hit:
    item, kind, title, root_id, published_at, helped, replies, is_solved, is_accepted, *rest = row
    root_kind, root_title, space_name, name, handle, photo, job, html, held = rest
    file = said_more(held, marker.counted(title + plain(html))) if held else None
    return Hit(
        id=item,
        thread_id=root_id or item,
        kind=registered()[kind],
        url=url_of(kind, item, title, root_id, root_kind, root_title),
        title=safe(marker.mark(title or root_title)),
        snippet=safe(marker.snippet(escape(file.text) if file else html)),
        file=file,
        space_name=space_name,
        author={"name": name, "handle": handle, "photo": photo, "job": job},
        published_at=datetime.fromisoformat(published_at),
        helped_count=helped,
        reply_count=replies,
        is_solved=is_solved,
        is_accepted=is_accepted,
        is_checked=is_checked,
    )


@dataclass(frozen=True, slots=True)
class Suggested:
    """What has a name or title like what is being typed. items: {id, kind, title, url}."""

    items: list[dict[str, Any]]
    people: list[dict[str, Any]]
    spaces: list[dict[str, Any]]
    topics: list[dict[str, Any]]


def suggest(viewer: Viewer, query: Query, *, most: int = 4, most_titles: int = 6) -> Suggested:
    """Return things, people, spaces and topics called like that. Cost: one prepared query."""
    words = [word for word in query.terms[:12] if re.fullmatch(r"\w+", word)]
    said = [word for word in query.words_said[:12] if re.fullmatch(r"\w+", word)]
    share = min(1.0, sql.MANY_BEGUN / max(_begun(words, query.unfinished), 1))
    newest = {"newest": kept().since(share)} if share < sql.FEW_BEGUN else {}
    rows, people, spaces, topics = hot.rows(
        sql.SUGGEST_NEWEST if newest else sql.SUGGEST,
        lambda *row: row,
        **newest,
        unfinished=query.unfinished,
        total=float(kept().items),
        languages=kept().languages,
        most_titles=most_titles,
        **_spelt(words),
        **{**_naming(viewer, said, most), "plain": " ".join(said)[:80]},
        **visible_values(viewer),
    )[0]
    items = [
        {"id": pk, "kind": registered()[kind], "title": title, "url": url_of(kind, pk, title)}
        for pk, kind, title in rows
    ]
    return Suggested(items, people, spaces, topics)


def _begun(words: list[str], unfinished: str) -> float:
    """Return about how many titles hold these words, the last of which may be a beginning."""
    counted = kept()
    held = [counted.beginning_with(w) if w == unfinished else counted.words.get(w, 0) for w in words]
    return min(held, default=0) * TITLES
