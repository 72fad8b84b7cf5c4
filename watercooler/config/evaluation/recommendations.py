"""`bin/watercooler evaluate recommendations [DIR…]`: does what is suggested hold what people then took part in?

Rolling: each time somebody known takes part in a thread of somebody else for the first time, in the second half of the
time, they are asked for a moment before, of what there was then. It is a hit if the thread is among the twenty shown.
Known is who asked, answered, commented or marked something before. Only the rarity of words is counted over all of the
record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from watercooler.config.evaluation.experts import prepared
from watercooler.config.evaluation.limits import few, without_topics
from watercooler.config.evaluation.measures import gini
from watercooler.config.evaluation.organisation import Organisation, Question, moment
from watercooler.config.evaluation.outcome import Comparison, Outcome, compare
from watercooler.config.evaluation.progress import every_nth, told
from watercooler.config.evaluation.throwaway import Loaded
from watercooler.config.problems import CannotRun

SHOWN = 20
QUIET_DAYS = 3
"""After so many days without anybody, a thread is none that one stumbles on: the measure of older finds."""
MOST_CASES = 5_000
"""Of more first times every second, third … is asked."""
FEW = 5
"""Fewer threads than this so far make a small author."""
METHOD = "suggestions"


@dataclass(slots=True)
class Past:
    """What was known before a moment, as simple rankings read it."""

    threads: list[Question] = field(default_factory=list)
    people: Counter[str] = field(default_factory=Counter)
    alive: dict[str, float] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    own: dict[str, dict[str, Question]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, day: float, person: str, question: Question) -> bool:
        """Note that somebody took part; say whether it was their first time here."""
        is_first = question.id not in self.own[person]
        self.own[person][question.id] = question
        self.people[question.id] += is_first
        self.alive[question.id] = day
        return is_first

    def open_to(self, person: str) -> Iterator[Question]:
        """Yield the threads that somebody neither began nor took part in, newest first."""
        mine = self.own[person]
        return (q for q in reversed(self.threads) if q.id not in mine and q.author != person)


Ranking = Callable[[Past, str], list[Question]]


def first(found: Iterable[Question], worth: Callable[[Question], float] | None = None) -> list[Question]:
    """Return the first twenty: as they come, newest first, or by worth."""
    ranked = sorted(found, key=worth, reverse=True) if worth else found
    return [question for question, _place in zip(ranked, range(SHOWN), strict=False)]


def newest(past: Past, person: str) -> list[Question]:
    return first(past.open_to(person))


def popular(past: Past, person: str) -> list[Question]:
    return first(past.open_to(person), lambda q: past.people[q.id])


def in_their_spaces(past: Past, person: str) -> Iterator[Question]:
    spaces = {q.space for q in past.own[person].values()}
    return (q for q in past.open_to(person) if q.space in spaces)


def newest_there(past: Past, person: str) -> list[Question]:
    return first(in_their_spaces(past, person))


def popular_there(past: Past, person: str) -> list[Question]:
    return first(in_their_spaces(past, person), lambda q: past.people[q.id])


def popular_on_topics(past: Past, person: str) -> list[Question]:
    topics = {(q.space, topic) for q in past.own[person].values() for topic in q.topics}
    near = (q for q in past.open_to(person) if any((q.space, topic) in topics for topic in q.topics))
    return first(near, lambda q: past.people[q.id])


def liveliest_there(past: Past, person: str) -> list[Question]:
    return first(in_their_spaces(past, person), lambda q: past.alive[q.id])


SIMPLE: dict[str, Ranking] = {"most popular": popular, "newest first": newest}
STRONG: dict[str, Ranking] = {
    "most popular in their spaces": popular_there,
    "most popular on their topics": popular_on_topics,
    "newest in their spaces": newest_there,
    "last active in their spaces": liveliest_there,
}


@dataclass(slots=True)
class Case:
    """One first time: who, in which thread, how long nobody had been there, and what each way would have shown."""

    person: str
    wanted: str
    quiet_days: float
    shown: dict[str, list[Question]]
    small: frozenset[str]

    def hit(self, way: str) -> float:
        return float(any(question.id == self.wanted for question in self.shown[way]))


def run(arguments: list[str]) -> Outcome:
    """Compare with popularity, newest first, and these within their spaces. Cost: two minutes for 4,000 cases."""
    with ExitStack() as needs:
        return outcome(*prepared(arguments, needs))


def outcome(organisation: Organisation, loaded: Loaded) -> Outcome:
    """Return recall@20 over all cases, against the strong rankings, by person, and over older finds alone."""
    count = sum(1 for _each in first_times(organisation))
    nth = every_nth(count, MOST_CASES)
    cases = list(told(replay(organisation, loaded, nth), -(-count // nth), "first times"))
    if not cases:
        raise CannotRun(
            "Nobody who was known by then took part in anything new in the second half: there is nothing to measure."
        )
    older = [case for case in cases if case.quiet_days >= QUIET_DAYS]
    both = {**SIMPLE, **STRONG}
    found = [
        _compared("For you, against popularity and newest first", cases, SIMPLE),
        _compared("For you, against these within their spaces", cases, STRONG),
        _compared("For you, each person counting once", cases, both, by_person=True),
    ]
    if older:
        found.append(_compared(f"For you, older finds: nobody there for {QUIET_DAYS} days", older, both))
    notes = [
        *few(len(cases), "first times"),
        *([f"Of {count:,} first times every {nth}th was asked."] if nth > 1 else []),
        *without_topics(organisation),
        f"{len(cases)} first times of {len({case.person for case in cases})} people; {len(older)} of them older finds.",
        *(f"{way}: {_spread(cases, way)}" for way in (METHOD, *both)),
    ]
    return Outcome("recommendations", found, notes)


def _compared(name: str, cases: list[Case], against: Iterable[str], *, by_person: bool = False) -> Comparison:
    def values(way: str) -> list[float]:
        if not by_person:
            return [case.hit(way) for case in cases]
        hits: dict[str, list[float]] = defaultdict(list)
        for case in cases:
            hits[case.person].append(case.hit(way))
        return [sum(each) / len(each) for each in hits.values()]

    return compare(name, f"recall@{SHOWN}", values(METHOD), {way: values(way) for way in against})


def _spread(cases: list[Case], way: str) -> str:
    """Say how various what was shown is: topics and authors of a list, small authors, and how evenly threads come."""
    lists = [case.shown[way] for case in cases if case.shown[way]]
    if not lists:
        return "nothing was ever shown"
    threads = Counter(question.id for each in lists for question in each)
    total = threads.total() or 1
    small = sum(q.author in case.small for case in cases for q in case.shown[way])
    return (
        f"{sum(len({t for q in each for t in q.topics}) for each in lists) / len(lists):.1f} topics and "
        f"{sum(len({q.author for q in each}) for each in lists) / len(lists):.1f} authors in a list of "
        f"{total / len(lists):.1f}; {small / total:.3f} by small authors; "
        f"{len(threads)} threads shown, Gini {gini(threads, len(threads)):.3f}"
    )


@dataclass(slots=True)
class Turn:
    """One act in its turn. is_first_time: a known person's first in another's thread, in the second half."""

    past: Past
    day: float
    person: str
    question: Question
    small: set[str]
    is_first_time: bool


def turns(organisation: Organisation) -> Iterator[Turn]:
    """Yield each act in the order of time, with what was before it."""
    past = Past()
    begins = organisation.second_half[0].day if organisation.questions else 0.0
    small: set[str] = set()
    for day, _kind, person, question in _events(organisation):
        is_known = bool(past.own[person])
        takes_part = past.alive.get(question.id) is not None
        if not takes_part:
            past.threads.append(question)
            past.asked[question.author] += 1
            (small.add if past.asked[question.author] < FEW else small.discard)(question.author)
        is_new = takes_part and day >= begins and is_known and question.id not in past.own[person]
        yield Turn(past, day, person, question, small, is_new)
        past.add(day, person, question)


def first_times(organisation: Organisation) -> Iterator[Turn]:
    return (turn for turn in turns(organisation) if turn.is_first_time)


def replay(organisation: Organisation, loaded: Loaded, nth: int = 1) -> Iterator[Case]:
    """Yield each case of the second half, with everything before it known to the product and to the rankings.

    nth: 2 for every second case alone.
    """
    waiting: list[tuple[float, str, Question]] = []
    questions = {question.id: question for question in organisation.questions}
    met = 0
    for turn in turns(organisation):
        if turn.is_first_time:
            met += 1
            if (met - 1) % nth == 0:
                _record(loaded, waiting)
                waiting = []
                yield _case(turn, [questions[name] for name in suggested(loaded, turn.day, turn.person)])
        waiting.append((turn.day, turn.person, turn.question))


def _case(turn: Turn, suggested: list[Question]) -> Case:
    past, person, question = turn.past, turn.person, turn.question
    shown = {name: rank(past, person) for name, rank in {**SIMPLE, **STRONG}.items()}
    shown[METHOD] = suggested
    return Case(person, question.id, turn.day - past.alive[question.id], shown, frozenset(turn.small))


def _events(organisation: Organisation) -> list[tuple[float, int, str, Question]]:
    """Return who asked or took part when. What is older than its question, as dumps have it, comes just after it."""
    events = []
    for question in organisation.questions:
        events.append((question.day, 0, question.author, question))
        took = [(a.day, a.author) for a in question.answers] + [(t.day, t.person) for t in question.touches]
        events += [(max(day, question.day), 1, person, question) for day, person in took if person]
    return sorted(events, key=lambda event: (*event[:3], event[3].id))


def _record(loaded: Loaded, acts: list[tuple[float, str, Question]]) -> None:
    """Let the product know who took part, as its projection writes it."""
    from watercooler.foundation.database import hot
    from watercooler.projections.recommendations.engagement import TAKE_PART

    latest: dict[tuple[int, int], list[float]] = defaultdict(list)
    for day, person, question in acts:
        latest[loaded.people[person], loaded.questions[question.id]].append(day)
    if latest:
        ats = [moment(max(days)) for days in latest.values()]
        counts = [len(days) for days in latest.values()]
        people, threads = [key[0] for key in latest], [key[1] for key in latest]
        hot.rows(TAKE_PART, people=people, threads=threads, acts=counts, ats=ats, open_acts=counts, open_ats=ats)


def suggested(loaded: Loaded, day: float, person: str) -> list[str]:
    """Return what the product would pick at this moment, for somebody who joined no space and follows nothing."""
    from watercooler.projections.recommendations.picks import picks

    found = picks(loaded.viewer(person), moment(day), SHOWN)
    return [loaded.asked[pick.item_id] for pick in found]
