"""Mentoring: what one offers and looks for, who may fit, and one's own from the request to the closing.

What two people share is answered to the two alone; for everybody else there is nothing at its address.
"""

from datetime import UTC
from typing import Annotated, Any

from ninja import Path

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Handle, ItemId, Words
from watercooler.doors.api.shapes import mentoring as shapes
from watercooler.doors.api.shapes import mentors as before
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, address
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.places.mentoring import acts, reads
from watercooler.places.mentoring.matching import Wanted, matches
from watercooler.places.mentoring.models import Goal, Meeting, MenteeProfile, Mentoring, MentorProfile
from watercooler.spine.people.models import Person

routes = Routes("Mentoring")

GoalId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def _member(request: Asked) -> None:
    if not request.viewer.is_member:
        raise nothing_here()


def _own(request: Asked, pair_id: int) -> Mentoring:
    found = reads.found(request.viewer, pair_id)
    if found is None:
        raise nothing_here()
    return found


def _own_meeting(request: Asked, pair_id: int, meeting_id: int) -> Meeting:
    found = reads.meeting(request.viewer, pair_id, meeting_id)
    if found is None:
        raise nothing_here()
    return found


def _own_goal(request: Asked, pair_id: int, goal_id: int) -> Goal:
    goal = Goal.objects.select_related("mentoring").filter(pk=goal_id, mentoring=_own(request, pair_id)).first()
    if goal is None:
        raise nothing_here()
    return goal


@routes.read("/mentoring/mentors", before.Matches)
def mentors(request: Asked, q: Words = "") -> before.Matches:
    """List the mentors with a place free who may fit, best first, each with the reasons.

    q: up to five things to learn, with commas between; without it, what one said one would like to learn.
    """
    _member(request)
    wishes = reads.wanted_by(request.viewer)
    wants = tuple(filter(None, map(clean_line, q.split(","))))[:5] or wishes.wants
    wanted = Wanted(wants, wishes.languages, wishes.ways, wishes.rhythm, wishes.with_own_line)
    return before.Matches(
        matches=[
            before.Match(
                mentor=_brief_of(match.mentor),
                helps_with=match.mentor.helps_with,
                free=match.mentor.free,
                reasons=[
                    before.Reason(
                        sentence=reason.sentence,
                        is_for=reason.is_for,
                        evidence=[before.Shown(title=each.title, url=address(each.url)) for each in reason.evidence],
                    )
                    for reason in [*match.good, *match.less_good]
                ],
            )
            for match in matches(request.viewer, wanted)
        ]
    )


def _brief_of(person: object) -> PersonBrief:
    return PersonBrief.of({name: getattr(person, name) for name in ("handle", "name", "job", "photo")})


@routes.read("/people/{handle}/mentoring", before.Offer)
def offered(request: Asked, handle: Handle) -> before.Offer:
    """Show what a colleague offers as a mentor."""
    found = reads.offer_of(request.viewer, handle)
    if found is None:
        raise nothing_here()
    return _offer(found.person, found.profile, found.is_resting)


def _offer(person: Person, profile: MentorProfile, is_resting: bool) -> before.Offer:
    names = ("helps_with", "note", "ways", "rhythm", "languages", "places", "free", "free_from")
    return before.Offer(
        person=_brief_of(person), is_paused=is_resting, **{name: getattr(profile, name) for name in names}
    )


@routes.write("PUT", "/me/mentoring/offer")
def offer(request: Asked, sent: before.OfferSent) -> None:
    """Offer to mentor, or change what one offers."""
    _member(request)
    acts.offer(request.viewer, **sent.model_dump())


@routes.write("PUT", "/me/mentoring/paused")
def pause(request: Asked, sent: before.Pause) -> None:
    """Be asked by nobody new for a while."""
    _member(request)
    acts.pause(request.viewer, sent.until)


@routes.write("DELETE", "/me/mentoring/paused")
def go_on(request: Asked) -> None:
    """Be asked again."""
    _member(request)
    acts.go_on(request.viewer)


@routes.read("/me/mentoring/wishes", before.Wishes)
def wishes(request: Asked) -> before.Wishes:
    """Show what one would like to learn."""
    _member(request)
    found = MenteeProfile.objects.filter(pk=request.viewer.person_id).first() or MenteeProfile()
    return before.Wishes(**{name: getattr(found, name) for name in before.Wishes.model_fields})


@routes.write("PUT", "/me/mentoring/wishes")
def wish(request: Asked, sent: before.WishesSent) -> None:
    """Say what one would like to learn."""
    _member(request)
    acts.wish(request.viewer, **{**sent.model_dump(), "rhythm": sent.rhythm or ""})


@routes.read("/mentoring", shapes.Pairs)
def mine(request: Asked) -> shapes.Pairs:
    """List one's own mentorings, the newest first."""
    _member(request)
    ours = reads.of(request.viewer).select_related("mentor", "mentee").order_by("-asked_at", "-pk")[:100]
    return shapes.Pairs(pairs=[shapes.PairBrief(**_brief(one)) for one in ours])


def _brief(one: Mentoring) -> dict[str, Any]:
    names = ("state", "asked_at", "ends_on")
    return {
        "id": one.pk,
        "mentor": _brief_of(one.mentor),
        "mentee": _brief_of(one.mentee),
        "url": address(one.url),
        **{name: getattr(one, name) for name in names},
    }


@routes.write("POST", "/mentoring", shapes.Pair, status=201)
def ask(request: Asked, sent: shapes.Request) -> shapes.Pair:
    """Ask somebody to be one’s mentor."""
    _member(request)
    found = reads.offer_of(request.viewer, sent.mentor)
    if found is None:
        raise nothing_here()
    return _pair(request, acts.ask(request.viewer, found.person, sent.note, sent.wants).pk)


@routes.read("/mentoring/numbers", before.Numbers)
def numbers(request: Asked) -> before.Numbers:
    """Show how mentoring goes, in counts of five and more. For learning leads and administrators."""
    if request.viewer.role < Role.LEAD:
        raise nothing_here()
    found = reads.numbers()
    names = ("mentors", "places", "free", "asked", "running", "closed")
    return before.Numbers(
        **{name: getattr(found, name) for name in names},
        across_units=found.across,
        ended_early=found.early,
        useful=[before.UsefulCount(words=label, count=count) for label, count in found.useful],
    )


@routes.read("/mentoring/{id:pair_id}", shapes.Pair)
def show(request: Asked, pair_id: ItemId) -> shapes.Pair:
    """Show one’s own mentoring, with everything that the two share."""
    return _pair(request, pair_id)


def _pair(request: Asked, pair_id: int) -> shapes.Pair:
    one = _own(request, pair_id)
    found = reads.pair(request.viewer, one)
    return shapes.Pair.model_validate(
        {
            **_brief(one),
            **{name: getattr(one, name) for name in ("wants", "note", "answer", "ending", "parting_words")},
            "suggested": _brief_of(one.suggested) if one.suggested else None,
            "goals": [_goal(goal) for goal in found.goals],
            "meetings": [_meeting(each) for each in (*found.coming, *found.unsettled, *found.past)],
            "agreements": [
                shapes.Terms(
                    written_by=_brief_of(each.written_by),
                    **{name: getattr(each, name) for name in shapes.Terms.model_fields if name != "written_by"},
                )
                for each in found.versions
            ],
            "feedback": [
                shapes.Said(
                    by=_brief_of(one.mentor if each.person_id == one.mentor_id else one.mentee),
                    **{name: getattr(each, name) for name in ("useful", "came_of_it", "thanks", "is_shared")},
                )
                for each in found.feedback.values()
            ],
        }
    )


def _goal(goal: Goal) -> shapes.GoalShown:
    return shapes.GoalShown(
        id=goal.pk, words=goal.words, progress=goal.progress, is_reached=goal.reached_at is not None
    )


def _meeting(each: Meeting) -> shapes.MeetingShown:
    names = ("starts_at", "minutes", "place", "about", "state", "note_version")
    return shapes.MeetingShown(
        id=each.pk,
        note=each.shared_note,
        calendar=address(f"{each.mentoring.url}/meetings/{each.pk}/meeting.ics"),
        **{name: getattr(each, name) for name in names},
    )


@routes.write("PUT", "/mentoring/{id:pair_id}/answer")
def answer(request: Asked, pair_id: ItemId, sent: shapes.Answer) -> None:
    """Say yes or no to being somebody’s mentor."""
    one = _own(request, pair_id)
    if sent.answer == "yes":
        acts.accept(request.viewer, one, sent.words)
        return
    suggested = Person.objects.filter(handle=sent.suggested, is_active=True).first() if sent.suggested else None
    acts.decline(request.viewer, one, sent.words, suggested)


@routes.write("PUT", "/mentoring/{id:pair_id}/withdrawn")
def withdraw(request: Asked, pair_id: ItemId) -> None:
    """Take one’s request back."""
    acts.withdraw(request.viewer, _own(request, pair_id))


@routes.write("POST", "/mentoring/{id:pair_id}/agreements", shapes.Pair, status=201)
def propose(request: Asked, pair_id: ItemId, sent: shapes.TermsSent) -> shapes.Pair:
    """Write the next version of the agreement. It counts when the other one agrees too."""
    acts.propose(request.viewer, _own(request, pair_id), **sent.model_dump())
    return _pair(request, pair_id)


@routes.write("PUT", "/mentoring/{id:pair_id}/agreements/{nr:version}/agreed")
def agree(request: Asked, pair_id: ItemId, version: Annotated[int, Path(ge=1, le=10**6)]) -> None:
    """Agree with the newest version."""
    acts.agree(request.viewer, _own(request, pair_id), version)


@routes.write("POST", "/mentoring/{id:pair_id}/goals", shapes.GoalShown, status=201)
def set_goal(request: Asked, pair_id: ItemId, sent: shapes.GoalSent) -> shapes.GoalShown:
    """Set one more goal."""
    return _goal(acts.set_goal(request.viewer, _own(request, pair_id), sent.words))


@routes.write("PATCH", "/mentoring/{id:pair_id}/goals/{id:goal_id}", shapes.GoalShown)
def move_goal(request: Asked, pair_id: ItemId, goal_id: GoalId, sent: shapes.Progress) -> shapes.GoalShown:
    """Say how far a goal has come, in hundredths; 100 is reached."""
    return _goal(acts.move_goal(request.viewer, _own_goal(request, pair_id, goal_id), sent.progress))


@routes.write("DELETE", "/mentoring/{id:pair_id}/goals/{id:goal_id}")
def let_goal_go(request: Asked, pair_id: ItemId, goal_id: GoalId) -> None:
    """Let a goal go."""
    acts.let_goal_go(request.viewer, _own_goal(request, pair_id, goal_id))


@routes.write("POST", "/mentoring/{id:pair_id}/meetings", shapes.MeetingShown, status=201)
def plan(request: Asked, pair_id: ItemId, sent: shapes.MeetingSent) -> shapes.MeetingShown:
    """Plan the next meeting."""
    facts = sent.model_dump()
    return _meeting(
        acts.plan(request.viewer, _own(request, pair_id), **{**facts, "starts_at": sent.starts_at.astimezone(UTC)})
    )


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}", shapes.MeetingShown)
def move(request: Asked, pair_id: ItemId, meeting_id: GoalId, sent: shapes.MeetingSent) -> shapes.MeetingShown:
    """Change when and where a planned meeting is."""
    meeting = _own_meeting(request, pair_id, meeting_id)
    acts.move(request.viewer, meeting, sent.starts_at.astimezone(UTC), sent.minutes, sent.place, sent.about)
    return _meeting(_own_meeting(request, pair_id, meeting_id))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/outcome")
def settle(request: Asked, pair_id: ItemId, meeting_id: GoalId, sent: shapes.Outcome) -> None:
    """Say that the two met, missed it, or call it off."""
    does = {"done": acts.hold, "missed": acts.miss, "called_off": acts.call_off}[sent.state]
    does(request.viewer, _own_meeting(request, pair_id, meeting_id))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/note", shapes.MeetingShown)
def note(request: Asked, pair_id: ItemId, meeting_id: GoalId, sent: shapes.NoteSent) -> shapes.MeetingShown:
    """Write what both keep from a meeting."""
    acts.note(request.viewer, _own_meeting(request, pair_id, meeting_id), sent.note, sent.based_on)
    return _meeting(_own_meeting(request, pair_id, meeting_id))


@routes.read("/mentoring/{id:pair_id}/meetings/{id:meeting_id}/own-note", shapes.OwnNote)
def own_note(request: Asked, pair_id: ItemId, meeting_id: GoalId) -> shapes.OwnNote:
    """Show what one wrote for oneself about a meeting."""
    return shapes.OwnNote(note=reads.own_note(request.viewer, _own_meeting(request, pair_id, meeting_id)))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/own-note")
def note_alone(request: Asked, pair_id: ItemId, meeting_id: GoalId, sent: shapes.OwnNoteSent) -> None:
    """Write what one keeps for oneself."""
    acts.note_alone(request.viewer, _own_meeting(request, pair_id, meeting_id), sent.note)


@routes.write("PUT", "/mentoring/{id:pair_id}/closed")
def close(request: Asked, pair_id: ItemId, sent: shapes.Closing) -> None:
    """Close it, at its end or early."""
    acts.close(request.viewer, _own(request, pair_id), sent.ending, sent.words)


@routes.write("PUT", "/mentoring/{id:pair_id}/feedback")
def give_feedback(request: Asked, pair_id: ItemId, sent: shapes.Feedback) -> None:
    """Say, once, how it was."""
    acts.give_feedback(request.viewer, _own(request, pair_id), **sent.model_dump())
