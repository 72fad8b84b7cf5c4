"""What is suggested to the caller, each with its reason, and what is not for them."""

from typing import Annotated, Any

from ninja import Path, Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Handle, ItemId, Slug, TopicSlug, colleague, listed_space, readable, topic
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief, address
from watercooler.doors.api.shapes.suggestions import (
    AllRefused,
    Refused,
    SuggestedItem,
    SuggestedPerson,
    SuggestedSpace,
    SuggestedTopic,
    Suggestions,
)
from watercooler.projections.recommendations import acts, reads, suggest
from watercooler.projections.recommendations.models import NotForMe

routes = Routes("Suggestions")
RefusalId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a line of what the caller refused.")]
Most = Annotated[int, Query(ge=1, le=20, description="How many items, people, spaces and topics at most, of each.")]


@routes.read("/suggestions", Suggestions)
def suggested(request: Asked, most: Most = 10) -> Suggestions:
    """List what is suggested to the caller: items, people, spaces and topics, each with its reason.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    viewer, chosen = request.viewer, reads.chosen(request.viewer, most)
    return Suggestions(
        items=[
            SuggestedItem(
                item=card.id,
                kind=card.kind,
                title=card.title or card.excerpt,
                url=address(card.url),
                space=SpaceBrief.of(card.space_slug, card.space_name, card.space_purpose),
                author=PersonBrief.of({**card.author, "job": card.author_job}),
                reason=chosen.reasons[card.id],
            )
            for card in chosen.cards
        ],
        people=[
            SuggestedPerson(**PersonBrief.of(_about(one)).model_dump(), reason=one.reason)
            for one in suggest.colleagues(viewer, most)
        ],
        spaces=[
            SuggestedSpace(**SpaceBrief.of(one.slug, one.name).model_dump(), reason=one.reason)
            for one in suggest.spaces(viewer, most)
        ],
        topics=[
            SuggestedTopic(slug=one.slug, name=one.name, reason=one.reason) for one in suggest.topics(viewer, most)
        ],
    )


def _about(one: suggest.Colleague) -> dict[str, str]:
    return {"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}


@routes.read("/me/not-for-me", AllRefused)
def refused(request: Asked) -> AllRefused:
    """List what the caller wants suggested no more.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    found = reads.refusals(request.viewer)
    return AllRefused(refused=[Refused(id=one.id, what=one.what, name=one.name, url=address(one.url)) for one in found])


@routes.write("DELETE", "/me/not-for-me/{id:refusal_id}")
def taken_back(request: Asked, refusal_id: RefusalId) -> None:
    """Take one line of that list back, also of what the caller may see no more.

    Who may: who refused it.
    Refuses: 404 for everybody else.
    """
    rows = NotForMe.objects.select_related("item", "colleague", "space", "topic")
    row = rows.filter(pk=refusal_id, person_id=request.viewer.person_id).first()
    if row is None:
        raise nothing_here()
    what: Any = row.item or row.colleague or row.space or row.topic
    acts.for_me_again(request.viewer, what)


@routes.write("PUT", "/items/{id:item_id}/not-for-me")
def item_not_for_me(request: Asked, item_id: ItemId) -> None:
    """Have an item suggested no more.

    Who may: whoever may read it. Twice changes nothing.
    Refuses: 404 for everybody else.
    """
    acts.not_for_me(request.viewer, readable(request, item_id))


@routes.write("DELETE", "/items/{id:item_id}/not-for-me")
def item_for_me(request: Asked, item_id: ItemId) -> None:
    """Let an item be suggested again.

    Who may: whoever may read it. Where it was not refused, nothing changes.
    Refuses: 404 for everybody else.
    """
    acts.for_me_again(request.viewer, readable(request, item_id))


@routes.write("PUT", "/people/{handle}/not-for-me")
def person_not_for_me(request: Asked, handle: Handle) -> None:
    """Have a colleague, and what they write, suggested no more.

    Who may: whoever may know of them. Twice changes nothing.
    Refuses: 403 for oneself; 404 for somebody unknown.
    """
    acts.not_for_me(request.viewer, colleague(request, handle))


@routes.write("DELETE", "/people/{handle}/not-for-me")
def person_for_me(request: Asked, handle: Handle) -> None:
    """Let a colleague be suggested again.

    Who may: whoever may know of them. Where they were not refused, nothing changes.
    Refuses: 404 for somebody unknown.
    """
    acts.for_me_again(request.viewer, colleague(request, handle))


@routes.write("PUT", "/spaces/{slug}/not-for-me")
def space_not_for_me(request: Asked, slug: Slug) -> None:
    """Have a space, and what is in it, suggested no more.

    Who may: whoever may know of it. Twice changes nothing.
    Refuses: 404 for everybody else.
    """
    acts.not_for_me(request.viewer, listed_space(request, slug))


@routes.write("DELETE", "/spaces/{slug}/not-for-me")
def space_for_me(request: Asked, slug: Slug) -> None:
    """Let a space be suggested again.

    Who may: whoever may know of it. Where it was not refused, nothing changes.
    Refuses: 404 for everybody else.
    """
    acts.for_me_again(request.viewer, listed_space(request, slug))


@routes.write("PUT", "/topics/{slug}/not-for-me")
def topic_not_for_me(request: Asked, slug: TopicSlug) -> None:
    """Have a topic, and what is about it, suggested no more.

    Who may: whoever may know of it. Twice changes nothing.
    Refuses: 404 for everybody else.
    """
    acts.not_for_me(request.viewer, topic(request, slug))


@routes.write("DELETE", "/topics/{slug}/not-for-me")
def topic_for_me(request: Asked, slug: TopicSlug) -> None:
    """Let a topic be suggested again.

    Who may: whoever may know of it. Where it was not refused, nothing changes.
    Refuses: 404 for everybody else.
    """
    acts.for_me_again(request.viewer, topic(request, slug))
