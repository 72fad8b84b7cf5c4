"""What belongs into which export. Of what a person may not see, nothing does."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.own import own
from watercooler.doors.exporting.rows import Chosen, Rows
from watercooler.doors.exporting.tables import tables
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.kinds.questions.models import Question
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import registered as projections
from watercooler.spine.activity.verbs import registered
from watercooler.spine.content.models import (
    Attachment,
    Check,
    Highlight,
    Item,
    Link,
    Revision,
    Tagging,
    Topic,
)
from watercooler.spine.people.models import Organisation, Person
from watercooler.spine.spaces.models import Membership, Purpose, Space

CALLED = ("id", "handle", "name", "job", "photo", "joined_at", "is_active", "is_imported")
"""What a space's export says of people: what every page of theirs shows."""

IN_A_SPACE: dict[str, dict[str, Any]] = {
    "people.Organisation": {"logo": ""},
    "spaces.Space": {"parent_id": None},
    "spaces.Membership": {"note": "", "level": "", "seen_at": None},
    "content.Topic": {"synonym_of_id": None},
    "content.Check": {"reminded_at": None},
}
"""What stands instead of what a space's pages do not show."""


def may_export(viewer: Viewer, scope: str, space: Space | None = None) -> bool:
    """Say whether the viewer may have this: their own, a space they host, as administrator everything."""
    if scope == Scope.OWN:
        return viewer.is_known
    if scope == Scope.SPACE:
        return space is not None and space.purpose == Purpose.SPACE and viewer.hosts(space.pk)
    return scope == Scope.EVERYTHING and viewer.is_administrator


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
