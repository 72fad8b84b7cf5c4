"""Components among Markdown, as MDX and Vue have them: what they say stays, notes become quotations, links links."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from watercooler.doors.importing.handbook.containers import NOTES, quoted, spoken

_IMPORT = re.compile(
    r"^import\s+(?:(?P<name>\w+)|[\w*{][^\n;'\"]*?|\{[^}]*\})(?:\s*,\s*\{[^}]*\})?\s+from"
    r"\s+(?P<q>[\"'])(?P<path>[^\"'\n]+)(?P=q)[ \t]*;?[ \t]*$\n?"
    r"|^import\s+[\"'][^\"'\n]+[\"'];?[ \t]*$\n?",
    re.M,
)
_EXPORT = re.compile(r"^export\s+(?:const|let|var|default|function)\b.*?(?=\n[ \t]*\n|\Z)", re.M | re.S)
_SAID_ASIDE = re.compile(r"\{/\*(?:(?!\{/\*).)*?\*/\}", re.S)
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})"
_TAG = re.compile(
    rf"(?P<line>^[ \t]*)?<(?P<end>/?)(?P<name>[A-Z][\w.]*|[a-z]+(?:-[a-z0-9]+)+)"
    rf"(?P<rest>(?:\s+[@:#\w][\w.:-]*(?:\s*=\s*{_VALUE}|=[^\s<>]{1, 500}?(?=[\s/>]))?)*)\s*(?P<own>/?)>",
    re.M,
)
_MAY_BE_TAG = re.compile(r"</?(?:[A-Z]|[a-z]+-)")
_ATTRIBUTE = re.compile(r"([@:#\w][\w.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`{}]*)[\"'`]\s*\})")
_REQUIRED = re.compile(r"=\{\s*require\(\s*[\"']([^\"'{}()]+)[\"']\s*\)(?:\.default)?\s*\}")
_PROP = re.compile(r"\{props\.[\w.]{1,80}\}")
_STYLED = re.compile(r"\s(?:style|className|onClick|on[A-Z]\w+)\s*=\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
PICTURES = frozenset({"image", "img", "themedimage", "zoomableimage", "figure", "productscreenshot", "picture"})
LINKS = frozenset({"link", "a", "navlink", "routerlink", "router-link", "linkbutton", "button"})
CARDS = frozenset({"card", "linkcard", "doccard", "docs-card", "feature", "tile", "cardlink"})
ONE_WORD = re.compile(r"[A-Z][A-Z0-9_]*\Z")


def without_components(text: str, include: Callable[[str], str | None] = lambda _path: None) -> str:
    """Return a text with its components as Markdown and the HTML that `markup` knows.

    include: what a path that the text imports holds, or None.
    """
    if "import" in text or "export" in text:
        text = _without_imports(text, include)
    if "{/*" in text:
        text = _SAID_ASIDE.sub("", text)
    if "={" in text:
        text = _STYLED.sub("", _REQUIRED.sub(r'="\1"', text))
    if "{props." in text:
        text = _PROP.sub("", text)
    if not _MAY_BE_TAG.search(text) or not _TAG.search(text):
        return text
    return _Turning(text).turned()


def _without_imports(text: str, include: Callable[[str], str | None]) -> str:
    pages: dict[str, str] = {}

    def note(match: re.Match[str]) -> str:
        if match["name"] and re.search(r"\.mdx?\Z", match["path"]):
            pages[match["name"]] = include(match["path"]) or ""
        return ""

    may_import = text.startswith("import") or "\nimport" in text
    is_program = (may_import and bool(_IMPORT.search(text))) or "export " in text
    if not is_program:
        return text
    text = _EXPORT.sub("", _IMPORT.sub(note, text))
    for name, said in pages.items():
        text = f"\n\n{said}\n\n".join(re.split(rf"<{name}\b[^<>]*/?>(?:\s*</{name}>)?", text))
    return text.lstrip("\n")


class _Turning:
    """One text on its way: a piece of output for each component that is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        ended = {m["name"] for m in _TAG.finditer(text) if m["end"] or m["own"]}
        self._known = ended | {m["name"] for m in _TAG.finditer(text) if "=" in m["rest"]}
        self._open: list[tuple[str, dict[str, str], list[str]]] = [("", {}, [])]

    def turned(self) -> str:
        at = 0
        for match in _TAG.finditer(self._text):
            name = match["name"]
            if name not in self._known or (ONE_WORD.match(name) and len(name) > 1 and "=" not in match["rest"]):
                continue
            self._say(self._text[at : match.start()])
            at = match.end()
            # What stands before a tag in its line is dropped only with a tag that has the line for itself.
            alone = match["line"] is not None and self._text[at : at + 1] in {"\n", ""}
            if match["end"]:
                self._close(name)
                continue
            attributes = {
                m[1].lstrip(":").casefold(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match["rest"])
            }
            if match["own"]:
                self._say(("" if alone else match["line"] or "") + _said(name, attributes, "", is_block=alone))
            elif name in self._closes_later(at):
                if not alone and match["line"]:
                    self._say(match["line"])
                self._open.append((name, attributes | ({"\0block": "1"} if alone else {}), []))
            else:
                self._say(_said(name, attributes, "", is_block=alone))
        self._say(self._text[at:])
        while len(self._open) > 1:
            self._close(self._open[-1][0])
        return re.sub(r"\n{3,}", "\n\n", "".join(self._open[0][2]))

    def _closes_later(self, at: int) -> set[str]:
        if not hasattr(self, "_last"):
            self._last = {m["name"]: m.start() for m in _TAG.finditer(self._text) if m["end"]}
        return {name for name, place in self._last.items() if place >= at}

    def _say(self, words: str) -> None:
        self._open[-1][2].append(words)

    def _close(self, name: str) -> None:
        if name not in {each[0] for each in self._open[1:]}:
            return
        while True:
            own, attributes, pieces = self._open.pop()
            self._say(_said(own, attributes, "".join(pieces), is_block="\0block" in attributes))
            if own == name:
                return


def _said(name: str, attributes: dict[str, str], inner: str, *, is_block: bool) -> str:
    """Return what a component says, with what stands between its tags."""
    sort = name.casefold().rpartition(".")[2]
    title = next(
        (attributes[key] for key in ("title", "label", "header", "heading", "summary", "name") if attributes.get(key)),
        "",
    )
    address = attributes.get("href") or attributes.get("to") or ""
    if sort in PICTURES and attributes.get("src"):
        said = escape(attributes.get("alt") or attributes.get("caption") or "")
        return f'<img src="{escape(attributes["src"])}" alt="{said}">'
    if sort == "badge":
        return ""
    if sort in LINKS and address and inner.strip():
        return f'<a href="{escape(address)}">{inner}</a>'
    words = _outdented(inner) if is_block else inner
    if sort in NOTES and (inner.strip() or title):
        kind = (
            attributes.get("type")
            or attributes.get("kind")
            or attributes.get("variant")
            or ("" if sort in {"callout", "admonition", "alert", "aside"} else sort)
        )
        return "\n\n" + "\n".join(quoted(words.split("\n"), title or spoken(kind))) + "\n\n"
    if address and (title or attributes.get("text")):
        link = f'<a href="{escape(address)}">{title or attributes["text"]}</a>'
        more = attributes.get("description") or words.strip()
        return f"\n\n- {link}{': ' + more if more and chr(10) not in more else chr(10) * 2 + more if more else ''}\n"
    if is_block:
        said = title or attributes.get("text", "")
        return (
            "\n\n"
            + (f"**{said}**\n\n" if said and sort not in {"script", "style"} else "")
            + words.strip("\n")
            + "\n\n"
        )
    return words or attributes.get("text", "")


def _outdented(text: str) -> str:
    """Return the inside of a component without the indentation that all its lines share."""
    lines = text.split("\n")
    widths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    less = min(widths, default=0)
    return "\n".join(line[less:] if line[:less].isspace() else line for line in lines) if less else text
