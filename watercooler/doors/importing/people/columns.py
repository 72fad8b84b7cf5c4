"""Which column means what: by its name in several languages, by what stands in it, or because somebody said so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from watercooler.doors.importing.people.names import FIELDS, NICKNAMES, PARTS, PRIVATE
from watercooler.foundation.base.errors import Invalid, NotAllowed

_FIELD_OF = {name: field for field, names in reversed(FIELDS.items()) for name in names.split()}
_PRIVATE_OF = {name: sort for sort, names in PRIVATE.items() for name in names.split()}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}\Z")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")
ENOUGH = 0.8


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_ASIDE = re.compile(r"[\[(][^\[\]()]*[\])]")


def plain(name: str) -> str:
    """Return a column's name without accents, case, spaces and punctuation: "E-Mail Adresse" → "emailadresse"."""
    text = unicodedata.normalize("NFKD", name.replace("#", " no ").casefold().translate(_LETTERS))
    return "".join(c for c in text if c.isalnum() and not unicodedata.combining(c))


def field_of(name: str) -> str | None:
    """Return which field a column's name means, or None."""
    if private_sort(name) is not None:
        return None
    return _FIELD_OF.get(plain(name)) or _FIELD_OF.get(plain(_ASIDE.sub("", name)))


def private_sort(name: str) -> str | None:
    """Return what sort of private fact a column's name announces, or None."""
    bare = plain(name)
    if sort := _PRIVATE_OF.get(bare) or _PRIVATE_OF.get(plain(_ASIDE.sub("", name))):
        return sort
    return next((sort for sort, parts in PARTS.items() if parts.search(bare)), None) if bare not in _FIELD_OF else None


def private_values(values: Sequence[str]) -> str | None:
    """Return what sort of private fact these values are whatever their column is called, or None."""
    if _share(values, lambda v: bool(_SSN.match(v))) > ENOUGH:
        return "national number"
    if _share(values, lambda v: _is_iban(v.replace(" ", "").upper())) > ENOUGH:
        return "bank"
    return None


def _is_iban(text: str) -> bool:
    if not _IBAN.match(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _share(values: Sequence[str], is_so: Callable[[str], bool]) -> float:
    given = [value for value in values if value]
    return sum(map(is_so, given)) / len(given) if given else 0.0


@dataclass(slots=True)
class Mapping:
    """Field → column, with what was left out. guessed: fields that nobody named. private: column → its sort."""

    of: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    private: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    is_month_first: bool = False
    """Dates with bars are American: 03/25/2024."""

    def lines(self) -> list[str]:
        """Return one line a column, to be shown before anything is written."""
        shown = [f"{f} ← {column}{'' if f not in self.guessed else ' (guessed)'}" for f, column in self.of.items()]
        if self.private:
            shown.append(
                _("left out because private: %(columns)s (to use one, say --take NAME and --map field=NAME)")
                % {"columns": ", ".join(f"{column} ({sort})" for column, sort in self.private.items())}
            )
        if self.unused:
            shown.append(_("not used: %(columns)s") % {"columns": ", ".join(self.unused)})
        return shown


def mapped(
    columns: Sequence[str],
    samples: dict[str, list[str]],
    said: dict[str, str] | None = None,
    take: Iterable[str] = (),
    names: dict[str, str] | None = None,
) -> Mapping:
    """Return which column feeds which field: as said, else by name, else by values.

    samples: column → some of its values. names: column → the name to judge it by, where it differs. Raises Invalid for
    a column or field that is not there, NotAllowed for a private column that --take does not name.
    """
    said, names = said or {}, names or {}
    chosen = _found(columns, take)
    mapping = Mapping()
    for column in columns:
        sort = private_sort(names.get(column, column)) or private_values(samples.get(column, []))
        if sort and column not in chosen:
            mapping.private[column] = sort
    for target, wanted in said.items():
        if target not in FIELDS:
            fields = ", ".join(FIELDS)
            raise Invalid(_("There is no field %(field)s. Fields: %(fields)s.") % {"field": target, "fields": fields})
        if not wanted:
            continue
        [column] = _found(columns, [wanted])
        if column in mapping.private:
            raise NotAllowed(
                _("%(column)s looks like private facts (%(sort)s). Say --take %(column)s if it has to be.")
                % {"column": column, "sort": mapping.private[column]}
            )
        mapping.of[target] = column
    free = [c for c in columns if c not in mapping.private and c not in mapping.of.values()]
    _by_name(mapping, free, names, refused=said)
    _by_values(mapping, [c for c in free if c not in mapping.of.values()], samples, refused=said)
    mapping.is_month_first = _is_month_first(samples)
    mapping.unused = [c for c in free if c not in mapping.of.values() and c not in chosen]
    if homeless := [c for c in chosen if c not in mapping.of.values()]:
        raise Invalid(
            _("A profile has no place for %(column)s. Say into which field: --map about=%(column)s")
            % {"column": homeless[0]}
        )
    if not {"name", "last_name", "first_name", "handle", "email"} & mapping.of.keys():
        raise Invalid(
            _("No column holds people’s names. Say which: --map name=Column. Columns: %(columns)s.")
            % {"columns": ", ".join(columns)}
        )
    return mapping


def _found(columns: Sequence[str], wanted: Iterable[str]) -> list[str]:
    by_plain = {plain(column): column for column in reversed(columns)}
    found = []
    for name in wanted:
        column = name if name in columns else by_plain.get(plain(name))
        if column is None:
            raise Invalid(
                _("There is no column %(name)s. Columns: %(columns)s.") % {"name": name, "columns": ", ".join(columns)}
            )
        found.append(column)
    return found


def _by_name(mapping: Mapping, free: Sequence[str], names: dict[str, str], refused: dict[str, str]) -> None:
    left: dict[str, str] = {}
    for column in free:
        left.setdefault(plain(names.get(column, column)), column)
    for column in free:
        left.setdefault(plain(_ASIDE.sub("", names.get(column, column))), column)
    for target, aliases in FIELDS.items():
        if target in mapping.of or target in refused:
            continue
        aliases_here = [
            alias for alias in aliases.split() if left.get(alias) and left[alias] not in mapping.of.values()
        ]
        if target == "manager" and "id" not in mapping.of:  # a number would find nobody
            aliases_here.sort(key=lambda alias: alias.endswith(("id", "number", "nummer")))
        if aliases_here:
            mapping.of[target] = left[aliases_here[0]]
            mapping.guessed.add(target)
    is_guess = "name" in mapping.guessed and {"first_name", "last_name"} <= mapping.of.keys()
    if is_guess and plain(mapping.of["name"]) in NICKNAMES:
        del mapping.of["name"]
        mapping.guessed.discard("name")


def _by_values(mapping: Mapping, free: list[str], samples: dict[str, list[str]], refused: dict[str, str]) -> None:
    """Guess what names did not say: addresses, numbers of people, who points at them, and full names."""

    def choose(target: str, is_it: Callable[[list[str]], bool]) -> None:
        if target in mapping.of or target in refused:
            return
        for column in free:
            if is_it(samples.get(column, [])):
                mapping.of[target] = column
                mapping.guessed.add(target)
                free.remove(column)
                return

    def unique(values: list[str]) -> bool:
        return len(values) > 1 and all(values) and len(set(values)) == len(values)

    choose("email", lambda values: _share(values, lambda v: bool(_EMAIL.match(v))) > ENOUGH)
    choose("id", lambda values: unique(values) and all(v.isdecimal() and len(v) < 8 for v in values))
    numbers = set(samples.get(mapping.of.get("id", ""), []))
    if numbers and len(numbers) > 2:
        choose("manager", lambda values: len(set(filter(None, values))) > 1 and set(filter(None, values)) <= numbers)
    if not {"first_name", "last_name"} & mapping.of.keys():
        choose("name", lambda values: _share(values, _is_full_name) > ENOUGH and len(set(values)) > 0.6 * len(values))


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(w[0].isupper() and not any(c.isdigit() for c in w) for w in words)


_MONTHS = {
    month: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb mrz apr mai jun jul aug sep okt nov dez",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan feb maa apr mei jun jul aug sep okt nov dec",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "jan fev mar abr mai jun jul ago set out nov dez",
    )
    for number, month in enumerate(names.split(), 1)
}
_PARTS = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{2,4})(?![\d])")
_SPOKEN = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s.-]+(?:de\s+)?([^\W\d]{3,12})|([^\W\d]{3,12})[\s.-]+(\d{1,2})(?:st|nd|rd|th)?),?\.?[\s.-]+(?:de\s+)?(\d{2,4})\b"
)
_SERIAL = re.compile(r"([2-5]\d{4})(?:[.,]\d+)?\Z")
_EPOCH = date(1899, 12, 30)
"""From which day spreadsheets count."""


def day(text: str, *, is_month_first: bool = False) -> date | None:
    """Return the date that a cell names, or None for one that cannot be read.

    A day comes before a month, if both may be, unless is_month_first. A number of five digits is a spreadsheet's.
    """
    text = text.strip()
    if not text:
        return None
    with suppress(ValueError, OverflowError):
        if re.fullmatch(r"\d{8}", text) or re.match(r"\d{4}-\d\d-\d\d", text):
            return datetime.fromisoformat(text).date()
    with suppress(ValueError, OverflowError):
        if match := _SERIAL.match(text):
            return _EPOCH + timedelta(days=int(match[1]))
        if match := _PARTS.match(text):
            return _of_numbers(match[1], match[2], match[3], is_month_first=is_month_first)
        if match := _SPOKEN.match(text):
            month = plain(match[2] or match[3])
            number = _MONTHS.get(month) or _MONTHS.get(month[:4]) or _MONTHS.get(month[:3])
            return date(_year(match[5]), number, int(match[1] or match[4])) if number else None
    with suppress(ValueError, OverflowError):
        return datetime.fromisoformat(text).date()
    return None


def _of_numbers(first: str, second: str, third: str, *, is_month_first: bool) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    number, month = int(first), int(second)
    if month > 12 or (is_month_first and number <= 12):
        number, month = month, number
    return date(_year(third), month, number)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year > 60 else 2000)


def _is_month_first(samples: dict[str, list[str]]) -> bool:
    """Say whether dates with bars among these values are American: one has its day second, none has it first."""
    parts = [
        m for values in samples.values() for value in values if (m := re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}\b", value))
    ]
    return any(int(m[2]) > 12 for m in parts) and not any(int(m[1]) > 12 for m in parts)


_GONE_WORDS = """
0 no n false f inactive left terminated former leaver resigned retired dismissed disabled ended deactivated deleted
offboarded archived withdrawn separated ex exited suspended blocked nein inaktiv ausgeschieden ausgetreten gekundigt
beendet deaktiviert verrentet ehemalig ehemaliger ehemalige gesperrt non inactif inactive parti partie sorti sortie
demissionne licencie retraite desactive ancien inactivo baja cesado desactivado inattivo cessato dimesso nee inactief
uitdienst vertrokken nej nei nie avslutad sluttet fratradt nieaktywny
"""
_GONE = frozenset(_GONE_WORDS.split())
_YES_WORDS = "1 yes y true t x ja oui si sim tak on left terminated inactive gone kylla"
_YES = frozenset(_YES_WORDS.split())


def is_gone(text: str) -> bool:
    """Say whether a cell of an "active" or "status" column means that somebody has left."""
    first = re.match(r"[^\W_]+", text.strip())
    return plain(text) in _GONE or bool(first and plain(first[0]) in _GONE)


def is_yes(text: str) -> bool:
    """Say whether a cell says yes."""
    return plain(text) in _YES
