"""Reads an organisation from its folder of TOML and Markdown files.

A file of items is a row of entries: a TOML head between two lines of +++, then the text in Markdown. The head names
the kind with its author and time (`answer = "tomasz, 2h 29m"`). An answer belongs to the question above it, a comment
to the nearest question, post, article or answer above it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from watercooler.demo import check
from watercooler.demo.cast import (
    KINDS,
    TOP_KINDS,
    Check,
    Edit,
    Flag,
    Item,
    Mistake,
    Moment,
    Organisation,
    Person,
    Picture,
    Pin,
    Rating,
    Recommendation,
    Site,
    Space,
    Topic,
    Unit,
)

FERNWAY = Path(__file__).parent / "fernway"

_PERSON_LINES = "name job site unit manager role sponsor pronouns status about portrait"
_PERSON_LISTS = "languages offers learns topics follows"
_SPACE = "name access hue parent owner hosts units members made tagline objective rules how pinned"
_MARKS = "helped saved follows reactions ratings recommended flags checks edits pictures"
_ITEM = f"id title space wall blog topics accepted draft {_MARKS} {' '.join(KINDS)}"


def read(folder: Path = FERNWAY) -> Organisation:
    """Return the whole organisation, checked. Raises Mistake with the file and the entry. Takes about 0.1 s."""
    facts = _toml(folder / "organisation.toml")
    people = {h: _person(h, row) for h, row in _toml(folder / "people.toml").items()}
    units = {k: Unit(k, row["name"], row.get("in", "")) for k, row in facts["units"].items()}
    organisation = Organisation(
        name=facts["name"],
        password=facts["password"],
        sign_ins=tuple((row["as"], row["handle"]) for row in facts["sign_ins"]),
        sites={k: Site(k, **row) for k, row in facts["sites"].items()},
        units=units,
        people=people,
        topics={
            slug: Topic(slug, words[0], tuple(words[1:]))
            for group in _toml(folder / "topics.toml").values()
            for slug, words in group.items()
        },
        spaces={s: _space(s, row, people, units) for s, row in _toml(folder / "spaces.toml").items()},
        items=_items(folder),
    )
    check.references(organisation)
    organisation = replace(organisation, items={k: _with_crowd(organisation, i) for k, i in organisation.items.items()})
    check.sense(organisation, folder)
    return organisation


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as wrong:
        raise Mistake(f"{path.name}: not readable as TOML, {wrong}.") from None


def _known(where: str, row: Mapping[str, Any], allowed: str) -> None:
    names = allowed.split()
    for name in row:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            raise Mistake(f"{where}: “{name}” means nothing here{f'; did you mean “{near[0]}”?' if near else '.'}")


def _words(text: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(text.split()) if isinstance(text, str) else tuple(text)


def _days(where: str, text: str) -> int:
    if not re.fullmatch(r"\d+d", text):
        raise Mistake(f"{where}: “{text}” is not a number of days such as “21d”.")
    return int(text[:-1])


def _person(handle: str, row: dict[str, Any]) -> Person:
    where = f"people.toml, {handle}"
    _known(where, row, f"{_PERSON_LINES} {_PERSON_LISTS} joined ends")
    for needed in ("name", "job", "site", "joined"):
        if needed not in row:
            raise Mistake(f"{where}: has no {needed}.")
    joined = row["joined"]
    values: dict[str, Any] = {name: row[name] for name in _PERSON_LINES.split() if name in row}
    values |= {name: _words(row.get(name, ())) for name in _PERSON_LISTS.split()}
    return Person(
        handle=handle,
        joined=joined if isinstance(joined, date) else _days(where, joined),
        ends_in_days=_days(where, row["ends"]) if "ends" in row else 0,
        **values,
    )


def _space(slug: str, row: dict[str, Any], people: Mapping[str, Person], units: Mapping[str, Unit]) -> Space:
    where = f"spaces.toml, {slug}"
    _known(where, row, _SPACE)
    wanted = _words(row.get("units", ""))
    for unit in wanted:
        if unit not in units:
            raise Mistake(f"{where}: there is no unit “{unit}”.")
    brought = [p.handle for p in people.values() if set(_line(p.unit, units)) & set(wanted)]
    inside = (row["owner"], *_words(row["hosts"]), *_words(row.get("members", "")), *brought)
    return Space(
        slug=slug,
        hosts=_words(row["hosts"]),
        members=tuple(dict.fromkeys(inside)),
        made_days_ago=_days(where, row["made"]),
        rules=tuple(row["rules"]),
        pinned=tuple(Pin(p["item"], p["why"], _days(where, p["until"])) for p in row.get("pinned", ())),
        parent=row.get("parent", ""),
        **{name: row[name] for name in ("name", "access", "owner", "hue", "tagline", "objective", "how")},
    )


def _line(unit: str, units: Mapping[str, Unit]) -> Iterable[str]:
    while unit in units:
        yield unit
        unit = units[unit].parent


def _items(folder: Path) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for path in sorted([*folder.glob("items/*.md"), *folder.glob("articles/*.md")]):
        top = under = None
        for number, (head, body) in enumerate(_entries(path), start=1):
            where = f"{path.parent.name}/{path.name}, entry {number}"
            item = _item(where, path.stem, number, head, body, top, under)
            if item.key in items:
                raise Mistake(f"{where}: the id “{item.key}” was used before, in {items[item.key].source}.")
            items[item.key] = item
            if item.kind in TOP_KINDS:
                top = under = item
            elif item.kind == "answer":
                under = item
    return items


def _entries(path: Path) -> Iterable[tuple[dict[str, Any], str]]:
    pieces = re.split(r"^\+\+\+\n", path.read_text(), flags=re.MULTILINE)
    if pieces[0].strip() or len(pieces) % 2 == 0:
        raise Mistake(f"{path.parent.name}/{path.name}: heads must stand between two lines of +++.")
    for number, (head, body) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True), start=1):
        try:
            yield tomllib.loads(head), body.strip()
        except tomllib.TOMLDecodeError as wrong:
            raise Mistake(f"{path.parent.name}/{path.name}, entry {number}: head not readable, {wrong}.") from None


def _item(
    where: str, stem: str, number: int, head: dict[str, Any], body: str, top: Item | None, under: Item | None
) -> Item:
    _known(where, head, _ITEM)
    kinds = [kind for kind in KINDS if kind in head]
    if len(kinds) != 1:
        raise Mistake(f"{where}: say what it is, one of {', '.join(KINDS)}, with its author and time.")
    kind = kinds[0]
    author, _, when = head[kind].partition(", ")
    if not author:
        raise Mistake(f"{where}: nobody wrote this {kind}.")
    where = f"{where} ({kind} by {author})"
    parent = None if kind in TOP_KINDS else top if kind == "answer" else under
    if kind not in TOP_KINDS and parent is None:
        raise Mistake(f"{where}: there is nothing above it that it could belong to.")
    wall = author if head.get("blog") else head.get("wall", "")
    return Item(
        key=head.get("id", f"{stem}-{number}"),
        source=where,
        kind=kind,
        author=author,
        at=_moment(where, when),
        body=body,
        title=head.get("title", ""),
        space=parent.space if parent else "" if wall else head.get("space", stem),
        wall=parent.wall if parent else wall,
        parent=parent.key if parent else "",
        topics=_words(head.get("topics", "")),
        is_accepted=head.get("accepted", False),
        is_draft=head.get("draft", False),
        helped=_words(head.get("helped", "")),
        saved=_words(head.get("saved", "")),
        follows=_words(head.get("follows", "")),
        reactions=_reactions(head.get("reactions", "")),
        ratings=tuple(_rating(row) for row in head.get("ratings", ())),
        recommended=tuple(Recommendation(**row) for row in head.get("recommended", ())),
        flags=tuple(Flag(**row) for row in head.get("flags", ())),
        checks=tuple(Check(**{**row, "at": _moment(where, row["at"])}) for row in head.get("checks", ())),
        edits=tuple(Edit(**{**row, "at": _moment(where, row["at"])}) for row in head.get("edits", ())),
        pictures=tuple(Picture(**row) for row in head.get("pictures", ())),
    )


def _moment(where: str, text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError:
        raise Mistake(f"{where}: “{text}” is not a time such as “52m”, “3h 10m” or “12d 08:33”.") from None


def _reactions(text: str) -> tuple[tuple[str, str], ...]:
    groups = [group.split() for group in text.split(";") if group.strip()]
    return tuple((sign, handle) for sign, *handles in groups for handle in handles)


def _rating(row: dict[str, Any]) -> Rating:
    return Rating(row["by"], row.get("useful", False), row.get("correct", False), row.get("applied", False), row["why"])


def _with_crowd(organisation: Organisation, item: Item) -> Item:
    """Put real people in the place of a number: "+6" means six more who could read it, always the same six."""
    named = [h for h in item.helped if not h.startswith("+")]
    wanted = sum(int(h[1:]) for h in item.helped if h.startswith("+"))
    if not wanted:
        return item
    near = organisation.spaces[item.space].members if item.space else tuple(organisation.people)
    others = [h for h in near if h not in named and h != item.author and check.was_there(organisation, h, item)]
    others.sort(key=lambda handle: crc32(f"{item.key} {handle}".encode()))
    return replace(item, helped=(*named, *others[:wanted]))
