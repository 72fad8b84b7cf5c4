"""`bin/watercooler evaluate router [DIR…]`: is one of the three people nudged somebody who then answers well?

A replay of the second half in its order. Nobody is nudged more than twice a day, by either way of choosing; the other
way nudges the three most active in the question's topics who still have room.
"""

from __future__ import annotations

from collections import Counter, deque
from contextlib import ExitStack
from itertools import islice

from watercooler.config.evaluation import meaning
from watercooler.config.evaluation.experts import prepared
from watercooler.config.evaluation.limits import few, limits
from watercooler.config.evaluation.measures import History, gini, hit, most_in_topics, rolling
from watercooler.config.evaluation.organisation import Organisation, Question
from watercooler.config.evaluation.outcome import Comparison, Outcome, compare
from watercooler.config.evaluation.progress import told
from watercooler.config.evaluation.throwaway import Loaded
from watercooler.config.problems import CannotRun

MOST_A_DAY = 2
CONSIDERED = 60
MOST_CASES = 4_000
"""Of more questions the last are replayed, without a gap: whom to nudge depends on who was nudged before."""


class Replay:
    """Who was nudged when."""

    def __init__(self) -> None:
        self.hits: list[float] = []
        self.nudged: Counter[str] = Counter()
        self.lately: deque[tuple[float, str]] = deque()

    def on(self, day: float) -> Counter[str]:
        """Return how often each was nudged on this day."""
        return Counter(person for at, person in self.lately if int(at) == int(day))

    def within(self, day: float, days: float) -> Counter[str]:
        """Return how often each was nudged in the days before."""
        while self.lately and self.lately[0][0] < day - max(days, 1):
            self.lately.popleft()
        return Counter(person for at, person in self.lately if at >= day - days)

    def nudge(self, day: float, people: list[str], relevant: set[str]) -> None:
        self.hits.append(hit(people, relevant, len(people)))
        self.nudged.update(people)
        self.lately.extend((day, person) for person in people)


def run(arguments: list[str]) -> Outcome:
    """Replay both ways, and the router's with the extra too. Cost: half a minute for 2,600 questions."""
    words, extra = meaning.taken_from(arguments)
    with ExitStack() as needs:
        return outcome(*prepared(words, needs), extra)


def outcome(organisation: Organisation, loaded: Loaded, extra: meaning.Meaning | None = None) -> Outcome:
    """Return how often one of the three answered well, against the most active in the topics."""
    if extra:
        extra.index(is_replay=True)
    ours, meant, active = Replay(), Replay(), Replay()
    count = sum(1 for _each in rolling(organisation))
    first = max(count - MOST_CASES, 0)
    for question, history in told(islice(rolling(organisation), first, None), count - first, "questions"):
        relevant = organisation.knew(question)
        ours.nudge(question.day, _routed(question, loaded, ours), relevant)
        if extra:
            extra.let_know(question.at)
            with extra.on():
                meant.nudge(question.day, _routed(question, loaded, meant), relevant)
        active.nudge(question.day, _most_active(question, history, active), relevant)
    if not ours.hits:
        raise CannotRun("Nobody who was known by then answered well in the second half: there is nothing to measure.")
    seen = len(organisation.first_day)
    notes = [f"At most {MOST_A_DAY} nudges a day each. Gini over all {seen} people seen."]
    replayed = [f"Of {count:,} such questions the last {len(ours.hits):,} were replayed."] if first else []
    found = _compared(ours, meant if extra else None, active, seen)
    return Outcome("router", found, limits(organisation) + few(len(ours.hits), "questions") + replayed + notes)


def _routed(question: Question, loaded: Loaded, replay: Replay) -> list[str]:
    """Return whom the product would nudge, after those whom this replay has nudged."""
    from watercooler.projections.experts.load import DAYS, least_loaded
    from watercooler.projections.experts.ranking import rank

    day, viewer = question.day, loaded.viewer(question.author)
    ranked = rank(viewer, loaded.about(question), question.at, most=CONSIDERED, asker_id=viewer.person_id, lively=0)
    load = {loaded.people[person]: times for person, times in replay.within(day, DAYS).items()}
    full = frozenset(loaded.people[person] for person, times in replay.on(day).items() if times >= MOST_A_DAY)
    return [loaded.names[one.person_id] for one in least_loaded(ranked, load, full)]


def _most_active(question: Question, history: History, replay: Replay) -> list[str]:
    from watercooler.projections.experts.load import DAYS, PEOPLE

    today = replay.on(question.day)
    replay.within(question.day, DAYS)
    able = [p for p in most_in_topics(question, history, CONSIDERED) if today[p] < MOST_A_DAY]
    return able[:PEOPLE]


def _compared(ours: Replay, meant: Replay | None, active: Replay, seen: int) -> list[Comparison]:
    measure, most_active = "somebody who then answered well among the three", {"most active in its topics": active.hits}
    beside = {
        "Gini of nudges": gini(ours.nudged, seen),
        "Gini, most active in its topics": gini(active.nudged, seen),
        "people nudged": float(len(ours.nudged)),
        "people nudged, most active": float(len(active.nudged)),
    }
    found = [compare("Ask-router", measure, ours.hits, most_active, beside=beside)]
    if meant is not None:
        name = "Ask-router, by meaning too"
        also = {"Gini of nudges": gini(meant.nudged, seen), "people nudged": float(len(meant.nudged))}
        by_words = {"words alone": ours.hits}
        found += [
            compare(f"{name}, against words alone", measure, meant.hits, by_words, beside=also),
            compare(name, measure, meant.hits, most_active),
        ]
    return found
