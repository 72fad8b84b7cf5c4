"""What is one's own besides the profile: how much one hears, and the first steps."""

from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Path

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.files import CONTENT
from watercooler.doors.api.routes.found import Handle
from watercooler.doors.api.shapes import near, own
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief, address
from watercooler.doors.signin import start_reads
from watercooler.foundation.base.files.send import send
from watercooler.places.inbox import levels as own_levels
from watercooler.spine.people import portraits
from watercooler.spine.people.acts import finish_first_steps
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.sight import known_to
from watercooler.spine.spaces.viewer import forget

routes = Routes("People")
FollowId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a follow, as the caller’s levels have it.")
]
SHOWN = 12
"""How many spaces and people the first steps suggest."""


@routes.read("/me/levels", own.Levels)
def levels(request: Asked) -> own.Levels:
    """Show how much one hears of one’s spaces, of whom and what one follows, and what one muted.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    rows = own_levels.rows(request.viewer)
    briefs = {
        space.pk: SpaceBrief.of(space.slug, space.name, space.purpose)
        for space in Space.objects.filter(pk__in=[row["id"] for row in rows])
    }
    return own.Levels(
        spaces=[own.SpaceLevel(space=briefs[row["id"]], level=row["level"]) for row in rows],
        follows=[own.FollowLevel(**row | {"url": address(row["url"])}) for row in own_levels.follows(request.viewer)],
        muted=[own.Muted(name=row["name"], url=address(row["url"])) for row in own_levels.muted(request.viewer)],
    )


@routes.write("PUT", "/me/follows/{id:follow_id}/level")
def follow_level(request: Asked, follow_id: FollowId, sent: own.FollowChange) -> None:
    """Say whether what one follows comes to the inbox, or only into the feed.

    Who may: whose follow it is.
    Refuses: 404 for any other, and for what is muted.
    """
    if not own_levels.change_follows(request.viewer, {f"follow-{follow_id}": sent.level}):
        raise nothing_here()


@routes.read("/me/first-steps", near.FirstSteps)
def first_steps(request: Asked) -> near.FirstSteps:
    """Suggest topics and people to follow, spaces to join, and skills to offer, to somebody new.

    Who may: everybody, of themselves; guests are suggested no topics and spaces.
    Refuses: nothing of its own.
    """
    viewer = request.viewer
    topics = start_reads.topics(viewer)
    picked = [topic.id for topic in topics if topic.is_followed]
    person = Person.objects.only("offers", "welcomed_at").get(pk=viewer.person_id)
    return near.FirstSteps(
        are_done=person.welcomed_at is not None,
        topics=[near.TopicToFollow(slug=one.slug, name=one.name, is_followed=one.is_followed) for one in topics],
        spaces=[
            near.SpaceToJoin(**SpaceBrief.of(one.slug, one.name).model_dump(), why=one.why, is_joined=one.is_joined)
            for one in start_reads.spaces(viewer, picked, SHOWN)
        ],
        people=[_new_colleague(one) for one in start_reads.people(viewer, picked, SHOWN)],
        skills=start_reads.skills(viewer, person.offers),
    )


def _new_colleague(one: start_reads.SuggestedPerson) -> near.ColleagueToFollow:
    brief = PersonBrief.of({"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo})
    return near.ColleagueToFollow(**brief.model_dump(), why=one.why, is_followed=one.is_followed)


@routes.write("PUT", "/me/first-steps/done")
def finish(request: Asked) -> None:
    """End the first steps, done or skipped: nobody is led through them again.

    Who may: everybody, of themselves. Twice changes nothing.
    Refuses: nothing of its own.
    """
    finish_first_steps(request.viewer)
    forget(request.viewer.person_id)


@routes.read("/people/{handle}/photo", None, status=200, extra=CONTENT)
def photo(request: Asked, handle: Handle) -> HttpResponseBase:
    """Send somebody’s photo, a WebP picture of 512 pixels; where there is none, their initials stand for them.

    Who may: whoever may know of that person.
    Refuses: 404 for somebody else, and for somebody without a photo.
    """
    person = Person.objects.only("photo").filter(known_to(request.viewer), handle=handle.lower()).first()
    name = portraits.large(person.photo).rpartition("/")[2] if person is not None else ""
    if not portraits.NAME.fullmatch(name):
        raise nothing_here()
    return send(request, portraits.folder() / name, _type_of(name), name, name.partition(".")[0])


def _type_of(name: str) -> str:
    return "image/webp" if name.endswith(".webp") else "image/svg+xml"
