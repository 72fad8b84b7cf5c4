"""Bringing a directory in: new people made, known ones changed, leavers closed, lines drawn last.

A person is found again by the file's own number (kept as a Counterpart), else by e-mail, else by log-in and name
together. What a mapped column says is written, an empty cell too, except for e-mail, which may be how somebody signs
in. What no column says is left alone. An account that an import closed is opened again when its person comes back; one
that an administrator closed is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache
from itertools import batched
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.models import Counterpart
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.people import handles, lines
from watercooler.doors.importing.people.entries import Entry, Unusable
from watercooler.doors.importing.people.places import Places
from watercooler.doors.importing.people.sources import Source
from watercooler.doors.importing.report import Problem, Report
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.acts import change_lines
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.newcomers import bring_in_many, change_entry

BATCH = 1000
PEOPLE, LINES = "people", "reporting lines"


@dataclass(slots=True)
class Load:
    """One run. name: what this directory is called, so that two may be imported beside each other."""

    viewer: Viewer
    source: Source
    report: Report
    pace: Pace
    name: str = "directory"
    is_full: bool = False
    places: Places = field(default_factory=Places)
    seen: set[str] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    placed: list[lines.Placed] = field(default_factory=list)
    known: lines.Known = field(default_factory=lines.Known)
    changed: int = 0
    left: int = 0
    taken: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Bring everybody in, each batch in its own transaction, then the lines, then close who is missing."""
        self.taken = set(Person.objects.values_list("handle", flat=True))
        for batch in batched(self._usable(), BATCH):
            with transaction.atomic():
                self._keep(batch)
        if self.source.has("manager"):
            with transaction.atomic():
                self._draw_lines()
        if self.is_full:
            self._close_missing()
        self.report.notes.append(f"{len(self.new):,} new, {self.changed:,} changed, {self.left:,} left.")

    def _usable(self) -> Iterator[Entry]:
        size_a_row = 0.0
        for count, entry in enumerate(self.source.entries(), 1):
            size_a_row = self.source.size / count if count < 100 else size_a_row
            self.pace(round(size_a_row))
            if isinstance(entry, Unusable):
                self.report.broken(PEOPLE, entry.problem)
                continue
            self.report.found(PEOPLE)
            if entry.key in self.seen:
                self.report.left_out(PEOPLE, "twice in the file")
                self._problem(entry.line, "id", f"“{entry.key}” was there before")
                continue
            self.seen.add(entry.key)
            for problem in entry.trouble:
                self.report.problem(problem)
            yield entry

    def _keep(self, batch: Sequence[Entry]) -> None:
        ids = self._found(batch)
        self._without_taken_addresses(batch, ids)
        fresh = [entry for entry in batch if entry.key not in ids]
        self.report.loaded(PEOPLE, len(fresh))
        made = bring_in_many(self.viewer, [self._facts_of_new(entry) for entry in fresh])
        remember(self.name, "person", [(f"person/{e.key}", p.pk) for e, p in zip(fresh, made, strict=True)])
        people = Person.objects.in_bulk([ids[entry.key] for entry in batch if entry.key in ids])
        ids |= {entry.key: person.pk for entry, person in zip(fresh, made, strict=True)}
        self.new.update(person.pk for person in made)
        Counterpart.objects.bulk_create(
            Counterpart(source=self.name, name=f"closed/{e.key}") for e in fresh if not e.is_active
        )
        for entry in batch:
            if (person := people.get(ids[entry.key])) is not None:
                self._change(person, entry)
            self.known.add(entry, ids[entry.key])
            self.placed.append(lines.Placed(ids[entry.key], entry.name, entry.manager, entry.line))

    def _found(self, batch: Sequence[Entry]) -> dict[str, int]:
        """Return key → id of those who are here, and remember those found by address or log-in."""
        here = known(self.name, [f"person/{entry.key}" for entry in batch], "person")
        ids = {name.removeprefix("person/"): row_id for name, row_id in here.items()}
        rest = [entry for entry in batch if entry.key not in ids]
        emails = [entry.email.casefold() for entry in rest if entry.email]
        by_email = _by_email(emails)
        logins = {handles.wanted(entry): entry for entry in rest if entry.handle}
        by_login = {p.handle: p for p in Person.objects.filter(handle__in=logins)}
        claimed = set(ids.values())
        adopted = []
        for entry in rest:
            found = by_email.get(entry.email.casefold()) if entry.email else None
            if found is None and entry.handle and (person := by_login.get(handles.wanted(entry))):
                is_same = person.name.casefold() == entry.name.casefold()
                found = person.pk if is_same and not (person.email and entry.email) else None
            if found is not None and found not in claimed:
                claimed.add(found)
                ids[entry.key] = found
                adopted.append((f"person/{entry.key}", found))
        remember(self.name, "person", adopted)
        return ids

    def _without_taken_addresses(self, batch: Sequence[Entry], ids: dict[str, int]) -> None:
        here = _by_email([entry.email.casefold() for entry in batch if entry.email])
        for entry in batch:
            email = entry.email.casefold()
            if not email:
                continue
            mine = ids.get(entry.key, 0)
            if here.get(email, mine) != mine or self.addresses.setdefault(email, entry.key) != entry.key:
                self._problem(entry.line, "email", "somebody else has this address, left empty")
                entry.email = ""

    def _facts(self, entry: Entry) -> dict[str, Any]:
        """Return what the mapped columns say."""
        has = self.source.has
        facts: dict[str, Any] = {"name": entry.name}
        if has("job"):
            facts["job"] = entry.job
        if any(map(has, ("site", "town", "country", "region"))):
            facts["site_id"] = self.places.site(entry.site, entry.town, self._zone(entry))
        if has("unit"):
            facts["unit_id"] = self.places.unit(entry.unit, entry.unit_parent)
        if has("ends_on"):
            facts["ends_on"] = entry.ends_on
        if entry.email:
            facts["email"] = entry.email
        return facts

    def _zone(self, entry: Entry) -> str:
        return entry.time_zone if entry.time_zone in _zones() else ""

    def _facts_of_new(self, entry: Entry) -> dict[str, Any]:
        facts = self._facts(entry)
        if entry.starts_on is not None:
            facts["joined_at"] = min(datetime.combine(entry.starts_on, time(9), UTC), timezone.now())
        handle = handles.free(handles.wanted(entry), self.taken)
        return {**facts, "handle": handle, "is_active": entry.is_active, "about": entry.about}

    def _change(self, person: Person, entry: Entry) -> None:
        facts = {name: value for name, value in self._facts(entry).items() if getattr(person, name) != value}
        note = Counterpart.objects.filter(source=self.name, name=f"closed/{entry.key}")
        if not entry.is_active and person.is_active:
            facts["is_active"] = False
        elif entry.is_active and not person.is_active and note.exists():
            facts["is_active"] = True
        if not facts:
            self.report.known(PEOPLE)
            return
        try:
            with transaction.atomic():
                change_entry(self.viewer, person, **facts)
                if facts.get("is_active") is False:
                    note.get_or_create(source=self.name, name=f"closed/{entry.key}")
                elif facts.get("is_active"):
                    note.delete()
        except Refused as error:
            self.report.left_out(PEOPLE, "refused")
            self._problem(entry.line, error.field or "", error.sentence)
            return
        self.report.updated(PEOPLE)
        self.changed += 1
        self.left += facts.get("is_active") is False

    def _draw_lines(self) -> None:
        """Write who reports to whom, but for those whose line would lead back to themselves."""
        outside = self._outside_the_file()
        wanted: dict[int, int | None] = {}
        for each in self.placed:
            if not each.manager:
                wanted[each.person_id] = None
                continue
            self.report.found(LINES)
            manager = self.known.find(each.manager) or outside.get(each.manager.casefold())
            if manager is not None:
                wanted[each.person_id] = manager
                continue
            self.report.left_out(LINES, "nobody is meant")
            why = self.known.why_not(each.manager)
            self._problem(each.line, "manager", f"“{each.manager}” of {each.name}: {why}")
        standing: dict[int, int | None] = dict(Person.objects.exclude(manager=None).values_list("pk", "manager_id"))
        self._open_rings(wanted, standing)
        for pairs in batched(wanted.items(), BATCH):
            change_lines(self.viewer, dict(pairs), self.new)
        drawn = [(person, manager) for person, manager in wanted.items() if manager is not None]
        same = sum(standing.get(person) == manager for person, manager in drawn)
        self.report.known(LINES, same)
        self.report.loaded(LINES, len(drawn) - same)

    def _outside_the_file(self) -> dict[str, int]:
        """Return who is meant by managers that the file does not hold, but an earlier import or the directory does."""
        words = {e.manager.casefold(): e.manager for e in self.placed if e.manager and not self.known.find(e.manager)}
        by_key = known(self.name, [f"person/{said}" for said in words.values()], "person")
        found = {name.removeprefix("person/").casefold(): row_id for name, row_id in by_key.items()}
        by_handle = dict(Person.objects.filter(handle__in=list(words)).values_list("handle", "pk"))
        return {**by_handle, **_by_email(list(words)), **found}

    def _open_rings(self, wanted: dict[int, int | None], standing: Mapping[int, int | None]) -> None:
        """Take the lines out of `wanted` that would close a ring, in the file or with lines that are here."""
        names = {each.person_id: each.name for each in self.placed}
        here: dict[int, int | None] = dict(standing)
        while rings := lines.cycles({**here, **wanted}):
            for ring in rings:
                refused = [person_id for person_id in ring if wanted.pop(person_id, None) is not None]
                who = [names.get(pk) or Person.objects.get(pk=pk).name for pk in ring]
                self._problem(0, "manager", lines.ring_said(who))
                self.report.left_out(LINES, "in a ring", len(refused))
                if not refused:  # it was here before, and is not this import's to open
                    for person_id in ring:
                        here.pop(person_id, None)

    def _problem(self, line: int, field: str, sentence: str) -> None:
        self.report.problem(Problem(self.source.file, line, field, sentence))

    def _close_missing(self) -> None:
        """Close the accounts of those whom this directory held before and holds no longer. Their words stay."""
        held = Counterpart.objects.filter(source=self.name, name__startswith="person/", person__is_active=True)
        for row in held.select_related("person").order_by("pk").iterator(BATCH):
            key = row.name.removeprefix("person/")
            if key in self.seen or row.person is None:
                continue
            self.report.found("missing from a full file")
            try:
                with transaction.atomic():
                    change_entry(self.viewer, row.person, is_active=False)
                    Counterpart.objects.get_or_create(source=self.name, name=f"closed/{key}")
            except Refused as error:
                self.report.left_out("missing from a full file", "refused")
                self._problem(0, row.person.name, error.sentence)
                continue
            self.report.loaded("missing from a full file")
            self.left += 1


def bring(
    viewer: Viewer,
    source: Source,
    *,
    name: str = "directory",
    is_full: bool = False,
    is_dry: bool = False,
    say: Callable[[str], None] = lambda _words: None,
    report: Report | None = None,
    is_told: bool = False,
) -> Report:
    """Bring a directory in, or with is_dry only say what would happen. Memory: about 1 KB a person.

    is_told: the operator has read how the columns are understood. is_full: whoever this directory held before and
    holds no longer has left. Raises Refused for what cannot be read on; the batches before it stay.
    """
    report = report or Report(f"People from {source.file}", is_dry=is_dry)
    report.notes += source.said() if not is_told else []
    with transaction.atomic() if is_dry else nullcontext():
        Load(viewer, source, report, Pace(source.size, say), name, is_full).run()
        if is_dry:
            transaction.set_rollback(True)
    return report


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _by_email(emails: Sequence[str]) -> dict[str, int]:
    people = Person.objects.annotate(lower_email=Lower("email")).filter(lower_email__in=emails).exclude(email="")
    return dict(people.values_list("lower_email", "pk"))
