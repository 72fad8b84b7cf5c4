"""A strict reader of HTML: says what is not valid, in pages and in parts. Used on every answer the tests receive.

Source: HTML Living Standard, content models of the elements we use; stricter where the standard lets tags be left out.
"""

from __future__ import annotations

from html.parser import HTMLParser


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _words("area base br col embed hr img input link meta source track wbr")
BLOCKS = _words(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr main menu nav ol p pre search section table ul"
)
TEXT = _words(
    "a abbr b bdi bdo button canvas cite code data datalist del dfn em i iframe img input ins kbd label legend map "
    "mark meter noscript object optgroup option output picture progress q rp rt ruby s samp script select slot small "
    "source span strong sub summary sup template textarea time track u var video audio wbr br area embed"
)
PARTS = _words("html head body title base link meta style li dt dd caption col colgroup tbody td tfoot th thead tr")
KNOWN = BLOCKS | TEXT | PARTS | {"svg", "math"}
INTERACTIVE = _words("a button input select textarea label details iframe")
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr", "button"},
    "optgroup": {"option"},
    "datalist": {"option"},
}
PARENTS = {"li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "td": {"tr"}, "th": {"tr"}}
REFERENCES = _words("for list form aria-labelledby aria-describedby aria-controls aria-owns popovertarget")
ANYWHERE = {"script", "template"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.references: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.title = ""
        self.has_doctype = False
        self.has_language = False

    def fault(self, sentence: str) -> None:
        line, column = self.getpos()
        self.faults.append(f"line {line}:{column}: {sentence}")

    def handle_decl(self, decl: str) -> None:
        self.has_doctype = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self._attributes(tag, attrs)
        if not {"svg", "math"} & set(self.open):
            self._place(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if not {"svg", "math"} & set(self.open):
                self.fault(f"<{tag}/> does not close itself")
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.fault(f"</{tag}> closes what has no end")
        elif tag not in self.open:
            self.fault(f"</{tag}> closes nothing")
        else:
            while (left := self.open.pop()) != tag:
                self.fault(f"<{left}> is not closed before </{tag}>")

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["title"]:
            self.title += data
        elif data.strip() and self.open and self.open[-1] in CHILDREN:
            self.fault(f"text “{data.strip()[:30]}” directly in <{self.open[-1]}>")
        if not {"script", "style", "pre", "code", "textarea"} & set(self.open) and ("{{" in data or "{%" in data):
            self.fault(f"a template shows through: “{data.strip()[:40]}”")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.fault(f"<{tag}> has {name} twice")
        for name, value in attrs:
            if name == "id":
                if not value or any(character.isspace() for character in value):
                    self.fault(f"<{tag}> has the id “{value or ''}”")
                elif value in self.ids:
                    self.fault(f"the id “{value}” is there twice")
                self.ids.add(value or "")
            elif name in REFERENCES and value and not (name == "form" and tag == "form"):
                self.references += [(name, target) for target in value.split()]
            elif name.startswith("on"):
                self.fault(f"<{tag}> has an inline handler {name}, which the security policy refuses")
        if tag == "html" and dict(attrs).get("lang"):
            self.has_language = True

    def _place(self, tag: str, attributes: dict[str, str | None]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag not in KNOWN and "-" not in tag:
            self.fault(f"<{tag}> is no element")
        if tag in BLOCKS and "p" in self.open:
            self.fault(f"<{tag}> ends the <p> around it")
        if parent in CHILDREN and tag not in CHILDREN[parent] | ANYWHERE:
            self.fault(f"<{tag}> directly in <{parent}>")
        if tag in PARENTS and parent and parent not in PARENTS[tag]:
            self.fault(f"<{tag}> in <{parent}>")
        is_hidden = tag == "input" and attributes.get("type") == "hidden"
        for around in {"a", "button", "label"} & set(self.open):
            allowed = around == "label" and tag in {"input", "select", "textarea", "button"}
            if tag in INTERACTIVE and not allowed and not is_hidden and (tag != "a" or "href" in attributes):
                self.fault(f"<{tag}> inside <{around}>")
        if tag == "form" and "form" in self.open:
            self.fault("<form> inside <form>")
        if tag == "img" and "alt" not in attributes:
            self.fault("<img> without alt")


def faults(html: str) -> list[str]:
    """Return what is not valid in a page (it begins with a doctype or <html>) or in a part of one, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> is never closed" for tag in reader.open]
    if reader.counts.get("html") or reader.has_doctype:
        reader.faults += _faults_of_a_page(reader)
    return reader.faults


def _faults_of_a_page(reader: _Reader) -> list[str]:
    wanted = {
        "no <!doctype html>": reader.has_doctype,
        "no lang on <html>": reader.has_language,
        "no <title>, or an empty one": bool(reader.title.strip()),
        "not exactly one <main>": reader.counts.get("main") == 1,
        "not exactly one <h1>": reader.counts.get("h1") == 1,
    }
    missing = [f"{name}=“{target}” points at no id" for name, target in reader.references if target not in reader.ids]
    return [fault for fault, is_right in wanted.items() if not is_right] + missing
