"""Telling the language of a text from its smallest words."""

from __future__ import annotations

import re
from collections import Counter

DEFAULT = "en"

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


def detect(text: str) -> str:
    """Return the two letters of the text's language, or "" if too little speaks for one. Costs about 10 µs."""
    counts: Counter[str] = Counter()
    for word in _WORDS.findall(text.lower()):
        for code in _OF.get(word, ()):
            counts[code] += 1
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else ""
