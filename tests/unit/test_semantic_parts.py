"""Long texts are cut into parts that a model takes in as a whole; nothing is lost and nothing comes twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meaning import Concepts, folder
from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.parts import MOST, parts, plain

TWENTY = " ".join(["pump"] * 20)


class Short(Concepts):
    tokens = 10


def test_a_short_text_stays_as_it_is() -> None:
    assert parts("Pump", "<p>Bleed it.</p><p>Listen.</p>", Concepts()) == ["Pump\nBleed it. Listen."]
    assert parts("", "<p>Bleed it.</p>", Concepts()) == ["Bleed it."]
    assert parts("Pump", "", Concepts()) == ["Pump\n"]
    assert parts("", "", Concepts()) == [""]
    assert parts(TWENTY, "", Short()) == [f"{TWENTY}\n"], "A title alone is a text too."
    assert parts("", "a" * 500, Concepts()) == ["a" * 500], "Long in letters, short to the model."


def test_paragraphs_stay_whole_and_each_part_begins_with_the_title() -> None:
    html = "<h2>Noise it makes</h2><p>It hums all night long.</p><ul><li>Bleed the pump.</li><li>Wait.</li></ul>"
    assert parts("Boiler manual", html, Short()) == [
        "Boiler manual\nNoise it makes It hums all night long.",
        "Boiler manual\nBleed the pump. Wait.",
    ]


def test_parts_are_about_as_long_as_each_other() -> None:
    """With as much in each as it holds there would be nine words and one."""
    html = "".join(f"<p>{word} it.</p>" for word in ("Bleed", "Close", "Drain", "Fill", "Start"))
    cut = parts("", html, Short()) + parts("Pump", html, Short())
    assert [len(each.removeprefix("Pump\n").split()) for each in cut] == [10, 6, 4]


def test_a_paragraph_longer_than_a_part_is_cut_between_words() -> None:
    cut = parts("Pump", f"<p>First.</p><p>{TWENTY}</p><p>Last.</p>", Short())
    assert all(len(each.split()) <= Short.tokens for each in cut)
    assert " ".join(each.removeprefix("Pump\n") for each in cut) == f"First. {TWENTY} Last."


class ByLetters(Concepts):
    """Each letter beyond Latin is a token to it, as to most models, and so is each word."""

    tokens = 50

    def lengths(self, texts):
        return [len(re.findall(r"[^\W\u0000-\u024f]|[A-Za-z0-9]+", text)) for text in texts]


CHINESE = "冬天第一个寒冷的早晨热泵报低压故障，先检查室外机盘管是否结霜，再强制除霜二十分钟。" * 9
THAI = "ปั๊มความร้อนหยุดทำงานในเช้าที่หนาวเย็นให้ละลายน้ำแข็งก่อนแล้วรอยี่สิบนาที" * 6


@pytest.mark.parametrize(
    "said", [CHINESE, THAI, f"Room 12 {CHINESE}", CHINESE.replace("，", " "), "word " * 60 + CHINESE + " word" * 60]
)
def test_what_has_no_spaces_between_words_is_cut_between_letters(said) -> None:
    cut = parts("水泵", f"<p>First.</p><p>{said}</p><p>Last.</p>", ByLetters())
    assert 3 < len(cut) <= MOST
    assert max(ByLetters().lengths(cut)) <= ByLetters.tokens
    whole = "".join(each.removeprefix("水泵\n") for each in cut)
    assert whole.replace(" ", "") == f"First.{said}Last.".replace(" ", "")


def test_a_sentence_without_spaces_is_not_cut_in_its_middle_where_its_end_is_near() -> None:
    cut = parts("", f"<p>{CHINESE}</p>", ByLetters())
    assert all(each[-1] in "，。" for each in cut)


def test_no_text_has_more_parts_than_is_paid_for() -> None:
    assert len(parts("Pump", f"<p>{TWENTY}</p>" * 100, Short())) == MOST


def test_a_title_longer_than_a_part_leaves_room_for_the_text() -> None:
    cut = parts(TWENTY, "<p>One two three.</p><p>Four five six.</p><p>Seven eight nine.</p>", Short())
    assert [each.removeprefix(f"{TWENTY}\n") for each in cut] == [
        "One two three.", "Four five six.", "Seven eight nine.",
    ]  # fmt: skip


words = st.lists(st.sampled_from(["pump", "boiler", "a", "&amp;", "noise"]), max_size=25).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "h2", "td", "b"]), words), max_size=12), words)
def test_every_word_is_in_one_part(blocks, title) -> None:
    html = "".join(f"<{tag}>{said}</{tag}>" for tag, said in blocks)
    cut = parts(title, html, Short())
    begins = f"{title}\n" if title else ""
    assert all(each.startswith(begins) for each in cut)
    said = " ".join(each.removeprefix(begins) for each in cut).split()
    assert said == plain(html).split()[: len(said)]
    assert len(cut) == MOST or len(said) == len(plain(html).split())


def test_a_real_model_says_how_long_texts_are_to_it(tmp_path: Path) -> None:
    for name in ("onnxruntime", "tokenizers", "numpy"):
        pytest.importorskip(name, reason="The semantic extra is not installed (requirements-semantic.lock).")
    known = {"[UNK]": (0.0, 1.0), "boiler": (1.0, 0.0), "passage": (1.0, 1.0)}
    embedder = Embedder(folder(tmp_path, known, config_sentence_transformers={"prompts": {"document": "passage "}}))
    assert embedder.tokens == 255, "One goes to what the model wants in front."
    assert embedder.lengths(["", "boiler", "boiler " * 700]) == [0, 1, 700]
    cut = parts("", f"<p>{'frost ' * 250}</p><p>{'boiler ' * 250}</p>", embedder)
    assert embedder.texts(cut)[1] == pytest.approx([1, 0], abs=1e-2)
