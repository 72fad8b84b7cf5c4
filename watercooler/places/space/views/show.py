"""A space's own tabs: feed, questions, articles, about."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe
from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.pages import Request, chrome, is_fragment, page
from watercooler.foundation.base.templates import render, rendered
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.places.space.reads import SpaceHead, SpacePage
from watercooler.places.space.views.found import page_of
from watercooler.projections.feed.composer import composer
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.reads import Around, Card, listed
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import mark_seen
from watercooler.spine.spaces.models import Level, Space, Standing
from watercooler.spine.spaces.verbs import HANDED_ON, INVITED_TO_SPACE

HERE = "\x00"
"""Stands for the card while what is around it is made."""
QUESTIONS = {"all": "questions", "unanswered": "unanswered", "open": "open", "solved": "solved"}


def tabs(space: SpaceHead, current: str) -> list[tuple[str, str, bool, int | None]]:
    """Return the tabs the viewer has: those outside a closed space have only About."""
    about = (_("About"), f"{space.url}about", current == "about", None)
    if not space.may_read:
        return [about] if current == "about" else [(_("Feed"), space.url, current == "feed", None), about]
    named = {
        "feed": (_("Feed"), "", None),
        "questions": (_("Questions"), "questions", space.unanswered or None),
        "articles": (_("Articles"), "articles", None),
        "members": (_("Members"), "members", space.member_count),
    }
    first = [(name, space.url + path, key == current, count) for key, (name, path, count) in named.items()]
    return [*first, about]


def hero(space: SpaceHead, current: str) -> dict[str, Any]:
    """Return what the head of every page of a space needs."""
    levels = [(level.value, level.label, level == space.level) for level in Level]
    return {"space": space, "tabs": tabs(space, current), "current": current, "levels": levels}


class Frame(NamedTuple):
    """Safe HTML: a space's head with its tabs, and what stands beside it."""

    head: str
    beside: str


_frames: Kept[Frame] = Kept(1_000)


def _frame(viewer: Viewer, found: SpacePage, current: str) -> Frame:
    """Return what stands around a space's list. It is the same for all who stand alike to the space, and kept."""
    space, inviter = found.space, _inviter(viewer, found.space)

    def make() -> Frame:
        shown = {"viewer": viewer, "inviter": inviter, **hero(space, current)}
        return Frame(*(safe(render(f"space/{name}.html", **shown)) for name in ("hero", "rail")))

    if inviter:
        return make()
    key = (found.head, current, get_language(), viewer.is_member, space.owner_id == viewer.person_id)
    return _frames.get(key, make)


def _inviter(viewer: Viewer, space: SpaceHead) -> Person | None:
    """Return who invited the viewer last. Cost: one query, and only for those who were."""
    if space.standing != Standing.INVITED:
        return None
    mine = Activity.objects.filter(
        verb=INVITED_TO_SPACE.name, person_id=viewer.person_id, space_id=space.id, undoes=None
    )
    last = mine.select_related("actor").order_by("-id").first()
    return last.actor if last else None


def _see(viewer: Viewer, space: SpaceHead) -> None:
    if space.is_inside and space.is_unread:
        mark_seen(viewer, Space(pk=space.id))


_puts_up: Kept[Around] = Kept(5_000)


def _to_put_up(card: Card) -> Around:
    """Return what a host sees about each card: the way to put it at the top."""

    def make() -> Around:
        before, _here, after = render("space/entry.html", card=safe(HERE), id=card.id).partition(HERE)
        return before.encode(), after.encode()

    return _puts_up.get((card.id, get_language()), make)


def _listed(request: Request, found: SpacePage, current: str, address: str, **more: Any) -> HttpResponse:
    """Answer with the cards of a tab, as a page or, for script, as the list alone. Cost: one further query."""
    viewer, space = request.viewer, found.space
    _see(viewer, space)
    around = chrome(viewer, listed=found.listed)
    joint = "&" if "?" in address else "?"
    shown = {
        "entries": listed(around.cards, around.marks, viewer.language, _to_put_up if space.is_host else None),
        "more": f"{address}{joint}after={found.next}" if found.next else "",
        "is_start": "after" not in request.GET,
        "space": space,
        "composer": "",
        "current": current,
        **more,
    }
    if is_fragment(request):
        return HttpResponse(rendered("space/list.html", viewer=viewer, **shown))
    if space.is_inside and not space.is_archived and current == "feed":
        count = {"count": space.member_count}
        words = ngettext(
            "Ask or share with %(count)s person here", "Ask or share with %(count)s people here", space.member_count
        )
        alone = _("Ask or share: you are the first one here")
        shown["composer"] = composer(viewer, alone if space.member_count == 1 else words % count, space.slug)
    frame = _frame(viewer, found, current)
    return page(request, "space/show.html", chrome=around, frame=frame._asdict(), **shown)


@require_safe
def feed(request: Request, slug: str) -> HttpResponse:
    """Show a space. Cost: two prepared queries, and an update on the first visit after something new."""
    found = page_of(request.viewer, slug, "feed", request.GET.get("after"))
    return _listed(request, found, "feed", found.space.url)


@require_safe
def questions(request: Request, slug: str) -> HttpResponse:
    """Show a space's questions: all, unanswered, open or solved."""
    state = request.GET.get("state", "")
    state = state if state in QUESTIONS else "all"
    found = page_of(request.viewer, slug, QUESTIONS[state], request.GET.get("after"))
    address = f"{found.space.url}questions" + (f"?state={state}" if state != "all" else "")
    names = {"all": _("All"), "unanswered": _("Unanswered"), "open": _("Open"), "solved": _("Solved")}
    base = f"{found.space.url}questions"
    states = [(name, base if key == "all" else f"{base}?state={key}", key == state) for key, name in names.items()]
    return _listed(request, found, "questions", address, states=states)


@require_safe
def articles(request: Request, slug: str) -> HttpResponse:
    """Show a space's articles."""
    found = page_of(request.viewer, slug, "articles", request.GET.get("after"))
    return _listed(request, found, "articles", f"{found.space.url}articles")


def _handed_on(space_id: int) -> Activity | None:
    """Return the last time that somebody from outside named who looks after a space. Cost: one query."""
    acts = Activity.objects.filter(verb=HANDED_ON.name, space_id=space_id).select_related("actor", "person")
    return acts.order_by("-id").first()


@require_safe
def about(request: Request, slug: str) -> HttpResponse:
    """Show why a space exists, how it works, who looks after it, and the spaces in it."""
    found = page_of(request.viewer, slug, "nothing")
    space = found.space
    inside = Space.objects.listed_for(request.viewer).filter(parent_id=space.id, archived_at=None).order_by("name")
    owner = Person.objects.only("name", "handle", "photo", "job").get(pk=space.owner_id)
    return page(
        request,
        "space/about.html",
        children=list(inside[:50]),
        owner=owner,
        others=[host for host in space.hosts if host["handle"] != owner.handle],
        inviter=_inviter(request.viewer, space),
        handed_on=_handed_on(space.id),
        **hero(space, "about"),
    )
