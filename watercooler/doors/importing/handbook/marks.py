"""Small marks within lines that other houses write: footnotes, attributes, definitions, icons, contents, comments."""

from __future__ import annotations

import re

_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?:[#.][\w:.-]|:|[\w-]+=[\"'])[^{}\n]{0,300}\}|\{:[^{}\n]{0,300}\}")
_HEADING_ATTRIBUTES = re.compile(r"^(#{1,6} [^\n]*)\n\{:?[ \t]*([^{}\n]*#[\w.:-]+[^{}\n]*)\}[ \t]*$", re.M)
_CONTENTS = re.compile(
    r"^[ \t]*(?:\[\[?_?toc_?\]\]?|(?:[*-]|1\.)[ \t]+(?:this will become )?[^\n]{0,60}\n"
    r"[ \t]*\{:[ \t]?toc[^}\n]*\})[ \t]*$",
    re.I | re.M,
)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple|fa|bi)-[\w-]+:|\{\{?<?\s*icon\b[^{}]*\}\}?", re.I)
_MAY_BE_ICON = re.compile(r":(?:material|fontawesome|octicons|simple|fa|bi)-", re.I)
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:[^\n]*$", re.M)
_TERM = re.compile(r"^(?P<term>(?![ \t>#|*+-]|\d+\.)[^\n]{1,200})\n(?:[ \t]*\n)?(?=: {1,3}\S|:\t)", re.M)
_MEANING = re.compile(r"^:(?: {1,3}|\t)(?=\S)", re.M)
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^=\s])([^=\n]{1,300}?)(?<=[^=\s])==(?![=\w])")
_KEYS = re.compile(r"(?<![+\w])\+\+(?=[a-z0-9\"])([a-z0-9\"-]+(?:\+[a-z0-9\"-]+){0,5})\+\+(?![+\w])", re.I)
_INSERTED = re.compile(r"(?<![\^\w])\^\^(?=[^\s^])([^^\n]{1,300}?)(?<=[^\s^])\^\^(?![\^\w])")
_LOWERED = re.compile(r"(?<=[A-Za-z)\]])~(\d{1,3})~(?!~)")
_UPPER = re.compile(r"(?<=[\w)\]])\^(\d{1,3}|st|nd|rd|th)\^(?!\^)")
_CRITIC = re.compile(
    r"\{\+\+(?P<added>[^{}]{0,2000}?)\+\+\}|\{--[^{}]{0,2000}?--\}|\{>>[^{}]{0,2000}?<<\}"
    r"|\{~~[^{}]{0,2000}?~>(?P<now>[^{}]{0,2000}?)~~\}|\{==(?P<lit>[^{}]{0,2000}?)==\}"
)
_UNSEEN = re.compile(r"%%.*?%%", re.S)
_BLOCK_NAME = re.compile(r"[ \t]+\^[a-z0-9][\w-]{1,40}[ \t]*$", re.M)
_NOTE = re.compile(
    r"^[ \t]*\[\^(?P<name>[^\]\s]{1,80})\]:[ \t]*(?P<first>[^\n]*"
    r"(?:\n(?![ \t]*\n|[ \t]*\[|#)[^\n]+)*(?:\n[ \t]*\n {2,}(?!\[)\S[^\n]*(?:\n(?![ \t]*\[)[^\n]+)*)*)",
    re.M,
)
_NOTED = re.compile(r"\[\^([^\]\s]{1,80})\](?!:)")
_OWN_NOTE = re.compile(r"(?<!\w)\^\[([^\[\]\n]{1,500})\]")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def joined(text: str) -> str:
    """Return a text in which the attributes of a heading stand in its own line, so that its anchor is found."""
    return _HEADING_ATTRIBUTES.sub(r"\1 {\2}", text) if "\n{" in text else text


def plain(text: str, *, with_names: bool = False) -> str:
    """Return a text without such marks, or with what Markdown here has for them.

    with_names: keep the names that attributes give, as "\\x0ename\\x0f".
    """
    if "++" in text or "^^" in text or "{-" in text or "{~" in text or "{=" in text or "{>" in text:
        text = _CRITIC.sub(lambda m: m["added"] or m["now"] or m["lit"] or "", text)
        text = _INSERTED.sub(r"\1", _KEYS.sub(_pressed, text))
    if "~" in text or "^" in text:
        text = _LOWERED.sub(lambda m: m[1].translate(_BELOW), text)
        text = _UPPER.sub(lambda m: m[1].translate(_RAISED), text)
    if "{" in text:
        text = _ICON.sub("", _CONTENTS.sub("", text))
        text = _ATTRIBUTES.sub(_name if with_names else "", text)
    elif "toc" in text.casefold():
        text = _CONTENTS.sub("", text)
    if ":" in text and ("{" in text or _MAY_BE_ICON.search(text)):
        text = _ICON.sub("", text)
    if "\n:" in text:
        text = _MEANING.sub("- ", _TERM.sub(r"**\g<term>**\n\n", text))
    if "*[" in text:
        text = _ABBREVIATION.sub("", text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"**\1**", text)
    return text


def _pressed(keys: re.Match[str]) -> str:
    """Return keys to press together: "ctrl+alt+del" → `Ctrl+Alt+Del`."""
    return f"`{'+'.join(key.strip('"').replace('-', ' ').title() for key in keys[1].split('+'))}`"


def _name(attributes: re.Match[str]) -> str:
    found = re.search(r"#([\w:.-]+)", attributes[0])
    return f" \x0e{found[1].casefold()}\x0f" if found else ""


def of_a_vault(text: str) -> str:
    """Return a text without what Obsidian hides: comments, names of blocks."""
    return _BLOCK_NAME.sub("", _UNSEEN.sub("", text) if "%%" in text else text)


def footnotes(text: str) -> str:
    """Return a text with raised numbers for footnotes, and what they say as a list at its end."""
    if "[^" not in text and "^[" not in text:
        return text
    said: dict[str, str] = {}
    order: list[str] = []

    def define(match: re.Match[str]) -> str:
        said.setdefault(match["name"], " ".join(match["first"].split()))
        return ""

    def own(match: re.Match[str]) -> str:
        said[f"\0{len(said)}"] = match[1]
        return f"[^\0{len(said) - 1}]"

    def number(match: re.Match[str]) -> str:
        name = match[1]
        if name not in said:
            return match[0]
        if name not in order:
            order.append(name)
        return str(order.index(name) + 1).translate(_RAISED)

    text = _NOTED.sub(number, _OWN_NOTE.sub(own, _NOTE.sub(define, text)))
    order += [name for name in said if name not in order]
    if not order:
        return text
    notes = [f"{place}. {said[name]}" for place, name in enumerate(order, 1)]
    notes = [_NOTED.sub(number, note) for note in notes]
    return f"{text.rstrip()}\n\n---\n\n" + "\n".join(notes) + "\n"
