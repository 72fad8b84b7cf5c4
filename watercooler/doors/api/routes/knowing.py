"""Who knows: people with the evidence, and what one is known for oneself."""

from typing import Annotated, Literal

from ninja import Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import ItemId, TopicSlug, readable
from watercooler.doors.api.shapes import near as shapes
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.foundation.base.text import clean_line
from watercooler.projections.experts import acts, reads
from watercooler.projections.experts.known_for import Claim, known_for
from watercooler.projections.experts.models import Entry, Findable, HiddenTopic
from watercooler.projections.experts.ranking import Wanted
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Person

routes = Routes("Knowing")
NOWHERE = -1
"""The site of somebody who works at none: near nobody."""

About = Annotated[
    str, Query(max_length=300, description="What somebody should know about: a topic, some words, or a whole question.")
]
Which = Annotated[
    Literal["", "free", "near"],
    Query(description="`free`: open to questions and at work now; `near`: at the caller’s own site; empty for all."),
]
Tongue = Annotated[
    str, Query(max_length=40, description="Only people who speak this language, as on their profile; empty for any.")
]


@routes.read("/who-knows", shapes.WhoKnows)
def who_knows(
    request: Asked,
    q: About = "",
    show: Which = "",
    language: Tongue = "",
) -> shapes.WhoKnows:
    """Name colleagues who may know about some words, each with the evidence.

    Who may: members. What speaks for somebody counts as far as the caller may read it.
    Refuses: 404 for guests.
    """
    viewer = request.viewer
    if not viewer.is_member:
        raise nothing_here()
    site = _own_site(viewer.person_id) if show == "near" else 0
    wanted = Wanted(site=site, speaks=clean_line(language)[:40], only_free=show == "free")
    found = reads.who_knows(viewer, clean_line(q), wanted)
    places = [shapes.Whereabouts(name=name, people=count) for name, count in found.sites]
    return shapes.WhoKnows(people=[may_know(one) for one in found.knowers], places=places, count=found.count)


def _own_site(person_id: int) -> int:
    return Person.objects.filter(pk=person_id).values_list("site_id", flat=True).first() or NOWHERE


def may_know(one: reads.Knower) -> shapes.MayKnow:
    """Return somebody who may know, as programs are told of them."""
    brief = PersonBrief.of({"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo})
    names = ("reason", "languages", "status", "site", "town", "time_zone", "is_free")
    return shapes.MayKnow(
        **brief.model_dump(),
        **{name: getattr(one, name) for name in names},
        asked_lately=one.load,
        evidence=[
            shapes.Evidence(
                title=each.title,
                url=address(each.url),
                kind=each.kind,
                helped_count=each.helped_count,
                is_accepted=each.is_accepted,
            )
            for each in one.evidence
        ],
    )


@routes.read("/items/{id:item_id}/who-may-know", shapes.MayKnowThis)
def who_may_know(request: Asked, item_id: ItemId) -> shapes.MayKnowThis:
    """Name at most five colleagues who may know what a question asks, its asker left out.

    Who may: whoever may read the question; guests are named nobody.
    Refuses: 404 for everybody else, and for what is no question.
    """
    item = readable(request, item_id)
    if item.kind != "question":
        raise nothing_here()
    return shapes.MayKnowThis(people=[may_know(one) for one in reads.who_may_know(request.viewer, item.pk)])


@routes.read("/me/known-for", shapes.KnownFor)
def own(request: Asked) -> shapes.KnownFor:
    """Show what one is known for with its evidence, what one hid, and whether one is found and asked at all.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    viewer = request.viewer
    hidden = HiddenTopic.objects.filter(person_id=viewer.person_id).select_related("topic").order_by("topic__name")
    choice = _choice(viewer.person_id)
    return shapes.KnownFor(
        topics=[claim(one) for one in known_for(viewer, viewer.person_id)],
        hidden=[shapes.Hidden(slug=one.topic.slug, name=one.topic.name) for one in hidden],
        is_out=choice.is_out,
        takes_nudges=choice.takes_nudges,
    )


def _choice(person_id: int) -> Findable:
    return Findable.objects.filter(person_id=person_id).first() or Findable(person_id=person_id)


def claim(one: Claim) -> shapes.Claim:
    """Return a topic somebody is known for, as programs are told of it."""
    names = ("slug", "name", "level", "accepted", "helped")
    proofs = [
        shapes.Proof(title=title, url=address(url), is_accepted=is_accepted, helped_count=helped)
        for title, url, is_accepted, helped in one.proofs
    ]
    return shapes.Claim(**{name: getattr(one, name) for name in names}, proofs=proofs)


@routes.write("PATCH", "/me/known-for", shapes.KnownFor)
def choose(request: Asked, sent: shapes.FindableChange) -> shapes.KnownFor:
    """Say whether one is named as somebody who knows, and whether questions are put before one.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    now = _choice(request.viewer.person_id)
    chosen = {"is_out": now.is_out, "takes_nudges": now.takes_nudges} | sent.model_dump(exclude_none=True)
    acts.choose(request.viewer, **chosen)
    return own(request)


@routes.write("PUT", "/me/known-for/{slug}/hidden")
def hide(request: Asked, slug: TopicSlug) -> None:
    """Be known for a topic no more.

    Who may: everybody, of themselves. Twice changes nothing.
    Refuses: 404 for a topic about which the caller wrote nothing.
    """
    topic = Topic.objects.filter(slug=slug).first()
    mine = Entry.objects.filter(person_id=request.viewer.person_id)
    if topic is None or not mine.filter(topic_ids__contains=[topic.pk]).exists():
        raise nothing_here()
    acts.hide(request.viewer, topic)


@routes.write("DELETE", "/me/known-for/{slug}/hidden")
def unhide(request: Asked, slug: TopicSlug) -> None:
    """Be known for it again, as far as there is evidence.

    Who may: everybody, of themselves.
    Refuses: 404 for a topic that the caller has not hidden.
    """
    mine = HiddenTopic.objects.select_related("topic").filter(person_id=request.viewer.person_id, topic__slug=slug)
    hidden = mine.first()
    if hidden is None:
        raise nothing_here()
    acts.unhide(request.viewer, hidden.topic)
