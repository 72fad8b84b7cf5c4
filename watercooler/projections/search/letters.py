"""Scripts that put no spaces between words: what stands together is looked for by its pairs of letters.

Source: the usual way where no dictionary says where words end (Lucene's CJKBigramFilter; Nie, Gao, Zhang and Zhou, *On
the use of words and n-grams for Chinese information retrieval*, 2000). The database takes what is indexed apart, by
`search_apart`: 更换水泵 as 更换, 换水, 水泵 and 泵.
"""

from __future__ import annotations

import re

# Thai, Lao, Burmese, Khmer, kana, Chinese, Hangul; the same as in the migration that makes `search_apart`.
LETTERS = (
    r"\u0E01-\u0E3A\u0E40-\u0E4E\u0E80-\u0ECF\u1000-\u103F\u1780-\u17D3"
    r"\u3005-\u3007\u3041-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3400-\u4DBF\u4E00-\u9FFF"
    r"\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFF9F\U00020000-\U0003FFFF"
)
FIRST = "\u0e01"
_RUN = re.compile(f"([{LETTERS}]+)")


def is_run(word: str) -> bool:
    """Say whether a word consists of such letters alone."""
    return word >= FIRST and _RUN.fullmatch(word) is not None


def is_letter(word: str) -> bool:
    """Say whether a word is one such letter: it is looked for as the beginning of a pair."""
    return len(word) == 1 and word >= FIRST and is_run(word)


def pairs(word: str) -> list[str]:
    """Return the pairs of letters of which each such run in a word consists, and what stands between the runs."""
    if word.isascii():
        return [word]
    found: list[str] = []
    for part in filter(None, _RUN.split(word)):
        apart = len(part) > 2 and is_run(part)
        found += [part[place : place + 2] for place in range(len(part) - 1)] if apart else [part]
    return found


def pattern(stems: list[str]) -> str:
    """Return a regular expression for every letter of these pairs, as far as they reach into each other; or for one."""
    marks = [f"{re.escape(s[0])}(?={re.escape(s[1])})|(?<={re.escape(s[0])}){re.escape(s[1])}" for s in stems if s[1:]]
    return f"(?:{'|'.join([*marks, *[re.escape(stem) for stem in stems if not stem[1:]]])})+"
