"""Turning texts into vectors with a model on this machine: nothing goes out, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from watercooler.projections.semantic.folder import NoModel, read

AT_ONCE = 8
"""Texts that pass through the model together. More, padded to the longest of them, took half as long again a text."""


class Embedder:
    """A model in memory, on one thread. dimensions: numbers of a vector. All vectors have length 1.

    tokens: how many it takes in of a text.

    Memory and cost: docs/finding/meaning.md.
    """

    def __init__(self, folder: Path) -> None:
        """Load a folder. Raises NoModel if it is none, or the extra's libraries are not installed."""
        self._folder = read(folder)
        try:
            import numpy
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise NoModel(f"{error.name} is not installed; requirements-semantic.lock names what is needed.") from error
        self._numpy = numpy
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(self._folder.tokenizer))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.enable_cpu_mem_arena = False  # it keeps what the longest batch once needed, 100 MB
            self._session = onnxruntime.InferenceSession(
                str(self._folder.model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise whatever their Rust and C++ parts say
            raise NoModel(f"{folder} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(self._folder.tokens)
        self._tokenizer.no_padding()
        self.tokens = self._folder.tokens - len(self._tokenizer.encode(self._folder.before_text).ids)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.fingerprint = self._folder.fingerprint()
        self.dimensions = len(self.texts(["."])[0])

    def query(self, text: str) -> list[float]:
        """Return the vector of what somebody looks for. Safe from many threads."""
        return self._vectors([self._folder.before_query + text])[0]

    def texts(self, texts: Sequence[str]) -> list[list[float]]:
        """Return the vectors of texts that can be found, in their order."""
        return self._vectors([self._folder.before_text + text for text in texts])

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens these texts have, in their order. Cost: about 3 ms for 1,000 words."""
        whole = [[each, *each.overflowing] for each in self._tokenizer.encode_batch(list(texts))]
        return [sum(len(one.ids) - sum(one.special_tokens_mask) for one in each) for each in whole]

    def _vectors(self, texts: Sequence[str]) -> list[list[float]]:
        encoded = self._tokenizer.encode_batch(list(texts))
        # Alike in length together: padding is paid for like words.
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        out: list[list[float]] = [[]] * len(encoded)
        for start in range(0, len(order), AT_ONCE):
            places = order[start : start + AT_ONCE]
            for place, vector in zip(places, self._run([encoded[place].ids for place in places]), strict=True):
                out[place] = vector
        return out

    def _run(self, tokens: list[list[int]]) -> list[list[float]]:
        np = self._numpy
        ids = np.zeros((len(tokens), max(1, *[len(each) for each in tokens])), np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(tokens):
            ids[row, : len(each)] = each
            mask[row, : len(each)] = 1
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: given[name] for name in self._inputs if name in given})
        vectors = np.nan_to_num(self._joined(found, mask))  # one bad number would hold up every later text
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        out: list[list[float]] = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32).tolist()
        return out

    def _joined(self, found: list[Any], mask: Any) -> Any:
        """Return one vector a text: as the model gives it, or out of those of its tokens."""
        tokens = next((each for each in found if each.ndim == 3), None)
        if tokens is None:
            return found[0]
        if self._folder.takes_first:
            return tokens[:, 0]
        weights = mask[..., None].astype(tokens.dtype)
        return (tokens * weights).sum(axis=1) / self._numpy.maximum(weights.sum(axis=1), 1)
