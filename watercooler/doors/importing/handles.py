"""Handles for people who come from elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from watercooler.spine.people.models import Person


def free_handles(source: str, wanted: Sequence[tuple[str, int]]) -> dict[int, str]:
    """Return number → a handle that nobody has: the name in plain letters, else with the number, else with both.

    wanted: (name, number) pairs. Cost: one query, and one more for each of the rare ones that need a fourth try.
    """
    bases = {number: handle_of(name) for name, number in wanted}
    place = handle_of(source)[:12]
    tries = {n: [base, f"{base}-{abs(n)}", f"{base}-{place}-{abs(n)}"[:40]] for n, base in bases.items()}
    taken = _taken([handle for each in tries.values() for handle in each])
    free: dict[int, str] = {}
    for number, each in tries.items():
        handle = next((one for one in each if one not in taken), "") or _numbered(bases[number], taken)
        taken.add(handle)
        free[number] = handle
    return free


def handle_of(name: str) -> str:
    """Return a name as a handle may be written: a to z, digits, dashes; "member" where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:20].strip("-") or "member"


def _taken(handles: list[str]) -> set[str]:
    return set(Person.objects.filter(handle__in=handles).values_list("handle", flat=True))


def _numbered(base: str, taken: set[str]) -> str:
    number = 2
    while f"{base}.{number}" in taken or _taken([f"{base}.{number}"]):
        number += 1
    return f"{base}.{number}"
