"""Lines of the inbox about something between two people that is no item, as mentoring.

Such a line is told to the person an act was done towards, one line for each thread of that kind. What it says comes
from the app that knows, through settings.BETWEEN_TWO; the projection and the inbox know the kind by name only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from watercooler.foundation.base.text import Words

BECAUSE = "between"
"""The reason that all these lines have."""


@dataclass(frozen=True, slots=True)
class Between:
    """One kind of such lines.

    kind: at most 16 letters. thread: the field of the acts' detail that holds the number of the thread. sentence:
    given verb and detail, the words with %(people)s to fill. url: where a line leads, given verb and detail. why: the
    answer to "Why did I get this?". tile: kind and icon of its drawing.
    """

    kind: str
    thread: str
    verbs: frozenset[str]
    sentence: Callable[[str, Mapping[str, Any]], str]
    url: Callable[[str, Mapping[str, Any]], str]
    why: Words
    tile: tuple[str, str]


@cache
def registered() -> dict[str, Between]:
    """Return kind → what settings.BETWEEN_TWO lists."""
    listed = [import_string(path) for path in settings.BETWEEN_TWO]
    return {each.kind: each for each in listed}


def verbs() -> dict[str, Between]:
    """Return the name of a verb → the kind of line that tells of it."""
    return {verb: each for each in registered().values() for verb in each.verbs}
