"""What somebody meant who slipped on the keyboard: the commonest known word one letter away.

The words known are stems counted in what every member may read, so a correction tells nothing of what is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST = 4
"""Shorter words are one letter away from too many others."""
LONGEST = 24
MOST_KEPT = 5_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_CUT_OFF = (
    "a al ant ar as d e ed eer el em en end ent er ers es est et eur eux i ic ing ion ir ity ive le ly n nd ness ns o "
    "or ors os ous r s te ung y"
)
ENDINGS = frozenset(_CUT_OFF.split())
"""What stemmers cut off, in the languages that texts are stemmed in. Any three letters made "sourdoh" a slip of
"fourdoh", which begins with "four"."""
VOWELS = frozenset({"a", "as", "i", "o", "os"})
ENDING_IN_VOWELS = frozenset({"es", "it", "pt"})


type Forms = Sequence[Sequence[str]] | None
"""A word's stems in each language in use; None if nobody asked the database for them, or of a small word."""


def is_known(word: str, known: Mapping[str, int], forms: Forms = None) -> bool:
    """Say whether this word's stems are known in some language; without them, whether what may be one is."""
    if word in known:
        return True
    if forms is None:
        return any(stem in known for stem in _stems(word))
    return any(all(stem in known for stem in form) for form in forms)


def endings(languages: Iterable[str]) -> frozenset[str]:
    """Return what may be cut off a word where these languages are written: of "pumpa" nothing, but for Spanish."""
    return ENDINGS if ENDING_IN_VOWELS.intersection(languages) else ENDINGS - VOWELS


def meant(
    word: str,
    known: Mapping[str, int],
    kept: dict[str, str] | None = None,
    forms: Forms = None,
    ends: frozenset[str] = ENDINGS,
) -> str:
    """Return the known word that was probably meant; empty if the word is known, short, or like none.

    ends: what a word may have after a known stem. kept: what was found out about these known words before. Cost: 0.3 ms
    for a word that is not in it.
    """
    if kept is None:
        return _meant(word, known, forms, ends)
    if word not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[word] = _meant(word, known, forms, ends)
    return kept[word]


def _meant(word: str, known: Mapping[str, int], forms: Forms, ends: frozenset[str]) -> str:
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or is_known(word, known, forms):
        return ""
    best, most = "", (0, 0)
    for near in _one_letter_away(word):
        # Of words as common, the one that needs least cut off to be known: "moulds" before "mouldsd".
        stems = [near, *(stem for stem in _stems(near) if len(stem) == len(near) or near[len(stem) :] in ends)]
        said = max(((known.get(stem, 0), len(stem)) for stem in stems), default=(0, 0))
        if said[0] and near != word and (said[0], said[1] - len(near)) > most:
            best, most = near, (said[0], said[1] - len(near))
    return best


def _stems(word: str) -> list[str]:
    """Return beginnings of which a stemmer may leave one: up to three letters less, -ness less, and y as i."""
    cuts = (1, 2, 3, 4) if word.endswith("ness") else (1, 2, 3)
    stems = [word[:-cut] for cut in cuts if len(word) - cut >= SHORTEST - 1]
    return [*stems, word[:-1] + "i"] if word.endswith("y") else stems


def _one_letter_away(word: str) -> Iterator[str]:
    """Yield the words that one letter swapped, left out, changed or put in makes; swaps first, the likeliest."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    yield from (left + right[1:] for left, right in halves if right)
    yield from (left + letter + right[1:] for left, right in halves if right for letter in _LETTERS)
    yield from (left + letter + right for left, right in halves for letter in _LETTERS)
