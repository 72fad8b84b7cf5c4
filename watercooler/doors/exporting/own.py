"""What belongs into somebody's own export: all that they gave, marked and chose, and what is kept about them."""

from __future__ import annotations

from functools import partial

from django.db.models import OuterRef, Q, Subquery

from watercooler.doors.exporting.beside import beside
from watercooler.doors.exporting.rows import Chosen, Rows
from watercooler.doors.exporting.tables import tables
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.questions.models import Question
from watercooler.places.mentoring.models import (
    Agreement,
    Feedback,
    Goal,
    Meeting,
    MenteeProfile,
    Mentoring,
    MentorProfile,
    OwnNote,
)
from watercooler.projections.experts.models import Findable, HiddenTopic, Nudge
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.search.models import SavedSearch
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import (
    Attachment,
    Check,
    Draft,
    Highlight,
    Item,
    Revision,
    Tagging,
    Term,
    Topic,
)
from watercooler.spine.conversations.models import (
    Conversation,
    Message,
    Openness,
    Participant,
    Report,
    ReportedLine,
    Silence,
)
from watercooler.spine.people.models import Organisation, Person, Site, Unit
from watercooler.spine.social.models import (
    Connection,
    ConnectionChoice,
    Flag,
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

MARKS = (Helped, Reaction, Rating, Saved, Viewed)

COLUMNS = {
    "mentoring.Mentoring": ("id", "mentor_id", "mentee_id", "state", "asked_at", "begun_at", "closed_at"),
    "mentoring.Meeting": ("id", "mentoring_id", "planned_by_id", "starts_at", "minutes", "state"),
    "spaces.Space": ("id", "slug", "name", "purpose", "access", "owner_id", "made_at"),
    "questions.Question": ("item_id", "solved_at", "first_answer_at"),
    "conversations.Conversation": ("id", "name", "one_id", "other_id", "made_at"),
    "conversations.Report": ("id", "message_id", "person_id", "reason", "note", "at", "decided_at", "outcome"),
    "social.Connection": ("id", "one_id", "other_id", "asker_id", "note", "at"),
    "social.Introduction": ("id", "introducer_id", "one_id", "other_id", "note", "at"),
    "social.Flag": ("id", "item_id", "person_id", "reason", "note", "at", "decided_at", "outcome"),
    "experts.Nudge": ("id", "item_id", "person_id", "at", "declined_at"),
    "feeds.OutsideFeed": ("id", "space_id", "person_id", "address", "title", "most_a_day", "ends_on", "made_at"),
}
"""What of their own somebody takes along of tables that say more of others than of them."""


def own(viewer: Viewer) -> Chosen:
    """Return what a person wrote, in every state, what they marked and chose, and what is kept about them.

    The copy of an accepted answer that a question's card carries is somebody else's words, and stays here.
    """
    me = viewer.person_id
    items = Item.objects.own(viewer)
    threads = Item.objects.visible_to(viewer).filter(pk=OuterRef("root_id"))
    person = Person.objects.filter(pk=me)
    files = Attachment.objects.filter(person_id=me)
    rows: dict[str, Rows] = {
        "people.Organisation": Organisation.objects.all(),
        "people.Site": Site.objects.filter(people__in=person),
        "people.Unit": Unit.objects.filter(people__in=person),
        "people.Person": person,
        **_written(viewer, items),
        "content.Attachment": files,
        **_social(me),
        **_messages(me),
        **_mentoring(me),
        **_chosen(me),
        "activity.Activity": Activity.objects.filter(actor_id=me),
    }
    return Chosen(
        rows,
        only=COLUMNS,
        instead={"content.Item": {"card": {}}, "people.Unit": {"parent_id": None}},
        files=files,
        people=person,
        texts=items.annotate(below=Subquery(threads.values("title"))),
        beside=partial(beside, viewer),
    )


def _written(viewer: Viewer, items: Rows) -> dict[str, Rows]:
    """Return somebody's words, and where they stand."""
    me = viewer.person_id
    revisions = Revision.objects.filter(item__author_id=me) | Revision.objects.filter(author_id=me)
    spaces = Space.objects.listed_for(viewer) | Space.objects.filter(owner_id=me)
    mine = Q(pk__in=items.values("space_id")) | Q(memberships__person_id=me) | Q(owner_id=me)
    topics = Topic.objects.filter(taggings__in=Tagging.objects.filter(Q(item__author_id=me) | Q(person_id=me)))
    return {
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
        "content.Highlight": Highlight.objects.filter(person_id=me),
        "content.Check": Check.objects.filter(person_id=me),
        "content.Draft": Draft.objects.filter(person_id=me),
        "questions.Question": Question.objects.filter(item__author_id=me),
        "feeds.OutsideFeed": _of("feeds.OutsideFeed", me),
    }


def _social(me: int) -> dict[str, Rows]:
    """Return somebody's marks, flags and ties.

    What others answered is theirs: of a request only that it was made, of an introduction only one's own.
    """
    ties = Connection.objects.filter(Q(asker_id=me) | Q(state=Tie.CONNECTED), Q(one_id=me) | Q(other_id=me))
    return {
        **{f"social.{mark.__name__}": mark._default_manager.filter(person_id=me) for mark in MARKS},
        "social.Follow": Follow.objects.filter(follower_id=me),
        "social.Recommendation": Recommendation.objects.filter(sender_id=me),
        "social.Flag": Flag.objects.filter(person_id=me),
        "social.Connection": ties,
        "social.Introduction": Introduction.objects.filter(introducer_id=me),
        "social.ConnectionChoice": ConnectionChoice.objects.filter(person_id=me),
    }


def _messages(me: int) -> dict[str, Rows]:
    """Return the messages somebody wrote, and in which conversations; what others wrote there is theirs."""
    mine = Participant.objects.filter(person_id=me)
    return {
        "conversations.Conversation": Conversation.objects.filter(
            pk__in=mine.filter(left_at=None).values("conversation_id")
        ),
        "conversations.Participant": mine,
        "conversations.Message": Message.objects.filter(author_id=me),
        "conversations.Report": Report.objects.filter(person_id=me),
        "conversations.ReportedLine": ReportedLine.objects.filter(author_id=me, report__person_id=me),
        "conversations.Openness": Openness.objects.filter(person_id=me),
        "conversations.Silence": Silence.objects.filter(person_id=me),
    }


def _mentoring(me: int) -> dict[str, Rows]:
    """Return what somebody wrote as one of two, and with whom; what the other one wrote is theirs."""
    pairs = Mentoring.objects.filter(Q(mentor_id=me) | Q(mentee_id=me))
    return {
        "mentoring.MentorProfile": MentorProfile.objects.filter(person_id=me),
        "mentoring.MenteeProfile": MenteeProfile.objects.filter(person_id=me),
        "mentoring.Mentoring": pairs,
        "mentoring.Agreement": Agreement.objects.filter(written_by_id=me),
        "mentoring.Goal": Goal.objects.filter(set_by_id=me),
        "mentoring.Meeting": Meeting.objects.filter(mentoring__in=pairs),
        "mentoring.OwnNote": OwnNote.objects.filter(person_id=me),
        "mentoring.Feedback": Feedback.objects.filter(person_id=me),
    }


def _chosen(me: int) -> dict[str, Rows]:
    """Return how somebody wants to be found and told, and what came with them from elsewhere."""
    return {
        "experts.Findable": Findable.objects.filter(person_id=me),
        "experts.HiddenTopic": HiddenTopic.objects.filter(person_id=me),
        "experts.Nudge": Nudge.objects.filter(person_id=me),
        "recommendations.NotForMe": NotForMe.objects.filter(person_id=me),
        "search.SavedSearch": SavedSearch.objects.filter(person_id=me),
        "importing.Counterpart": _of("importing.Counterpart", me),
        "importing.Badge": _of("importing.Badge", me),
    }


def _of(table: str, me: int) -> Rows:
    """Return somebody's rows of a table whose app stands on this floor too."""
    return tables()[table].model._default_manager.filter(person_id=me)
