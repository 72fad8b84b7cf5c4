"""Draws the portraits of invented people, each from a few traits: the same traits always give the same drawing.

Every piece is a fragment of SVG on a field of 96 by 96, whose face lies between (29, 21) and (67, 72). {c} is the
colour of the hair or cloth, {d} a darker shade of it, {s} the skin and {t} its shadow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

SKINS = {
    "fair": ("#f3cdb0", "#e2ae8b"),
    "light": ("#ecc09a", "#d8a277"),
    "olive": ("#dcac82", "#c48d61"),
    "tan": ("#cf9469", "#b5784e"),
    "brown": ("#9a6340", "#7e4d2e"),
    "deep": ("#63402a", "#4a2c1b"),
}
COLOURS = {
    "black": "#211a1a",
    "brown": "#5b3a22",
    "chestnut": "#6d3f26",
    "auburn": "#84401f",
    "ginger": "#b4592b",
    "blond": "#c9a05f",
    "greybrown": "#7d6c5c",
    "grey": "#8f8a85",
    "silver": "#b9b4ad",
    "white": "#dfdad2",
    "teal": "#2f8782",
    "pink": "#d68ba1",
}
_LONG = '<path d="M25 46c-2-22 8-32 23-32s26 9 24 33c0 12 3 22 5 31H19c4-9 6-20 6-32z" fill="{c}"/>'
_SHORT_CAP = '<path d="M29 40c-2-16 6-25 19-25s22 8 19 25c-1-7-4-11-6-13-7 3-18 3-25 0-3 2-6 6-7 13z" fill="{c}"/>'
_MIDDLE_PARTING = '<path d="M28 45c-2-19 6-30 20-30s22 11 20 30c-3-11-9-18-20-21-11 3-17 10-20 21z" fill="{c}"/>'
_SWEPT = '<path d="M28 45c-2-19 6-29 20-29s23 9 20 29c-2-9-6-14-11-19-7 7-18 9-25 9-2 3-3 6-4 10z" fill="{c}"/>'

# Hair in two layers: behind the head, and over the forehead.
HAIR: dict[str, tuple[str, str]] = {
    "afro": (
        '<circle cx="48" cy="36" r="27" fill="{c}"/><circle cx="27" cy="45" r="10" fill="{c}"/><circle cx="69" cy="45" r="10" fill="{c}"/>',
        '<path d="M29.500 40c2-10 9-14 18.500-14s16.500 4 18.500 14c2-13-5-23-18.500-23s-20.500 10-18.500 23z" fill="{c}"/>',
    ),
    "bald": ("", '<path d="M38 25q10-5 20 0" fill="none" stroke="#fff" stroke-width="2.200" stroke-linecap="round" opacity=".22"/>'),
    "balding": (
        "",
        '<path d="M28.500 45c-3-9-1-17 5-21-2 6-2 11-2.500 15-1.500 1-2 3-2.500 6zM67.500 45c3-9 1-17-5-21 2 6 2 11 2.500 15 1.500 1 2 3 2.500 6z" fill="{c}"/>'
        '<path d="M40 24q8-4 16 0" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" opacity=".25"/>',
    ),
    "beanie": (
        "",
        '<path d="M28 38c-1-18 7-27 20-27s21 9 20 27z" fill="{c}"/>'
        '<path d="M26.500 32q21.500-5 43 0v8.500q-21.500-4.500-43 0z" fill="{d}"/>',
    ),
    "bob": (
        '<path d="M25 44c-1-20 8-30 23-30s24 10 23 30c0 9 1 16-3 22-6 2-34 2-40 0-4-6-3-13-3-22z" fill="{c}"/>',
        _SWEPT,
    ),
    "braids": (
        '<path d="M25 42c-1-18 9-28 23-28s24 10 23 28l2 36-6 3-3-4-4 3-2-30H38l-2 30-4-3-3 4-6-3z" fill="{c}"/>',
        '<path d="M29 42c-1-16 6-27 19-27s20 11 19 27c-2-8-8-15-19-17-11 2-17 9-19 17z" fill="{c}"/>'
        '<path d="M48 15v10M41 16l2 10M55 16l-2 10M35 20l4 9M61 20l-4 9" stroke="{d}" stroke-width="1.200" fill="none"/>',
    ),
    "bun": (
        '<circle cx="48" cy="12" r="9.500" fill="{c}"/><path d="M27 42c0-18 8-28 21-28s21 10 21 28z" fill="{c}"/>',
        '<path d="M28 43c-1-17 7-28 20-28s21 11 20 28c-3-10-9-16-20-16s-17 6-20 16z" fill="{c}"/>',
    ),
    "cap": (
        "",
        '<path d="M28 37c-3-2-5-8-2-13 2-6 11-11 22-11s20 5 22 11c3 5 1 11-2 13z" fill="#fbfaf6"/>'
        '<path d="M28 33q20-5 40 0v5.500q-20-5-40 0z" fill="#e4dfd3"/>'
        '<path d="M28.500 44c-.500-2-.500-4 0-6l2.500-.500-.500 5zM67.500 44c.500-2 .500-4 0-6l-2.500-.500.500 5z" fill="{c}"/>',
    ),
    "crop": ("", _SHORT_CAP),
    "curls": (
        '<circle cx="30" cy="35" r="9" fill="{c}"/><circle cx="66" cy="35" r="9" fill="{c}"/><circle cx="28" cy="46" r="7.500" fill="{c}"/>'
        '<circle cx="68" cy="46" r="7.500" fill="{c}"/><circle cx="30" cy="56" r="6" fill="{c}"/><circle cx="66" cy="56" r="6" fill="{c}"/>',
        '<circle cx="35" cy="25" r="8.500" fill="{c}"/><circle cx="48" cy="20" r="9.500" fill="{c}"/><circle cx="61" cy="25" r="8.500" fill="{c}"/>'
        '<circle cx="41" cy="26" r="6" fill="{c}"/><circle cx="55" cy="26" r="6" fill="{c}"/>',
    ),
    "curly": (
        "",
        '<path d="M27 46c-5-6-3-12 0-15-1-10 8-17 14-15 5-5 14-3 17 1 8-1 14 7 11 15 3 4 3 9 0 14-1-8-4-13-9-17-8 3-18 2-24-1-4 4-8 9-9 18z" fill="{c}"/>',
    ),
    "fade": (
        "",
        '<path d="M30 36c-1-14 6-21 18-21s19 7 18 21c-2-5-4-8-6-9-7 2-17 2-24 0-2 1-4 4-6 9z" fill="{c}"/>'
        '<path d="M29 44c-.800-4-.500-7 .800-10l2 1c-1 3-1.300 6-1.300 9zM67 44c.800-4 .500-7-.800-10l-2 1c1 3 1.300 6 1.300 9z" fill="{c}" opacity=".5"/>',
    ),
    "flattop": (
        "",
        '<path d="M29 41c-2-8-2-18 0-27 12-2 26-2 38 0 2 9 2 19 0 27-1-7-3-11-5-14-8 2-20 2-28 0-2 3-4 7-5 14z" fill="{c}"/>',
    ),
    "headwrap": (
        "",
        '<path d="M26 38c-4-17 6-30 22-30s26 13 22 30c-10-8-34-8-44 0z" fill="{c}"/>'
        '<path d="M27 34c9-9 20-12 33-24 6 5 10 13 10 24-11-6-30-7-43 0z" fill="{d}"/>'
        '<path d="M62 12c6-8 16-4 13 3-2 5-8 5-12 3z" fill="{c}"/>',
    ),
    "hijab": (
        '<path d="M22 50c-1-24 9-38 26-38s27 14 26 38c0 10 4 16 8 24H14c4-8 8-14 8-24z" fill="{c}"/>',
        '<path d="M27 48c0-20 8-31 21-31s21 11 21 31c0 14-9 23-21 23s-21-9-21-23zm5-1c0 13 7 20 16 20s16-7 16-20c0-14-6-21-16-21s-16 7-16 21z" fill="{c}" fill-rule="evenodd"/>'
        '<path d="M28 60c5 11 12 14 20 14s16-4 21-14c2 9 0 17-6 22H33c-6-5-8-13-5-22z" fill="{d}"/>',
    ),
    "long": (_LONG, _MIDDLE_PARTING),
    "pixie": (
        "",
        '<path d="M28 47c-4-18 4-32 20-32 15 0 24 12 20 31-2-4-3-8-4-12-6 1-14-1-19-5-3 5-8 7-13 7-2 3-3 6-4 11z" fill="{c}"/>',
    ),
    "plait": (
        '<path d="M27 44c-1-20 8-30 21-30s22 10 21 30z" fill="{c}"/>'
        '<path d="M66 50c8 4 9 10 6 15 5 4 5 10 1 14 3 4 2 9-2 12-5-2-7-7-5-11-5-4-5-10-2-14-4-4-3-11 2-16z" fill="{c}"/>'
        '<path d="M67 64l6 2M66 78l7 1" stroke="{d}" stroke-width="1.500"/>',
        _MIDDLE_PARTING,
    ),
    "ponytail": (
        '<path d="M62 20c13-3 19 8 16 22-2 9-1 16 2 22-9 0-14-6-13-16 1-9 0-16-7-20z" fill="{c}"/>'
        '<path d="M27 42c0-18 8-28 21-28s21 10 21 28z" fill="{c}"/>',
        '<path d="M28 43c-1-17 7-28 20-28s21 11 20 28c-3-11-9-17-14-18-8 5-18 6-22 8-2 3-3 6-4 10z" fill="{c}"/>',
    ),
    "quiff": (
        "",
        '<path d="M29 42c-4-8-2-14 1-17 1-9 12-15 22-13 10-1 18 8 16 19-1 4 0 7-1 11-1-6-3-10-6-14-9 2-18 0-23-4-3 5-7 9-9 18z" fill="{c}"/>',
    ),
    "side": (
        "",
        '<path d="M28 42c-3-18 6-28 20-28 13 0 23 7 20 28-1-7-3-10-5-13-9-1-16-3-21-8-3 6-9 9-12 10-1 3-2 6-2 11z" fill="{c}"/>',
    ),
    "space-buns": (
        '<circle cx="29" cy="17" r="9" fill="{c}"/><circle cx="67" cy="17" r="9" fill="{c}"/>'
        '<path d="M26 44c0-20 9-30 22-30s22 10 22 30z" fill="{c}"/>',
        _MIDDLE_PARTING,
    ),
    "topknot": (
        '<circle cx="50" cy="10" r="7.500" fill="{c}"/><path d="M45 14h10v6H45z" fill="{d}"/><path d="M27 43c0-19 8-29 21-29s21 10 21 29z" fill="{c}"/>',
        '<path d="M28 44c-2-18 6-29 20-29s22 11 20 29c-2-9-6-15-12-18-8 4-18 4-23 7-2 3-4 7-5 11z" fill="{c}"/>',
    ),
    "twists": (
        '<path d="M26 40c0-17 9-27 22-27s22 10 22 27l1 16-5 2-3-6H33l-3 6-5-2z" fill="{c}"/>',
        '<path d="M28 42c-2-16 6-28 20-28s22 12 20 28c-1-4-2-7-4-9l-5 2-4-6-6 3-6-4-5 5-5-1c-3 2-4 6-5 10z" fill="{c}"/>',
    ),
    "wavy": (
        '<path d="M25 44c-3-20 7-31 23-31s26 11 23 31c4 5 0 9 3 14 2 5-1 10-4 13-8 2-36 2-44 0-3-3-6-8-4-13 3-5-1-9 3-14z" fill="{c}"/>',
        _SWEPT,
    ),
}
CLOTHES = {
    "apron": '<path d="M37 75q11 9 22 0l2 3q-13 10-26 0z" fill="{d}"/><path d="M34 82h28l3 14H31z" fill="#fbf8f0"/>'
    '<path d="M36 82l-4-5M60 82l4-5" stroke="#fbf8f0" stroke-width="2.600"/>',
    "crew": '<path d="M37 75q11 9 22 0l2 3q-13 10-26 0z" fill="{d}"/>',
    "dungarees": '<path d="M37 75q11 9 22 0l2 3q-13 10-26 0z" fill="#f2e3c6"/><path d="M8 96c2-14 14-20 30-21h20c16 1 28 7 30 21z" fill="#f2e3c6"/>'
    '<path d="M34 86h28v10H34z" fill="{c}"/><path d="M28 76l7 12M68 76l-7 12" stroke="{c}" stroke-width="5"/>'
    '<circle cx="36" cy="88" r="1.800" fill="#e9b44c"/><circle cx="60" cy="88" r="1.800" fill="#e9b44c"/>',
    "hivis": '<path d="M37 75q11 9 22 0l2 3q-13 10-26 0z" fill="{d}"/><path d="M30 78l4 18h7l-5-20zM66 78l-4 18h-7l5-20z" fill="#f2f3ea"/>',
    "shirt": '<path d="M37 75l11 9 11-9 5 4-10 10-6-6-6 6-10-10z" fill="{d}"/>',
    "suit": '<path d="M40 75l8 10 8-10 3 2-8 19h-6l-8-19z" fill="#fff"/><path d="M36 76l9 20h-9l-6-17zM60 76l-9 20h9l6-17z" fill="{d}"/>',
    "tunic": '<path d="M38 74l10 13 10-13 3 2-12 17h-2L35 76z" fill="#fff" opacity=".85"/><path d="M39 74l9 12 9-12z" fill="{t}"/>'
    '<path d="M61 84v4" stroke="#f2f3ea" stroke-width="1.500"/><circle cx="61" cy="89.500" r="2.300" fill="#f2f3ea"/>',
    "vee": '<path d="M39 74l9 12 9-12z" fill="{t}"/><path d="M37 75l11 14 11-14" fill="none" stroke="{d}" stroke-width="2.400"/>',
}
_JAW = "M29 49c1 18 9 25 19 25s18-7 19-25c-2 6-5 9-9 9-3-2-6-3-10-3s-7 1-10 3c-4 0-7-3-9-9z"
BEARDS = {
    "full": f'<path d="{_JAW}" fill="{{c}}"/>',
    "greyfull": f'<path d="{_JAW}" fill="#9c958e"/>',
    "goatee": '<path d="M41 66c2-2 12-2 14 0 0 5-3 8-7 8s-7-3-7-8z" fill="{c}"/>',
    "moustache": '<path d="M39.500 58.500c2-4 6-4 8.500-2 2.500-2 6.500-2 8.500 2-3 1-6 .500-8.500-.500-2.500 1-5.500 1.500-8.500.500z" fill="{c}"/>',
    "short": '<path d="M29.500 50c1 16 9 23 18.500 23s17.500-7 18.500-23c-2 7-5 9-8 9.500-3-3-6-3.500-10.500-3.500s-7.500.500-10.500 3.500c-3-.500-6-2.500-8-9.500z" fill="{c}" opacity=".82"/>',
    "stubble": '<path d="M29.500 52c2 14 9 20 18.500 20s16.500-6 18.500-20c-2 5-4 7-8 8-3-2-6-3-10.500-3s-7.500 1-10.500 3c-4-1-6-3-8-8z" fill="{c}" opacity=".32"/>',
}
_MOUTHS = {
    "closed": '<path d="M42 59.500q6 4.500 12 0" fill="none" stroke="{lip}" stroke-width="2" stroke-linecap="round"/>',
    "open": '<path d="M41 58.500q7 8 14 0z" fill="#fff" stroke="{t}" stroke-width="1"/>',
}
_FRECKLES = "".join(f'<circle cx="{x}" cy="{y}" r=".9"/>' for x, y in [(36, 52), (39, 54), (42, 52.5), (54, 52.5), (57, 54), (60, 52)])


def draw(traits: Mapping[str, object]) -> str:
    """Return a portrait as SVG. Raises KeyError for a hair, cloth, beard or skin that nobody has drawn."""
    want = {name: str(value) for name, value in traits.items()}
    skin, shadow = SKINS[want["skin"]]
    hair = COLOURS.get(want["colour"], want["colour"])
    covered = want["hair"] in {"hijab", "headwrap", "beanie"}
    brow = COLOURS["black"] if covered else _darker(hair, 0.8)
    behind, before = (_dye(piece, hair) for piece in HAIR[want["hair"]])
    cloth = want["cloth"]
    parts = [
        f'<rect width="96" height="96" fill="{want["background"]}"/>',
        behind,
        f'<path d="M8 96c2-14 14-20 30-21h20c16 1 28 7 30 21z" fill="{cloth}"/>',
        f'<path d="M40 62h16v13q-8 8-16 0z" fill="{shadow}"/>',
        _dye(CLOTHES[want["clothes"]], cloth).replace("{t}", shadow),
        _knit(cloth) if "jumper" in want else "",
        "" if want["hair"] == "hijab" else "".join(f'<circle cx="{x}" cy="49" r="4" fill="{shadow}"/>' for x in ("28.500", "67.500")),
        f'<path d="M29.500 44c0-15 8-23 18.500-23s18.500 8 18.500 23c0 18-8 28-18.500 28s-18.500-10-18.500-28z" fill="{skin}"/>',
        _dye(BEARDS.get(want.get("beard", ""), ""), _darker(hair, 0.92) if not covered else COLOURS["black"]),
        _features(want, shadow, brow),
        _extras(want),
        before,
        _headset() if "headset" in want else "",
    ]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{"".join(parts)}</svg>'


def portrait(folder: Path, handle: str, traits: Mapping[str, object] | None) -> str:
    """Return somebody's portrait as SVG: drawn from traits, or the drawing that was made by hand."""
    return draw(traits) if traits else (folder / "portraits" / f"{handle}.svg").read_text()


def _features(want: Mapping[str, str], shadow: str, brow: str) -> str:
    is_dark = want["skin"] in {"deep", "brown"}
    eye, lip = ("#1d100a", "#2e1710") if is_dark else ("#2c1d17", "#9a4f3c")
    glow = "0.12" if is_dark else "0.22"
    cheeks = "".join(f'<circle cx="{x}" cy="55" r="4" fill="#e0685a" opacity="{glow}"/>' for x in (35, 61))
    freckles = f'<g fill="#b0623c" opacity=".55">{_FRECKLES}</g>' if "freckles" in want else ""
    return (
        cheeks
        + freckles
        + "".join(f'<circle cx="{x}" cy="47" r="2.100" fill="{eye}"/>' for x in ("39.500", "56.500"))
        + f'<path d="M35.500 41.500q4-2.300 7.500-.5M53 41q3.500-1.800 7.500.5" fill="none" stroke="{brow}" stroke-width="2" stroke-linecap="round"/>'
        + f'<path d="M48 47.500q-2.300 5-.4 6.200" fill="none" stroke="{shadow}" stroke-width="1.800" stroke-linecap="round"/>'
        + _MOUTHS[want["smile"]].replace("{lip}", lip).replace("{t}", shadow)
    )


def _extras(want: Mapping[str, str]) -> str:
    pieces = []
    if "glasses" in want:
        pieces.append(
            f'<g fill="none" stroke="{want["glasses"]}" stroke-width="1.900"><rect x="32.500" y="41.500" width="12.500" height="10" rx="4.500"/>'
            '<rect x="51" y="41.500" width="12.500" height="10" rx="4.500"/><path d="M45 45.500q3-2 6 0"/></g>'
        )
    if "earrings" in want:
        pieces += [f'<circle cx="{x}" cy="55.500" r="2.200" fill="{want["earrings"]}"/>' for x in ("28", "68")]
    if "hearing" in want:
        pieces.append('<path d="M66 43q5 0 5 6t-4 6" fill="none" stroke="#5f7fa8" stroke-width="2.200" stroke-linecap="round"/>')
    if "lanyard" in want:
        pieces.append(
            '<path d="M35 78l10 18M61 78l-10 18" stroke="#d98b2b" stroke-width="2.200"/><rect x="42" y="90" width="12" height="6" rx="1" fill="#fff"/>'
        )
    return "".join(pieces)


def _headset() -> str:
    return (
        '<path d="M26 46c-1-22 10-32 22-32s23 10 22 32" fill="none" stroke="#33393f" stroke-width="2.600"/>'
        '<rect x="23.500" y="43" width="6.500" height="12" rx="3" fill="#33393f"/><rect x="66" y="43" width="6.500" height="12" rx="3" fill="#33393f"/>'
        '<path d="M27 55q2 9 13 9" fill="none" stroke="#33393f" stroke-width="1.800"/><circle cx="41" cy="64" r="1.900" fill="#33393f"/>'
    )


def _knit(cloth: str) -> str:
    return f'<path d="M14 90l5-4 5 4 5-4 5 4 5-4 4 4 5-4 5 4 4-4 5 4 5-4 5 4 5-4 5 4" fill="none" stroke="{_lighter(cloth)}" stroke-width="2"/>'


def _dye(piece: str, colour: str) -> str:
    return piece.replace("{c}", colour).replace("{d}", _darker(colour, 0.8))


def _darker(colour: str, share: float) -> str:
    return "#" + "".join(f"{int(int(pair, 16) * share):02x}" for pair in re.findall("..", colour[1:]))


def _lighter(colour: str) -> str:
    return "#" + "".join(f"{int(int(pair, 16) * 0.4 + 255 * 0.6):02x}" for pair in re.findall("..", colour[1:]))
