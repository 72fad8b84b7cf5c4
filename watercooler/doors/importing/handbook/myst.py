"""Marks of Sphinx and Jupyter Book in Markdown (MyST): directives in fences, roles before backticks, names of places.

Source: https://myst-parser.readthedocs.io/en/latest/syntax/syntax.html, read with what handbooks use of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from watercooler.doors.importing.handbook.containers import DEEPEST, MOST_LINES, NOTES, quoted, spoken

type Include = Callable[[str], str | None]
_HEAD = re.compile(
    r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<sort>[A-Za-z][\w:+-]*)\}[ \t]*(?P<rest>.*)\Z"
)
_FIRST = re.compile(_HEAD.pattern.replace(r"\Z", "$").replace("(?P<indent>", "^(?:"), re.M)
_PLAIN = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})(?!.*`)")
_OPTION = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*)\Z")
_ROLE = re.compile(r"\{(?P<sort>[A-Za-z][\w:+-]*)\}(?P<ticks>`+)(?!`)(?P<said>[^`\n]+)(?P=ticks)(?!`)")
_NUMBER = re.compile(r"%s|\{(?:name|number)\}")
_TITLED = re.compile(r"(?P<title>.*?)[ \t]*<(?P<to>[^<>]+)>\Z")
_PLACE = re.compile(r"^[ \t]*\((?P<name>[^()\n]{1,100})\)=[ \t]*$", re.M)
_NAME = re.compile(r"^[ \t]*:(?:name|label):[ \t]*(?P<name>\S{1,100})[ \t]*$", re.M)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.+)")
_PROJECT = re.compile(r"<(?:project|path):([^<>\s]+)>")
_OF_PROJECT = re.compile(r"\]\((?:project|path):(?=[^()\s]+\))")
_BREAK = re.compile(r"\+\+\+(?:[ \t]*\{.*\})?[ \t]*\Z")
CODE = frozenset({"code-block", "code", "sourcecode", "code-cell", "parsed-literal", "prompt", "literalinclude"})
HUSH = frozenset({"contents", "index", "bibliography", "tableofcontents", "only", "raw", "currentmodule", "meta"})
WITHIN = frozenset({
    *("tab-set", "tab-item", "tabs", "tab", "grid", "grid-item", "grid-item-card", "card", "dropdown", "div", "topic"),
    *("container", "list-table", "table", "epigraph", "pull-quote", "highlights", "rubric", "exercise", "solution"),
    *("versionadded", "versionchanged", "deprecated", "card-carousel", "glossary", "centered", "prf", "panels"),
})  # fmt: skip
"""Directives whose inside is Markdown. Of others, as of the languages of notebooks, it is code."""
LITERAL = frozenset({"kbd", "code", "command", "file", "samp", "literal", "program", "option", "envvar", "math"})


REF = "ref:"
"""How the address of a link begins that names a place of any page."""


def is_here(text: str) -> bool:
    """Say whether a text has directives, roles or names of places. Cost: one look."""
    has_braces = "{" in text and bool(_ROLE.search(text) or _FIRST.search(text))
    return has_braces or (")=" in text and bool(_PLACE.search(text)))


def places(text: str) -> dict[str, str]:
    """Return the names that a text gives to places in it, each with the words of the heading it stands before, if one.

    Any page of the book may link to them. Cost: one look at each line, from the last to the first.
    """
    if not is_here(text):
        return {}
    named = {m["name"].casefold(): "" for m in _NAME.finditer(text)}
    words = ""
    for line in reversed(text.split("\n")):
        if place := _PLACE.match(line):
            named[place["name"].strip().casefold()] = words
        elif line.strip():
            heading = _HEADING.match(line)
            words = heading["words"] if heading else ""
    return named


def opened(text: str, include: Include) -> str:
    """Return a text with what directives and roles mean in plain Markdown; code stays as it is."""
    if not is_here(text) or text.count("\n") > MOST_LINES:
        return text
    return "\n".join(_lines(text.split("\n"), include))


def _lines(lines: Sequence[str], include: Include, depth: int = 0) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        head, plain = _HEAD.match(line), _PLAIN.match(line)
        at += 1
        if head and depth <= DEEPEST:
            end = _end(lines, at, head["fence"])
            inner, options = _parted([each.removeprefix(head["indent"]) for each in lines[at:end]])
            said = _said(head["sort"].casefold(), head["rest"].strip(), options, inner, include, depth)
            name = options.get("name") or options.get("label")
            out += [
                *([_anchor(name)] if name and said else []),
                "",
                *(f"{head['indent']}{each}".rstrip() for each in said),
                "",
            ]
            at = end + 1
        elif plain:
            end = _end(lines, at, plain["fence"])
            out += lines[at - 1 : end + 1]
            at = end + 1
        elif place := _PLACE.match(line):
            out.append(_anchor(place["name"].strip()))
        elif not line.startswith("% ") and not _BREAK.match(line):
            out.append(_OF_PROJECT.sub("](", _PROJECT.sub(r"[](\1)", _ROLE.sub(_role, line))))
    return out


def _anchor(name: str) -> str:
    return f'<a id="{escape(name)}"></a>'


def _end(lines: Sequence[str], at: int, fence: str) -> int:
    """Return the line that closes a fence, or the end."""
    for number in range(at, len(lines)):
        said = lines[number].strip()
        if len(said) >= len(fence) and not said.strip(fence[0]):
            return number
    return len(lines)


def _parted(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return a directive's words, and what it sets at its head: line by line, or between rules."""
    options: dict[str, str] = {}
    at = 0
    if lines and lines[0].strip() == "---" and "---" in (rest := [line.strip() for line in lines[1:]]):
        at = rest.index("---") + 2
        set_here = (line.partition(":") for line in rest[: at - 2])
        return lines[at:], {name.strip(): value.strip() for name, _colon, value in set_here}
    while at < len(lines) and (found := _OPTION.match(lines[at])):
        options[found["name"]] = found["value"].strip()
        at += 1
    return lines[at:], options


def _said(sort: str, rest: str, options: dict[str, str], lines: list[str], include: Include, depth: int) -> list[str]:
    if sort in HUSH:
        return []
    if sort in CODE or sort in {"math", "mermaid"}:
        return [f"````{rest or sort if sort not in CODE else rest}", *lines, "````"]
    if sort == "toctree":
        return [entry for line in lines if line.strip() and (entry := _entry(line.strip()))]
    if sort == "include":
        return _lines((include(rest) or "").split("\n"), include, depth + 1)
    if sort not in WITHIN and sort not in NOTES and sort not in {"figure", "image", "margin", "sidebar"}:
        return [f"````{sort}", *lines, "````"]
    inner = _lines(lines, include, depth + 1)
    if sort in {"figure", "image"}:
        return [f"![{options.get('alt', '')}]({_to(rest)})", "", *inner]
    if sort == "list-table" and (rows := _rows(inner)):
        inner = rows
    if sort == "glossary":
        inner = _terms(inner)
    if sort in NOTES or sort in {"margin", "sidebar"}:
        return quoted(inner, _ROLE.sub(_role, rest) if rest else "" if sort in {"margin", "sidebar"} else spoken(sort))
    title = rest if rest and not re.fullmatch(r"[\d ]+", rest) else ""
    return [*([f"**{title}**", ""] if title else []), *inner]


def _entry(said: str) -> str:
    """Return one line of a list of pages."""
    titled = _TITLED.fullmatch(said)
    title, to = (titled["title"], titled["to"]) if titled else (said, said)
    return "" if to == "self" or "*" in to else f"- [{title}]({_to(to)})"


def _to(address: str) -> str:
    """Return an address as a link has it: between angles only if it must be, since `<img/a.png>` looks like a tag."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _rows(lines: Sequence[str]) -> list[str]:
    """Return a table whose rows are written as a list of lists; nothing if it is none."""
    rows: list[list[str]] = []
    for line in lines:
        bare = line.strip()
        if re.match(r"[*-][ \t]+[*-](?:[ \t]|\Z)", bare):
            rows.append([bare[1:].strip()[1:].strip()])
        elif rows and re.match(r"[*-](?:[ \t]|\Z)", bare):
            rows[-1].append(bare[1:].strip())
        elif rows and bare:
            rows[-1][-1] = f"{rows[-1][-1]} {bare}".strip()
    width = max(map(len, rows), default=0)
    cells = [[cell.replace("|", "\\|") for cell in [*row, *[""] * (width - len(row))]] for row in rows]
    lined = [f"| {' | '.join(row)} |" for row in cells]
    return [*lined[:1], f"|{' --- |' * width}", *lined[1:]] if rows else []


def _terms(lines: Sequence[str]) -> list[str]:
    """Return a glossary as bold words, each with what it means below it."""
    return [
        f"\n{line.strip()}" if line[:1].isspace() else f"\n**{line.strip()}**" if line.strip() else "" for line in lines
    ]


def _role(match: re.Match[str]) -> str:
    sort, said = match["sort"].casefold(), match["said"].strip()
    titled = _TITLED.fullmatch(said)
    words = titled["title"] if titled else said
    if "`" not in said and sort in {"doc", "download", "any", "ref", "numref"}:
        to = titled["to"].strip() if titled else said
        if sort in {"doc", "download"} or (sort == "any" and "/" in to):
            return f"[{words}]({_to(to)})"
        return f"[{_NUMBER.sub('', words).strip() or to}]({_to(REF + to)})"
    if sort in LITERAL:
        return f"`{said}`"
    return words.lstrip("~!")
