"""Home’s lists, the library, and topics."""

from typing import TYPE_CHECKING, Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query

from watercooler.doors.api.answering import next_address
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.reads import ids, whole
from watercooler.doors.api.routes.found import ABOUT_TOPIC, After, InSpace, TopicSlug, place, readable_space, topic
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.doors.api.shapes.items import Feed, Items
from watercooler.doors.api.shapes.told import Knower, Merged, Merging, Topic, Topics, WholeTopic
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.text import clean_line
from watercooler.places.home.reads import page
from watercooler.places.library import reads as library
from watercooler.places.library import topics_reads
from watercooler.spine.social.acts import merge_topics
from watercooler.spine.social.reads import topic_known_to

routes = Routes("Feed")
topics_routes = Routes("Topics")
if TYPE_CHECKING:
    type LibraryKind = str
else:
    LibraryKind = Literal[tuple(library.kinds())]

Which = Annotated[
    Literal["for-you", "following", "help-out", "saved"],
    Query(
        description="What is chosen for the caller, what they follow, what waits for their help, or what they saved."
    ),
]
OfKinds = Annotated[
    list[LibraryKind],
    Query(
        max_length=20,
        description="Only these; repeat it for several. `solved` and `question` are solved and open questions.",
    ),
]
Order = Annotated[
    Literal["helped", "newest"], Query(description="Whether what helped most people comes first, or the newest.")
]
Letters = Annotated[
    str, Query(max_length=300, description="Only topics in whose name these letters stand; empty for all.")
]


@routes.read("/feed", Feed)
def feed(
    request: Asked,
    show: Which = "for-you",
    after: After = None,
) -> Feed:
    """Show one of Home’s lists: for you, with why each is there; what one follows; what waits for help; saved.

    Who may: everybody, of what they may read.
    Refuses: nothing of its own.
    """
    found = page(request.viewer, show, place(after))
    items = whole(request.viewer, ids(found.listed), found.reasons)
    return Feed(items=items, help_count=found.help_count, next=next_address(request, found.next))


@routes.read("/library", Items)
def browse(
    request: Asked,
    kind: OfKinds = [],  # noqa: B006
    topic_slug: Annotated[str, Query(max_length=60, alias="topic", description=ABOUT_TOPIC)] = "",
    space: InSpace = "",
    order: Order = "helped",
    after: After = None,
) -> Items:
    """Browse everything worth keeping that one may read, most helpful or newest first.

    Who may: everybody, of what they may read.
    Refuses: 404 for a space or topic that the caller may not know of.
    """
    topics = [topic(request, topic_slug).pk] if topic_slug else []
    spaces = [readable_space(request, space).pk] if space else []
    found = library.browse(request.viewer, list(dict.fromkeys(kind)), topics, spaces, order, place(after))
    return Items(items=whole(request.viewer, ids(found.cards)), next=next_address(request, found.next))


@topics_routes.read("/topics", Topics)
def listed(request: Asked, q: Letters = "") -> Topics:
    """List the topics with most on them that one may read, at most 60.

    Who may: everybody, of topics with something on them that they may read.
    Refuses: nothing of its own.
    """
    lines = library.topics(request.viewer, clean_line(q)[:60])
    return Topics(
        topics=[
            Topic(
                **{name: getattr(one, name) for name in ("slug", "name", "about", "items", "is_followed")},
                url=address(f"/topics/{one.slug}"),
            )
            for one in lines
        ]
    )


@topics_routes.read("/topics/{slug}", WholeTopic)
def show(request: Asked, slug: TopicSlug) -> WholeTopic:
    """Show a topic and who helped most with it; a synonym leads to the word people should find.

    Who may: whoever may read something on it, or follows it.
    Refuses: 404 for everybody else.
    """
    found = topic(request, slug)
    people = [
        Knower(
            **PersonBrief.of({"handle": one.handle, "name": one.name, "photo": one.photo}).model_dump(),
            helped=one.helped,
            accepted=one.accepted,
        )
        for one in topics_reads.people(request.viewer, found)
    ]
    return WholeTopic(
        slug=found.slug,
        name=found.name,
        about=found.about,
        synonyms=list(found.synonyms.order_by("name").values_list("name", flat=True)[:100]),
        people=people,
        is_followed=topics_reads.is_followed(request.viewer, found),
        url=address(found.url),
    )


@topics_routes.write("PUT", "/topics/{slug}/merged", Merged)
def merge(request: Asked, slug: TopicSlug, sent: Merging) -> Merged:
    """Make a topic another word for a better one. Hosts and learning leads.

    Who may: hosts of any space, learning leads and administrators. It cannot be undone.
    Refuses: 403 for others; 404 for a topic the caller may not know of; 422 for a topic into itself, or into one there
    is not.
    """
    into = topic_known_to(request.viewer, sent.into)
    if into is None:
        raise Invalid(_("There is no topic called “%(name)s”.") % {"name": sent.into}, field="into")
    moved = merge_topics(request.viewer, topic(request, slug), into)
    return Merged(into=(into.synonym_of or into).slug, moved=moved)
