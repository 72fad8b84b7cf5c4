"""`bin/watercooler options`: every setting with its value, its origin and its sentence."""

from __future__ import annotations

import re
from dataclasses import fields
from urllib.parse import urlsplit

from watercooler.config.commands.progress import say
from watercooler.config.options import PREFIX, Options, options, origins

_SECRET = {"secret_key"}
_ADDRESSES = {"database_url", "mail_url"}


def shown(name: str, value: object) -> str:
    """Return a value as it may be shown: secrets as dots, passwords taken out of addresses."""
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    if not text:
        return "–"
    if name in _SECRET:
        return "••••••"
    if name in _ADDRESSES and (password := urlsplit(text).password):
        text = text.replace(f":{password}@", ":••••••@")
    return re.sub(r"(password=)[^&\s]+", r"\1••••••", text) if name in _ADDRESSES else text


def lines(chosen: Options, origin: dict[str, str]) -> list[str]:
    """Return the listing, three lines a setting."""
    listing = []
    for known in fields(Options):
        variable = f"{PREFIX}{known.name.upper()}"
        came = origin[known.name]
        value = shown(known.name, getattr(chosen, known.name))
        listing += [f"{variable} = {value}", f"    from {came}", f"    {known.metadata['sentence']}"]
    return listing


def run(arguments: list[str]) -> int:
    """Print the listing."""
    for line in lines(options, origins):
        say(line)
    return 0
