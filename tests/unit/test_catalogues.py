"""What was translated: every sentence of the interface, its placeholders kept, and compiled as it stands."""

from __future__ import annotations

import ast
import gettext
import json
import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parents[2] / "watercooler" / "locale"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[\d\]) ((?:"[^\n]*"\n)+)', re.MULTILINE)
PLACES = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


def entries(language: str) -> list[dict[str, str]]:
    """Return the catalogue's sentences: msgid, msgstr and, where something is counted, msgid_plural and msgstr[n]."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    blocks = [dict(ENTRY.findall(block + "\n")) for block in text.split("\n\n")]
    read = [{name: "".join(map(ast.literal_eval, said.splitlines())) for name, said in b.items()} for b in blocks]
    return [entry for entry in read if entry.get("msgid")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_keeps_its_placeholders(language: str) -> None:
    for entry in entries(language):
        source = entry.get("msgid_plural", entry["msgid"])
        for name, said in entry.items():
            if name in {"msgstr", "msgstr[1]"} and said:
                assert sorted(PLACES.findall(said)) == sorted(PLACES.findall(source)), entry["msgid"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as opened:
        compiled = gettext.GNUTranslations(opened)
    for entry in entries(language):
        if entry.get("msgstr"):
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]
        elif entry.get("msgstr[0]"):
            assert compiled.ngettext(entry["msgid"], entry["msgid_plural"], 1) == entry["msgstr[0]"]
            assert compiled.ngettext(entry["msgid"], entry["msgid_plural"], 7) == entry["msgstr[1]"]


SAID = re.compile(r'\b(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]')


def test_german_says_nearly_everything() -> None:
    """A sentence may be newer than its translation, but few are: `uv run bin/words` gathers them."""
    house = LOCALE.parent
    files = [path for kind in ("*.py", "*.html") for path in house.rglob(kind) if "migrations" not in path.parts]
    said = {ast.literal_eval(f'"{found}"') for path in files for found in SAID.findall(path.read_text("utf-8"))}
    translated = {entry["msgid"] for entry in entries("de") if entry.get("msgstr")}
    assert len(said) > 1000
    assert len(said & translated) >= 0.9 * len(said), sorted(said - translated)[:20]


def marked(path: Path) -> set[str]:
    """Return what a module marks for translation, by whatever name it calls one of the framework's functions."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = [a for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names]
    called = {alias.asname or alias.name for alias in imported if "gettext" in alias.name}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    said = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in called]
    return {each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_code_marks_is_gathered_and_translated(language: str) -> None:
    """Also what is marked in one place and translated in another, as the inbox's lines of mentoring."""
    house = [path for path in LOCALE.parent.rglob("*.py") if not {"migrations", "fernway"} & set(path.parts)]
    said = set().union(*map(marked, house))
    assert len(said) > 1000
    translated = {entry["msgid"] for entry in entries(language) if entry.get("msgstr") or entry.get("msgstr[0]")}
    assert not said - translated


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_have_their_words(language: str) -> None:
    said = json.loads((LOCALE / language / "LC_MESSAGES" / "script.json").read_text("utf-8"))
    assert {"Draft saved", "{count} results#one", "{count} results#other"} <= said.keys()
