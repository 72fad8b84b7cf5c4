"""Models small enough to be looked through: one that knows a few concepts, and a real folder of three kilobytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from watercooler.projections.search import reads as search
from watercooler.projections.search.query import parse
from watercooler.projections.semantic import loaded, reads
from watercooler.projections.semantic.column import AVAILABLE
from watercooler.projections.semantic.jobs import embed
from watercooler.projections.semantic.languages import SAME
from watercooler.projections.semantic.projection import Semantic
from watercooler.spine.activity.projections import catch_up, rebuild

CONCEPTS = {"heater": "boiler", "furnace": "boiler", "frozen": "frost", "layoffs": "redundancies"}


class Concepts:
    """Words that mean the same have the same place in its vectors; all others have their own. It knows English."""

    languages: tuple[str, ...] = ("en",)

    fingerprint = "concepts"
    dimensions = 256
    tokens = 60
    """It takes in sixty words."""

    def query(self, text: str) -> list[float]:
        return self.texts([text])[0]

    def texts(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._vector(text) for text in texts]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _vector(self, text: str) -> list[float]:
        pair = next((pair for code in self.languages for pair in SAME[code] if text in pair.split(" | ")), "")
        return self._placed(pair.partition(" | ")[0] or text)

    def _placed(self, text: str) -> list[float]:
        vector = [0.0] * self.dimensions
        for word in re.findall(r"\w{4,}", text.lower()):
            meant = CONCEPTS.get(word.rstrip("s"), CONCEPTS.get(word, word.rstrip("s")))
            vector[crc32(meant.encode()) % self.dimensions] += 1.0
        length = sum(number * number for number in vector) ** 0.5 or 1.0
        return [number / length for number in vector]


def skip_without_vectors() -> None:
    """Skip the test where the database, another than the built-in one, has no pgvector."""
    with connection.cursor() as cursor:
        cursor.execute(AVAILABLE)
        if cursor.fetchone() is None:
            pytest.skip("This PostgreSQL does not offer the extension “vector”.")


def index() -> None:
    """Let the index follow what was done, and give every text its vector."""
    catch_up(Semantic())
    embed()


def index_anew() -> None:
    rebuild(Semantic())
    embed()


@contextmanager
def by_meaning(embedder: object | None = None) -> Iterator[None]:
    """Have search go by meaning too."""
    loaded.use(embedder or Concepts())  # type: ignore[arg-type]
    reads.forget()
    reads._vector.cache_clear()
    try:
        with override_settings(MEANING="watercooler.projections.semantic.reads.meaning", SEMANTIC="a folder"):
            yield
    finally:
        loaded.use(None)
        reads.forget()


def folder(path: Path, words: Mapping[str, Sequence[float]], **config: object) -> Path:
    """Make a folder as models are published in: each word has a vector of its own, "[UNK]" that of all others.

    config: pooling, tokens and prompts, as 1_Pooling, sentence_bert_config and config_sentence_transformers have them.
    """
    path.mkdir(parents=True, exist_ok=True)
    (path / "model.onnx").write_bytes(_onnx(list(words.values())))
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": {word: at for at, word in enumerate(words)}, "unk_token": "[UNK]"},
    }
    (path / "tokenizer.json").write_text(json.dumps(tokenizer))
    for name, content in config.items():
        file = path / {"pooling": "1_Pooling/config.json"}.get(name, f"{name}.json")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content))
    return path


def _onnx(table: Sequence[Sequence[float]]) -> bytes:
    """Return a model that looks up each token's vector, written by hand in the wire format of protocol buffers."""
    import struct

    rows, columns = len(table), len(table[0])
    raw = struct.pack(f"<{rows * columns}f", *(number for row in table for number in row))
    weights = _number(1, rows) + _number(1, columns) + _number(2, 1) + _bytes(8, b"table") + _bytes(9, raw)
    node = _bytes(1, b"table") + _bytes(1, b"input_ids") + _bytes(2, b"last_hidden_state") + _bytes(4, b"Gather")
    graph = _bytes(1, node) + _bytes(2, b"lookup") + _bytes(5, weights)
    graph += _bytes(11, _value(b"input_ids", 7, 2)) + _bytes(11, _value(b"attention_mask", 7, 2))
    graph += _bytes(12, _value(b"last_hidden_state", 1, 3))
    return _number(1, 8) + _bytes(8, _number(2, 13)) + _bytes(7, graph)


def _value(name: bytes, kind: int, dimensions: int) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, b"d%d" % number)) for number in range(dimensions))
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


VECTOR = "select vector::text from semantic_entry where item_id = %s and place = 0"


def found(company, words, by="priya", **chosen):
    """Return the threads that a search shows."""
    return [
        hit.thread_id for hit in search.find(company.viewer(by), parse(words), now=timezone.now(), chosen=chosen).hits
    ]


def vector(item) -> str | None:
    """Return an item's vector as text, or None."""
    with connection.cursor() as cursor:
        cursor.execute(VECTOR, [item.pk])
        row = cursor.fetchone()
    return row[0] if row else None
