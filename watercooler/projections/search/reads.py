"""Finding: items, people, spaces and topics in one prepared query, with counts to narrow it down."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from minijinja import safe

from watercooler.foundation.base.language import detect_among
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search import sql
from watercooler.projections.search.files.found import Window, windows
from watercooler.projections.search.fusion import fused
from watercooler.projections.search.glossary import grams
from watercooler.projections.search.query import Query, telling
from watercooler.projections.search.snippets import Marker, plain
from watercooler.projections.search.spelling import is_known, meant
from watercooler.projections.search.statistics import kept
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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the glossary says of exactly what was looked for."""

    id: int
    name: str
    meaning: str
    others: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """hits: at most 20. kinds: kind → count. spaces, topics: (slug, name, count). Counts are of the best 100 threads.

    instead: a misspelt query as it was probably meant, else empty.
    """

    hits: list[Hit]
    has_more: bool
    kinds: dict[str, int]
    spaces: list[list[Any]]
    topics: list[list[Any]]
    instead: str
    people: list[dict[str, Any]]
    named_spaces: list[dict[str, Any]]
    named_topics: list[dict[str, Any]]
    meanings: list[Meaning]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def find(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int = 0) -> Found:
    """Return what the viewer may see of what was looked for, best first.

    chosen: kind, space, topic, author (words of addresses), solved ("1") and sort ("newest"), each optional. Cost: one
    prepared query; it ranks at most 300 items that hold all words, however many match.
    """
    asked = _asked(viewer, query, now=now, chosen=chosen, skip=skip)
    statement, asked = _with_meaning(viewer, query, asked)
    found = hot.rows(statement, lambda *row: row, **asked)[0]
    rows, kinds, spaces, topics, places, people, in_spaces, on_topics, terms = found
    if not skip and rows and not _fits(rows, asked["terms"]):
        rows, kinds, spaces, topics = [], {}, [], []
    same = [key for term in terms for key in term["keys"]]
    marker = Marker([*asked["terms"], *same, *filter(None, asked["meant"])])
    inside = _in_files(rows[:PAGE], marker)
    hits = [_hit(row, marker, inside.get(row["id"])) for row in rows[:PAGE]]
    meanings = [Meaning(t["id"], t["name"], t["meaning"], t["others"]) for t in terms if t["is_all"] and not skip]
    instead = _instead(query, asked, places, " ".join(same).split())
    return Found(hits, len(rows) > PAGE, kinds, spaces, topics, instead, people, in_spaces, on_topics, meanings)


def _in_files(rows: list[dict[str, Any]], marker: Marker) -> dict[int, Window]:
    """Return item → the file that says more of what was looked for than the item. Cost: a query if there may be."""
    own = {row["id"]: marker.counted(row["title"] + plain(row["html"])) for row in rows if row["has_text_in_files"]}
    asked = [item for item, words in own.items() if words < len(marker.stems)]
    return {item: found for item, found in windows(asked, marker.stems).items() if found.found > own[item]}


def _with_meaning(viewer: Viewer, query: Query, asked: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the query and its values: with what is nearest in meaning, where something knows of meaning.

    Not for the newest first: by time, what only resembles would stand before what says the words.
    """
    said = " ".join(query.spoken) if query.phrases or query.excluded else query.words
    meant = None if asked["newest"] else meaning(viewer, said, space=asked["space"])
    if meant is None:
        return sql.FIND, asked
    least = FLOOR * min(1.0, FLOOR_WORDS / max(len(asked["terms"]), 1))
    return fused(meant.nearest), {**asked, **meant.values, "meaning_fits": meant.fits, "words_fit": least}


def _fits(rows: list[dict[str, Any]], words: list[str]) -> bool:
    """Say whether the best of these threads holds enough of what was looked for; misspelt titles always do."""
    best = float(max(row["fit"] for row in rows))
    return best == 0 or best >= FLOOR * min(1.0, FLOOR_WORDS / len(words))


def asked_by(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str]) -> dict[str, Any]:
    """Return the values that the parts of sql.FIND take, for a query made of some of them."""
    return _asked(viewer, query, now=now, chosen=chosen, skip=0)


def _asked(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int) -> dict[str, Any]:
    """Return the values of sql.FIND."""
    counted = kept()
    words, often = telling(query.spoken)
    return {
        **_spelt(words),
        **grams(query.spoken),
        "often": often,
        "enough": sql.ENOUGH_FOR_LONG if len(words) > sql.LONG else sql.ENOUGH,
        "most_loose": sql.MOST_LOOSE_FOR_LONG if len(words) > sql.LONG else sql.MOST_LOOSE,
        "unfinished": query.unfinished,
        "phrases": query.phrases[:6],
        "excluded": query.excluded[:12],
        "languages": counted.languages,
        "spoken_in": detect_among(query.words, counted.languages) or counted.main,
        "total": float(counted.items),
        "first": counted.ends[0],
        "last": counted.ends[1],
        "kinds": list(registered()),
        "means": [counted.mean_sizes.get(kind, 1.0) for kind in registered()],
        "weights": [sql.KIND_WEIGHTS.get(kind, 1.0) for kind in registered()],
        "kind": chosen.get("kind", ""),
        "solved": chosen.get("solved") == "1",
        "newest": chosen.get("sort") == "newest",
        "after": query.on("after"),
        "before": query.on("before"),
        "skip": skip,
        "now": now,
        **{name: chosen.get(name, "") for name in ("space", "topic", "author")},
        **_naming(viewer, words, 3),
        **visible_values(viewer),
    }


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


def _spelt(words: list[str]) -> dict[str, Any]:
    """Return the words with what was probably meant by each, and whether one may be misspelt."""
    known = kept().words
    return {
        "terms": words,
        "meant": [meant(word, known) for word in words],
        "is_misspelt": bool(words) and not all(is_known(word, known) for word in words),
    }


def _instead(query: Query, asked: dict[str, Any], places: Collection[int], known: Collection[str]) -> str:
    """Return the query as it was probably meant; empty if no word was misspelt of those looked for, by their places.

    known: words of the glossary, which nobody misspelt.
    """
    words = query.words
    for place, (term, other) in enumerate(zip(asked["terms"], asked["meant"], strict=True), 1):
        if other and place in places and term not in known:
            words = re.sub(rf"\b{re.escape(term)}\b", other, words, flags=re.I)
    return words if words != query.words else ""


def _hit(row: dict[str, Any], marker: Marker, file: Window | None = None) -> Hit:
    kind, mark = registered()[row["kind"]], checked(row)
    return Hit(
        id=row["id"],
        thread_id=row["root_id"] or row["id"],
        kind=kind,
        url=url_of(row["kind"], row["id"], row["title"], row["root_id"], row["root_kind"], row["root_title"]),
        title=safe(marker.mark(row["title"] or row["root_title"])),
        snippet=safe(marker.snippet(escape(file.text) if file else row["html"])),
        file=file,
        space_name=row["space_name"],
        author={
            "name": row["author_name"],
            "handle": row["author_handle"],
            "photo": row["author_photo"],
            "job": row["author_job"],
        },
        published_at=datetime.fromisoformat(row["published_at"]),
        helped_count=row["helped_count"],
        reply_count=row["answer_count"] or row["comment_count"],
        is_solved=row["is_solved"],
        is_accepted=row["is_accepted"],
        is_checked=mark is not None and mark.stands,
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
    share = min(1.0, sql.MANY_BEGUN / max(_begun(words, query.unfinished), 1))
    newest = {"newest": kept().since(share)} if share < sql.WORTH_IT else {}
    rows, people, spaces, topics = hot.rows(
        sql.SUGGEST_NEWEST if newest else sql.SUGGEST,
        lambda *row: row,
        **newest,
        unfinished=query.unfinished,
        total=float(kept().items),
        languages=kept().languages,
        most_titles=most_titles,
        **_spelt(words),
        **{**_naming(viewer, words, most), "plain": " ".join(words)[:80]},
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
