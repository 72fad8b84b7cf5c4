"""What is wrong with a request, said so that whoever wrote the program knows what to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from watercooler.spine.content.kinds import registered

SOURCES = frozenset({"body", "query", "path", "form", "file", "header"})

SAY: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda about: _("This is missing."),
    "extra_forbidden": lambda about: _("There is no such field."),
    "string_type": lambda about: _("This has to be text."),
    "string_too_long": lambda about: _("At most %(most)s characters, please.") % {"most": about.get("max_length")},
    "string_too_short": lambda about: _("This must not be empty."),
    "string_pattern_mismatch": lambda about: _("This is not written as it has to be."),
    "int_type": lambda about: _("This has to be a whole number."),
    "int_parsing": lambda about: _("This has to be a whole number."),
    "int_from_float": lambda about: _("This has to be a whole number."),
    "int_parsing_size": lambda about: _("This number is too large."),
    "less_than_equal": lambda about: _("At most %(most)s, please.") % {"most": about.get("le")},
    "greater_than_equal": lambda about: _("At least %(least)s, please.") % {"least": about.get("ge")},
    "bool_type": lambda about: _("This has to be true or false."),
    "bool_parsing": lambda about: _("This has to be true or false."),
    "list_type": lambda about: _("This has to be a list."),
    "too_long": lambda about: _("At most %(most)s, please.") % {"most": about.get("max_length")},
    "too_short": lambda about: _("At least %(least)s, please.") % {"least": about.get("min_length")},
    "literal_error": lambda about: _("This has to be one of: %(these)s.") % {"these": about.get("expected")},
    "union_tag_invalid": lambda about: _("This has to be one of: %(these)s.") % {"these": about.get("expected_tags")},
    "union_tag_not_found": lambda about: _("Say what kind of thing it is."),
    "model_type": lambda about: _("This has to be an object with named fields."),
    "model_attributes_type": lambda about: _("This has to be an object with named fields."),
    "dict_type": lambda about: _("This has to be an object with named fields."),
    "value_error": lambda about: str(about.get("error") or _("This is not as it has to be.")),
}
"""The names of what can be wrong → the sentence. Source: pydantic, "Validation Errors"."""


def said(error: dict[str, Any]) -> tuple[str, str]:
    """Return (field, sentence) of one thing that is wrong, as ninja describes it."""
    about = error.get("ctx") or {}
    say = SAY.get(error["type"])
    sentence = say(about) if say else _("This is not as the specification says.")
    return _field(error), sentence


def _field(error: dict[str, Any]) -> str:
    """Return where it is: "title", "topics.2"; without the names of our own arguments and of the kind."""
    place = [str(part) for part in error["loc"]]
    if error["type"].startswith("union_tag"):
        return "kind"
    place = place[1:] if place[:1] and place[0] in SOURCES else place
    place = place[1:] if place[:1] == ["sent"] else place
    place = place[1:] if len(place) > 1 and place[0] in registered() else place
    return ".".join(place)[:200]
