"""HTML among Markdown, made Markdown: texts of this house have no tags, and would show them as they stand."""

from __future__ import annotations

import re
from html import unescape

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_UNSEEN = re.compile(r"<(script|style|template|noscript)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.S | re.I)
_CONFLUENCE = re.compile(r"</?(?:ac|ri):[a-z-]+(?=[\s/>])[^<>]{0,1000}>|<!\[CDATA\[|\]\]>")
"""What exports of Confluence leave of its macros; the words within stay."""
_INLINE = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "kbd": "`", "tt": "`", "samp": "`", "s": "~~"}
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "details", "figure", "figcaption", "center", "main", "aside", "header"),
        *("footer", "nav", "blockquote", "dl", "dt", "dd", "form", "fieldset", "pre", "svg", "legend", "address"),
    }
)
_NOTHING = frozenset(
    {
        *("span", "sup", "sub", "small", "u", "font", "button", "big", "mark", "abbr", "label", "input", "picture"),
        *("source", "video", "object", "embed", "iframe", "use", "path", "tbody", "thead", "tfoot", "colgroup", "col"),
        *(
            "template",
            "caption",
            "del",
            "ins",
            "q",
            "cite",
            "var",
            "wbr",
            "time",
            "select",
            "option",
            "textarea",
            "param",
            "g",
        ),
    }
)
_KNOWN = {
    *_INLINE,
    *_BLOCKS,
    *_NOTHING,
    *("a", "img", "br", "hr", "ul", "ol", "li", "table", "tr", "td", "th", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted(_KNOWN, key=len, reverse=True))})(?=\s|/?>)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.I
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def to_markdown(text: str) -> str:
    """Return the text with its HTML as Markdown: tables, lists, links, pictures, emphasis. Unknown tags stay words."""
    text = _UNSEEN.sub("", _COMMENT.sub("", text))
    if "<ac:" in text or "<ri:" in text:
        text = _CONFLUENCE.sub("", text)
    if not _TAG.search(text):
        return text
    return _Turning().turned(text)


class _Turning:
    """One text on its way. `_rows` is the table being read, `_lists` the lists that are open."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._links: list[tuple[int, str]] = []
        self._lists: list[str] = []
        self._rows: list[list[str]] | None = None
        self._cell_from = 0
        self._depth = 0

    def turned(self, text: str) -> str:
        at = 0
        for match in _TAG.finditer(text):
            self._words(text[at : match.start()])
            name = match[2].casefold()
            self._tag(name, bool(match[1]), match[3])
            at = match.end()
        self._words(text[at:])
        self._end_table()
        return re.sub(r"\n{3,}", "\n\n", "".join(self._out))

    def _words(self, words: str) -> None:
        if self._rows is not None:
            words = re.sub(r"\s+", " ", words)
        elif self._depth or self._lists:
            # Indented HTML would be read as code.
            words = re.sub(r"\n[ \t]+", "\n", words)
        if words:
            self._out.append(words)

    def _tag(self, name: str, is_end: bool, rest: str) -> None:
        attributes = {m[1].casefold(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(rest)}
        if name in _INLINE and is_end and self._out and self._out[-1] == _INLINE[name]:
            self._out.pop()  # nothing stood between: a sign drawn by styles
        elif name in _INLINE:
            self._out.append(_INLINE[name])
        elif name in {"table", "tr", "td", "th"}:
            self._table(name, is_end)
        elif name in {"ul", "ol", "li"}:
            self._list(name, is_end)
        elif name == "a":
            self._link(is_end, attributes.get("href", ""))
        elif name == "img":
            if address := attributes.get("src"):
                self._out.append(f"![{attributes.get('alt', '')}]({_spaced(address)})")
        elif name == "br":
            self._out.append(" " if self._is_in_row() else "  \n")
        elif name in {"iframe", "video", "embed", "object"} and not is_end:
            address = attributes.get("src") or attributes.get("data", "")
            if address:
                self._out.append(f"[{attributes.get('title') or attributes.get('alt') or name}]({_spaced(address)})")
        elif name not in _NOTHING:
            self._block(name, is_end)

    def _is_in_row(self) -> bool:
        """Say whether a line break would end a row: of a table, of a list, of a table drawn with bars."""
        line = "".join(self._out[-30:]).rpartition("\n")[2]
        return self._rows is not None or bool(self._lists) or "|" in line

    def _block(self, name: str, is_end: bool) -> None:
        if self._rows is not None:
            self._out.append(" ")
            return
        if name == "summary":
            self._out.append("**\n\n" if is_end else "\n\n**")
        elif name == "hr":
            self._out.append("\n\n---\n\n")
        elif name[0] == "h" and name[1:].isdigit():
            self._out.append("\n\n" if is_end else f"\n\n{'#' * int(name[1])} ")
        else:
            self._depth = max(self._depth + (-1 if is_end else 1), 0)
            self._out.append("\n\n" if not self._lists else "")

    def _list(self, name: str, is_end: bool) -> None:
        if self._rows is not None:
            self._out.append(" · " if name == "li" and not is_end else " ")
        elif name == "li":
            if not is_end:
                mark = "1. " if self._lists[-1:] == ["ol"] else "- "
                self._out.append(f"\n{'   ' * max(len(self._lists) - 1, 0)}{mark}")
        elif is_end:
            self._lists[-1:] = []
            self._out.append("\n\n" if not self._lists else "\n")
        else:
            self._lists.append(name)
            self._out.append("\n")

    def _link(self, is_end: bool, address: str) -> None:
        if not is_end:
            self._links.append((len(self._out), address))
        elif self._links:
            at, address = self._links.pop()
            words = re.sub(r"\s+", " ", "".join(self._out[at:])).strip()
            del self._out[at:]
            self._out.append(f"[{words}]({_spaced(address)})" if address and words else words)

    def _table(self, name: str, is_end: bool) -> None:
        if name == "table":
            if is_end:
                self._end_table()
            elif self._rows is None:
                self._rows, self._cell_from = [], len(self._out)
            return
        if self._rows is None:
            return
        if name == "tr":
            if not is_end:
                self._rows.append([])
                self._cell_from = len(self._out)
        elif is_end:
            words = re.sub(r"\s+", " ", "".join(self._out[self._cell_from :])).strip(" ·")
            del self._out[self._cell_from :]
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append(words.replace("|", "\\|"))
        else:
            self._cell_from = len(self._out)

    def _end_table(self) -> None:
        rows = [row for row in self._rows or [] if any(row)]
        self._rows = None
        if not rows:
            return
        width = max(map(len, rows))
        lines = [f"| {' | '.join([*row, *([''] * (width - len(row)))])} |" for row in rows]
        self._out.append("\n\n" + "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]) + "\n\n")


def _spaced(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address
