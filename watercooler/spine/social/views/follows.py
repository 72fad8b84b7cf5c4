"""Following and muting: items, people, topics and spaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watercooler.foundation.base.pages import Request
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts, reads
from watercooler.spine.social.views.answering import done, readable, told
from watercooler.spine.spaces.models import Level, Purpose, Space
from watercooler.spine.spaces.sight import known_to


@require_POST
def item_followed(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.follow(request.viewer, item)
    return done(request, item, _("You follow this. New replies come to your inbox."), f"/items/{item.pk}/followed/undo")


@require_POST
def item_not_followed(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.unfollow(request.viewer, item)
    return done(request, item, _("You no longer follow this."), f"/items/{item.pk}/followed")


@require_POST
def item_muted(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    before = acts.mute(request.viewer, item)
    undo = f"/items/{item.pk}/followed" if before else f"/items/{item.pk}/muted/undo"
    return done(request, item, _("You hear nothing more about this."), undo)


@require_POST
def item_not_muted(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.unfollow(request.viewer, item)
    return done(request, item, _("You hear about this again."), f"/items/{item.pk}/muted")


def _person(request: Request, handle: str) -> Person:
    """Find an active colleague; a guest finds only people of the spaces they are in."""
    people = Person.objects.filter(known_to(request.viewer), is_active=True)
    return get_object_or_404(people, handle=handle)


def _topic(request: Request, slug: str) -> Topic:
    topic = reads.topic_known_to(request.viewer, slug)
    if topic is None:
        raise Http404
    return topic.synonym_of or topic


def _space(request: Request, slug: str) -> Space:
    return get_object_or_404(Space.objects.readable_by(request.viewer), slug=slug, purpose=Purpose.SPACE)


FIND: dict[str, Callable[[Request, str], Any]] = {"people": _person, "topics": _topic, "spaces": _space}


@require_POST
def followed(request: Request, what: str, name: str) -> HttpResponse:
    """Follow a person, topic or space. `what`: "people", "topics" or "spaces", as in its address."""
    found = FIND[what](request, name)
    level = Level.ALL if request.GET.get("level") == Level.ALL else None
    acts.follow(request.viewer, found, level=level)
    return told(request, _("You follow %(name)s.") % {"name": found.name}, f"/{what}/{name}/followed/undo", found.url)


@require_POST
def not_followed(request: Request, what: str, name: str) -> HttpResponse:
    found = FIND[what](request, name)
    acts.unfollow(request.viewer, found)
    sentence = _("You no longer follow %(name)s.") % {"name": found.name}
    return told(request, sentence, f"/{what}/{name}/followed", found.url)


@require_POST
def muted(request: Request, what: str, name: str) -> HttpResponse:
    found = FIND[what](request, name)
    before = acts.mute(request.viewer, found)
    undo = f"followed?level={before}" if before else "muted/undo"
    sentence = _("You hear nothing more from %(name)s.") % {"name": found.name}
    return told(request, sentence, f"/{what}/{name}/{undo}", found.url)


@require_POST
def not_muted(request: Request, what: str, name: str) -> HttpResponse:
    found = FIND[what](request, name)
    acts.unfollow(request.viewer, found)
    sentence = _("You hear from %(name)s again.") % {"name": found.name}
    return told(request, sentence, f"/{what}/{name}/muted", found.url)
