"""Input of all formats, whole, broken and hostile: each reader gives records or sentences, and nothing else."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forums import topic
from watercooler.doors.importing import code
from watercooler.doors.importing.discourse import texts
from watercooler.doors.importing.discourse.forum import Forum
from watercooler.doors.importing.handbook import folder, front
from watercooler.doors.importing.handbook.words import Words
from watercooler.doors.importing.people.entries import Entry, Unusable
from watercooler.doors.importing.people.sources import Told, source
from watercooler.doors.importing.report import Broken
from watercooler.doors.importing.stackexchange import Dump
from watercooler.doors.importing.stackexchange.dump import FILES
from watercooler.doors.importing.texts import ForumAddresses
from watercooler.foundation.base.errors import Refused
from watercooler.spine.content.markdown import render_plainly, taken_over

OFTEN = settings(max_examples=120, suppress_health_check=list(HealthCheck))
PIECES = (
    *("# Head\n", "## Two {#two}\n", "words ", "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "| a | b |\n"),
    *("---\n", "+++\n", "!!! note \"Mind\"\n", "??? tip\n", "    inner\n", ":::note\n", "::::\n", ":::\n"),
    *("::: tip [Mind]\n", "=== \"Tab\"\n", "> [!NOTE]\n", "> [!tip]- Mind\n", "///\n", "/// note | Mind\n"),
    *("@tab npm\n", "{% hint %}", "{% endhint %}", "{% raw %}", "{% endraw %}", "{{< ref \"b.md\" >}}"),
    *("{{% note %}}", "{{% /note %}}", "{{ x | y }}", "{{", "}}", "{%", "%}", "{#", "#}"),
    *("<%= link_to \"a\", \"/b\" %>", "<%", "%>", "<Tabs>", "</Tabs>", "<Tab label=\"x\">", "</Tab>"),
    *("<Card href={'/x'} />", "<", "import X from './_x.md'\n", "export const a = {\n", "{/* x */}"),
    *("[[page|words]]", "![[a.png|300]]", "[[", "]]", "[a](b.md)", "![p](p.png)", "[a][b]", "[b]: c.md\n"),
    *("[^1]", "[^1]: note\n", "^[own]", "`", "```\n", "~~~\n", "```js title=\"x\"\n", "<details>"),
    *("<summary>", "</details>", "<pre><code>", "</code></pre>", "<a id=\"x\"></a>", "<!--", "-->"),
    *("term\n: meaning\n", "*[HTML]: Hyper\n", "==light==", "%%", ":tada:", ":material-check:", "{: .lead}"),
    *("{ #id }", "[TOC]\n", "title: x\n", "\x02", "\x0e", "\x0f", "\x04" + "0\x05", "\x06\x08\x07"),
    *("\x021\x03", "\x0299999999999\x03", "\ud7ff", "\u202e", "�", "&amp;", "\\"),
    *("[quote=\"mira, post:1\"]\n", "[/quote]\n", "[details=\"x\"]\n", "[/details]\n", "[poll]\n"),
    *("[/poll]\n", "[chat quote=\"a;1\"]\n", "[/chat]\n", "[spoiler]", "[/spoiler]"),
    *("[date=2021-01-01 time=10:00:00]", "[b]", "[/b]", "[url]", "[/url]", "(upload://x)"),
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join)
SCALARS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.sampled_from(PIECES)),
    *(st.just(10**400), st.just("\ud800"), st.just("a\0b"), st.just("9" * 5000), st.just(-1)),
    st.just("2021-03-04T01:00:00Z"),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "posts", "post_stream", "title", "name", "topics"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@OFTEN
@given(TEXTS)
def test_any_text_becomes_a_page_without_marks_of_its_own(text):
    with tempfile.TemporaryDirectory() as base:
        (Path(base) / "a.md").write_bytes(text.encode("utf-8", "surrogatepass"))
        looked = folder.look(Path(base))
        if "a.md" not in looked.pages:
            assert looked.left_out["a.md"]
            return
        assert looked.pages["a.md"].title
        head, body, _lines = front.split(looked.text("a.md"))
    said = Words(lambda _path: "included `code`", front=head, is_vault=True)(body)
    assert not set(said) & set("\x02\x03\x04\x05\x06\x07\x08\x0e\x0f")
    render_plainly(said)


@OFTEN
@given(TEXTS)
def test_code_that_is_set_aside_comes_back_as_it_was(text):
    clean = "".join(c for c in text if c >= " " or c in "\n\t")
    assert code.changed(clean, lambda words: words) == clean


@OFTEN
@given(TEXTS)
def test_any_text_of_a_forum_becomes_words_and_safe_html(text):
    text = text.encode("utf-8", "replace").decode()
    addresses = ForumAddresses("forum.example")
    html = texts.shown(text, addresses)
    texts.source(text, html, addresses)
    taken_over(html)


CHANGES = st.tuples(st.lists(st.integers(0, 40), min_size=1, max_size=6), VALUES)


def _changed(said, path, value):
    """Put a value somewhere into a nested one."""
    if not path or not isinstance(said, dict | list) or not said:
        return value
    keys = list(said) if isinstance(said, dict) else range(len(said))
    key = keys[path[0] % len(keys)]
    copy = dict(said) if isinstance(said, dict) else list(said)
    copy[key] = _changed(said[key], path[1:], value)
    return copy


@OFTEN
@given(st.lists(CHANGES, min_size=1, max_size=3), st.integers(0, 4000))
def test_a_topic_with_anything_anywhere_gives_records_or_sentences(changes, cut):
    said = topic()
    for path, value in changes:
        said = _changed(said, path, value)
    told = []
    with tempfile.TemporaryDirectory() as base:
        (Path(base) / "1.json").write_text(json.dumps(said))
        (Path(base) / "2.json").write_bytes(json.dumps(said).encode()[:cut])
        forum = Forum(Path(base))
        for each in forum.topics(told.append, others=told.append, categories={}):
            for post in each.posts:
                assert post.number > 0
                "".join((each.title, *each.tags, post.username, post.name, post.cooked, post.raw)).encode()
    assert all(str(problem) for problem in told)


HEADS = (
    *("Employee ID", "Name", "First name", "E-Mail", "Manager", "Hire date", "Status", "Geburtsdatum", "Abteilung"),
    *("sep=;", ""),
)
WORDS = ("Ada Byrne", "1", "a@b.example", "31.02.2020", '"', "\0", "\n", "x" * 3000)
CELLS = st.one_of(st.text(max_size=10), st.integers().map(str), st.sampled_from(WORDS))


@OFTEN
@given(
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=6),
    st.lists(st.lists(CELLS, max_size=7), max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32", "cp037"]),
    st.booleans(),
)
def test_any_table_gives_people_or_sentences(heads, rows, separator, encoding, is_quoted):
    def cell(text):
        return '"{}"'.format(text.replace('"', '""')) if is_quoted else text

    lines = [separator.join(map(cell, row)) for row in [heads, *rows]]
    with tempfile.TemporaryDirectory() as base:
        path = Path(base) / "staff.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
        with suppress(Refused):
            assert all(isinstance(each, Entry | Unusable) for each in source(path, Told()).entries())


NAMES = (
    *(
        "Id",
        "PostTypeId",
        "CreationDate",
        "Score",
        "Body",
        "OwnerUserId",
        "Title",
        "Tags",
        "ParentId",
        "Text",
        "UserId",
    ),
    *("Name", "ContentLicense", "TagName", "Count", "Class", "VoteTypeId", "PostId", "RelatedPostId", "LinkTypeId"),
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.one_of(SCALARS.map(str), st.just("5")), max_size=8), max_size=6
)


@OFTEN
@given(
    st.sampled_from(sorted(FILES)),
    ROWS,
    st.integers(0, 3000),
    st.sampled_from(["", "\ufeff", "<!DOCTYPE x>", "<!-- x -->"]),
)
def test_any_rows_of_a_dump_give_records_or_sentences(name, rows, cut, before):
    cells = ["".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in row.items()) for row in rows]
    text = f"{before}<{name.lower()}>\n" + "\n".join(f"  <row{row} />" for row in cells) + f"\n</{name.lower()}>"
    told = []
    with tempfile.TemporaryDirectory() as base:
        (Path(base) / f"{name.upper()}.XML").write_bytes(text.encode("utf-8", "replace")[: cut or None])
        try:
            dump = Dump(Path(base))
            for _record in dump.records(FILES[name], broken=told.append, damaged=told.append):
                pass
        except Broken as broken:
            told.append(broken.problem)
    assert all(problem.file and problem.sentence for problem in told)


@pytest.mark.parametrize(
    "hostile",
    [
        *("[" * 20_000, "![[" * 10_000, "{{" * 20_000, "{% if " * 8_000, "{{< a " * 8_000, "<A " * 10_000),
        *("<a-b c={{" * 5_000, ":::note\n" * 5_000, "!!! note\n" * 5_000, '    === "a"\n' * 5_000),
        *("[^a]: b\n" * 5_000, "==a " * 10_000, "%%" * 10_001, "term\n: a\n" * 4_000),
        *("import a from 'b'\n" * 4_000, "import {" * 8_000, "<pre>" * 8_000, "<%" * 15_000, "`" * 200_001),
        *("{# " * 10_000, "{" * 30_000, "<!--" * 8_000, "> " * 10_000, "{% highlight a %}" * 3_000),
        *("export const a\n" * 5_000, "".join("    " * n + "!!! note\n" for n in range(300))),
        *("{{< highlight >}}" * 3_000, "[chat ]\n" * 5_000, "[date=" * 8_000),
        *("<div class=\"chat-transcript-meta\">" * 3_000, "<summary>" * 8_000, "[url=http://" * 5_000),
        *("---\n" + "a: [\n" * 4_000,),
    ],
)  # fmt: skip
def test_a_hostile_text_takes_no_time(hostile, tmp_path):
    (tmp_path / "a.md").write_text(hostile)
    began = time.process_time()
    folder.look(tmp_path)
    Words(lambda _path: None, is_vault=True)(hostile)
    texts.source(hostile, texts.shown(hostile, ForumAddresses("forum.example")), ForumAddresses("forum.example"))
    assert time.process_time() - began < 4
