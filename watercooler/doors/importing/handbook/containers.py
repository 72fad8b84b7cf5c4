"""Blocks with a mark around them: notes, tabs and folds of MkDocs, Docusaurus, VitePress, GitHub and Obsidian.

A note becomes a quotation with its title, a tab or fold its title in bold with the words below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NOTES = frozenset({
    *("alert", "note", "warning", "tip", "info", "callout", "notice", "hint", "important", "admonition", "caution"),
    *("danger", "success", "failure", "error", "question", "quote", "example", "abstract", "summary", "todo", "faq"),
    *("attention", "bug", "seealso", "aside", "secondary", "primary", "check", "help", "cite", "tldr", "details"),
})  # fmt: skip
_INDENTED = re.compile(r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(?P<sort>[\w-]+)(?P<rest>.*)\Z")
_TAB = re.compile(r"(?P<indent>[ \t]*)===[+!]{0,2}[ \t]+(?P<quote>[\"'])(?P<title>.*?)(?P=quote)[ \t]*\Z")
_FENCED = re.compile(
    r"(?P<before>[ \t>]*)(?:(?P<colons>:{3,})[ \t]*|(?P<slashes>/{3,})[ \t]+)\{?[ \t]*[.!]?(?P<sort>[A-Za-z][\w-]*)"
    r"(?P<rest>.*)\Z"
)
_CLOSED = re.compile(r"[ \t>]*(?::{3,}|/{3,})[ \t]*\Z")
_ALERT = re.compile(
    r"^(?P<before>[ \t]*(?:>[ \t]?)+)\[!(?P<sort>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>.*)$", re.M
)
_OF_CODE = re.compile(r"^::: \w+(?:\.\w+)+[ \t]*$(?:\n(?: {4}.*|[ \t]*)$)*", re.M)
"""Where MkDocs puts what it finds in programs: the names of options stand below."""
_SCHOOL = re.compile(r"^@tab(?::active)?[ \t]+(.+)$", re.M)
_TITLED = re.compile(r"""title[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)')""")
MOST_LINES = 40_000
DEEPEST = 20


def opened(text: str) -> str:
    """Return a text with such blocks as quotations and bold titles. Cost: one look where there are none."""
    if "[!" in text:
        text = _ALERT.sub(_alert, text)
    if "\n::: " in f"\n{text}":
        text = _OF_CODE.sub("", text)
    if not re.search(r"^[ \t>]*(?:!!!|\?\?\?|===[+! ]|:::|///)", text, re.M) or text.count("\n") > MOST_LINES:
        return text
    return _SCHOOL.sub(r"\n**\1**\n", _fenced("\n".join(_indented(text.split("\n")))))


def _alert(match: re.Match[str]) -> str:
    return f"{match['before']}**{match['title'].strip() or spoken(match['sort'])}**\n{match['before'].rstrip()}"


def spoken(sort: str) -> str:
    """Return the sort of a note as a title: "see-also" → "See also"."""
    words = sort.replace("-", " ").replace("_", " ").casefold()
    return words[:1].upper() + words[1:]


def _indented(lines: Sequence[str], depth: int = 0) -> list[str]:
    """Turn blocks whose insides are those lines that are indented by four more."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        note, tab = _INDENTED.match(lines[at]), _TAB.match(lines[at])
        at += 1
        head = note or tab
        if head is None or depth > DEEPEST:
            out.append(lines[at - 1])
            continue
        indent = head["indent"]
        began, at = at, _end(lines, at, len(indent.expandtabs(4)))
        inner = _indented([_less(line, indent) for line in lines[began:at]], depth + 1)
        if tab:
            out += ["", f"{indent}**{tab['title']}**", "", *(f"{indent}{line}".rstrip() for line in inner), ""]
        elif note:
            title = re.search(r"[\"“](.*)[\"”]", note["rest"])
            out += ["", *quoted(inner, title[1] if title else spoken(note["sort"]), indent), ""]
    return out


def _end(lines: Sequence[str], at: int, width: int) -> int:
    """Return behind which line what is indented deeper than `width` ends."""
    last = at
    while at < len(lines):
        line = lines[at].expandtabs(4)
        if line.strip():
            if len(line) - len(line.lstrip()) < width + 2:
                break
            last = at + 1
        at += 1
    return last


def _less(line: str, indent: str) -> str:
    """Return a line of an inside without its indentation, which is one step more than its block's."""
    wide = line.expandtabs(4) if line[:1] in " \t" else line
    return wide[min(len(indent.expandtabs(4)) + 4, len(wide) - len(wide.lstrip())) :]


def quoted(lines: Sequence[str], title: str = "", indent: str = "") -> list[str]:
    """Return lines as a quotation with its title."""
    inner = "\n".join(lines).strip("\n").split("\n")
    said = [*([f"**{title}**", ""] if title else []), *(inner if inner != [""] else [])]
    return [f"{indent}> {line}".rstrip() for line in said]


def _fenced(text: str) -> str:
    """Turn blocks between ::: and :::, the innermost first to be closed."""
    stack: list[tuple[str, str, list[str]]] = [("", "", [])]
    for line in text.split("\n"):
        if len(stack) > 1 and _CLOSED.match(line):
            _close(stack)
        elif (head := _FENCED.match(line)) and not (head["colons"] and head["rest"].rstrip().endswith(":::")):
            if len(stack) > DEEPEST:
                continue
            stack.append((head["sort"].casefold(), _title(head["rest"], head["sort"]), []))
        else:
            stack[-1][2].append(line)
    while len(stack) > 1:  # never closed: the words are not lost
        _close(stack)
    return "\n".join(stack[0][2])


def _close(stack: list[tuple[str, str, list[str]]]) -> None:
    sort, title, lines = stack.pop()
    if sort in NOTES:
        marks = {line[: len(line) - len(line.lstrip(" \t>"))] for line in lines if line.strip()}
        shared = min(marks, key=len, default="")
        bare = [line.removeprefix(shared) for line in lines]
        stack[-1][2].extend(["", *quoted(bare, title or spoken(sort), shared if ">" not in shared else ""), ""])
    else:
        stack[-1][2].extend(["", *([f"**{title}**", ""] if title else []), *lines, ""])


def _title(rest: str, sort: str) -> str:
    """Return the title that stands behind an opening: in words, in brackets, as an attribute, behind a bar."""
    if named := _TITLED.search(rest):
        return named[1] or named[2] or ""
    words = re.sub(r"\{[^{}]*\}|\}", "", rest).strip().lstrip("|").strip()
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    return "" if sort.casefold() in {"code-group", "tabs", "div", "tab-set"} or "=" in words else words
