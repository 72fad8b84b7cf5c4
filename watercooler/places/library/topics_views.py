"""A topic's page, and merging two topics."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, chrome, page, say, see
from watercooler.foundation.base.sent import number, tried
from watercooler.foundation.base.text import topic_slug
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.places.library import topics_reads as reads
from watercooler.places.library.topics_forms import MergeForm
from watercooler.spine.content.models import Topic
from watercooler.spine.content.reads import cards
from watercooler.spine.social.acts import merge_topics
from watercooler.spine.social.reads import topic_known_to


def _topic(request: Request, slug: str) -> Topic:
    topic = topic_known_to(request.viewer, slug)
    if topic is None:
        raise Http404
    return topic


def may_merge(viewer: Viewer) -> bool:
    """Say whether the viewer may merge topics: learning leads, and hosts of any space but their own wall."""
    return viewer.role >= Role.LEAD or bool(viewer.hosted_space_ids - {viewer.wall_id})


@require_safe
def show(request: Request, slug: str) -> HttpResponse:
    """Show what is about a topic and who knows; a synonym leads to the word people should find."""
    topic = _topic(request, slug)
    if topic.synonym_of is not None:
        return HttpResponsePermanentRedirect(topic.synonym_of.url)
    viewer = request.viewer
    found = reads.items(viewer, topic, _before(request.GET.get("before", "")))
    around = chrome(viewer, listed=found[: reads.SHOWN])
    last = around.cards[-1] if len(found) > reads.SHOWN and around.cards else None
    more = f"{topic.url}?before={_cursor(last.published_at, last.id)}" if last else ""
    return page(
        request,
        "library/topic.html",
        place="library",
        chrome=around,
        topic=topic,
        synonyms=list(topic.synonyms.order_by("name")),
        people=reads.people(viewer, topic),
        is_followed=reads.is_followed(viewer, topic),
        cards=cards(around.cards, around.marks, viewer.language),
        more=more,
        may_merge=may_merge(viewer),
    )


def _cursor(at: datetime, item_id: int) -> str:
    return f"{at.timestamp():.6f}_{item_id}"


def _before(text: str) -> tuple[datetime, int] | None:
    at, _sign, item_id = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=UTC), number(item_id)
    except (ValueError, OverflowError, OSError):
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, slug: str) -> HttpResponse:
    """Make a topic another word for a better one."""
    topic = _topic(request, slug)
    if not may_merge(request.viewer):
        raise NotAllowed(_("Hosts and learning leads can merge topics."))
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and tried(request, form, lambda: _merge(request, topic, form.cleaned_data["into"])):
        topic.refresh_from_db()
        into = topic.synonym_of or topic
        say(request, _("%(topic)s now leads to %(into)s.") % {"topic": topic.name, "into": into.name})
        return see(request, into.url)
    status = 422 if form.errors else 200
    return page(request, "library/topic_merge.html", status=status, place="library", topic=topic, form=form)


def _merge(request: Request, topic: Topic, name: str) -> None:
    into = topic_known_to(request.viewer, topic_slug(name))
    if into is None:
        raise Invalid(_("There is no topic called “%(name)s”.") % {"name": name}, field="into")
    merge_topics(request.viewer, topic, into)
