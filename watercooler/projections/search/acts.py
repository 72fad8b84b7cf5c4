"""Keeping searches, changing when one hears of them, and letting them go. Settings of one's own: none is recorded."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.search.filters import looked_up
from watercooler.projections.search.saved.asked import LONGEST_NAME, called, canonical, read
from watercooler.projections.search.saved.matching import keys_of
from watercooler.projections.search.saved.models import LONGEST_ASKED, SavedFind, SavedSearch, Tells
from watercooler.projections.search.saved.reads import MOST


@transaction.atomic
def save_search(viewer: Viewer, given: Mapping[str, str], name: str = "", tells: str = Tells.DAILY) -> SavedSearch:
    """Keep a search. given: q, kind, space, topic, author and solved, as the search page's address has them.

    The same search again takes the new name. Raises Invalid for one that asks for nothing, for too many words, or for
    the 51st. Cost: five statements, and for filters alone those of `looked_up`.
    """
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    asked = canonical(given)
    if asked and not read(asked).query.terms:
        # What is new is held against addresses, not against names: "from:me" would be nobody.
        called_so = looked_up(viewer, read(asked).chosen)[0]
        asked = canonical({**given, **{name: called_so[name] for name in ("author", "space", "topic")}})
    if not asked:
        raise Invalid(_("Type what to look for first."), field="q")
    if len(asked) > LONGEST_ASKED:
        raise Invalid(_("That is too long to keep. Leave some words out."), field="q")
    mine = SavedSearch.objects.filter(person_id=viewer.person_id)
    if mine.exclude(asked=asked).count() >= MOST:
        raise Invalid(_("You keep %(most)s searches. Let one go first.") % {"most": MOST}, field="name")
    now = timezone.now()
    chosen = {"name": _name(name) or called(viewer, asked), "tells": _tells(tells)}
    saved, is_new = mine.get_or_create(
        asked=asked, defaults={**chosen, "person_id": viewer.person_id, "made_at": now, "looked_at": now}
    )
    if is_new:
        saved.keys, saved.begins = keys_of(saved, now)
        saved.save(update_fields=["keys", "begins"])
    else:
        change_search(viewer, saved, **chosen)
    return saved


@transaction.atomic
def change_search(viewer: Viewer, saved: SavedSearch, *, name: str = "", tells: str = "") -> None:
    """Call a saved search something else, or hear of it at other times. What is empty stays. Raises Invalid.

    What waited for the daily round is let go with "never", and comes beside the next find with "at once".
    """
    _check(viewer, saved)
    saved.name = _name(name) or saved.name
    saved.tells = _tells(tells) if tells else saved.tells
    saved.told_before = ""
    saved.save(update_fields=["name", "tells", "told_before"])
    if saved.tells == Tells.NEVER:
        SavedFind.objects.filter(search=saved, settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def remove_search(viewer: Viewer, saved: SavedSearch) -> None:
    """Let a saved search go, with what is known of its finds."""
    _check(viewer, saved)
    saved.delete()


def looked_at(viewer: Viewer, saved: SavedSearch) -> None:
    """Remember that the viewer has just looked at what a saved search finds."""
    _check(viewer, saved)
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=timezone.now())


def hear_no_more(viewer: Viewer, search_id: int) -> None:
    """Hear nothing more of a saved search, as a line of the inbox asked; it stays saved."""
    saved = SavedSearch.objects.filter(pk=search_id, person_id=viewer.person_id).exclude(tells=Tells.NEVER).first()
    if saved is not None:
        before = saved.tells
        change_search(viewer, saved, tells=Tells.NEVER)
        SavedSearch.objects.filter(pk=saved.pk).update(told_before=before)


def hear_again(viewer: Viewer, search_id: int) -> None:
    """Take `hear_no_more` back."""
    saved = SavedSearch.objects.filter(pk=search_id, person_id=viewer.person_id).exclude(told_before="").first()
    if saved is not None:
        change_search(viewer, saved, tells=saved.told_before)


def _check(viewer: Viewer, saved: SavedSearch) -> None:
    if not viewer.is_known or saved.person_id != viewer.person_id:
        raise NotAllowed(_("Only who saved this search can change it."))


def _name(name: str) -> str:
    return clean_line(name)[:LONGEST_NAME]


def _tells(tells: str) -> str:
    if tells not in Tells.values:
        raise Invalid(_("Choose when to hear of new ones."), field="tells")
    return tells
