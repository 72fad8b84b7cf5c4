"""Mentoring: what one offers and looks for, who may fit, and one's own from the request to the closing.

What two people share is answered to the two alone; for everybody else there is nothing at its address.
"""

from datetime import UTC
from typing import Annotated

from ninja import Path, Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Handle
from watercooler.doors.api.routes.mentoring_shown import brief_of, goal_of, in_list, meeting_of, offer_of, own, pair_of
from watercooler.doors.api.shapes import mentoring as shapes
from watercooler.doors.api.shapes import mentors as before
from watercooler.doors.api.shapes.common import LARGEST_ID, address
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.places.mentoring import acts, reads
from watercooler.places.mentoring.matching import Wanted, matches
from watercooler.places.mentoring.models import Goal, Meeting, MenteeProfile
from watercooler.spine.people.models import Person

routes = Routes("Mentoring")

PairId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a mentoring of the caller’s.")]
GoalId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a goal of this mentoring, as it lists them.")
]
MeetingId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a meeting of this mentoring, as it lists them.")
]
Version = Annotated[int, Path(ge=1, le=10**6, description="The `version` of the agreement that was read.")]
ToLearn = Annotated[
    str,
    Query(
        max_length=300,
        description="Up to five things to learn, with commas between; empty takes the caller’s wishes.",
    ),
]


def _member(request: Asked) -> None:
    if not request.viewer.is_member:
        raise nothing_here()


def _ownmeeting_of(request: Asked, pair_id: int, meeting_id: int) -> Meeting:
    found = reads.meeting(request.viewer, pair_id, meeting_id)
    if found is None:
        raise nothing_here()
    return found


def _own_goal(request: Asked, pair_id: int, goal_id: int) -> Goal:
    goal = Goal.objects.select_related("mentoring").filter(pk=goal_id, mentoring=own(request, pair_id)).first()
    if goal is None:
        raise nothing_here()
    return goal


@routes.read("/mentoring/mentors", before.Matches)
def mentors(request: Asked, q: ToLearn = "") -> before.Matches:
    """List the mentors with a place free who may fit, best first, each with the reasons.

    Who may: members.
    Refuses: 404 for guests.
    """
    _member(request)
    wishes = reads.wanted_by(request.viewer)
    wants = tuple(filter(None, map(clean_line, q.split(","))))[:5] or wishes.wants
    wanted = Wanted(wants, wishes.languages, wishes.ways, wishes.rhythm, wishes.with_own_line)
    return before.Matches(
        matches=[
            before.Match(
                mentor=brief_of(match.mentor),
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


@routes.read("/people/{handle}/mentoring", before.Offer)
def offered(request: Asked, handle: Handle) -> before.Offer:
    """Show what a colleague offers as a mentor.

    Who may: members.
    Refuses: 404 for guests, and for somebody who offers nothing.
    """
    found = reads.offer_of(request.viewer, handle)
    if found is None:
        raise nothing_here()
    return offer_of(found.person, found.profile, found.is_resting)


@routes.write("PUT", "/me/mentoring/offer")
def offer(request: Asked, sent: before.OfferSent) -> None:
    """Offer to mentor, or change what one offers.

    Who may: members.
    Refuses: 404 for guests; 422 for words that are missing or too long, and for fewer places than people one mentors.
    """
    _member(request)
    acts.offer(request.viewer, **sent.model_dump())


@routes.write("PUT", "/me/mentoring/paused")
def pause(request: Asked, sent: before.Pause) -> None:
    """Be asked by nobody new for a while.

    Who may: members. Those one mentors stay; where one offers nothing, nothing changes.
    Refuses: 404 for guests; 422 for a day that is not to come.
    """
    _member(request)
    acts.pause(request.viewer, sent.until)


@routes.write("DELETE", "/me/mentoring/paused")
def go_on(request: Asked) -> None:
    """Be asked again.

    Who may: members. Without a pause nothing changes.
    Refuses: 404 for guests.
    """
    _member(request)
    acts.go_on(request.viewer)


@routes.read("/me/mentoring/wishes", before.Wishes)
def wishes(request: Asked) -> before.Wishes:
    """Show what one would like to learn.

    Who may: members, of themselves.
    Refuses: 404 for guests.
    """
    _member(request)
    found = MenteeProfile.objects.filter(pk=request.viewer.person_id).first() or MenteeProfile()
    return before.Wishes(**{name: getattr(found, name) for name in before.Wishes.model_fields})


@routes.write("PUT", "/me/mentoring/wishes")
def wish(request: Asked, sent: before.WishesSent) -> None:
    """Say what one would like to learn.

    Who may: members, of themselves.
    Refuses: 404 for guests; 422 for words that are missing or too long.
    """
    _member(request)
    acts.wish(request.viewer, **{**sent.model_dump(), "rhythm": sent.rhythm or ""})


@routes.read("/mentoring", shapes.Pairs)
def mine(request: Asked) -> shapes.Pairs:
    """List one's own mentorings, the newest first.

    Who may: members, of their own.
    Refuses: 404 for guests.
    """
    _member(request)
    ours = reads.of(request.viewer).select_related("mentor", "mentee").order_by("-asked_at", "-pk")[:100]
    return shapes.Pairs(pairs=[shapes.PairBrief(**in_list(one)) for one in ours])


@routes.write("POST", "/mentoring", shapes.Pair, status=201)
def ask(request: Asked, sent: shapes.Request) -> shapes.Pair:
    """Ask somebody to be one’s mentor.

    Who may: members.
    Refuses: 403 for oneself, and for one’s own line unless one wished for that; 404 for guests, and for somebody who
    offers nothing; 422 without a note, where no place is free, and where the two are in touch already; 429 while three
    requests wait.
    """
    _member(request)
    found = reads.offer_of(request.viewer, sent.mentor)
    if found is None:
        raise nothing_here()
    return pair_of(request, acts.ask(request.viewer, found.person, sent.note, sent.wants).pk)


@routes.read("/mentoring/numbers", before.Numbers)
def numbers(request: Asked) -> before.Numbers:
    """Show how mentoring goes, in counts of five and more. For learning leads and administrators.

    Who may: learning leads and administrators.
    Refuses: 404 for everybody else.
    """
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
def show(request: Asked, pair_id: PairId) -> shapes.Pair:
    """Show one’s own mentoring, with everything that the two share.

    Who may: the two.
    Refuses: 404 for everybody else, whatever their role.
    """
    return pair_of(request, pair_id)


@routes.write("PUT", "/mentoring/{id:pair_id}/answer")
def answer(request: Asked, pair_id: PairId, sent: shapes.Answer) -> None:
    """Say yes or no to being somebody’s mentor.

    Who may: who was asked.
    Refuses: 403 for who asked; 404 for everybody else; 409 where it was answered or taken back; 422 where no place is
    left, or one of the two is suggested.
    """
    one = own(request, pair_id)
    if sent.answer == "yes":
        acts.accept(request.viewer, one, sent.words)
        return
    suggested = Person.objects.filter(handle=sent.suggested, is_active=True).first() if sent.suggested else None
    acts.decline(request.viewer, one, sent.words, suggested)


@routes.write("PUT", "/mentoring/{id:pair_id}/withdrawn")
def withdraw(request: Asked, pair_id: PairId) -> None:
    """Take one’s request back.

    Who may: who asked.
    Refuses: 403 for who was asked; 404 for everybody else; 409 where it was answered.
    """
    acts.withdraw(request.viewer, own(request, pair_id))


@routes.write("POST", "/mentoring/{id:pair_id}/agreements", shapes.Pair, status=201)
def propose(request: Asked, pair_id: PairId, sent: shapes.TermsSent) -> shapes.Pair:
    """Write the next version of the agreement. It counts when the other one agrees too.

    Who may: the two, while they agree or meet. The version before counts until both said yes.
    Refuses: 404 for everybody else; 409 where somebody wrote a newer version, or it was closed; 422 for words that are
    missing or too long.
    """
    acts.propose(request.viewer, own(request, pair_id), **sent.model_dump())
    return pair_of(request, pair_id)


@routes.write("PUT", "/mentoring/{id:pair_id}/agreements/{nr:version}/agreed")
def agree(request: Asked, pair_id: PairId, version: Version) -> None:
    """Agree with the newest version.

    Who may: the two. With the second yes it counts. Twice changes nothing.
    Refuses: 404 for everybody else; 409 for any version but the newest, and where it was closed.
    """
    acts.agree(request.viewer, own(request, pair_id), version)


@routes.write("POST", "/mentoring/{id:pair_id}/goals", shapes.GoalShown, status=201)
def set_goal(request: Asked, pair_id: PairId, sent: shapes.GoalSent) -> shapes.GoalShown:
    """Set one more goal.

    Who may: the two, while the mentoring runs.
    Refuses: 404 for everybody else; 409 where it does not run; 422 for a goal that is there, a seventh open one, and
    words that are missing or too long.
    """
    return goal_of(acts.set_goal(request.viewer, own(request, pair_id), sent.words))


@routes.write("PATCH", "/mentoring/{id:pair_id}/goals/{id:goal_id}", shapes.GoalShown)
def move_goal(request: Asked, pair_id: PairId, goal_id: GoalId, sent: shapes.Progress) -> shapes.GoalShown:
    """Say how far a goal has come, in hundredths; 100 is reached.

    Who may: the two, while the mentoring runs.
    Refuses: 404 for everybody else; 409 where it does not run, or the goal was let go; 422 above 100.
    """
    return goal_of(acts.move_goal(request.viewer, _own_goal(request, pair_id, goal_id), sent.progress))


@routes.write("DELETE", "/mentoring/{id:pair_id}/goals/{id:goal_id}")
def let_goal_go(request: Asked, pair_id: PairId, goal_id: GoalId) -> None:
    """Let a goal go.

    Who may: the two, while the mentoring runs.
    Refuses: 404 for everybody else; 409 where it does not run, or the goal was let go.
    """
    acts.let_goal_go(request.viewer, _own_goal(request, pair_id, goal_id))


@routes.write("POST", "/mentoring/{id:pair_id}/meetings", shapes.MeetingShown, status=201)
def plan(request: Asked, pair_id: PairId, sent: shapes.MeetingSent) -> shapes.MeetingShown:
    """Plan the next meeting.

    Who may: the two, while they agree or meet.
    Refuses: 404 for everybody else; 409 where it was closed; 422 for a time that is past or more than two years away.
    """
    facts = sent.model_dump()
    return meeting_of(
        acts.plan(request.viewer, own(request, pair_id), **{**facts, "starts_at": sent.starts_at.astimezone(UTC)})
    )


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}", shapes.MeetingShown)
def move(request: Asked, pair_id: PairId, meeting_id: MeetingId, sent: shapes.MeetingSent) -> shapes.MeetingShown:
    """Change when and where a planned meeting is.

    Who may: the two, while they agree or meet.
    Refuses: 404 for everybody else; 409 for a meeting that is planned no more; 422 for a new time that is past or more
    than two years away.
    """
    meeting = _ownmeeting_of(request, pair_id, meeting_id)
    acts.move(request.viewer, meeting, sent.starts_at.astimezone(UTC), sent.minutes, sent.place, sent.about)
    return meeting_of(_ownmeeting_of(request, pair_id, meeting_id))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/outcome")
def settle(request: Asked, pair_id: PairId, meeting_id: MeetingId, sent: shapes.Outcome) -> None:
    """Say that the two met, missed it, or call it off.

    Who may: the two, while they agree or meet.
    Refuses: 404 for everybody else; 409 for what is said already, or a meeting called off; 422 for done or missed
    before it began.
    """
    does = {"done": acts.hold, "missed": acts.miss, "called_off": acts.call_off}[sent.state]
    does(request.viewer, _ownmeeting_of(request, pair_id, meeting_id))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/note", shapes.MeetingShown)
def note(request: Asked, pair_id: PairId, meeting_id: MeetingId, sent: shapes.NoteSent) -> shapes.MeetingShown:
    """Write what both keep from a meeting.

    Who may: the two, while they agree or meet.
    Refuses: 404 for everybody else; 409 where the other one wrote meanwhile, and where it was closed; 422 above 4,000
    characters.
    """
    acts.note(request.viewer, _ownmeeting_of(request, pair_id, meeting_id), sent.note, sent.based_on)
    return meeting_of(_ownmeeting_of(request, pair_id, meeting_id))


@routes.read("/mentoring/{id:pair_id}/meetings/{id:meeting_id}/own-note", shapes.OwnNote)
def own_note(request: Asked, pair_id: PairId, meeting_id: MeetingId) -> shapes.OwnNote:
    """Show what one wrote for oneself about a meeting.

    Who may: the two, each their own.
    Refuses: 404 for everybody else.
    """
    return shapes.OwnNote(note=reads.own_note(request.viewer, _ownmeeting_of(request, pair_id, meeting_id)))


@routes.write("PUT", "/mentoring/{id:pair_id}/meetings/{id:meeting_id}/own-note")
def note_alone(request: Asked, pair_id: PairId, meeting_id: MeetingId, sent: shapes.OwnNoteSent) -> None:
    """Write what one keeps for oneself.

    Who may: the two, each their own, also after the closing.
    Refuses: 404 for everybody else; 409 before a yes; 422 above 4,000 characters.
    """
    acts.note_alone(request.viewer, _ownmeeting_of(request, pair_id, meeting_id), sent.note)


@routes.write("PUT", "/mentoring/{id:pair_id}/closed")
def close(request: Asked, pair_id: PairId, sent: shapes.Closing) -> None:
    """Close it, at its end or early.

    Who may: the two, while they agree or meet. What was planned is called off.
    Refuses: 404 for everybody else; 409 where it is closed, or was never agreed to; 422 above 600 characters.
    """
    acts.close(request.viewer, own(request, pair_id), sent.ending, sent.words)


@routes.write("PUT", "/mentoring/{id:pair_id}/feedback")
def give_feedback(request: Asked, pair_id: PairId, sent: shapes.Feedback) -> None:
    """Say, once, how it was.

    Who may: the two, once each, after the closing.
    Refuses: 404 for everybody else; 409 before the closing; 422 for a second time, and for thanks to be shared without
    words.
    """
    acts.give_feedback(request.viewer, own(request, pair_id), **sent.model_dump())
