"""The glossary: what words mean here, and which mean the same. Kept by learning leads and administrators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.content.models import Term
from watercooler.spine.content.verbs import EXPLAINED_TERM, REMOVED_TERM, Explaining

LONGEST_NAME, LONGEST_MEANING = 80, 600
MOST_OTHERS = 12
MOST_TERMS = 2_000


TURN = 0x474C4F53
"""Advisory lock number: two people cannot give the same word two meanings at one moment."""


def key_of(words: str) -> str:
    """Return words as they are compared: lower case, without accents and signs, one space between."""
    plain = unicodedata.normalize("NFKD", words.lower())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def may_explain(viewer: Viewer) -> bool:
    """Say whether the viewer keeps the glossary."""
    return viewer.role >= Role.LEAD


@transaction.atomic
def explain_term(viewer: Viewer, name: str, meaning: str, others: Iterable[str] = ()) -> Term:
    """Put a word into the glossary. Raises NotAllowed; Invalid for one that is there already. Five statements."""
    term = Term()
    if Term.objects.count() >= MOST_TERMS:
        raise Invalid(_("The glossary holds %(most)s words at most.") % {"most": MOST_TERMS}, field="name")
    return _write(viewer, term, name, meaning, others)


@transaction.atomic
def change_term(viewer: Viewer, term: Term, name: str, meaning: str, others: Iterable[str] = ()) -> Term:
    """Say better what a word means, or what else people call it. Raises what `explain_term` raises."""
    return _write(viewer, term, name, meaning, others)


@transaction.atomic
def remove_term(viewer: Viewer, term: Term) -> None:
    """Take a word out of the glossary. Raises NotAllowed."""
    _check(viewer)
    record(viewer, REMOVED_TERM, detail=Explaining(term.pk, term.name))
    term.delete()


def _write(viewer: Viewer, term: Term, name: str, meaning: str, others: Iterable[str]) -> Term:
    _check(viewer)
    term.name, term.meaning = clean_line(name), clean_line(meaning)
    if not _fits(term.name):
        raise Invalid(_("Give the word, in at most %(most)s letters.") % {"most": LONGEST_NAME}, field="name")
    if not term.meaning or len(term.meaning) > LONGEST_MEANING:
        raise Invalid(_("Say what it means, in at most %(most)s letters.") % {"most": LONGEST_MEANING}, field="meaning")
    named = {key_of(word): clean_line(word) for word in others if key_of(word)}
    named.pop(key_of(term.name), None)
    if len(named) > MOST_OTHERS or not all(map(_fits, named.values())):
        sentence = _("At most %(most)s other words, each of at most %(letters)s letters.")
        raise Invalid(sentence % {"most": MOST_OTHERS, "letters": LONGEST_NAME}, field="others")
    term.others, term.keys = list(named.values()), [key_of(term.name), *named]
    _check_free(term)
    term.person_id, term.changed_at = viewer.person_id, timezone.now()
    term.save()
    record(viewer, EXPLAINED_TERM, detail=Explaining(term.pk, term.name))
    return term


def _fits(word: str) -> bool:
    """Say whether a word can be kept as it stands and as it is compared: one sign may be compared as 18 letters."""
    return 0 < len(key_of(word)) <= LONGEST_NAME >= len(word)


def _check_free(term: Term) -> None:
    """Raise Invalid if a word of this term belongs to another one, or just now to somebody else's."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
    taken = Term.objects.filter(keys__overlap=term.keys).exclude(pk=term.pk).first()
    if taken is not None:
        both = next(key for key in term.keys if key in taken.keys)
        field = "name" if both == term.keys[0] else "others"
        raise Invalid(_("“%(word)s” stands there already, with %(name)s.") % {"word": both, "name": taken.name}, field)


def _check(viewer: Viewer) -> None:
    if not may_explain(viewer):
        raise NotAllowed(_("Learning leads and administrators keep the glossary."))
