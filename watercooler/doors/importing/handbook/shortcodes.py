"""What site generators put into Markdown: includes, links, pictures, notes. Known ones become Markdown.

Known: Jekyll, Liquid, Nunjucks `{% … %}` and `{{ … }}`, Hugo `{{< … >}}` and `{{% … %}}`, kramdown `{: … }`. Of others
the mark goes, the words between stay, and the report names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_TAG = re.compile(r"\{%-?\s*(?P<end>/?)(?P<name>[\w-]+)(?P<rest>(?:[^%]|%(?!\}))*?)-?%\}", re.S)
_HUGO = re.compile(r"\{\{[<%]\s*(?P<end>/?)\s*(?P<name>[\w/.-]+)(?P<rest>.*?)/?\s*[>%]\}\}", re.S)
_VALUE = re.compile(r"\{\{-?\s*([^{}<%][^{}]{0,200}?)\s*-?\}\}")
_ATTRIBUTES = re.compile(r"[ \t]*\{:\s?[^{}\n]{0,200}\}")
_COMMENT = re.compile(r"\{%-?\s*comment\b.*?\{%-?\s*endcomment\s*-?%\}", re.S)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_WORD = re.compile(r"""(?:(?P<key>[\w-]+)\s*[=:]\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"',]+))""")
LINKS = frozenset({"page", "link", "url", "post_url", "download", "asset", "ref", "relref"})
PICTURES = frozenset({"image", "image_with_class", "figure", "img", "picture"})
NOTES = frozenset({
    *("alert", "note", "warning", "tip", "info", "callout", "notice", "hint", "important", "admonition", "caution"),
})  # fmt: skip
SILENT = frozenset({"include", "toc", "endtoc", "assign", "set", "import", "from", "uswds_icon", "unless", "layout"})


@dataclass(slots=True)
class Shortcodes:
    """Turns one page's shortcodes into Markdown. include: path → the text of another page, or None.

    unknown: what had no meaning here, with how often.
    """

    include: Callable[[str], str | None]
    unknown: dict[str, int] = field(default_factory=dict)
    _notes: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, text: str) -> str:
        if "{" not in text:  # most pages
            return text
        raw: list[str] = []

        def aside(match: re.Match[str]) -> str:
            raw.append(match[1])
            return f"\x04{len(raw) - 1}\x05"

        text = _COMMENT.sub("", _RAW.sub(aside, text))
        text = self._quoted(_TAG.sub(self._tag, _HUGO.sub(self._tag, text)))
        text = _VALUE.sub(self._value, text)
        if "{:" in text:  # it looks at every space
            text = _ATTRIBUTES.sub("", text)
        return re.sub(r"\x04(\d+)\x05", lambda m: raw[int(m[1])], text)

    def _tag(self, match: re.Match[str]) -> str:
        name = match["name"].casefold()
        is_end = bool(match["end"]) or name.startswith("end")
        name = name.removeprefix("end") if name.startswith("end") and name != "end" else name
        words, named = _words(match["rest"])
        if name in NOTES:
            return "\x07" if is_end else f"\x06{named.get('title') or (words[0] if words else '')}\x08"
        if name == "highlight":
            return "\n```\n" if is_end else f"\n```{words[0] if words else ''}\n"
        if is_end:
            return ""
        if name in LINKS:
            return _address(words[0] if words else "")
        if name in PICTURES:
            return _picture(name, words, named)
        if name == "slack_channel":
            return f"`#{words[0].lstrip('#')}`" if words else ""
        if name == "include" and words:
            return self._included(words[0])
        if name in {"youtube", "vimeo"} and words:
            host = "https://youtu.be/" if name == "youtube" else "https://vimeo.com/"
            return f"[{name}]({host}{words[0]})"
        if name not in SILENT:
            self._count(name)
        return ""

    def _included(self, path: str) -> str:
        found = self.include(path)
        if found is None:
            self._count(f"include {path}")
            return ""
        return found

    def _value(self, match: re.Match[str]) -> str:
        said = match[1].strip()
        if re.fullmatch(r"(site|base|page)\.(base_?url|url|baseurl)(\s*\|.*)?", said):
            return ""
        self._count(said.split("|")[0].split(":")[0].strip()[:40])
        return f"`{said}`"

    def _quoted(self, text: str) -> str:
        """Turn what stands between the marks of a note into a quotation with its title. A note in a note is one."""
        pieces = re.split(r"\x06([^\x06-\x08]*)\x08((?:(?![\x06\x07]).)*)\x07", text, flags=re.S)
        out = [pieces[0]]
        for title, inner, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            lines = [*([f"**{title}**", ""] if title else []), *(line.strip() for line in inner.strip().split("\n"))]
            out.append("\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" + after)
        return re.sub(r"\x06[^\x06-\x08]*\x08|\x07", "", "".join(out))

    def _count(self, name: str) -> None:
        self.unknown[name] = self.unknown.get(name, 0) + 1


def _words(rest: str) -> tuple[list[str], dict[str, str]]:
    words, named = [], {}
    for match in _WORD.finditer(rest[:2000]):
        value = next((match[k] for k in ("double", "single", "bare") if match[k] is not None), "")
        if match["key"]:
            named[match["key"].casefold()] = value
        else:
            words.append(value)
    return words, named


def _address(path: str) -> str:
    return path if re.match(r"(/|https?:|#|\.)", path) else f"/{path}"


def _picture(name: str, words: list[str], named: dict[str, str]) -> str:
    path = named.get("src") or named.get("link") or (words[0] if words else "")
    said = named.get("alt") or named.get("caption") or named.get("title") or ""
    if not said and len(words) > 1:
        said = words[2] if name == "image_with_class" and len(words) > 2 else words[1]
    return f"![{said}]({_address(path)})" if path else ""
