"""What belongs into which export. Of what a person may not see, nothing does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.tables import tables
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.kinds.questions.models import Question
from watercooler.places.mentoring.models import (
    Agreement,
    Feedback,
    Goal,
    MenteeProfile,
    Mentoring,
    MentorProfile,
    OwnNote,
)
from watercooler.projections.experts.models import Findable, HiddenTopic
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.search.models import SavedSearch
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import registered as projections
from watercooler.spine.activity.verbs import registered
from watercooler.spine.content.models import (
    Attachment,
    Check,
    Draft,
    Highlight,
    Item,
    Link,
    Revision,
    Tagging,
    Term,
    Topic,
)
from watercooler.spine.people.models import Organisation, Person
from watercooler.spine.social.models import (
    Connection,
    ConnectionChoice,
    Follow,
    Helped,
    Introduction,
    Rating,
    Reaction,
    Recommendation,
    Saved,
    Tie,
    Viewed,
)
from watercooler.spine.spaces.models import Membership, Space

type Rows = QuerySet[Any]

MARKS = (Helped, Reaction, Rating, Saved, Viewed)
CALLED = ("id", "handle", "name", "job", "photo", "joined_at", "is_active", "is_imported")
"""What a space's export says of people: what every page of theirs shows."""

OWN_COLUMNS = {
    "mentoring.Mentoring": ("id", "mentor_id", "mentee_id", "state", "asked_at", "begun_at", "closed_at"),
    "spaces.Space": ("id", "slug", "name", "purpose", "access", "owner_id", "made_at"),
    "questions.Question": ("item_id", "solved_at", "first_answer_at"),
    "social.Connection": ("id", "one_id", "other_id", "asker_id", "note", "at"),
    "social.Introduction": ("id", "introducer_id", "one_id", "other_id", "note", "at"),
}
"""What of their own somebody takes along of tables that say more of others than of them."""

IN_A_SPACE: dict[str, dict[str, Any]] = {
    "people.Organisation": {"logo": ""},
    "spaces.Space": {"parent_id": None},
    "spaces.Membership": {"note": "", "level": "", "seen_at": None},
    "content.Topic": {"synonym_of_id": None},
    "content.Check": {"reminded_at": None},
}
"""What stands instead of what a space's pages do not show."""


@dataclass(slots=True)
class Chosen:
    """The rows of an export. rows: table → which. only: table → the columns that travel, if not all.

    instead: table → column → what stands there for everybody. files: which attachments' files come along; people:
    whose portraits.
    """

    rows: dict[str, Rows]
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)
    instead: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: Rows = field(default_factory=Attachment.objects.none)
    people: Rows = field(default_factory=Person.objects.none)
    has_logos: bool = False
    texts: Rows = field(default_factory=Item.objects.none)


def chosen(scope: Scope, viewer: Viewer, space: Space | None = None) -> Chosen:
    """Return what an export of this scope holds for this viewer, who has leave to ask for it."""
    if scope == Scope.OWN:
        return own(viewer)
    if scope == Scope.SPACE and space is not None:
        return of_space(viewer, space)
    return everything()


def everything() -> Chosen:
    """Return all facts there are."""
    rows = {name: table.model._default_manager.all() for name, table in tables().items()} | _marks_of_the_record()
    return Chosen(rows, files=Attachment.objects.all(), people=Person.objects.all(), has_logos=True)


def _marks_of_the_record() -> dict[str, Rows]:
    """Return up to where people have been told. How far projections have read is no fact: they are computed again."""
    return {"activity.Cursor": Cursor.objects.exclude(projection__in=[each.name for each in projections()])}


def _mentoring(me: int) -> dict[str, Rows]:
    """Return what somebody wrote as one of two, and with whom; what the other one wrote is theirs."""
    return {
        "mentoring.MentorProfile": MentorProfile.objects.filter(person_id=me),
        "mentoring.MenteeProfile": MenteeProfile.objects.filter(person_id=me),
        "mentoring.Mentoring": Mentoring.objects.filter(Q(mentor_id=me) | Q(mentee_id=me)),
        "mentoring.Agreement": Agreement.objects.filter(written_by_id=me),
        "mentoring.Goal": Goal.objects.filter(set_by_id=me),
        "mentoring.OwnNote": OwnNote.objects.filter(person_id=me),
        "mentoring.Feedback": Feedback.objects.filter(person_id=me),
    }


def _social(me: int) -> dict[str, Rows]:
    """Return somebody's marks and ties.

    What others answered is theirs: of a request only that it was made, of an introduction only one's own.
    """
    ties = Connection.objects.filter(Q(asker_id=me) | Q(state=Tie.CONNECTED), Q(one_id=me) | Q(other_id=me))
    return {
        **{f"social.{mark.__name__}": mark._default_manager.filter(person_id=me) for mark in MARKS},
        "social.Follow": Follow.objects.filter(follower_id=me),
        "social.Recommendation": Recommendation.objects.filter(sender_id=me),
        "social.Connection": ties,
        "social.Introduction": Introduction.objects.filter(introducer_id=me),
        "social.ConnectionChoice": ConnectionChoice.objects.filter(person_id=me),
    }


def own(viewer: Viewer) -> Chosen:
    """Return what a person wrote, in every state, what they marked, and what the directory says of them.

    The copy of an accepted answer that a question's card carries is somebody else's words, and stays here.
    """
    me = viewer.person_id
    items = Item.objects.own(viewer)
    threads = Item.objects.visible_to(viewer).filter(pk=OuterRef("root_id"))
    person = Person.objects.filter(pk=me)
    revisions = Revision.objects.filter(item__author_id=me) | Revision.objects.filter(author_id=me)
    files = Attachment.objects.filter(person_id=me)
    spaces = Space.objects.listed_for(viewer) | Space.objects.filter(owner_id=me)
    mine = Q(pk__in=items.values("space_id")) | Q(memberships__person_id=me) | Q(owner_id=me)
    topics = Topic.objects.filter(taggings__in=Tagging.objects.filter(Q(item__author_id=me) | Q(person_id=me)))
    rows: dict[str, Rows] = {
        "people.Organisation": Organisation.objects.all(),
        "people.Person": person,
        "spaces.Space": Space.objects.filter(pk__in=spaces.values("pk")).filter(mine).distinct(),
        "spaces.Membership": Membership.objects.filter(person_id=me),
        "content.Topic": (
            topics
            | Topic.objects.filter(followers__follower_id=me)
            | Topic.objects.filter(pk__in=HiddenTopic.objects.filter(person_id=me).values("topic_id"))
        ).distinct(),
        "content.Term": Term.objects.filter(person_id=me),
        "content.Item": items,
        "content.Revision": revisions.distinct(),
        "content.Tagging": Tagging.objects.filter(person_id=me),
        "content.Attachment": files,
        "content.Check": Check.objects.filter(person_id=me),
        "content.Draft": Draft.objects.filter(person_id=me),
        "questions.Question": Question.objects.filter(item__author_id=me),
        **_social(me),
        **_mentoring(me),
        "experts.Findable": Findable.objects.filter(person_id=me),
        "experts.HiddenTopic": HiddenTopic.objects.filter(person_id=me),
        "recommendations.NotForMe": NotForMe.objects.filter(person_id=me),
        "search.SavedSearch": SavedSearch.objects.filter(person_id=me),
        "activity.Activity": Activity.objects.filter(actor_id=me),
    }
    return Chosen(
        rows,
        only=OWN_COLUMNS,
        instead={"content.Item": {"card": {}}},
        files=files,
        people=person,
        texts=items.annotate(below=Subquery(threads.values("title"))),
    )


def of_space(viewer: Viewer, space: Space) -> Chosen:
    """Return what a space's insiders read in it: the live items, their history, files and topics, and who is in.

    Who marked, followed or flagged what is theirs and stays here; the counts are columns of the items.
    """
    items = Item.objects.visible_to(viewer).filter(space=space)
    ids = items.values("pk")
    revisions = Revision.objects.filter(item__in=ids)
    taggings = Tagging.objects.filter(item__in=ids)
    files = Attachment.objects.filter(item__in=ids)
    checks = Check.objects.filter(item__in=ids)
    highlights = Highlight.objects.filter(space=space, item__in=ids)
    inside = Membership.objects.filter(space=space, standing__in=Membership.INSIDE)
    acts = _standing_acts(space, ids)
    seen: tuple[Rows, ...] = (
        *(items.values("author_id"), revisions.values("author_id"), taggings.values("person_id")),
        *(files.values("person_id"), inside.values("person_id"), acts.values("actor_id")),
        *(acts.exclude(person=None).values("person_id"), highlights.values("person_id"), checks.values("person_id")),
    )
    people = reduce(or_, (Person.objects.filter(pk__in=ids) for ids in seen), Person.objects.filter(pk=space.owner_id))
    topics = Topic.objects.filter(pk__in=taggings.values("topic_id"))
    rows: dict[str, Rows] = {
        "people.Organisation": Organisation.objects.all(),
        "people.Person": people,
        "spaces.Space": Space.objects.filter(pk=space.pk),
        "spaces.Membership": inside,
        "content.Topic": topics,
        "content.Item": items,
        "content.Revision": revisions,
        "content.Tagging": taggings,
        "content.Link": Link.objects.filter(item__in=ids, other__in=ids),
        "content.Attachment": files,
        "content.Highlight": highlights,
        "content.Check": checks,
        "questions.Question": Question.objects.filter(item__in=ids),
        "activity.Activity": acts,
        **_marks_of_the_record(),
    }
    return Chosen(
        rows,
        only={"people.Person": CALLED},
        instead=IN_A_SPACE,
        files=files,
        people=people,
    )


def _standing_acts(space: Space, ids: Rows) -> Rows:
    """Return what was openly done here and not taken back: what the feed and search are computed from."""
    public = [verb.name for verb in registered().values() if verb.is_public and verb.needs < Role.ADMINISTRATOR]
    marks = {"helped", "reacted", "rated", "saved", "followed", "recommended", "read", "opened", "viewed"}
    acts = Activity.objects.filter(verb__in=[name for name in public if name not in marks])
    return acts.filter(undoes=None, undone_by=None).filter(Q(item__in=ids) | Q(item=None, space=space))
