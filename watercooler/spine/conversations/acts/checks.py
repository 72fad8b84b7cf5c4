"""Who may be written to, with whom, and how much fits: what is asked before anything is begun, said or joined."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.conversations.models import Conversation, Participant
from watercooler.spine.conversations.openness import blocked_by, refusing
from watercooler.spine.conversations.sight import apart
from watercooler.spine.people.models import Person

LONGEST_NAME = 80
MOST_PEOPLE = 50
"""Each message writes a row for everybody who takes part; more people than this are a space."""


def may_write_to(viewer: Viewer, person: Person) -> bool:
    """Say whether the viewer may write to a person: an active colleague; guests and members meet in a space."""
    try:
        check_reachable(viewer, [person])
    except Invalid:
        return False
    return viewer.is_known


def check_reachable(viewer: Viewer, people: Iterable[Person]) -> None:
    """Raise Invalid with a sentence if one of these people cannot be written to.

    Neither is a guest together with somebody they share no space with. Cost: two queries, and one for guests.
    """
    people = list(people)
    today = timezone.localdate()
    for person in people:
        if person.pk == viewer.person_id:
            raise Invalid(_("That is you. Choose a colleague."), field="to")
        if not person.is_active or (person.ends_on is not None and person.ends_on < today):
            raise Invalid(_("%(name)s has left, so nobody would read it.") % {"name": person.name}, field="to")
    check_guests([viewer.person_id, *(person.pk for person in people)], viewer, people)
    check_open(viewer, people)


def check_open(viewer: Viewer, people: Iterable[Person]) -> None:
    """Raise Invalid where one of these takes no messages from the viewer, or was blocked by them. Cost: two queries."""
    names = {person.pk: person.name for person in people}
    for person_id in sorted(refusing(viewer, names)):
        raise Invalid(no_new(names[person_id]), field="to")
    for person_id in sorted(blocked_by(viewer, names)):
        raise Invalid(_("You blocked %(name)s. Let them write again first.") % {"name": names[person_id]}, field="to")


def no_new(name: str) -> str:
    """Return the one sentence for whoever is refused: it never says why."""
    return _("%(name)s takes no new messages here. Ask in a space, or mention them where you both are.") % {
        "name": name
    }


def check_guests(ids: list[int], viewer: Viewer, people: Iterable[Person]) -> None:
    if not (viewer.role == Role.GUEST or any(person.is_guest for person in people)):
        return
    for pair in apart(ids):
        names = {"guest": pair.guest, "name": pair.other}
        raise Invalid(
            _("%(guest)s is a guest and shares no space with %(name)s, so the two can’t write here.") % names,
            field="to",
        )


def check_together(viewer: Viewer, here: Conversation) -> None:
    """Raise Invalid where new words would pass between a guest and somebody they share no space with any more.

    Of a group the other guests were let go when it was held. Cost: one or two queries.
    """
    inside = list(
        Person.objects.filter(pk__in=Participant.objects.filter(conversation=here, left_at=None).values("person"))
    )
    check_guests([person.pk for person in inside], viewer, inside)


def check_name(name: str) -> str:
    """Return a group's name. Raises Invalid for one too long."""
    if len(name) > LONGEST_NAME:
        raise Invalid(_("At most %(most)s characters, please.") % {"most": LONGEST_NAME}, field="name")
    return name
