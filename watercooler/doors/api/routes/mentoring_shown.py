"""Mentoring as programs are shown it: what somebody offers, and what two people share."""

from typing import Any

from watercooler.doors.api.doing import Asked
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes import mentoring as shapes
from watercooler.doors.api.shapes import mentors as before
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.places.mentoring import reads
from watercooler.places.mentoring.models import Goal, Meeting, Mentoring, MentorProfile
from watercooler.spine.people.models import Person


def own(request: Asked, pair_id: int) -> Mentoring:
    """Return a mentoring of the caller’s. Raises Gone for everybody but the two."""
    found = reads.found(request.viewer, pair_id)
    if found is None:
        raise nothing_here()
    return found


def brief_of(person: object) -> PersonBrief:
    return PersonBrief.of({name: getattr(person, name) for name in ("handle", "name", "job", "photo")})


def offer_of(person: Person, profile: MentorProfile, is_resting: bool) -> before.Offer:
    names = ("helps_with", "note", "ways", "rhythm", "languages", "places", "free", "free_from")
    return before.Offer(
        person=brief_of(person), is_paused=is_resting, **{name: getattr(profile, name) for name in names}
    )


def in_list(one: Mentoring) -> dict[str, Any]:
    names = ("state", "asked_at", "ends_on")
    return {
        "id": one.pk,
        "mentor": brief_of(one.mentor),
        "mentee": brief_of(one.mentee),
        "url": address(one.url),
        **{name: getattr(one, name) for name in names},
    }


def goal_of(goal: Goal) -> shapes.GoalShown:
    return shapes.GoalShown(
        id=goal.pk, words=goal.words, progress=goal.progress, is_reached=goal.reached_at is not None
    )


def meeting_of(each: Meeting) -> shapes.MeetingShown:
    names = ("starts_at", "minutes", "place", "about", "state", "note_version")
    return shapes.MeetingShown(
        id=each.pk,
        note=each.shared_note,
        calendar=address(f"{each.mentoring.url}/meetings/{each.pk}/meeting.ics"),
        **{name: getattr(each, name) for name in names},
    )


def pair_of(request: Asked, pair_id: int) -> shapes.Pair:
    one = own(request, pair_id)
    found = reads.pair(request.viewer, one)
    return shapes.Pair.model_validate(
        {
            **in_list(one),
            **{name: getattr(one, name) for name in ("wants", "note", "answer", "ending", "parting_words")},
            "suggested": brief_of(one.suggested) if one.suggested else None,
            "goals": [goal_of(goal) for goal in found.goals],
            "meetings": [meeting_of(each) for each in (*found.coming, *found.unsettled, *found.past)],
            "agreements": [
                shapes.Terms(
                    written_by=brief_of(each.written_by),
                    **{name: getattr(each, name) for name in shapes.Terms.model_fields if name != "written_by"},
                )
                for each in found.versions
            ],
            "feedback": [
                shapes.Said(
                    by=brief_of(one.mentor if each.person_id == one.mentor_id else one.mentee),
                    **{name: getattr(each, name) for name in ("useful", "came_of_it", "thanks", "is_shared")},
                )
                for each in found.feedback.values()
            ],
        }
    )
