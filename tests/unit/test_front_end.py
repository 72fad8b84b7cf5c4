"""What browsers are sent: within budget, complete, and in files that stay readable."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
HOUSE = REPOSITORY / "watercooler"
BASE = HOUSE / "foundation" / "base"
BUILT = HOUSE / "static" / "built"

KIB = 1024
SCRIPT_BUDGET_KIB = 60
STYLE_BUDGET_KIB = 45
LONGEST_MODULE = 120
LONGEST_STYLE = 400
DRAWN = r"(?:icon\(|icon=)\"([a-z0-9-]+)\""


def names() -> dict[str, str]:
    listed = BUILT / "names.json"
    assert listed.exists(), "The front end is not built: run `npm ci --ignore-scripts && npm run build`."
    return dict(json.loads(listed.read_text()))


def packed_kib(name: str) -> float:
    return len(gzip.compress((BUILT / names()[name]).read_bytes(), 9)) / KIB


def found(pattern: str) -> list[Path]:
    return [path for path in HOUSE.rglob(pattern) if "static" not in path.relative_to(HOUSE).parts]


def test_the_scripts_of_an_ordinary_page_stay_within_their_budget() -> None:
    assert packed_kib("app.js") <= SCRIPT_BUDGET_KIB


def test_the_styles_of_an_ordinary_page_stay_within_their_budget() -> None:
    assert packed_kib("app.css") + packed_kib("serif.css") <= STYLE_BUDGET_KIB


def test_the_editor_is_not_in_every_page() -> None:
    assert "insertText" not in (BUILT / names()["app.js"]).read_text()


@pytest.mark.parametrize("name", ["app.css", "app.js", "icons.svg"])
def test_what_is_asked_for_most_is_compressed_once(name: str) -> None:
    built = BUILT / names()[name]
    assert gzip.decompress(Path(f"{built}.gz").read_bytes()) == built.read_bytes()
    assert Path(f"{built}.br").exists()


def test_every_named_file_exists_under_a_name_of_its_content() -> None:
    for name, file in names().items():
        assert (BUILT / file).exists(), name
        assert re.search(r"\.[\w-]{8}\.\w+$", file), file


def test_every_icon_that_is_drawn_is_in_the_sprite() -> None:
    sprite = (BUILT / names()["icons.svg"]).read_text()
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', sprite))
    wanted = {
        (name, str(path.relative_to(HOUSE)))
        for path in [*found("*.html"), *found("*.py"), *found("*.ts")]
        for name in re.findall(DRAWN, path.read_text())
    }
    assert wanted
    assert not {(name, path) for name, path in wanted if name not in drawn}


def test_every_icon_that_is_passed_to_a_part_is_in_the_sprite() -> None:
    """A part takes its drawing as a word among words: each that lucide knows must be ours as well."""
    lucide = {path.stem for path in (REPOSITORY / "node_modules" / "lucide-static" / "icons").glob("*.svg")}
    if not lucide:
        pytest.skip("lucide-static is not installed here.")
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', (BUILT / names()["icons.svg"]).read_text()))
    for path in found("*.html"):
        for call in re.findall(r"part\.(?:act|menu|note|expert)\w*\([^{}]*?\)", path.read_text()):
            passed = set(re.findall(r'"([a-z0-9-]+)"', call)) & lucide
            assert passed <= drawn, (path.name, passed - drawn)


def test_modules_and_styles_stay_readable() -> None:
    modules = [path for path in found("*.ts") if "modules" in path.parts]
    styles = [path for path in found("*.css") if "styles" in path.parts]
    assert modules
    assert styles
    assert not [path for path in modules if len(path.read_text().splitlines()) > LONGEST_MODULE]
    assert not [path for path in styles if len(path.read_text().splitlines()) > LONGEST_STYLE]


def test_styles_stay_in_their_layers() -> None:
    for path in found("*.css"):
        if path.name in {"fonts.css", "serif.css"}:
            continue
        layers = set(re.findall(r"^@layer (\w+) \{", path.read_text(), re.M))
        assert layers, path
        assert layers <= {"reset", "base", "components", "pages", "utilities"}, path


def test_styles_know_no_left_and_right() -> None:
    sides = r"(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    physical = re.compile(rf"^\s*(?:{sides})\s*:", re.M)
    assert not [path.name for path in found("*.css") if physical.search(path.read_text())]


def test_no_page_brings_script_or_handlers_of_its_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=\s*[\"']|hx-on|javascript:")
    assert not [str(path) for path in found("*.html") if inline.search(path.read_text())]


def test_a_class_is_styled_by_one_app() -> None:
    """An app may refine what the house shares, and never what another app made."""
    owners: dict[str, set[str]] = {}
    for path in found("styles/*.css"):
        app = path.relative_to(HOUSE).parts[1]
        for name in re.findall(r"^  \.([a-z][\w-]*) \{$", path.read_text(), re.MULTILINE):
            owners.setdefault(name, set()).add(app)
    shared = {name: apps for name, apps in owners.items() if len(apps - {"base"}) > 1}
    assert not shared, shared
