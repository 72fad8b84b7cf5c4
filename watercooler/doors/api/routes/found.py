"""Finding what an address names, for this caller, or answering 404."""

from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Path, Query
from pydantic import Field

from watercooler.doors.api.answering import place_of
from watercooler.doors.api.doing import Asked
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes.common import LARGEST_ID
from watercooler.foundation.base.errors import NotAllowed
from watercooler.projections.feed.reads import Place
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social.reads import topic_known_to
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.sight import known_to

ItemId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The id of an item.")]
Slug = Annotated[str, Path(max_length=80, description="The slug of a space, as in its address.")]
Handle = Annotated[str, Path(max_length=40, description="The handle of a person, without the @.")]
TopicSlug = Annotated[str, Path(max_length=60, description="The slug of a topic, as in its address.")]
After = Annotated[str | None, Query(max_length=400, description="Where the page begins: from the `next` before it.")]
Words = Annotated[str, Query(max_length=300)]
Limit = Annotated[int, Query(ge=1, le=100, description="How many on one page.")]
Names = Annotated[list[Annotated[str, Field(max_length=80)]], Query(max_length=20)]


def readable(request: Asked, item_id: int) -> Item:
    """Return a live item the caller may read, with what the acts need. Raises Gone."""
    found = Item.objects.visible_to(request.viewer).select_related("space__owner", "author", "root", "parent")
    return _or_nothing(found.filter(pk=item_id).first())


def _or_nothing[T](found: T | None) -> T:
    if found is None:
        raise nothing_here()
    return found


def listed_space(request: Asked, slug: str) -> Space:
    """Return a space the caller may know of, whether or not they may read it. Raises Gone."""
    return _or_nothing(Space.objects.listed_for(request.viewer).select_related("owner").filter(slug=slug).first())


def hosted(request: Asked, slug: str) -> Space:
    """Return a space the caller looks after. Raises Gone, or NotAllowed where they may know of it and are no host."""
    space = listed_space(request, slug)
    if not request.viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))
    return space


def readable_space(request: Asked, slug: str, *, walls: bool = False) -> Space:
    """Return a space whose items the caller may read; walls: also somebody's wall. Raises Gone."""
    spaces = Space.objects.readable_by(request.viewer).select_related("owner")
    return _or_nothing((spaces if walls else spaces.filter(purpose=Purpose.SPACE)).filter(slug=slug).first())


def colleague(request: Asked, handle: str) -> Person:
    """Return an active person whom the caller may know of. Raises Gone."""
    return _or_nothing(people(request).filter(handle=handle.lower()).first())


def people(request: Asked) -> QuerySet[Person]:
    return Person.objects.filter(known_to(request.viewer), is_active=True)


def topic(request: Asked, slug: str) -> Topic:
    """Return the topic people should find under this word. Raises Gone."""
    found = _or_nothing(topic_known_to(request.viewer, slug))
    return found.synonym_of or found


def place(after: str | None) -> Place:
    return Place.read(place_of(after))
