"""What a table's columns are called: whether its first rows name them, in one row or in two."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.doors.importing.people.columns import field_of, plain, private_sort

MOST_TITLES = 12
WHO = frozenset({"id", "name", "first_name", "last_name", "email", "handle"})
"""Fields of which a row that names columns names one. Where a person's row stands, a person's value stands there."""


def before_header(rows: list[list[str]]) -> int:
    """Return how many rows stand before the one that names the columns: few cells each, as titles of reports."""
    for number, row in enumerate(rows[:MOST_TITLES]):
        filled = sum(bool(cell.strip()) for cell in row)
        if filled > 2:
            return number if number and is_header(row, rows[number + 1 :]) else 0
    return 0


def is_header(first: list[str], others: list[list[str]]) -> bool:
    """Say whether the first row names the columns: it holds known names, or only words where others have values."""
    cells = [cell.strip() for cell in first]
    if not any(cells) or any("@" in cell or cell.isdecimal() for cell in cells):
        return False
    known = sum(field_of(cell) is not None or private_sort(cell) is not None for cell in cells)
    if known >= 2 or (known and len(cells) <= 2):
        return True
    if len(set(cells)) != len(cells) or not all(cells):
        return False
    return any(cell.strip().isdecimal() or "@" in cell for row in others for cell in row)


def columns(rows: list[list[str]], header: int) -> tuple[tuple[str, ...], int]:
    """Return the names of the columns, and how many rows from `header` on say them: one, or two.

    A second row comes from cells that were merged ("Employee" above "ID" and "Name"), or says the same for people.
    """
    first = rows[header]
    below = rows[header + 1] if header + 1 < len(rows) else []
    if _names_columns(below):
        return _named(_both(first, below)), 2
    above = rows[header - 1] if header else []
    if sum(bool(cell.strip()) for cell in above) > 1 and not any(sign.isdigit() for cell in above for sign in cell):
        return _named(_both(above, first)), 1
    return _named(first), 1


def _names_columns(row: list[str]) -> bool:
    """Say whether a row below a header names columns too, and is nobody's."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if any("@" in cell or cell.isdecimal() for cell in cells):
        return False
    fields = [field_of(cell) for cell in cells]
    known = sum(f is not None or private_sort(cell) is not None for f, cell in zip(fields, cells, strict=True))
    return known >= 2 and 2 * known >= len(cells) and bool(WHO.intersection(fields))


def _both(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return one name for each column of two rows. What stands above merged cells stands in the first of them."""
    names: list[str] = []
    group = ""
    for number in range(max(len(above), len(below))):
        own = above[number].strip() if number < len(above) else ""
        lower = below[number].strip() if number < len(below) else ""
        group = own or (group if lower else "")
        names.append(_best(own, group, lower, names))
    return names


def _best(own: str, group: str, lower: str, before: Sequence[str]) -> str:
    """Return what a column is called: whatever says that it is private, else whatever is known, else all of it."""
    if not lower or plain(own) == plain(lower):
        return lower or own
    both = f"{group} {lower}".strip()
    for name in (lower, both, own):
        if private_sort(name):
            return name
    if field_of(both):
        return both
    if field_of(lower) and lower not in before:
        return lower
    return own if field_of(own) and own not in before else both


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(cells):
        name = cell.strip() or f"column {number + 1}"
        names.append(name if name not in names else f"{name} ({number + 1})")
    return tuple(names)
