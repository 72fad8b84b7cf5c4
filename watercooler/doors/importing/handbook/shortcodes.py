"""What site generators put into Markdown: includes, links, pictures, notes. Known ones become Markdown.

Known: Jekyll, Liquid, Nunjucks and GitBook `{% … %}` and `{{ … }}`, Hugo `{{< … >}}` and `{{% … %}}`, Middleman's
`<%= … %>`. Of others the mark goes, the words between stay, and the report names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from watercooler.doors.importing.handbook.containers import NOTES, quoted, spoken

# Anybody may have written these texts: each try ends where the next mark begins.
_TAG = re.compile(
    r"\{%-?\s*(?P<end>/?)(?P<name>@?[\w][\w/.-]*)(?P<rest>(?:(?!\{%)[^%]|%(?!\}))*?)-?%\}",
)
_HUGO = re.compile(r"\{\{[<%]-?\s*(?P<end>/?)\s*(?P<name>[\w/.-]+)(?P<rest>(?:(?!\{\{).)*?)/?\s*-?[>%]\}\}", re.S)
_SHOWN = re.compile(r"\{\{([<%])/\*((?:(?!\{\{).)*?)\*/([>%])\}\}", re.S)
_VALUE = re.compile(r"\{\{-?\s*([^{}<%\s][^{}]{0,200}?)\s*-?\}\}")
_COMMENT = re.compile(
    r"\{%-?\s*comment\b(?:(?!\{%-?\s*comment\b).)*?\{%-?\s*endcomment\s*-?%\}"
    r"|\{#\s(?:(?!\{#).){0,4000}?\s#\}"
    r"|\{\{<\s*comment\s*>\}\}(?:(?!\{\{<\s*comment).)*?\{\{<\s*/comment\s*>\}\}",
    re.S,
)
_LOOP = re.compile(
    r"\{%-?\s*(for|tablerow|capture)\b(?:(?!\{%-?\s*(?:for|tablerow|capture)\b).)*?\{%-?\s*end\1\s*-?%\}", re.S
)
DEEPEST_LOOP = 4
_RAW = re.compile(r"\{%-?\s*(raw|verbatim)\s*-?%\}((?:(?!\{%-?\s*(?:raw|verbatim)\b).)*?)\{%-?\s*end\1\s*-?%\}", re.S)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(?P<a>[\w+-]+)[^%{]*%\}\n?(?P<liquid>(?:(?!\{%-?\s*highlight\b).)*?)"
    r"\{%-?\s*endhighlight\s*-?%\}"
    r"|\{\{[<%]\s*(?P<name>highlight|code[\w-]*|terminal|console|mermaid)"
    r"(?:\s+(?:lang=)?\"?(?P<b>[\w+-]*)\"?[^>{]*?)?(?<!/)[>%]\}\}\n?"
    r"(?P<hugo>(?:(?!\{\{[<%]).)*?)\{\{[<%]\s*/\s*(?P=name)\s*[>%]\}\}",
    re.S,
)
_RUBY = re.compile(r"<%(?P<says>=?)-?(?P<said>(?:(?!<%).)*?)-?%>", re.S)
_WORD = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*[=:]\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|`(?P<tick>[^`]*)`|(?P<bare>[^\s"',`]+))"""
)
_SETTING = re.compile(r"(?:site|base|page|config|this|book|\$?frontmatter|extra)\.([\w.]+)\Z")
LINKS = frozenset({"page", "link", "url", "post_url", "download", "asset", "ref", "relref"})
PICTURES = frozenset({"image", "image_with_class", "figure", "img", "picture", "imgproc"})
TITLED = frozenset({
    *("tab", "tabitem", "codetab", "accordion", "expand", "collapse", "step", "card", "cardpane", "details", "panel"),
    *("blocks/section", "blocks/feature", "spoiler", "toggle", "swagger", "openapi", "code", "columns", "column"),
})  # fmt: skip
SILENT = frozenset({
    *("include", "toc", "endtoc", "assign", "set", "import", "from", "uswds_icon", "unless", "layout", "if", "else"),
    *("elsif", "elif", "block", "extends", "tabs", "steps", "stepper", "content-ref", "cards", "tabpane", "cardpane"),
    *("pageinfo", "update", "updates", "row", "col", "div", "hint", "break", "clear", "newline", "br"),
    "table_of_contents",
})  # fmt: skip


@dataclass(slots=True)
class Shortcodes:
    """Turns one page's shortcodes into Markdown. include: path → the text of another page, or None.

    unknown: what had no meaning here, with how often.
    """

    include: Callable[[str], str | None]
    front: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    _buttons: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> str:
        if "<%" in text:
            text = _RUBY.sub(self._ruby, text)
        if "{" not in text:  # most pages
            return text
        raw: list[str] = []

        def kept(said: str) -> str:
            raw.append(said)
            return f"\x04{len(raw) - 1}\x05"

        text = _RAW.sub(lambda m: kept(m[2]), text)
        text = _SHOWN.sub(lambda m: kept(f"`{{{{{m[1]}{m[2]}{m[3]}}}}}`"), text)
        text = _COMMENT.sub("", text)
        for _depth in range(DEEPEST_LOOP if "{%" in text else 0):
            text = _LOOP.sub(self._loop, text)
        text = self._quoted(_TAG.sub(self._tag, _HUGO.sub(self._tag, text)))
        text = _VALUE.sub(self._value, text)
        return re.sub(r"\x04(\d+)\x05", lambda m: raw[int(m[1])], text)

    def _loop(self, match: re.Match[str]) -> str:
        """Leave a loop over data out: what it says is not in the text."""
        self._count(match[1])
        return ""

    def _tag(self, match: re.Match[str]) -> str:
        name = match["name"].casefold()
        is_end = bool(match["end"]) or (name.startswith("end") and name != "end")
        name = name.removeprefix("end") if is_end and not match["end"] else name
        words, named = _words(match["rest"])
        # The name of a group of tabs only tells it from others.
        said_name = "" if name in {"tabs", "tabpane"} else named.get("name") or ""
        title = named.get("title") or named.get("header") or named.get("heading") or named.get("summary") or said_name
        if name in NOTES and name != "quote":
            style = spoken(named.get("style") or named.get("type") or named.get("color") or "")
            style = style if style in {"Warning", "Danger", "Tip", "Caution", "Important", "Note"} else ""
            return (
                "\x07" if is_end else f"\x06{title or (words[0] if words and name != 'details' else '') or style}\x08"
            )
        if name in {"button", "btn", "cta"}:
            return self._button(words, named, is_end=is_end)
        if is_end:
            return ""
        if (said := self._said(name, words, named)) is not None:
            return said
        if name in TITLED or title:
            said = title or (" ".join(words) if name in TITLED and "=" not in match["rest"] else "")
            return f"\n\n**{said}**\n\n" if said else ""
        if name not in SILENT:
            self._count(name)
        return ""

    def _said(self, name: str, words: list[str], named: dict[str, str]) -> str | None:
        """Return what a mark stands for, or None for one that says nothing by itself."""
        if name in LINKS:
            return _address(words[0] if words else named.get("path", ""))
        if name in PICTURES:
            return _picture(name, words, named)
        if name == "slack_channel":
            return f"`#{words[0].lstrip('#')}`" if words else ""
        if name in {"include", "readfile", "include-markdown", "include_relative", "partial"}:
            path = named.get("file") or named.get("path") or (words[0] if words else "")
            return self._included(path) if path else ""
        if name in {"youtube", "vimeo"} and (words or named.get("id")):
            host = "https://youtu.be/" if name == "youtube" else "https://vimeo.com/"
            return f"[{name}]({host}{named.get('id') or words[0]})"
        if name == "gist" and len(words) > 1:
            return f"[gist](https://gist.github.com/{words[0]}/{words[1]})"
        if name in {"embed", "file", "gist", "video"} and (address := named.get("url") or named.get("src")):
            return (
                f"[{named.get('title') or named.get('caption') or address.rpartition('/')[2] or address}](<{address}>)"
            )
        if name.startswith(("glossary", "abbr", "term")):
            return named.get("text") or named.get("term") or (words[0] if words else "")
        if name in {"param", "page-param", "_param"}:
            return str(self.front.get((words or [""])[0].casefold(), "")) or self.values.get((words or [""])[0], "")
        return None if name in SILENT else named.get("text") or named.get("label") or None

    def _button(self, words: list[str], named: dict[str, str], *, is_end: bool) -> str:
        if is_end:
            return f"]({self._buttons.pop()})" if self._buttons else ""
        address = (
            named.get("href") or named.get("link") or named.get("url") or named.get("relref") or (words or [""])[0]
        )
        if text := named.get("text") or named.get("label"):
            return f"[{text}]({_address(address)})"
        self._buttons.append(_address(address))
        return "["

    def _ruby(self, match: re.Match[str]) -> str:
        """Return what a Ruby expression of Middleman says, as far as it can be known without running it."""
        said = match["said"].strip()
        name = re.split(r"[^\w.]", said, maxsplit=1)[0]
        words, named = _words(said[len(name) :].strip(" ()"))
        if not match["says"]:
            return ""
        if name in {"link_to", "govuk_link_to"} and len(words) > 1:
            return f"[{words[0]}]({words[1]})"
        if name in {"image_tag", "image_path", "asset_path"} and words:
            return f"![{named.get('alt', '')}]({words[0]})" if name == "image_tag" else words[0]
        if name in {"partial", "render", "include"} and words:
            return self._included(words[0])
        if value := re.fullmatch(r"(?:current_page\.data|data|config)\.([\w.]+)", said):
            return str(self.front.get(value[1].casefold()) or self.values.get(value[1]) or "")
        self._count(name or "ruby")
        return ""

    def _included(self, path: str) -> str:
        found = self.include(path)
        if found is None:
            self._count(f"include {path}")
            return ""
        return found

    def _value(self, match: re.Match[str]) -> str:
        said = match[1].strip()
        bare, _bar, _filters = said.partition("|")
        bare = bare.strip()
        if quote := re.fullmatch(r"([\"'])(.*)\1", bare):
            return quote[2]
        if setting := _SETTING.match(bare):
            name = setting[1].casefold()
            if name in {"url", "baseurl", "base_url", "relativeurl", "relativepath", "pathto"}:
                return ""
            value = self.front.get(name) if bare.startswith(("page", "$", "front")) else self.values.get(name)
            if isinstance(value, str) and value:
                return value
        if name := re.match(r"(?:relref|ref|absURL|relURL|url_for|asset)\b[ (]*[\"']([^\"']+)", bare):
            return _address(name[1])
        self._count(bare.split(":")[0].strip()[:40])
        # Within an address nothing is shown.
        before = match.string[max(match.start() - 400, 0) : match.start()]
        return "" if re.search(r"\]\([^()\s]*\Z|=[\"'][^\"'<>]*\Z", before) else f"`{said}`"

    def _quoted(self, text: str) -> str:
        """Turn what stands between the marks of a note into a quotation with its title. A note in a note is one."""
        if "\x06" not in text:
            return text.replace("\x07", "")
        pieces = re.split(r"(?:(?<=\n)([ \t]*))?\x06([^\x06-\x08]*)\x08((?:(?![\x06\x07]).)*)\x07", text, flags=re.S)
        out = [pieces[0]]
        for indent, title, inner, after in zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True):
            lines = [
                line.rstrip() for line in dedent(f"\n{inner}" if inner[:1].isspace() else inner).strip().split("\n")
            ]
            out.append("\n\n" + "\n".join(quoted(lines, title, indent or "")) + "\n\n" + after)
        return re.sub(r"\x06[^\x06-\x08]*\x08|\x07", "", "".join(out))

    def _count(self, name: str) -> None:
        name = re.sub(r"[\x00-\x1f]\d*", "", name).strip() or "…"
        self.unknown[name] = self.unknown.get(name, 0) + 1


def _words(rest: str) -> tuple[list[str], dict[str, str]]:
    words, named = [], {}
    for match in _WORD.finditer(rest[:2000]):
        value = next((match[k] for k in ("double", "single", "tick", "bare") if match[k] is not None), "")
        if match["key"]:
            named[match["key"].casefold()] = value
        else:
            words.append(value)
    return words, named


_TAB = re.compile(
    r"\{\{<\s*tab\b(?P<rest>[^<>{}]*?\bcodelang\s*=\s*\"?(?P<b>[\w+-]+)[^<>{}]*)>\}\}\n?"
    r"(?P<hugo>(?:(?!\{\{[<%]).)*?)\{\{<\s*/\s*tab\s*>\}\}",
    re.S,
)


def highlighted(text: str, keep: Callable[[str], str]) -> str:
    """Return a text whose blocks of code between marks of their own are kept aside as Markdown's."""
    if "{" not in text:
        return text
    if "codelang" in text:  # a tab of Hugo's that is code
        text = _TAB.sub(
            lambda match: f"{{{{< tab{match['rest']}>}}}}\n{keep(_code(match['b'], match['hugo']))}\n{{{{< /tab >}}}}",
            text,
        )
    return _HIGHLIGHT.sub(lambda match: f"\n{keep(_fenced(match))}\n", text)


def _fenced(match: re.Match[str]) -> str:
    return _code(match["a"], match["liquid"]) if match["liquid"] is not None else _code(match["b"], match["hugo"])


def _code(language: str, said: str) -> str:
    fence = "````" if "```" in said else "```"
    return f"{fence}{language}\n{said.strip(chr(10))}\n{fence}"


def _address(path: str) -> str:
    return path if re.match(r"(/|https?:|#|\.)", path) else f"/{path}"


def _picture(name: str, words: list[str], named: dict[str, str]) -> str:
    path = named.get("src") or named.get("link") or (words[0] if words else "")
    said = named.get("alt") or named.get("caption") or named.get("title") or ""
    if not said and len(words) > 1:
        said = words[2] if name == "image_with_class" and len(words) > 2 else words[1]
    return f"![{said}]({_address(path)})" if path else ""
