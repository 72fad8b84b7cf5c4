"""Items of every kind: lists, one, making, changing, taking away and bringing back."""

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from watercooler.doors.api import creating, reads
from watercooler.doors.api.answering import next_address, place_of, tag_of, told
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.keeping import act_key
from watercooler.doors.api.problems import Gone, Precondition, WhichRevision, nothing_here
from watercooler.doors.api.routes.found import (
    AboutTopic,
    After,
    ByAuthor,
    InSpace,
    ItemId,
    Limit,
    place,
    readable,
    readable_space,
)
from watercooler.doors.api.routes.found import topic as find_topic
from watercooler.doors.api.shapes import items as shapes
from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale
from watercooler.kinds.articles.acts import bring_back, throw_away
from watercooler.projections.feed.reads import Place
from watercooler.spine.content import acts
from watercooler.spine.content.composing import Typed, composable
from watercooler.spine.content.found import readable as readable_or_own
from watercooler.spine.content.found import removed
from watercooler.spine.content.kinds import registered, top_kinds
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.content.visibility import State
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.sight import known_to

routes = Routes("Items")
if TYPE_CHECKING:
    type NewItem = Any
    type KindName = str
else:
    NewItem = creating.any_of(creating.makeable())
    KindName = Literal[tuple(registered())]
OfKinds = Annotated[
    list[KindName],
    Query(
        max_length=20, description="Only these kinds, as `/kinds` names them; repeat it for several. Left out for all."
    ),
]
Why = Annotated[
    str,
    Query(
        max_length=500, description="Why, for its author to read. Administrators who do not host its space need one."
    ),
]
OfKind = Annotated[
    KindName | Literal[""], Query(description="Only replies of this kind, as “answer” or “comment”; empty for all.")
]
InState = Annotated[
    Literal["draft", "scheduled", "held"],
    Query(description="Which of them: drafts, what will appear by itself, or what a host or administrator holds back."),
]
CONDITIONAL = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "schema": {"type": "string"},
            "description": "The ETag of the item as you read it, in place of `based_on`: 412 if it changed since.",
        }
    ]
}


@routes.read("/items", shapes.Items)
def listed(
    request: Asked,
    kind: OfKinds = [],  # noqa: B006
    space: InSpace = "",
    author: ByAuthor = "",
    topic: AboutTopic = "",
    after: After = None,
    limit: Limit = 20,
) -> shapes.Items:
    """List items, newest first.

    Without `author` these are the ones that stand alone; answers and comments are listed by their author, or below
    what they hang on. The values of `kind` add up, the filters narrow each other.

    Who may: everybody, of what they may read.
    Refuses: 404 for a space, author or topic that the caller may not know of; 422 for kinds that hang below others
    without an `author`.
    """
    wanted = reads.Wanted(
        kinds=_kinds(kind, by_author=bool(author)),
        space=readable_space(request, space, walls=True).pk if space else None,
        author=_author(request, author) if author else None,
        topic=find_topic(request, topic).pk if topic else None,
    )
    ids, more = reads.newest(request.viewer, wanted, place(after), limit)
    return shapes.Items(items=reads.whole(request.viewer, ids), next=next_address(request, more))


def _kinds(asked: list[str], by_author: bool) -> list[str]:
    if by_author:
        return list(dict.fromkeys(asked)) or list(registered())
    alone = [kind.name for kind in top_kinds()]
    if set(asked) - set(alone):
        sentence = _("Say whose: answers and comments are listed by `author`, or as the replies of an item.")
        raise Invalid(sentence, field="kind")
    return list(dict.fromkeys(asked)) or alone


def _author(request: Asked, handle: str) -> int:
    found = Person.objects.filter(known_to(request.viewer), handle=handle.lower()).first()
    if found is None:  # somebody who left is still the author of what they wrote
        raise nothing_here()
    return found.pk


@routes.write("POST", "/items", shapes.Item, status=201)
def make(request: Asked, sent: NewItem) -> HttpResponse:
    """Make an item of any kind: ask, share, write, answer, comment.

    What a kind needs is said by its own schema, told apart by `kind`. The same Idempotency-Key makes it once.

    Who may: who is in the space; on a wall its owner, and every member with a post; below an item whoever may read it.
    Some kinds need a role.
    Refuses: 403 where the caller may not; 404 for a parent they may not read; 422 for words that are missing or too
    long, for files that are not their own, and where the rules of the space have to be accepted first; 429 above so
    many a minute as a person writes.
    """
    kind = registered()[sent.kind]
    parent = readable(request, sent.parent) if kind.parents else None
    composing = kind.composing
    if composing is None or kind not in composable(request.viewer, parent):
        raise NotAllowed(_("You can’t make this here."))
    typed = Typed(
        space=parent.space if parent is not None else _space(request, sent.space),
        title=getattr(sent, "title", ""),
        source=sent.source,
        topics=list(getattr(sent, "topics", [])),
        attachments=_files(request, sent.attachments),
        key=act_key(request),
        parent=parent,
        more=creating.further_cleaned(composing, sent),
    )
    return told_again(request, composing.make(request.viewer, typed).pk, 201)


def _space(request: Asked, slug: str) -> Space:
    try:
        return readable_space(request, slug, walls=True)
    except Gone:
        raise Invalid(_("There is no space “%(slug)s” that you can post in.") % {"slug": slug}, field="space") from None


def _files(request: Asked, ids: list[int]) -> list[int]:
    """Return the ids of the caller's own waiting files. Raises Invalid for any other."""
    mine = Attachment.objects.filter(pk__in=ids, person_id=request.viewer.person_id)
    if len(mine) < len(set(ids)):
        raise Invalid(_("One of these files is not there, or not yours."), field="attachments")
    return ids


def told_again(request: Asked, item_id: int, status: int = 200) -> HttpResponse:
    """Answer with an item as it is now. Its tag begins with the revision of its text, for If-Match."""
    item = reads.one(request.viewer, item_id)
    if item is None:
        raise nothing_here()
    body = item.model_dump_json()
    tag = f'"{item.revision}.{tag_of(body.encode())[1:]}'
    located = {"Location": f"/api/v1/items/{item_id}"} if status == 201 else {}
    return told(item, status, ETag=tag, **located)


@routes.read("/items/{id:item_id}", shapes.Item)
def show(request: Asked, item_id: ItemId) -> HttpResponse:
    """Show one item: one that the caller may read, or their own that waits.

    Who may: whoever may read it; its author also while it waits.
    Refuses: 404 for everybody else. What was removed is gone for its author too.
    """
    return told_again(request, item_id)


@routes.write("PATCH", "/items/{id:item_id}", shapes.Item, extra=CONDITIONAL)
def change(request: Asked, item_id: ItemId, sent: shapes.Change) -> HttpResponse:
    """Change what an item says.

    The change names the revision it began from, by `based_on` or If-Match. If somebody saved meanwhile, it is refused
    and nothing is lost: read the item again, put both together, and send it once more.

    Who may: its author, also while it waits; hosts, of articles in their space.
    Refuses: 403 for others who may read it; 404 for everybody else; 409 or 412 where somebody saved meanwhile; 422 for
    words that are missing or too long; 428 without a revision; 429 above so many a minute as a person saves.
    """
    item = readable_or_own(request.viewer, item_id)
    based_on, is_tag = _based_on(request, sent)
    with transaction.atomic():
        try:
            saved = acts.edit(
                request.viewer,
                item,
                title=item.title if sent.title is None else sent.title,
                source=item.source if sent.source is None else sent.source,
                based_on=based_on,
                note=sent.note,
                attachments=_files(request, sent.attachments),
            )
        except Stale as stale:
            raise Precondition(stale.sentence) if is_tag else stale from None
        if sent.topics is not None and item.parent_id is None:
            acts.retag(request.viewer, saved, sent.topics)
    return told_again(request, item_id)


def _based_on(request: Asked, sent: shapes.Change) -> tuple[int, bool]:
    """Return the revision a change began from, and whether If-Match said so. Raises WhichRevision."""
    if sent.based_on is not None:
        return sent.based_on, False
    found = re.match(r'(?:W/)?"(\d{1,9})[."]', request.headers.get("If-Match", "").strip())
    if found is None:
        raise WhichRevision(_("Say which revision you began from: `based_on`, or If-Match with the item’s ETag."))
    return int(found[1]), True


@routes.write("DELETE", "/items/{id:item_id}")
def remove(request: Asked, item_id: ItemId, reason: Why = "") -> None:
    """Take an item away. Its author may, and a host or administrator with a reason that the author reads.

    A draft is thrown away. What was published can be brought back.

    Who may: its author; hosts of its space; with a reason, administrators who may read it. Twice changes nothing.
    Refuses: 403 for others who may read it; 404 for everybody else.
    """
    item = readable_or_own(request.viewer, item_id)
    if item.published_at is None:
        throw_away(request.viewer, item)
    else:
        acts.remove(request.viewer, item, reason)


@routes.write("PUT", "/items/{id:item_id}/restored", shapes.Item)
def restore(request: Asked, item_id: ItemId) -> HttpResponse:
    """Bring a removed or held item back, with everything below it; or a draft that was thrown away.

    Who may: its author, what they removed themselves; hosts of its space, whoever did. Where nothing was removed,
    nothing changes.
    Refuses: 403 for its author where a host took it away; 404 for everybody else, and for somebody else’s draft.
    """
    item = removed(request.viewer, item_id)
    if item.published_at is None and item.author_id != request.viewer.person_id:
        raise nothing_here()  # somebody's draft, whoever looks after the space
    if item.published_at is None and item.state == State.REMOVED:
        bring_back(request.viewer, item)
    else:
        acts.restore(request.viewer, item)
    return told_again(request, item_id)


@routes.read("/items/{id:item_id}/replies", shapes.Items)
def replies(
    request: Asked,
    item_id: ItemId,
    kind: OfKind = "",
    after: After = None,
    limit: Limit = 20,
) -> shapes.Items:
    """List what hangs directly below an item, oldest first: answers, comments and further kinds.

    Who may: whoever may read the item.
    Refuses: 404 for everybody else.
    """
    item = readable(request, item_id)
    from_id = place_of(after)
    found, more = reads.replies(
        request.viewer, item_id, item.thread_id, kind, int(from_id) if from_id.isdecimal() else 0, limit
    )
    return shapes.Items(items=reads.whole(request.viewer, found), next=next_address(request, more))


@routes.read("/me/items", shapes.Items)
def own(
    request: Asked,
    state: InState = "draft",
    after: After = None,
    limit: Limit = 20,
) -> shapes.Items:
    """List the caller's own items that wait: drafts, scheduled ones, and what is held for review.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    before = Place.read(place_of(after))
    mine = Item.objects.own(request.viewer).filter(state=State[state.upper()], pk__lt=before.key)
    ids = list(mine.order_by("-pk").values_list("pk", flat=True)[: limit + 1])
    more = str(Place(ids[limit - 1], 0)) if len(ids) > limit else ""
    return shapes.Items(items=reads.whole(request.viewer, ids[:limit]), next=next_address(request, more))
