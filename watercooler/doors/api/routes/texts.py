"""What is done to one item by those who look after it: revisions, topics, place, timing, highlights, solving."""

from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Path

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, ItemId, Limit, TopicSlug, readable, readable_space
from watercooler.doors.api.routes.items import told_again
from watercooler.doors.api.shapes import items as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, address
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.kinds.articles.acts import check_ready, schedule
from watercooler.kinds.questions import acts as questions
from watercooler.kinds.questions import reads
from watercooler.kinds.questions.models import Question
from watercooler.spine.content import acts
from watercooler.spine.content.found import readable as readable_or_own
from watercooler.spine.content.models import Item, Revision, Topic
from watercooler.spine.content.visibility import State

routes = Routes("Items")
OtherId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of the question to link it with.")]
Number = Annotated[
    int, Path(ge=1, le=2**31 - 1, description="The `number` of a former text, as its revisions have it.")
]


@routes.read("/items/{id:item_id}/revisions", shapes.Revisions)
def revisions(request: Asked, item_id: ItemId, after: After = None, limit: Limit = 20) -> shapes.Revisions:
    """List what an item said before each change, newest first.

    Who may: whoever may read the item; its author also while it waits.
    Refuses: 404 for everybody else.
    """
    item = readable_or_own(request.viewer, item_id)
    before = place_of(after)
    found = Revision.objects.filter(item=item).select_related("author").order_by("-number")
    rows = list((found.filter(number__lt=int(before)) if before.isdecimal() else found)[: limit + 1])
    more = str(rows[limit - 1].number) if len(rows) > limit else ""
    return shapes.Revisions(revisions=[_revision(row) for row in rows[:limit]], next=next_address(request, more))


def _revision(row: Revision) -> shapes.Revision:
    words = {name: getattr(row, name) for name in ("number", "title", "source", "note", "at")}
    return shapes.Revision(**words, author=PersonBrief.of(row.author))


@routes.write("PUT", "/items/{id:item_id}/revisions/{nr:number}/restored", shapes.Item)
def restore_revision(request: Asked, item_id: ItemId, number: Number) -> HttpResponse:
    """Bring an earlier text back, as one more change.

    Who may: whoever may change the item.
    Refuses: 403 for others who may read it; 404 for everybody else, and for a revision there is not; 429 above so many
    a minute as a person saves.
    """
    item = readable_or_own(request.viewer, item_id)
    try:
        acts.restore_revision(request.viewer, item, number)
    except Revision.DoesNotExist:
        raise nothing_here() from None
    return told_again(request, item_id)


@routes.write("PUT", "/items/{id:item_id}/topics", shapes.Item)
def set_topics(request: Asked, item_id: ItemId, sent: shapes.TopicNames) -> HttpResponse:
    """Make an item's topics exactly these.

    Who may: whoever may read it adds; who put a topic there, its author, hosts and learning leads take it off. Its
    author may while it is a draft.
    Refuses: 403 for a topic the caller may not take off, and for answers and comments; 404 for what they may not read;
    422 above eight.
    """
    item = _alone(readable_or_own(request.viewer, item_id))
    if len(sent.topics) > acts.topics.MOST_TOPICS:
        raise Invalid(_("Eight topics are enough. Take one off first."), field="topics")
    acts.retag(request.viewer, item, sent.topics)
    return told_again(request, item_id)


def _alone(item: Item) -> Item:
    if item.parent_id is not None:
        raise NotAllowed(_("Topics belong on what stands alone."))
    return item


@routes.write("POST", "/items/{id:item_id}/topics", shapes.Item)
def tag(request: Asked, item_id: ItemId, sent: shapes.OneTopic) -> HttpResponse:
    """Put one topic more on an item.

    Who may: whoever may read it. Twice changes nothing.
    Refuses: 403 for answers and comments; 404 for what the caller may not read; 422 for a ninth topic, or one without
    a letter.
    """
    acts.tag(request.viewer, _alone(readable(request, item_id)), sent.topic)
    return told_again(request, item_id)


@routes.write("DELETE", "/items/{id:item_id}/topics/{slug}", shapes.Item)
def untag(request: Asked, item_id: ItemId, slug: TopicSlug) -> HttpResponse:
    """Take a topic off an item.

    Who may: who put it there, the author, hosts of the space, learning leads and administrators.
    Refuses: 403 for others who may read it; 404 where it is not on the item.
    """
    item = readable(request, item_id)
    topic = Topic.objects.filter(slug=slug, taggings__item=item).first()
    if topic is None:
        raise nothing_here()
    acts.untag(request.viewer, item, topic)
    return told_again(request, item_id)


@routes.write("PUT", "/items/{id:item_id}/space", shapes.Item)
def move(request: Asked, item_id: ItemId, sent: shapes.Place) -> HttpResponse:
    """Move an item with its whole thread to another space.

    Who may: its author and hosts of its space, into a space they may post in.
    Refuses: 403 for others, for answers and comments, and where they may not post; 404 for an item or space the caller
    may not read.
    """
    item = readable(request, item_id)
    acts.move(request.viewer, item, readable_space(request, sent.space, walls=True))
    return told_again(request, item_id)


@routes.write("PUT", "/items/{id:item_id}/published", shapes.Item)
def publish(request: Asked, item_id: ItemId) -> HttpResponse:
    """Publish one's own draft now.

    Who may: its author. What appeared already stays as it is.
    Refuses: 403 where they may no longer post there; 404 for everybody else; 422 without a text, and where the rules
    of the space have to be accepted first.
    """
    item = _waiting(request, item_id)
    check_ready(item)
    acts.publish(request.viewer, item)
    return told_again(request, item_id)


@routes.write("PUT", "/items/{id:item_id}/schedule", shapes.Item)
def set_schedule(request: Asked, item_id: ItemId, sent: shapes.Timing) -> HttpResponse:
    """Say when one's own draft appears by itself.

    Who may: its author.
    Refuses: 403 where they may no longer post there; 404 for everybody else; 422 for a moment that is past or without
    a time zone, and for an article without text.
    """
    if sent.publish_at is not None and sent.publish_at.tzinfo is None:
        raise Invalid(_("Say the time zone too, as 2030-01-14T09:00:00Z."), field="publish_at")
    schedule(request.viewer, _waiting(request, item_id), sent.publish_at)
    return told_again(request, item_id)


def _waiting(request: Asked, item_id: int) -> Item:
    """Return one's own draft or scheduled item; or one published meanwhile, of which nothing changes. Raises Gone."""
    mine = Item.objects.own(request.viewer).select_related("space__owner", "root")
    found = mine.filter(Q(state__in=[State.DRAFT, State.SCHEDULED]), pk=item_id).first()
    if found is None:
        raise nothing_here()
    return found


@routes.write("PUT", "/items/{id:item_id}/highlighted")
def highlight(request: Asked, item_id: ItemId, sent: shapes.Highlighting) -> None:
    """Put an item at the top of its space, with the reason.

    Who may: hosts of its space; without `is_pinned`, the manager of who wrote it. Again changes note and day.
    Refuses: 403 for others who may read it, and for answers and comments; 404 for everybody else.
    """
    item = readable(request, item_id)
    if item.parent_id is not None:
        raise NotAllowed(_("Only what stands alone can be highlighted."))
    acts.highlight(request.viewer, item, note=sent.note, is_pinned=sent.is_pinned, ends_on=sent.ends_on)


@routes.write("DELETE", "/items/{id:item_id}/highlighted")
def take_down(request: Asked, item_id: ItemId) -> None:
    """Take an item off the top of its space.

    Who may: hosts of its space, and who put it there. Where it does not stand there, nothing changes.
    Refuses: 403 for others who may read it; 404 for everybody else.
    """
    acts.take_down(request.viewer, readable(request, item_id))


@routes.write("PUT", "/items/{id:item_id}/accepted", shapes.Item)
def accept(request: Asked, item_id: ItemId, sent: shapes.Accepting) -> HttpResponse:
    """Mark the answer that solved a question. A question that is solved already stays as it is.

    Who may: who asked, and hosts of its space.
    Refuses: 403 for others who may read it; 404 for everybody else, and for what is no question; 422 for an answer
    that is not one of its own.
    """
    question = _question(request, item_id)
    answer = question.answers.visible_to(request.viewer).filter(pk=sent.answer).first()
    if answer is None:
        raise Invalid(_("That answer is not here any more."), field="answer")
    questions.accept(request.viewer, question, answer)
    return told_again(request, item_id)


@routes.write("DELETE", "/items/{id:item_id}/accepted", shapes.Item)
def unaccept(request: Asked, item_id: ItemId) -> HttpResponse:
    """Open a solved question again.

    Who may: who asked, and hosts of its space. Where it is open, nothing changes.
    Refuses: 403 for others who may read it; 404 for everybody else, and for what is no question.
    """
    questions.unaccept(request.viewer, _question(request, item_id))
    return told_again(request, item_id)


@routes.read("/items/{id:item_id}/links", shapes.Links)
def links(request: Asked, item_id: ItemId) -> shapes.Links:
    """List at most five questions linked with this one, those that ask the same first.

    Who may: whoever may read the question.
    Refuses: 404 for everybody else, and for what is no question.
    """
    _question(request, item_id)
    found = reads.linked(request.viewer, item_id)
    return shapes.Links(links=[shapes.Link(id=one.id, title=one.title, url=address(one.url), is_same=one.is_same,
                                           is_solved=one.is_solved) for one in found])  # fmt: skip


@routes.write("PUT", "/items/{id:item_id}/links/{id:other_id}")
def link(request: Asked, item_id: ItemId, other_id: OtherId, sent: shapes.Linking) -> None:
    """Link a question with another one: as related, or as asked before, which leads its readers there.

    Who may: who asked it, who solved it, hosts of its space, learning leads and administrators.
    Refuses: 403 for others; 404 where the caller may not read both questions; 422 for one question twice, or for one
    that leads back to this.
    """
    question, other = _question(request, item_id), _question(request, other_id)
    questions.link(request.viewer, question, other, is_same=sent.is_same)


@routes.write("DELETE", "/items/{id:item_id}/links/{id:other_id}")
def unlink(request: Asked, item_id: ItemId, other_id: OtherId) -> None:
    """Take the links between two questions away.

    Who may: who asked it, who solved it, hosts of its space, learning leads and administrators, whoever linked them.
    Without a link nothing changes.
    Refuses: 403 for others; 404 where the caller may not read both questions; 422 for one question twice.
    """
    questions.unlink(request.viewer, _question(request, item_id), _question(request, other_id))


def _question(request: Asked, item_id: int) -> Question:
    found = Question.objects.visible_to(request.viewer).filter(pk=item_id).first()
    if found is None:
        raise nothing_here()
    return found
