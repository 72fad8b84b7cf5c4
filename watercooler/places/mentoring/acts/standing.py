"""What every act between two people asks first: whose it is, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale
from watercooler.foundation.base.text import clean_line, clean_text
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.models import Mentoring, Rhythm, State, Way

MOST_WORDS = 8


def members_only(viewer: Viewer) -> None:
    """Raise NotAllowed for guests and strangers."""
    if not viewer.is_member:
        raise NotAllowed(_("Mentoring is for colleagues. Your account cannot do this."))


def locked(viewer: Viewer, mentoring: Mentoring, *states: State) -> Mentoring:
    """Return the row as it is now, held until the act is over.

    Raises NotAllowed for anybody but the two, Stale if it has moved on to another state. Cost: one query.
    """
    members_only(viewer)
    held = Mentoring.objects.select_for_update(of=("self",)).select_related("mentor", "mentee").get(pk=mentoring.pk)
    if viewer.person_id not in (held.mentor_id, held.mentee_id):
        raise NotAllowed(_("Only the two of them can change this."))
    if held.state not in states:
        raise Stale(_("This has moved on since you opened it. Have a look at how it stands now."))
    return held


def only(viewer: Viewer, person_id: int, sentence: str) -> None:
    """Raise NotAllowed with the sentence unless the viewer is this person."""
    if viewer.person_id != person_id:
        raise NotAllowed(sentence)


def line(field: str, text: str, most: int, *, missing: str = "") -> str:
    """Return one clean line. Raises Invalid if it is too long, or empty where `missing` says what it is for."""
    return _fitting(field, clean_line(text), most, missing)


def words(field: str, text: str, most: int, *, missing: str = "") -> str:
    """Return a clean text, as `line` does."""
    return _fitting(field, clean_text(text), most, missing)


def _fitting(field: str, text: str, most: int, missing: str) -> str:
    if len(text) > most:
        raise Invalid(_("At most %(most)s characters, please.") % {"most": most}, field=field)
    if missing and not text:
        raise Invalid(missing, field=field)
    return text


def several(field: str, given: Iterable[str], longest: int, most: int = MOST_WORDS, *, missing: str = "") -> list[str]:
    """Return a list of clean lines, each once whatever its case. Raises Invalid if there are none or too many."""
    found = {each.casefold(): each for each in map(clean_line, given) if each}
    if len(found) > most:
        raise Invalid(_("%(most)s are enough here.") % {"most": most}, field=field)
    if missing and not found:
        raise Invalid(missing, field=field)
    return [line(field, each, longest) for each in found.values()]


def chosen_ways(given: Iterable[str]) -> list[str]:
    """Return the ways to meet that exist, in their order."""
    wanted = set(given)
    return [way for way in Way.values if way in wanted]


def chosen_rhythm(given: str, *, is_needed: bool = True) -> str:
    """Return a rhythm that exists. Raises Invalid otherwise."""
    if given in Rhythm.values or (not given and not is_needed):
        return given
    raise Invalid(_("Choose how often you would like to meet."), field="rhythm")


def within(field: str, number: int, least: int, most: int) -> int:
    """Return the number. Raises Invalid outside of what is sensible."""
    if not least <= number <= most:
        raise Invalid(_("From %(least)s to %(most)s, please.") % {"least": least, "most": most}, field=field)
    return number
