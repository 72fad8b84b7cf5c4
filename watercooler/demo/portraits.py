"""Draws the portraits of invented people, each from a few traits: the same traits always give the same drawing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

DARK_SKINS = frozenset({"deep", "brown"})
COVERED = frozenset({"hijab", "headwrap", "beanie"})
"""What hides the hair: its colour is the cloth's, so beard and brows need their own."""


@cache
def pieces() -> dict[str, Any]:
    """Return the fragments that portraits are put together from."""
    return tomllib.loads((Path(__file__).parent / "pieces.toml").read_text())


def portrait(folder: Path, handle: str, traits: Mapping[str, object] | None) -> str:
    """Return somebody's portrait as SVG: drawn from traits, or the drawing that was made by hand."""
    return draw(traits) if traits else (folder / "portraits" / f"{handle}.svg").read_text()


def draw(traits: Mapping[str, object]) -> str:
    """Return a portrait as SVG. Raises KeyError for a hair, cloth, beard or skin that nobody has drawn."""
    want = {name: str(value) for name, value in traits.items()}
    stock, parts = pieces(), pieces()["parts"]
    skin, shadow = stock["skins"][want["skin"]]
    hair = stock["colours"].get(want["colour"], want["colour"])
    own_hair = stock["colours"]["black"] if want["hair"] in COVERED else hair
    behind, before = stock["hair"][want["hair"]]
    layers = [
        f'<rect width="96" height="96" fill="{want["background"]}"/>',
        _dye(behind, hair),
        _dye(parts["shoulders"] + parts["neck"] + stock["clothes"][want["clothes"]], want["cloth"]),
        parts["knit"].replace("{l}", _mix(want["cloth"], 0.4, 255)) if "jumper" in want else "",
        "" if want["hair"] == "hijab" else parts["ears"],
        parts["face"].replace("{s}", skin),
        _dye(stock["beards"].get(want.get("beard", ""), ""), _mix(own_hair, 0.92)),
        _features(want, _mix(own_hair, 0.8)),
        *(piece.replace("{x}", want[name]) for name, piece in stock["extras"].items() if name in want),
        _dye(before, hair),
        parts["headset"] if "headset" in want else "",
    ]
    inside = "".join(layers).replace("{t}", shadow)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{inside}</svg>'


def _features(want: Mapping[str, str], brow: str) -> str:
    parts, is_dark = pieces()["parts"], want["skin"] in DARK_SKINS
    eye, lip, glow = ("#1d100a", "#2e1710", "0.12") if is_dark else ("#2c1d17", "#9a4f3c", "0.22")
    layers = [
        parts["cheeks"].replace("{glow}", glow),
        parts["freckles"] if "freckles" in want else "",
        parts["eyes"].replace("{eye}", eye),
        _dye(parts["brows"], brow),
        parts["nose"],
        pieces()["mouths"][want["smile"]].replace("{lip}", lip),
    ]
    return "".join(layers)


def _dye(piece: str, colour: str) -> str:
    return piece.replace("{c}", colour).replace("{d}", _mix(colour, 0.8))


def _mix(colour: str, share: float, with_grey: int = 0) -> str:
    """Return a colour with the rest of the share made up of a grey, 0 black to 255 white."""
    parts = (int(pair, 16) for pair in re.findall("..", colour[1:]))
    return "#" + "".join(f"{int(part * share + with_grey * (1 - share)):02x}" for part in parts)
