"""What a handbook's texts become: front matter, shortcodes, HTML, headings. Knows no database."""

from __future__ import annotations

import multiprocessing
import time

import pytest

from watercooler.doors.importing import code
from watercooler.doors.importing.handbook import folder, front, headings, links, markup, shortcodes
from watercooler.doors.importing.hands import Hands, hands


@pytest.mark.parametrize(
    ("text", "head", "body"),
    [
        ("---\ntitle: A\n---\nText", {"title": "A"}, "Text"),
        (
            "---\ntitle: 'It''s'\ntags:\n  - one\n  - \"two\"\n---\nText",
            {"title": "It's", "tags": ["one", "two"]},
            "Text",
        ),
        ('+++\ntitle = "B"\ntags = ["x", "y"]\n+++\nText', {"title": "B", "tags": ["x", "y"]}, "Text"),
        ("---\nno end", {}, "---\nno end"),
        ("Text\n---\nmore", {}, "Text\n---\nmore"),
        ("---\na: !!python/object:os.system x\n---\nText", {"a": "!!python/object:os.system x"}, "Text"),
    ],
)
def test_front_matter(text, head, body):
    assert front.split(text)[:2] == (head, body)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]({% page "x/y" %})', "[a](/x/y)"),
        ('{% image "i.png" "A kiln" %}', "![A kiln](/i.png)"),
        ("{% comment %}hush{% endcomment %}said", "said"),
        ('{% alert "Mind" %}\n  Hot.\n{% endalert %}', "> **Mind**\n>\n> Hot."),
        ('{{< note title="Mind" >}}Hot.{{< /note >}}', "> **Mind**\n>\n> Hot."),
        ('[a]({{< ref "b.md" >}})', "[a](/b.md)"),
        ('{{< figure src="a.png" caption="Kiln" >}}', "![Kiln](/a.png)"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("{{ site.baseurl }}/x", "/x"),
        ('in {% slack_channel "#kilns" %}', "in `#kilns`"),
        ("{% unknown_thing %}words{% endunknown_thing %}", "words"),
    ],
)
def test_shortcodes(text, said):
    assert shortcodes.Shortcodes(lambda _path: None)(text).strip() == said


def test_unknown_shortcodes_are_counted():
    turn = shortcodes.Shortcodes(lambda _path: None)
    turn("{% thing %}{% thing %}{{ other.value }}{% include x.html %}")
    assert turn.unknown == {"thing": 2, "other.value": 1, "include x.html": 1}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<b>bold</b> <em>soft</em> <code>x</code>", "**bold** *soft* `x`"),
        ('<a href="/x">go</a><a name="y"></a>', "[go](/x)"),
        ('<img src="a b.png" alt="A">', "![A](<a b.png>)"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>x|<b>y</b></td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | x\\|**y** |",
        ),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("| a<br/>b |", "| a b |"),
        ("<!-- hush -->said<script>x()</script>", "said"),
        ("2 < 3 and <https://example.org> and <thing>", "2 < 3 and <https://example.org> and <thing>"),
    ],
)
def test_html_becomes_markdown(html, said):
    assert markup.to_markdown(html).strip() == said


def test_code_is_never_changed():
    text = "a `[x](y.md)` b\n\n```\n{% page 'x' %} <b>no</b>\n```\n\n<b>c</b>"
    assert code.changed(text, markup.to_markdown) == text.replace("<b>c</b>", "**c**")


def test_a_lone_backtick_ends_with_its_paragraph():
    text = "a ` b\n\n<b>c</b>\n\nd ` e"
    assert "**c**" in code.changed(text, markup.to_markdown)


def test_a_title_is_plain_words():
    assert headings.first_heading("# Book <a href='/x'><img src='y'></a> [![CI](a)](b)\n\nText.") == "Book CI"


def test_a_hostile_folder_of_brackets_takes_no_time(tmp_path):
    (tmp_path / "a.md").write_text(
        "# A\n\n" + "[" * 20_000 + "](x)" * 5_000 + "<" * 20_000 + "{%" * 10_000 + "`" * 9_999 + "![" * 9_000
    )
    began = time.process_time()
    looked = folder.look(tmp_path)
    rewriting = links.Rewriting(links.Addresses(looked, str, str), looked.pages["a.md"], lambda _path: None)
    turn = shortcodes.Shortcodes(lambda _path: None)
    code.changed(looked.text("a.md"), lambda text: rewriting(markup.to_markdown(turn(text))))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("\n\n# One `two` #\n\nText.", "One two"),
        ("Title\n=====\n\nText.", "Title"),
        ("    # code\n", ""),
        ("Text.\n\n# Later", ""),
        ("## Second\n\n# First", ""),
        ("| a |\n====", ""),
    ],
)
def test_a_main_heading_that_begins_the_text_is_its_title(body, said):
    assert headings.first_heading(body) == said


@pytest.mark.parametrize(
    ("words", "plain", "anchor"),
    [
        ("[Code freeze][freeze] (weeks 12-14)", "Code freeze (weeks 12-14)", "code-freeze-weeks-12-14"),
        ("Examples &mdash; what to do", "Examples \u2014 what to do", "examples--what-to-do"),
        ("Q&amp;A with [Ann](/ann)", "Q&A with Ann", "qa-with-ann"),
    ],
)
def test_a_heading_is_what_people_read(words, plain, anchor):
    assert (headings.plain_words(words), headings.anchor_of(words)) == (plain, anchor)


def test_anchors_hold_the_code_of_a_heading():
    assert headings.parts_of("# A\n\n# Use `kiln --hot`\n") == {"a": 1, "use-kiln---hot": 2}


def double(number):
    if number == 13:
        raise ValueError("Unlucky.")
    return 2 * number


def test_hands_give_results_in_order_and_say_what_went_wrong():
    with hands(2) as more:
        assert more.map(double, list(range(100, 200))) == list(range(200, 400, 2))
        with pytest.raises(ValueError, match="Unlucky"):
            more.map(double, list(range(100)))
        assert more.map(double, list(range(100, 150))) == list(range(200, 300, 2))


def test_the_work_is_done_here_if_hands_are_killed():
    with hands(2) as more:
        assert more.map(double, list(range(100, 150))) == list(range(200, 300, 2))
        for hand in multiprocessing.active_children():
            hand.kill()
            hand.join()
        assert more.map(double, list(range(100, 150))) == list(range(200, 300, 2))


def test_light_work_is_done_here_until_it_is_worth_a_process():
    before = set(multiprocessing.active_children())
    with hands(2, after=100) as more:
        more.map(double, list(range(100, 200)))
        assert set(multiprocessing.active_children()) <= before
        assert more.map(double, [1]) == [2]
        assert len(set(multiprocessing.active_children()) - before) == 2


def test_one_core_works_alone():
    assert Hands(0).map(double, [1, 2, *range(50, 150)])[:2] == [2, 4]
