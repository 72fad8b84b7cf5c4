"""Telling the language of a text from its smallest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

DEFAULT = "en"
KEPT = 2000
"""How many texts' languages are kept: projections ask one after the other, and each answer about its question."""

# The commonest function words of each language that are not as common in another of these languages.
_SMALL = {
    "en": "the of and to is was that for with this are you not have be on it as by from they what how when which does",
    "de": "der die das und ist nicht ein eine mit für auf den dem von zu sich wie ich wir auch bei oder nach wird sind",
    "fr": "le les et est une pour dans que qui des du au avec sur pas nous vous il elle ce cette mais ou être sont",
    "es": "el los las y es una para con que por se lo como pero más del al está cómo qué hay nos su este muy también",
    "nl": "het een van en is dat niet op te voor met zijn die aan er maar ook bij wij deze naar wordt hebben hoe kan",
    "pt": "o os as e é uma para com que por não se mais do da dos na no em um como mas ao você isso são está também",
    "it": "il lo gli e è una per con che non si di della del sono come ma più nel anche alla questo dove quando ci",
    "sv": "och att det är en ett som på av för med inte den har till vi om jag men hur kan från eller när ska också",
    "pl": "i w na z że nie się do jest to jak po od dla ale czy przez są być co tak już lub oraz które tego może",
}
LANGUAGES = tuple(_SMALL)
_OF: dict[str, tuple[str, ...]] = {}
for _code, _words in _SMALL.items():
    for _word in _words.split():
        _OF[_word] = (*_OF.get(_word, ()), _code)
_WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=KEPT)
def detect(text: str) -> str:
    """Return the two letters of the text's language, or "" if too little speaks for one. Costs about 10 µs, once."""
    # One word alone, however often, may be a word of another language: "men" is Swedish for "but".
    return _most(text, LANGUAGES, 2)


def detect_among(text: str, languages: Collection[str]) -> str:
    """Return which of these languages a few words are in, or "". One small word tells, if no other's is there."""
    return _most(text, languages, 1)


def _most(text: str, languages: Collection[str], least: int) -> str:
    """Return the language with most of its smallest words in the text, if at least so many different ones are there."""
    found = Counter(filter(_OF.__contains__, _WORDS.findall(text.lower())))
    counts = dict.fromkeys(languages, 0)
    for word, often in found.items():
        for code in _OF[word]:
            if code in counts:
                counts[code] += often
    most, often = max(counts.items(), key=lambda each: each[1], default=("", 0))
    if not often or list(counts.values()).count(often) > 1 or sum(most in _OF[word] for word in found) < least:
        return ""
    return most
