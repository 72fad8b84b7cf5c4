"""What anybody does with anything they can read: helped, saved, reactions, ratings, follows, recommending, flags."""

from collections.abc import Callable
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Path

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import Gone, nothing_here
from watercooler.doors.api.routes.found import (
    After,
    Handle,
    ItemId,
    Slug,
    TopicSlug,
    colleague,
    readable,
    readable_space,
    topic,
)
from watercooler.doors.api.shapes import marks as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief
from watercooler.foundation.base.errors import Invalid
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts, reads
from watercooler.spine.social.models import Flag, Rating, Reaction, Recommendation
from watercooler.spine.spaces.models import Space

routes = Routes("Marks")
ReactionName = Annotated[str, Path(max_length=20, description=f"One of {', '.join(Reaction.SIGNS)}.")]
SentId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The number of a recommendation that the caller made.")]

MOST_RATINGS = 50


@routes.write("PUT", "/items/{id:item_id}/helped")
def helped(request: Asked, item_id: ItemId) -> None:
    """Say that an item helped. Twice counts once.

    Who may: whoever may read it, but not its author.
    Refuses: 403 for its author; 404 for everybody else.
    """
    acts.helped(request.viewer, readable(request, item_id))


@routes.write("DELETE", "/items/{id:item_id}/helped")
def not_helped(request: Asked, item_id: ItemId) -> None:
    """Take it back that an item helped.

    Who may: whoever said so. Where nobody did, nothing changes.
    Refuses: 404 for what the caller may not read.
    """
    acts.not_helped(request.viewer, readable(request, item_id))


@routes.read("/items/{id:item_id}/helped", shapes.Helpers)
def helped_whom(request: Asked, item_id: ItemId, after: After = None) -> shapes.Helpers:
    """List whom an item helped, latest first.

    Who may: whoever may read the item.
    Refuses: 404 for everybody else.
    """
    item, before = readable(request, item_id), place_of(after)
    rows = reads.helped(item.pk, int(before) if before.isdecimal() else 0)
    shown = rows[: reads.SHOWN]
    more = str(shown[-1].id) if len(rows) > len(shown) else ""
    people = [
        shapes.Helper(
            **PersonBrief.of({"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}).model_dump(),
            at=one.at,
        )
        for one in shown
    ]
    return shapes.Helpers(people=people, next=next_address(request, more))


@routes.write("PUT", "/items/{id:item_id}/saved")
def save(request: Asked, item_id: ItemId) -> None:
    """Keep an item for later; nobody else sees that.

    Who may: whoever may read it. Twice changes nothing.
    Refuses: 404 for everybody else.
    """
    acts.save(request.viewer, readable(request, item_id))


@routes.write("DELETE", "/items/{id:item_id}/saved")
def unsave(request: Asked, item_id: ItemId) -> None:
    """Take an item off one's saved things.

    Who may: whoever saved it. Where it is not saved, nothing changes.
    Refuses: 404 for what the caller may not read.
    """
    acts.unsave(request.viewer, readable(request, item_id))


@routes.write("PUT", "/items/{id:item_id}/reactions/{name}")
def react(request: Asked, item_id: ItemId, name: ReactionName) -> None:
    """Leave a reaction.

    Who may: whoever may read it, its author too. Twice changes nothing.
    Refuses: 404 for everybody else, and for a reaction there is not.
    """
    acts.react(request.viewer, readable(request, item_id), _sign(name))


@routes.write("DELETE", "/items/{id:item_id}/reactions/{name}")
def unreact(request: Asked, item_id: ItemId, name: ReactionName) -> None:
    """Take a reaction back.

    Who may: whoever left it. Where it was not left, nothing changes.
    Refuses: 404 for what the caller may not read, and for a reaction there is not.
    """
    acts.unreact(request.viewer, readable(request, item_id), _sign(name))


def _sign(name: str) -> str:
    if name not in Reaction.SIGNS:
        raise nothing_here()
    return name


@routes.write("PUT", "/items/{id:item_id}/rating")
def rate(request: Asked, item_id: ItemId, sent: shapes.Rating) -> None:
    """Say whether it was useful, correct, and done this way; its author and the hosts read it.

    Who may: whoever may read it, but not its author. Again changes the answers.
    Refuses: 403 for its author; 404 for everybody else; 422 without an answer, and for not correct without a reason.
    """
    acts.rate(request.viewer, readable(request, item_id), **sent.model_dump())


@routes.write("DELETE", "/items/{id:item_id}/rating")
def unrate(request: Asked, item_id: ItemId) -> None:
    """Take one's rating back.

    Who may: whoever rated it. Without a rating nothing changes.
    Refuses: 404 for what the caller may not read.
    """
    acts.unrate(request.viewer, readable(request, item_id))


@routes.read("/items/{id:item_id}/rating", shapes.Rated)
def rated(request: Asked, item_id: ItemId) -> shapes.Rated:
    """Show one’s own rating of an item; to its author and the hosts also what others answered.

    Who may: whoever may read it, of their own; its author and hosts of its space, of others’.
    Refuses: 404 for everybody else.
    """
    item, viewer = readable(request, item_id), request.viewer
    mine = Rating.objects.filter(item=item, person_id=viewer.person_id).select_related("person").first()
    may_see = item.author_id == viewer.person_id or viewer.hosts(item.space_id)
    return shapes.Rated(mine=_given(mine) if mine else None, all=_ratings(item) if may_see else None)


def _given(row: Rating) -> shapes.RatingGiven:
    names = ("useful", "correct", "applied", "reason", "at")
    brief = PersonBrief.of(row.person).model_dump()
    return shapes.RatingGiven(**brief, **{name: getattr(row, name) for name in names})


def _ratings(item: Item) -> shapes.Ratings:
    given = list(Rating.objects.filter(item=item).select_related("person").order_by("-id")[:MOST_RATINGS])

    def answers(name: str) -> shapes.Answers:
        said = [getattr(row, name) for row in given]
        return shapes.Answers(yes=said.count(True), no=said.count(False))

    counted = {name: answers(name) for name in ("useful", "correct", "applied")}
    return shapes.Ratings(**counted, given=[_given(row) for row in given])


@routes.read("/items/{id:item_id}/flag", shapes.Flagged)
def flagged(request: Asked, item_id: ItemId) -> shapes.Flagged:
    """Show one’s own open flag on an item; 404 where there is none.

    Who may: whoever flagged it.
    Refuses: 404 without an open flag, and for what the caller may not read.
    """
    mine = Flag.objects.filter(item=readable(request, item_id), person_id=request.viewer.person_id, decided_at=None)
    found = mine.first()
    if found is None:
        raise nothing_here()
    return shapes.Flagged(reason=found.reason, note=found.note, at=found.at)


@routes.write("PUT", "/items/{id:item_id}/flag")
def flag(request: Asked, item_id: ItemId, sent: shapes.Flagging) -> None:
    """Ask a host to look at an item.

    Who may: whoever may read it. A second flag while the first is open changes nothing; the third person’s hides it
    until a host has looked.
    Refuses: 404 for everybody else.
    """
    acts.flag(request.viewer, readable(request, item_id), sent.reason, sent.note)


@routes.write("DELETE", "/items/{id:item_id}/flag")
def unflag(request: Asked, item_id: ItemId) -> None:
    """Take one's open flag back.

    Who may: whoever flagged it. Without an open flag nothing changes.
    Refuses: 404 for what the caller may not read.
    """
    acts.unflag(request.viewer, readable(request, item_id))


@routes.write("PUT", "/items/{id:item_id}/seen")
def seen(request: Asked, item_id: ItemId, sent: shapes.Seen) -> None:
    """Remember how far the caller has read a thread; what the inbox told of it counts as read.

    Who may: whoever may read it.
    Refuses: 404 for everybody else.
    """
    item = readable(request, item_id)
    acts.read(request.viewer, item, sent.newest or 0)
    acts.opened(request.viewer, item, sent.newest or 0)


# Following and muting: the same four operations on four sorts of things.

FIND: dict[str, tuple[str, Callable[[Asked, Any], Any], Any]] = {
    "item": ("/items/{id:item_id}", readable, ItemId),
    "person": ("/people/{handle}", colleague, Handle),
    "space": ("/spaces/{slug}", readable_space, Slug),
    "topic": ("/topics/{slug}", topic, TopicSlug),
}
FOLLOW = """Follow {a}.

What is new of it comes to Home; of people and items to the inbox too. It ends a mute.

Who may: {who}. Twice changes nothing.
Refuses: {not_oneself}404 for everybody else.
"""
UNFOLLOW = """Stop following {a}, or end a mute.

Who may: {who}, of their own. Where it is neither followed nor muted, nothing changes.
Refuses: 404 for everybody else.
"""
MUTE = """Hear nothing more of {a}: neither in the inbox nor in what is chosen for Home.

It ends a follow, and nobody is told.

Who may: {who}.
Refuses: {not_oneself}404 for everybody else.
"""
UNMUTE = """Hear of {a} again.

A follow that the mute ended does not come back; where there is a follow and no mute, it ends.

Who may: {who}, of their own. Where it is neither followed nor muted, nothing changes.
Refuses: 404 for everybody else.
"""
DO = {
    ("PUT", "followed"): (acts.follow, FOLLOW),
    ("DELETE", "followed"): (acts.unfollow, UNFOLLOW),
    ("PUT", "muted"): (acts.mute, MUTE),
    ("DELETE", "muted"): (acts.unfollow, UNMUTE),
}
WORDS = {
    "item": ("an item", "whoever may read it", ""),
    "person": ("a colleague", "whoever may know of them", "403 for oneself; "),
    "space": ("a space", "whoever may read what is in it", ""),
    "topic": ("a topic", "whoever may know of it", ""),
}
"""What is followed → what it is called, who may, and what is refused besides."""


def _declare(what: str, method: str, word: str) -> None:
    path, find, annotation = FIND[what]
    act, words = DO[method, word]
    name = {"item": "item_id", "person": "handle"}.get(what, "slug")
    a, who, not_oneself = WORDS[what]

    def do(request: Asked, **found_by: Any) -> None:
        act(request.viewer, find(request, found_by[name]))

    do.__name__ = f"{'no_longer_' if method == 'DELETE' else ''}{word}_{what}"
    do.__doc__ = words.format(a=a, who=who, not_oneself=not_oneself)
    do.__signature__ = _signature(name, annotation)  # type: ignore[attr-defined]
    routes.write(method, f"{path}/{word}")(do)


def _signature(name: str, annotation: Any) -> Any:
    from inspect import Parameter, Signature

    request = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Asked)
    return Signature([request, Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation)])


for each_what in FIND:
    for each_method, each_word in DO:
        _declare(each_what, each_method, each_word)


@routes.read("/items/{id:item_id}/recommendations", shapes.Recommendations)
def recommended(request: Asked, item_id: ItemId) -> shapes.Recommendations:
    """List to whom the caller handed an item on, and what became of it; the newest 50.

    Who may: whoever may read it, of their own.
    Refuses: 404 for everybody else.
    """
    item = readable(request, item_id)
    mine = Recommendation.objects.filter(item=item, sender_id=request.viewer.person_id, taken_back_at=None)
    rows = mine.select_related("to_person", "to_space").order_by("-id")[:50]
    return shapes.Recommendations(recommendations=[_recommendation(row) for row in rows])


def _recommendation(row: Recommendation) -> shapes.Recommendation:
    space = row.to_space
    return shapes.Recommendation(
        id=row.pk,
        person=PersonBrief.of(row.to_person) if row.to_person else None,
        space=SpaceBrief.of(space.slug, space.name, space.purpose) if space else None,
        note=row.note,
        at=row.at,
        opened_at=row.opened_at,
        used_at=row.used_at,
    )


@routes.write("POST", "/items/{id:item_id}/recommendations", shapes.Recommendation, status=201)
def recommend(request: Asked, item_id: ItemId, sent: shapes.Recommending) -> shapes.Recommendation:
    """Hand an item on to a person or a space, with a note.

    Who may: whoever may read it. Twice gives the first again.
    Refuses: 403 for oneself; 404 for what the caller may not read; 422 for nobody or both, and for whom or where it
    could not be opened.
    """
    item = readable(request, item_id)
    if bool(sent.person) == bool(sent.space):
        raise Invalid(_("Name one person or one space."), field="person")
    made = acts.recommend(request.viewer, item, _receiver(request, sent), sent.note)
    return _recommendation(Recommendation.objects.select_related("to_person", "to_space").get(pk=made.pk))


def _receiver(request: Asked, sent: shapes.Recommending) -> Person | Space:
    try:
        return colleague(request, sent.person) if sent.person else readable_space(request, sent.space, walls=True)
    except Gone:
        name = sent.person or sent.space
        field = "person" if sent.person else "space"
        raise Invalid(_("Nobody called “%(name)s” can open this.") % {"name": name}, field=field) from None


@routes.write("DELETE", "/items/{id:item_id}/recommendations/{id:number}")
def take_back_recommendation(request: Asked, item_id: ItemId, number: SentId) -> None:
    """Take a recommendation back.

    Who may: who handed it on. Twice changes nothing.
    Refuses: 404 for everybody else.
    """
    item = readable(request, item_id)
    mine = Recommendation.objects.filter(item=item, sender_id=request.viewer.person_id).select_related("item")
    found = mine.filter(pk=number).first()
    if found is None:
        raise nothing_here()
    acts.take_back_recommendation(request.viewer, found)
