"""What typed filters mean: said in a language of the house, by name or by address; and what none of them means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from watercooler.foundation.base.text import topic_slug
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.search.days import day_called
from watercooler.projections.search.query import NAMES, NO, YES, Query
from watercooler.projections.search.reads import beginnings
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.sight import known_to

ONESELF = frozenset({"me", "mich", "mir"})


@cache
def _kinds() -> dict[str, str]:
    """Return what kinds are called, one and many, in every language of the house → name."""
    called = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            called.update({str(said).lower(): k.name for k in registered().values() for said in (k.label, k.plural)})
    return called | {name: name for name in registered()}


def kind_called(said: str) -> str:
    """Return the kind that somebody called so; what they said, if there is none, so that nothing is found."""
    return _kinds().get(said.lower(), said)


def unclear(query: Query) -> list[str]:
    """Return a sentence for each typed filter that says nothing which can be looked for. Asks nobody."""
    sentences = _not_understood(query)
    for name in ("after", "before"):
        said = query.filters.get(name)
        if said is not None and day_called(said) is None:
            sentences.append(_("“%(said)s” is no day. Write it as 2026-11-30.") % {"said": said})
    said = query.filters.get("kind", "")
    if said and kind_called(said) not in registered():
        kinds = ", ".join(str(kind.label).lower() for kind in registered().values())
        sentences.append(_("Nothing here is a “%(said)s”. There are: %(kinds)s.") % {"said": said, "kinds": kinds})
    if query.filters.get("is", "open") not in {"solved", "open"} or query.filters.get("solved", "no") not in YES | NO:
        sentences.append(_("You can ask for “is:solved” or “is:open”; whatever else stands there was left out."))
    return sentences


def _not_understood(query: Query) -> list[str]:
    """Return a sentence for what looks like a filter and is none, and for stars that stand for nothing."""
    sentences = []
    if said := query.like_filters:
        names = ", ".join(f"{name}:" for name in NAMES[:-1])
        sentences.append(
            _("“%(said)s:” is no filter and was looked for as a word. There are: %(names)s")
            % {"said": said[0], "names": names}
        )
    used = beginnings(query)
    if left := [word for word in query.begun if word not in used]:
        sentences.append(_("Too much begins with “%(said)s”; the word alone was looked for.") % {"said": left[0]})
    if query.stars:
        sentences.append(_("A star stands for the end of a word, as in “defro*”; others were left out."))
    return sentences


def looked_up(viewer: Viewer, chosen: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the filters with addresses for names, and a sentence for each name that nothing the viewer sees has.

    What is hidden is answered like what is not there. Cost: at most six queries; for searches that found nothing.
    """
    found, sentences = dict(chosen), []
    for name, called, sentence in (
        ("author", _author, _("Nobody you can see is called “%(said)s”.")),
        ("space", _space, _("You can see no space called “%(said)s”.")),
        ("topic", _topic, _("Nothing you can see has the topic “%(said)s”.")),
    ):
        if said := chosen.get(name, ""):
            found[name] = called(viewer, said) or said
            if not called(viewer, said):
                sentences.append(sentence % {"said": said})
    return found, sentences


def _author(viewer: Viewer, said: str) -> str:
    if said in ONESELF:
        return viewer.handle
    known = Person.objects.filter(known_to(viewer))
    if known.filter(handle=said).exists():
        return said
    called = list(known.filter(name__iexact=said).values_list("handle", flat=True)[:2])
    return called[0] if len(called) == 1 else ""


def _space(viewer: Viewer, said: str) -> str:
    listed = Space.objects.listed_for(viewer)
    for exactly in ({"slug": said}, {"name__iexact": said}):
        if slug := listed.filter(**exactly).order_by("pk").values_list("slug", flat=True).first():
            return slug
    return ""


def _topic(viewer: Viewer, said: str) -> str:
    """Return the address of a topic that something readable has: its name alone may come from a hidden item."""
    for exactly in ({"slug": said}, {"name__iexact": said}, {"slug": topic_slug(said)}):
        for topic in Topic.objects.filter(**exactly).order_by("pk")[:2]:
            about = Item.objects.visible_to(viewer).top().filter(topic_ids__contains=[topic.synonym_of_id or topic.pk])
            if about.exists():
                return topic.slug
    return ""
