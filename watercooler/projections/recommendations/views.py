"""The page of suggestions, "Not for me" with its undo, and the page where it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watercooler.foundation.base.pages import Request, chrome, is_fragment, page, say, see
from watercooler.foundation.base.sent import back
from watercooler.foundation.base.templates import render
from watercooler.projections.recommendations import acts, reads, suggest
from watercooler.projections.recommendations.models import NotForMe
from watercooler.spine.content.models import Item
from watercooler.spine.content.reads import cards, ids
from watercooler.spine.people.models import Person
from watercooler.spine.social.reads import topic_known_to
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.sight import known_to

MANY = 6
"""How many people, spaces and topics the page shows."""
AT_ONCE = 5
"""How many cards a page shows; all twenty were 9,000 px high on a phone."""


@require_safe
def suggestions(request: Request) -> HttpResponse:
    """Show what is suggested to the viewer, a few cards a page, each with its reason. Not hot: six bounded queries.

    seen: the ids of the cards shown before, with a point between. Not how many they were: what is refused meanwhile
    moves the rest up, and one would be passed over.
    """
    viewer = request.viewer
    seen = _seen(request.GET.get("seen", ""))
    found = reads.chosen(viewer)
    left = [card for card in found.cards if card.id not in seen]
    shown = left[:AT_ONCE]
    around = chrome(viewer, ids(shown))
    return page(
        request,
        "recommendations/suggestions.html",
        chrome=around,
        place="home",
        entries=cards(shown, around.marks, viewer.language, found.reasons),
        more=_beyond([*seen, *ids(shown)]) if len(left) > AT_ONCE else "",
        **suggest.lists(viewer, MANY),
    )


def _seen(named: str) -> list[int]:
    names = named.split(".")[: reads.MOST]
    return [int(name) for name in names if name.isdecimal() and len(name) < 19]


def _beyond(seen: list[int]) -> str:
    """Return the address of the next page. It ends where as many were shown as there are at once."""
    return f"/suggestions?seen={'.'.join(map(str, seen))}" if len(seen) < reads.MOST else ""


@require_safe
def mine(request: Request) -> HttpResponse:
    """Show what the viewer said "not for me" to, latest first."""
    return page(request, "recommendations/not_for_me.html", place="home", refusals=reads.refusals(request.viewer))


def _item(request: Request, name: str) -> Item:
    number = int(name) if name.isdecimal() and len(name) < 19 else 0
    return get_object_or_404(Item.objects.visible_to(request.viewer), pk=number)


def _person(request: Request, name: str) -> Person:
    return get_object_or_404(Person.objects.filter(known_to(request.viewer), is_active=True), handle=name)


def _space(request: Request, name: str) -> Space:
    return get_object_or_404(Space.objects.listed_for(request.viewer), slug=name)


def _topic(request: Request, name: str) -> Any:
    topic = topic_known_to(request.viewer, name)
    if topic is None:
        raise Http404
    return topic.synonym_of or topic


FIND: dict[str, Callable[[Request, str], Any]] = {
    "items": _item,
    "people": _person,
    "spaces": _space,
    "topics": _topic,
}
"""What can be refused, by the first word of its address."""


@require_POST
def not_for_me(request: Request, what: str, name: str) -> HttpResponse:
    """Suggest this no more. Answers with a toast that takes it back; script takes the card or line away."""
    found = FIND[what](request, name)
    acts.not_for_me(request.viewer, found)
    words = {
        "items": _("You won’t be suggested this again."),
        "people": _("Nothing by %(name)s will be suggested to you."),
        "spaces": _("%(name)s won’t be suggested to you."),
        "topics": _("Nothing about %(name)s will be suggested to you."),
    }
    sentence = words[what] % {"name": getattr(found, "name", "")}
    return _told(request, sentence, f"/{what}/{name}/not-for-me/undo")


@require_POST
def for_me_again(request: Request, what: str, name: str) -> HttpResponse:
    """Take "not for me" back, right after."""
    acts.for_me_again(request.viewer, FIND[what](request, name))
    return _told(request, _("It may be suggested to you again."), f"/{what}/{name}/not-for-me")


def _told(request: Request, sentence: str, undo: str) -> HttpResponse:
    if is_fragment(request):
        return HttpResponse(render("base/toast.html", toast={"sentence": sentence, "undo": undo}))
    say(request, sentence, undo)
    return HttpResponseRedirect(back(request, "/suggestions"))


@require_POST
def taken_back(request: Request, refusal_id: int) -> HttpResponse:
    """Take one line of one's list back, also of what one can no longer see. 404 for another's."""
    rows = NotForMe.objects.select_related("item", "colleague", "space", "topic")
    row = get_object_or_404(rows, pk=refusal_id, person_id=request.viewer.person_id)
    what = row.item or row.colleague or row.space or row.topic
    assert what is not None
    acts.for_me_again(request.viewer, what)
    say(request, _("It may be suggested to you again."))
    return see(request, "/me/not-for-me")
