"""A model's folder as it is published, read and run; the run itself only where the extra is installed."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.meaning import Concepts, folder
from watercooler.foundation.base.language import LANGUAGES
from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.folder import NoModel, read
from watercooler.projections.semantic.languages import SAME, known
from watercooler.projections.semantic.noise import noise

WORDS = {"[UNK]": (0.0, 0.0, 1.0), "boiler": (1.0, 0.0, 0.0), "frost": (0.0, 1.0, 0.0), "query": (0.0, 0.0, 2.0)}
REAL = os.environ.get("SEMANTIC_TEST_FOLDER", "")
"""A published model, to be tested as well."""


@pytest.fixture
def libraries() -> None:
    for name in ("onnxruntime", "tokenizers", "numpy"):
        pytest.importorskip(name, reason="The semantic extra is not installed (requirements-semantic.lock).")


def test_the_layouts_that_models_are_published_in(tmp_path: Path) -> None:
    plain = read(folder(tmp_path / "plain", WORDS))
    assert (plain.takes_first, plain.before_query, plain.tokens) == (False, "", 256)
    inside = folder(
        tmp_path / "inside",
        WORDS,
        pooling={"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False, "word_embedding_dimension": 3},
        sentence_bert_config={"max_seq_length": 128},
        config_sentence_transformers={"prompts": {"query": "query: ", "document": "passage: "}},
    )
    (inside / "onnx").mkdir()
    (inside / "model.onnx").rename(inside / "onnx" / "model.onnx")
    found = read(inside)
    assert (found.takes_first, found.before_query, found.before_text, found.tokens) == (
        True, "query: ", "passage: ", 128,
    )  # fmt: skip
    assert found.model == inside / "onnx" / "model.onnx"
    assert read(folder(tmp_path / "new", WORDS, pooling={"pooling_mode": "cls"})).takes_first


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"no model\.onnx"):
        read(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"")
    with pytest.raises(NoModel, match=r"no tokenizer\.json"):
        read(tmp_path)
    with pytest.raises(NoModel, match="pooling_mode_max_tokens"):
        read(folder(tmp_path / "max", WORDS, pooling={"pooling_mode_max_tokens": True}))
    broken = folder(tmp_path / "broken", WORDS)
    (broken / "config_sentence_transformers.json").write_text("{")
    with pytest.raises(NoModel, match="cannot be read"):
        read(broken)


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    one = read(folder(tmp_path / "one", WORDS)).fingerprint()
    assert read(folder(tmp_path / "same", WORDS)).fingerprint() == one
    other = folder(tmp_path / "other", {**WORDS, "boiler": (0.5, 0.5, 0.0)})
    assert read(other).fingerprint() != one
    asked_otherwise = folder(tmp_path / "mean", WORDS, pooling={"pooling_mode": "cls"})
    assert read(asked_otherwise).fingerprint() != one


def test_a_model_that_cannot_be_loaded_is_no_model(tmp_path: Path, libraries: None) -> None:
    broken = folder(tmp_path, WORDS)
    (broken / "model.onnx").write_bytes(b"no model at all")
    with pytest.raises(NoModel, match="cannot be loaded"):
        Embedder(broken)


def test_texts_become_vectors_of_length_one(tmp_path: Path, libraries: None) -> None:
    embedder = Embedder(folder(tmp_path, WORDS))
    assert embedder.dimensions == 3
    found = embedder.texts(["Boiler frost", "frost", "", "boiler boiler boiler frost " * 300])
    assert found[0] == pytest.approx([0.7071, 0.7071, 0], abs=1e-3)
    assert found[1] == pytest.approx([0, 1, 0], abs=1e-3)
    assert len(found[2]) == 3
    assert found[3] == pytest.approx([0.9487, 0.3162, 0], abs=1e-2)
    # Beside longer texts a short one is padded, and means the same.
    assert embedder.texts(["frost", "boiler " * 90])[0] == pytest.approx(found[1])


def test_the_first_token_stands_for_the_text_where_the_model_says_so(tmp_path: Path, libraries: None) -> None:
    embedder = Embedder(folder(tmp_path, WORDS, pooling={"pooling_mode_cls_token": True}))
    assert embedder.query("boiler frost frost") == pytest.approx([1, 0, 0])


def test_what_the_model_wants_in_front_is_put_there(tmp_path: Path, libraries: None) -> None:
    prompts = {"prompts": {"query": "query ", "document": ""}}
    embedder = Embedder(folder(tmp_path, WORDS, config_sentence_transformers=prompts))
    assert embedder.query("boiler") == pytest.approx([0.4472, 0, 0.8944], abs=1e-3)
    assert embedder.texts(["boiler"])[0] == pytest.approx([1, 0, 0])


@pytest.mark.skipif(not REAL, reason="SEMANTIC_TEST_FOLDER names no published model.")
def test_a_published_model_knows_what_is_alike(libraries: None) -> None:
    embedder = Embedder(Path(REAL))
    boiler, heater, cake = embedder.texts(
        ["The boiler went out in the frost.", "Our heating failed because of the cold.", "A cake with lemon icing."]
    )
    alike = sum(a * b for a, b in zip(boiler, heater, strict=True))
    apart = sum(a * b for a, b in zip(boiler, cake, strict=True))
    mean, spread = noise(embedder)
    assert alike > mean + 4 * spread > apart
    config = json.loads((Path(REAL) / "config.json").read_text())
    assert embedder.dimensions == config.get("hidden_size", embedder.dimensions)


def test_the_sentences_by_which_languages_are_tried_share_no_words() -> None:
    """Else a model that only compares letters would seem to know a language."""
    assert set(SAME) == set(LANGUAGES)
    for language, pairs in SAME.items():
        assert len(pairs) == 14
        for pair in pairs:
            one, other = (set(re.findall(r"\w{4,}", sentence.lower())) for sentence in pair.split(" | "))
            assert not one & other, (language, pair)


def test_a_model_knows_the_languages_in_which_it_finds_what_says_the_same() -> None:
    class Polyglot(Concepts):
        languages = ("de", "en", "pl")

    assert known(Polyglot()) == ["en", "de", "pl"]  # type: ignore[arg-type]
