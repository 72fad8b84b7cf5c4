"""Handbooks as further producers write them: exports, wikis, books. What people read holds no marks of theirs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from watercooler.config.commands.import_handbook import why_nothing
from watercooler.doors.importing.handbook import contents, excerpts, folder, history, myst
from watercooler.doors.importing.handbook.links import Addresses, Rewriting
from watercooler.doors.importing.handbook.names import spoken
from watercooler.doors.importing.handbook.words import Words

NOTION = "0123456789abcdef0123456789abcdef"


def turned(text: str, **how) -> str:
    return Words(lambda _path: None, **how)(text).strip()


def lay(base: Path, files: dict[str, str]) -> folder.Folder:
    for name, text in files.items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text)
    return folder.look(base)


def addresses(looked: folder.Folder) -> Addresses:
    return Addresses(looked, lambda path: f"/a/{path}", lambda section: f"/c/{section}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Press ++ctrl+alt+del++, not C++ or a++.", "Press `Ctrl+Alt+Del`, not C++ or a++."),
        ("^^new^^ {++more++}{--less--} {~~a~>b~~}{>>why<<} {==lit==}", "new more b lit"),
        ("H~2~O, m^2^, 1^st^, ~~gone~~, ~/home and 2^10.", "H₂O, m², 1st, ~~gone~~, ~/home and 2^10."),
        ("::: kiln.Oven\n    options:\n      show: true\n\nWords.", "Words."),
        ("Write to <a@kiln.example> or <joe@kiln.example>.", "Write to <a@kiln.example> or <joe@kiln.example>."),
        ("```{figure} img/pot.png\nThe pot.\n```", "![](img/pot.png)\n\nThe pot."),
        ("```{list-table}\n* - A\n  - B\n* - 1\n  - 2 | 3\n```", "| A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |"),
        ("```{glossary}\noven\n  A hot box.\n```", "**oven**\n\nA hot box."),
        ("```{toctree}\n---\nmaxdepth: 2\n---\none.md\n```", "- [one.md](one.md)"),
        ("(role:scribe)=\nWords (a)= b.\n\n```\n(kept)=\n```", "Words (a)= b.\n\n```\n(kept)=\n```"),
        ('{kbd}`X`\n\n+++ {"a": 1}\n\n[Two](project:#two)', "`X`\n\n[Two](#two)"),
        ('<ac:structured-macro ac:name="info"><ac:rich-text-body><p>Hot.</p></ac:rich-text-body></ac:structured-macro>',
         "Hot."),
        ("<img src={require('./pot.png').default} alt=\"Pot\" /> {props.x}", "![Pot](./pot.png)"),
        ('{{< tabs name="id" >}}{{< tab name="One" codelang="bash" >}}\nls\n{{< /tab >}}{{< /tabs >}}',
         "**One**\n\n```bash\nls\n```"),
        ('{{< details summary="More" >}}Long.{{< /details >}}', "> **More**\n>\n> Long."),
        ("{{< gist ines 12 >}}", "[gist](https://gist.github.com/ines/12)"),
    ],
)  # fmt: skip
def test_marks_become_words(text, said):
    assert turned(text) == said


def test_examples_take_in_what_they_name():
    files = {"a.rs": "one\n// ANCHOR: two\ntwo\n// ANCHOR_END: two\nthree"}
    text = "```rust\n{{#rustdoc_include a.rs:two}}\n```\n\n  ```rust\n  {{#include a.rs:1}}\n  ```\n\n"
    text += "```\n{{#include b}}\n```"
    said = turned(text, file=files.get)
    assert said == "```rust\ntwo\n```\n\n  ```rust\n  one\n  ```\n\n```\n{{#include b}}\n```"
    assert turned('```py\n--8<-- "a.rs:5:"\n```', file=files.get) == "```py\nthree\n```"
    assert excerpts.of(files["a.rs"], "") == "one\ntwo\nthree"
    assert excerpts.of(files["a.rs"], "nothing") == ""
    book = Words({"b.md": "No.\n<!-- ANCHOR: x -->\nYes.\n<!-- ANCHOR_END: x -->\nNo."}.get)
    assert book("{{#include b.md:x}}").strip() == "Yes."


@pytest.mark.parametrize(
    ("name", "called"),
    [
        (f"Team home {NOTION}", "Team home"),
        ("2024-01-02", "2024-01-02"),
        ("version-1.0", "Version 1.0"),
        ("02.travel-and.leave", "Travel and leave"),
    ],
)
def test_names_are_said_as_people_would(name, called):
    assert spoken(name) == called


@pytest.mark.parametrize("wiki", [".obsidian/app.json", "_Sidebar.md"])
def test_in_a_wiki_a_page_is_called_as_its_file(tmp_path, wiki):
    looked = lay(tmp_path, {wiki: "x", "Deep-page.md": "## First part\n\nWords.", "b.md": "# Own title\n\nWords."})
    assert {path: page.title for path, page in looked.pages.items()} == {
        "Deep-page.md": "Deep page",
        "b.md": "Own title",
    }


def test_a_missing_picture_is_not_called_by_its_width(tmp_path):
    looked = lay(tmp_path, {".obsidian/app.json": "{}", "a.md": "Words."})
    rewriting = Rewriting(addresses(looked), looked.pages["a.md"], lambda path: path)
    assert rewriting("![[pot.png|200]] ![[pot.png|The pot]]") == "pot.png The pot"


def test_a_drawing_is_no_page(tmp_path):
    looked = lay(tmp_path, {"a.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n==Switch==\n", "b.md": "Words."})
    assert looked.left_out == {"a.excalidraw.md": folder.DRAWING}


def test_names_that_differ_in_case_alone_are_two_pages(tmp_path):
    looked = lay(tmp_path, {"Kiln.md": "# Large\n\nx", "kiln.md": "# Small\n\nx", "a.md": "x"})
    if len(looked.pages) < 3:
        pytest.skip("This disk tells no small letters from large ones.")
    found = [addresses(looked).page(looked.pages["a.md"], name) for name in ("Kiln.md", "kiln.md", "KILN.md")]
    assert [each and each[0].title for each in found] == ["Large", "Small", "Large"]


def test_a_page_that_is_a_link_to_another_leads_there(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").symlink_to("docs/start.md")
    looked = lay(tmp_path, {"docs/start.md": "# Start\n\nWords.", "docs/b.md": "x"})
    assert looked.pages["README.md"].leads_to == "/docs/start.md"
    found = addresses(looked).page(looked.pages["docs/b.md"], "../README.md")
    assert found
    assert found[0].path == "docs/start.md"


def test_contents_keep_the_order_of_pages_and_folders(tmp_path):
    files = {
        "src/SUMMARY.md": "- [P](preface.md)\n- [D](deep/README.md)\n- [E](end.md)\n",
        "src/deep/README.md": "# Deep\n\nx",
    }
    looked = lay(tmp_path, files | {"src/preface.md": "# Preface\n\nx", "src/end.md": "# End\n\nx"})
    text = contents.written(looked, "", ["", "deep"], lambda path: path, lambda section: section)[1]
    assert text == "- [Preface](src/preface.md)\n- [Deep](deep)\n- [End](src/end.md)"


def test_a_sidebar_of_docusaurus_gives_the_order(tmp_path):
    looked = lay(
        tmp_path,
        {
            "sidebars.js": "module.exports = {docs: ['intro', {type: 'category', label: 'G', items: ['g/z', 'g/a']}]};",
            **{f"docs/{name}.md": "Words." for name in ("a", "intro", "g/a", "g/z")},
        },
    )
    assert sorted(looked.site.order, key=looked.site.order.__getitem__) == [
        "docs/intro.md",
        "docs/g/z.md",
        "docs/g/a.md",
    ]


def test_settings_of_hugo_say_what_param_means(tmp_path):
    looked = lay(tmp_path, {"hugo.toml": "title = 'x'\n[params]\nproduct = 'Kiln'\n", "content/a.md": "x"})
    assert turned("{{< param product >}}", values=looked.site.values) == "Kiln"


def test_what_git_keeps_elsewhere_is_told(tmp_path):
    bare = tmp_path / "bare.git"
    (bare / "objects").mkdir(parents=True)
    (bare / "HEAD").write_text("ref: refs/heads/main\n")
    assert "Clone it first" in why_nothing(folder.look(bare))
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    (tmp_path / "clone" / "docs").mkdir()
    assert "within a git clone" in history.what_is_missing(tmp_path / "clone" / "docs")
    assert history.what_is_missing(tmp_path / "clone") == ""
    (tmp_path / "clone" / ".git" / "shallow").write_text("")
    assert "shallow" in history.what_is_missing(tmp_path / "clone")
    (tmp_path / "clone" / "docs" / ".git").write_text("gitdir: ../elsewhere")
    assert "worktree" in history.what_is_missing(tmp_path / "clone" / "docs")


def test_of_docusaurus_versions_only_what_holds_now_becomes_pages(tmp_path):
    """Each old version has the same titles again; they are told apart from pages that somebody has to mend."""
    page = "# Install\n\nRun it."
    older = "versioned_docs/version-1.0/install.md"
    also = "i18n/de/docusaurus-plugin-content-docs/version-1.0/install.md"
    looked = lay(tmp_path / "site", {"docs/install.md": page, older: page, also: page, "versions.json": '["1.0"]'})
    assert list(looked.pages) == ["docs/install.md"]
    assert {looked.left_out[older], looked.left_out[also]} == {folder.OLDER} <= folder.QUIET
    alone = lay(tmp_path / "alone", {"version-1.0/install.md": page, "versioned_docs/version-1.0/only.md": page})
    assert "version-1.0/install.md" in alone.pages
    whole = lay(tmp_path / "whole", {older: page})
    assert list(whole.pages) == [older]


PLACES = {
    "roles.md": "# Roles\n\n(role:scribe)=\n(Scribes)=\n\n## The *scribe*\n\n```{figure} pen.png\n:name: pen\n```",
    "pen.md": "# Pens\n\n## Role\n\nInk.",
}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[who writes](#role:scribe)", "[who writes](/a/roles.md#part-1)"),
        ("[](#scribes)", "[The scribe](/a/roles.md#part-1)"),
        ("[Who](scribes)", "[Who](/a/roles.md#part-1)"),
        ("{ref}`who writes <role:scribe>`", "[who writes](/a/roles.md#part-1)"),
        ("{ref}`role:scribe`", "[The scribe](/a/roles.md#part-1)"),
        ("{numref}`Figure %s <pen>`", "[Figure](/a/roles.md#part-1)"),
        ("{any}`scribes`", "[The scribe](/a/roles.md#part-1)"),
        ("[ours](#own)", "[ours](#part-1)"),
        ("[a page first](pen)", "[a page first](/a/pen.md)"),
        ("[its own title](pen.md#pens)", "[its own title](/a/pen.md)"),
        ("[Ann](ann@kiln.example)", "[Ann](mailto:ann@kiln.example)"),
    ],
)
def test_a_link_leads_to_the_place_that_it_names_on_whichever_page_it_is(tmp_path, said, shown):
    assert _linked(tmp_path, said) == (shown, [])


@pytest.mark.parametrize(
    ("said", "shown", "missed"),
    [
        ("{ref}`of another book <python:list>`", "of another book", "python:list"),
        ("{ref}`nowhere`", "nowhere", "nowhere"),
    ],
)
def test_a_place_that_is_nowhere_leaves_its_words(tmp_path, said, shown, missed):
    assert _linked(tmp_path, said) == (shown, [missed])


def _linked(base: Path, said: str) -> tuple[str, list[str]]:
    """Return what a page of this book shows for a link, and what is listed as broken."""
    text = f"(own)=\n\n## Ours\n\n{said}"
    looked = lay(base, {**PLACES, "home.md": f"# Home\n\n{text}"})
    turning = Rewriting(addresses(looked), looked.pages["home.md"], lambda _path: None)
    shown = turned(text, then=turning).removeprefix("## Ours\n\n")
    return shown, [each.target for each in turning.broken]


def test_names_in_a_row_take_time_in_proportion():
    def took(names: int) -> float:
        began = time.process_time()
        myst.places("(a)=\n" * names)
        return time.process_time() - began

    took(1000)
    assert took(40_000) < 40 * max(took(4000), 1e-3)
