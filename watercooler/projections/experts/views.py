"""Asking who knows, and deciding what one is known for."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from watercooler.foundation.base.pages import Request, fragment, page, say, see
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.experts import acts, reads
from watercooler.projections.experts.known_for import known_for
from watercooler.projections.experts.models import Entry, Findable, HiddenTopic
from watercooler.projections.experts.ranking import Wanted
from watercooler.spine.content.models import Tagging, Topic
from watercooler.spine.content.visibility import visible
from watercooler.spine.people.models import Person

LONGEST = 300
BESIDE = 3
MOST_TONGUES = 8


@require_GET
def who_knows(request: Request) -> HttpResponse:
    """Show colleagues who know about what was typed, each with a reason and its evidence. Guests are not asked."""
    viewer = request.viewer
    if not viewer.is_member:
        raise Http404
    words = clean_line(request.GET.get("q", ""))[:LONGEST]
    way = request.GET.get("show", "")
    speaks = clean_line(request.GET.get("language", ""))[:40]
    found = reads.who_knows(viewer, words, _wanted(viewer.person_id, way, speaks)) if words else None

    def link(show: str, language: str) -> str:
        asked = {"q": words, "show": show, "language": language}
        return "/who-knows?" + urlencode({name: value for name, value in asked.items() if value})

    return page(
        request,
        "experts/who_knows.html",
        place="people",
        words=words,
        found=found,
        ways=[
            (label, link(name, speaks), way == name)
            for name, label in (("", _("Best match")), ("free", _("Free now")), ("near", _("Near me")))
        ],
        tongues=[(one, link(way, one)) for one in _tongues(found)],
        speaks=speaks,
        any_tongue=link(way, ""),
        examples=[] if words else _topics(request.viewer),
    )


def _tongues(found: reads.Found | None) -> list[str]:
    """Return the languages that some of those shown speak and others do not, the most spoken first."""
    knowers = found.knowers if found else []
    counted = Counter(language for one in knowers for language in one.languages)
    return [language for language, count in counted.most_common() if count < len(knowers)][:MOST_TONGUES]


def _wanted(person_id: int, way: str, speaks: str) -> Wanted:
    near = Person.objects.filter(pk=person_id).values_list("site_id", flat=True).first() if way == "near" else None
    # Somebody who works at no site is near nobody.
    return Wanted(site=(near or -1) if way == "near" else 0, speaks=speaks, only_free=way == "free")


def _topics(viewer: Viewer) -> list[str]:
    """Return the names of the topics with most on them, of those on something that the viewer may read."""
    read = Tagging.objects.filter(visible(viewer, "item"), topic=OuterRef("pk"))
    known = Topic.objects.filter(Exists(read), synonym_of=None)
    return list(known.order_by("-open_count", "name").values_list("name", flat=True)[:5])


@require_GET
def beside(request: Request) -> HttpResponse:
    """Show the first three who know, beside the results of a search."""
    words = clean_line(request.GET.get("q", ""))[:LONGEST]
    found = reads.who_knows(request.viewer, words, most=BESIDE)
    otherwise = "/who-knows?" + urlencode({"q": words})
    return fragment(request, "experts/beside.html", otherwise=otherwise, found=found, words=words)


@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """Show one's own topics with all evidence, what is hidden, and whether one is found and nudged at all."""
    viewer = request.viewer
    if request.method == "POST":
        acts.choose(viewer, is_out="is_out" in request.POST, takes_nudges="takes_nudges" in request.POST)
        say(request, _("Saved."))
        return see(request, "/me/known-for")
    hidden = HiddenTopic.objects.filter(person_id=viewer.person_id).select_related("topic")
    return page(
        request,
        "experts/mine.html",
        place="people",
        claims=known_for(viewer, viewer.person_id),
        hidden=[one.topic for one in hidden.order_by("topic__name")],
        choice=Findable.objects.filter(person_id=viewer.person_id).first() or Findable(),
    )


@require_POST
def hide(request: Request, slug: str) -> HttpResponse:
    """Be known for a topic no more. 404 for one that nothing of one's own is about."""
    topic = get_object_or_404(Topic, slug=slug)
    if not Entry.objects.filter(person_id=request.viewer.person_id, topic_ids__contains=[topic.pk]).exists():
        raise Http404
    acts.hide(request.viewer, topic)
    say(request, _("Hidden. Nobody is told that you know about %(topic)s.") % {"topic": topic.name})
    return see(request, "/me/known-for")


@require_POST
def unhide(request: Request, slug: str) -> HttpResponse:
    """Be known for it again. 404 for one that is not hidden."""
    hidden = get_object_or_404(HiddenTopic, person_id=request.viewer.person_id, topic__slug=slug)
    acts.unhide(request.viewer, hidden.topic)
    return see(request, "/me/known-for")
