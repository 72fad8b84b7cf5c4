"""What changed between two texts, and two changes put together."""

import time

from hypothesis import given
from hypothesis import strategies as st

from watercooler.spine.content.difference import changes, marked, merged, shortened

TEXT = st.text(alphabet="ab \n.<&é", max_size=60)
LINES = st.lists(st.sampled_from(["one", "two", "three", "", "four"]), max_size=8).map("\n".join)


def test_words_are_compared_not_lines():
    assert changes("Wait ten minutes.\nThen read.", "Wait twenty minutes.\nThen read.") == [
        ("same", "Wait "),
        ("del", "ten"),
        ("ins", "twenty"),
        ("same", " minutes.\nThen read."),
    ]


def test_a_changed_phrase_is_one_change_not_confetti():
    runs = changes("read the left gauge first", "read a right dial first")
    assert [mark for mark, _text in runs] == ["same", "del", "ins", "same"]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_change(before, after):
    runs = changes(before, after)
    assert "".join(text for mark, text in runs if mark != "ins") == before
    assert "".join(text for mark, text in runs if mark != "del") == after


@given(TEXT, TEXT)
def test_nothing_typed_becomes_markup(before, after):
    for html in (marked(before, after), shortened(before, after)):
        left = html.replace("<del>", "").replace("</del>", "").replace("<ins>", "").replace("</ins>", "")
        left = left.replace('<span class="vh">', "").replace("</span>", "")
        assert "<" not in left


def test_long_stretches_that_stayed_are_cut_short():
    same = "word " * 400
    shown = shortened(f"{same}ten{same}", f"{same}twenty{same}")
    assert len(shown) < 700
    assert "…" in shown


def test_changes_of_different_passages_come_together():
    found = merged("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n")
    assert (found.text, found.clashes) == ("A\nb\nc\nD\n", 0)


def test_changes_of_one_passage_both_stand():
    found = merged("a\nb\nc", "a\nX\nc", "a\nY\nc")
    assert (found.text, found.clashes) == ("a\nX\nY\nc", 1)


@given(LINES, LINES)
def test_one_change_alone_is_that_change(base, changed):
    assert merged(base, changed, base) == merged(base, base, changed)
    assert merged(base, changed, base).text == changed
    assert merged(base, changed, changed).text == changed


@given(LINES, LINES, LINES)
def test_no_new_line_of_either_is_lost(base, theirs, mine):
    together = merged(base, theirs, mine).text.split("\n")
    for line in set(theirs.split("\n")) | set(mine.split("\n")):
        if line and line not in base.split("\n"):
            assert line in together


def test_hostile_texts_cost_little():
    began = time.process_time()
    for before, after in [("a b " * 20_000, "b a " * 20_000), ("a\nb\n" * 20_000, "b\n\na\n" * 20_000)]:
        changes(before, after)
        merged(before, after, before[::-1])
    assert time.process_time() - began < 3
