"""A contact card to keep in one's phone: vCard 4.0 (RFC 6350), with what the viewer may see and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

LONGEST_LINE = 75
"""Bytes, without the line break (RFC 6350, 3.2)."""


def card(person: dict[str, Any], organisation: str, address: str, email: str = "") -> str:
    """Return the card of a person as `places.person.reads` shows them, lines ended by CR LF.

    address: of their profile. email: only for those who may have it.
    """
    *given, family = person["name"].split(" ") if " " in person["name"] else [person["name"], ""]
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("KIND", "individual"),
        ("UID", uuid5(NAMESPACE_URL, address).urn),
        ("FN", text(person["name"])),
        ("N", ";".join(text(each) for each in (family, " ".join(given), "", "", ""))),
        ("TITLE", text(person["job"])),
        ("ORG", ";".join(text(each) for each in (organisation, person["unit"] or "") if each)),
        ("EMAIL;TYPE=work", text(email)),
        ("ADR;TYPE=work", f";;;{text(person['town'])};;;" if person["town"] else ""),
        ("TZ", text(person["zone"] or "")),
        ("URL", address),
        ("CATEGORIES", ",".join(text(each) for each in person["offers"])),
        ("NOTE", text(person["about"])),
        ("END", "VCARD"),
    ]
    return "".join(folded(f"{name}:{value}") for name, value in lines if value)


def text(value: str) -> str:
    """Return a value with what has a meaning in a card escaped (RFC 6350, 3.4)."""
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line broken so that no part is longer than 75 bytes, never within a character."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return "\r\n".join(_each(parts, part)) + "\r\n"


def _each(parts: Iterable[str], last: str) -> list[str]:
    return [*parts, last]
