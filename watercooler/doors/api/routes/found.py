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

PLACE = (
    "Where the page begins, as the `next` of the page before has it; left out or null at the beginning. The word is "
    "opaque: it names the last thing that was shown, so that nothing is missed or doubled while others write. It fits "
    "the same filters alone, and any word of your own is refused: 422."
)
ItemId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of an item of any kind: question, answer, comment, post.")
]
Slug = Annotated[str, Path(max_length=80, description="The `slug` of a space, as its address has it.")]
Handle = Annotated[
    str, Path(max_length=40, description="The `handle` of a person, without the @; capital letters do not matter.")
]
TopicSlug = Annotated[
    str,
    Path(max_length=60, description="The `slug` of a topic, as its address has it; that of a synonym does as well."),
]
After = Annotated[str | None, Query(max_length=400, description=PLACE)]
Words = Annotated[str, Query(max_length=300)]
Limit = Annotated[int, Query(ge=1, le=100, description="How many things stand on one page at most.")]
PeopleWords = Annotated[
    str,
    Query(
        max_length=300,
        description="Names, jobs, skills or places, also misspelt; 80 characters of it count. Empty for everybody.",
    ),
]

InSpace = Annotated[str, Query(max_length=80, description="Only what is in this space, by its `slug`; empty for all.")]
ABOUT_TOPIC = "Only what is about this topic, by its `slug`; empty for all."
AboutTopic = Annotated[str, Query(max_length=60, description=ABOUT_TOPIC)]
ByAuthor = Annotated[
    str, Query(max_length=40, description="Only what somebody wrote, by their `handle`; empty for everybody’s.")
]
Number = Annotated[int, Field(ge=1, le=10**9)]
AtSites = Annotated[
    list[Number],
    Query(
        max_length=20, description="Only people of these sites, by the ids that `/directory/facets` gives as `value`."
    ),
]
InUnits = Annotated[
    list[Number],
    Query(
        max_length=20, description="Only people of these units and their parts, by ids as `/directory/facets` has them."
    ),
]
WithSkills = Annotated[
    list[str],
    Query(max_length=20, description="Only people who offer one of these on their profile, written as they wrote it."),
]
Speaking = Annotated[
    list[str],
    Query(max_length=20, description="Only people who speak one of these languages, written as on their profile."),
]
OpenToQuestions = Annotated[
    bool, Query(description="True for those alone whose status says that they like to be asked.")
]


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
