"""BM25 as the textbooks have it: the baseline that a search has to beat."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Words = Mapping[str, int]
"""Stem → how often."""


class BM25:
    """An index over documents' stems. k1 and b as usual; the rarity is Lucene's, which is never negative.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
    """

    def __init__(self, documents: Mapping[str, Words], k1: float = 1.2, b: float = 0.75) -> None:
        self._k1 = k1
        lengths = {name: sum(words.values()) for name, words in documents.items()}
        mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
        self._norms = {name: k1 * (1 - b + b * length / (mean or 1.0)) for name, length in lengths.items()}
        self._holders: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, words in documents.items():
            for word, often in words.items():
                self._holders[word].append((name, often))

    def best(self, query: Words, most: int, without: Iterable[str] = ()) -> list[str]:
        """Return the names of the best documents, at most so many; equal ones in the order of their names."""
        scores: Counter[str] = Counter()
        for word, weight in query.items():
            holders = self._holders.get(word, ())
            rarity = math.log(1 + (len(self._norms) - len(holders) + 0.5) / (len(holders) + 0.5))
            for name, often in holders:
                scores[name] += weight * rarity * often * (self._k1 + 1) / (often + self._norms[name])  # type: ignore[assignment]
        for name in without:
            scores.pop(name, None)
        return sorted(scores, key=lambda name: (-scores[name], name))[:most]
