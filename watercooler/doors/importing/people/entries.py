"""What an import knows of one person, whatever the file looked like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from watercooler.doors.importing.people.columns import Mapping, day, is_gone, is_yes
from watercooler.doors.importing.people.tables import Row
from watercooler.doors.importing.report import Problem
from watercooler.foundation.base.text import clean_line

_LOGIN = re.compile(r"[\w.\\-]{2,64}\Z")
type Wrong = Callable[[str, str], None]
"""Takes a field and what is wrong with it."""


@dataclass(slots=True)
class Entry:
    """One person as the file says. key: what the file knows them by. manager: a key, address or name of another.

    line: in the file. trouble: single fields that could not be used; the rest of the entry stands.
    """

    key: str
    name: str
    email: str = ""
    handle: str = ""
    job: str = ""
    site: str = ""
    town: str = ""
    time_zone: str = ""
    unit: str = ""
    unit_parent: str = ""
    manager: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_active: bool = True
    about: str = ""
    line: int = 0
    trouble: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that gives no person, and what is wrong with it."""

    problem: Problem


def entries(
    rows: Iterable[Row], columns: list[str], mapping: Mapping, file: str, mail_domain: str = ""
) -> Iterator[Entry | Unusable]:
    """Yield an entry a row, or why there is none."""
    at = {target: columns.index(column) for target, column in mapping.of.items()}
    today = timezone.localdate()
    for row in rows:
        if row.problem:
            yield Unusable(Problem(file, row.line, "", row.problem))
            continue
        cells = {target: clean_line(row.cells[n]) if n < len(row.cells) else "" for target, n in at.items()}
        yield _entry(cells, row.line, file, mail_domain, today, is_month_first=mapping.is_month_first)


def _entry(
    cells: dict[str, str], line: int, file: str, mail_domain: str, today: date, *, is_month_first: bool = False
) -> Entry | Unusable:
    def get(name: str) -> str:
        return "" if cells.get(name, "").casefold() in {"null", "n/a", "none", "-", "#n/a"} else cells.get(name, "")

    trouble: list[Problem] = []

    def wrong(field: str, sentence: str) -> None:
        trouble.append(Problem(file, line, field, sentence))

    handle, email = get("handle"), get("email")
    if email and "@" not in email and _LOGIN.match(email):  # many systems put the log-in there
        handle, email = handle or email, f"{email}@{mail_domain}".lower() if mail_domain else ""
    if email and not _is_email(email):
        wrong("email", "this is no address, left empty")
        email = ""
    name = get("name") or " ".join(filter(None, (get("first_name"), get("middle_name"), get("last_name"))))
    if "," in name and get("name"):  # "Raman, Priya", as directories sort
        last, first = (part.strip() for part in name.split(",", 1))
        name = f"{first} {last}" if first and last and "," not in first else name
    key = get("id") or email.casefold() or handle.casefold() or name.casefold()
    name = name or handle or email.partition("@")[0]
    if not name:
        return Unusable(Problem(file, line, "name", "empty"))
    if len(name) > 120:
        return Unusable(Problem(file, line, "name", "longer than 120 characters"))
    if len(key) > 200:
        return Unusable(Problem(file, line, "id", "longer than 200 characters"))
    starts_on, ends_on = (
        _day(field, get(field), wrong, is_month_first=is_month_first) for field in ("starts_on", "ends_on")
    )
    town = ", ".join(dict.fromkeys(filter(None, (get("town"), get("state"), get("country"), get("region")))))
    site = get("site") or get("town") or get("region") or get("country")
    return Entry(
        key=key,
        name=name,
        email=email,
        handle=handle,
        job=_cut("job", get("job"), 120, wrong),
        site=_cut("site", site, 80, wrong),
        town=town[:80],
        time_zone=get("time_zone"),
        unit=_cut("unit", get("unit"), 80, wrong),
        unit_parent=_cut("unit_parent", get("unit_parent"), 80, wrong),
        manager=get("manager"),
        starts_on=starts_on,
        ends_on=ends_on,
        is_active=not (is_gone(get("active")) or is_yes(get("gone")) or (ends_on is not None and ends_on < today)),
        about=_cut("about", get("about"), 2000, wrong),
        line=line,
        trouble=tuple(trouble),
    )


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _day(name: str, text: str, wrong: Wrong, *, is_month_first: bool) -> date | None:
    found = day(text, is_month_first=is_month_first)
    if text and found is None:
        wrong(name, "this is no date, left empty")
    return found


def _cut(name: str, text: str, most: int, wrong: Wrong) -> str:
    if len(text) > most:
        wrong(name, f"cut after {most} characters")
    return text[:most].rstrip()
