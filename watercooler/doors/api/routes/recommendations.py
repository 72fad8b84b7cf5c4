"""What is suggested to the caller, each with its reason, and what is not for them."""

from typing import Annotated, Any

from ninja import Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Handle, ItemId, Slug, TopicSlug, colleague, listed_space, readable, topic
from watercooler.doors.api.shapes.common import PersonBrief, SpaceBrief, address
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
Most = Annotated[int, Query(ge=1, le=20, description="How many of each at most.")]


@routes.read("/suggestions", Suggestions)
def suggested(request: Asked, most: Most = 10) -> Suggestions:
    """List what is suggested to the caller: items, people, spaces and topics, each with its reason."""
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
    """List what the caller wants suggested no more."""
    found = reads.refusals(request.viewer)
    return AllRefused(refused=[Refused(id=one.id, what=one.what, name=one.name, url=address(one.url)) for one in found])


@routes.write("DELETE", "/me/not-for-me/{id:refusal_id}")
def taken_back(request: Asked, refusal_id: ItemId) -> None:
    """Take one line of that list back, also of what the caller may see no more."""
    rows = NotForMe.objects.select_related("item", "colleague", "space", "topic")
    row = rows.filter(pk=refusal_id, person_id=request.viewer.person_id).first()
    if row is None:
        raise nothing_here()
    what: Any = row.item or row.colleague or row.space or row.topic
    acts.for_me_again(request.viewer, what)


@routes.write("PUT", "/items/{id:item_id}/not-for-me")
def item_not_for_me(request: Asked, item_id: ItemId) -> None:
    """Have an item suggested no more."""
    acts.not_for_me(request.viewer, readable(request, item_id))


@routes.write("DELETE", "/items/{id:item_id}/not-for-me")
def item_for_me(request: Asked, item_id: ItemId) -> None:
    """Let an item be suggested again."""
    acts.for_me_again(request.viewer, readable(request, item_id))


@routes.write("PUT", "/people/{handle}/not-for-me")
def person_not_for_me(request: Asked, handle: Handle) -> None:
    """Have a colleague, and what they write, suggested no more."""
    acts.not_for_me(request.viewer, colleague(request, handle))


@routes.write("DELETE", "/people/{handle}/not-for-me")
def person_for_me(request: Asked, handle: Handle) -> None:
    """Let a colleague be suggested again."""
    acts.for_me_again(request.viewer, colleague(request, handle))


@routes.write("PUT", "/spaces/{slug}/not-for-me")
def space_not_for_me(request: Asked, slug: Slug) -> None:
    """Have a space, and what is in it, suggested no more."""
    acts.not_for_me(request.viewer, listed_space(request, slug))


@routes.write("DELETE", "/spaces/{slug}/not-for-me")
def space_for_me(request: Asked, slug: Slug) -> None:
    """Let a space be suggested again."""
    acts.for_me_again(request.viewer, listed_space(request, slug))


@routes.write("PUT", "/topics/{slug}/not-for-me")
def topic_not_for_me(request: Asked, slug: TopicSlug) -> None:
    """Have a topic, and what is about it, suggested no more."""
    acts.not_for_me(request.viewer, topic(request, slug))


@routes.write("DELETE", "/topics/{slug}/not-for-me")
def topic_for_me(request: Asked, slug: TopicSlug) -> None:
    """Let a topic be suggested again."""
    acts.for_me_again(request.viewer, topic(request, slug))
