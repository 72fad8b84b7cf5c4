"""`bin/watercooler evaluate experts [DIR…]`: does "Who knows" name those who then answered well?

Every question of the second half is asked of what was known before it, through the product's own query. Only the
rarity of words is counted over all of the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from watercooler.config.evaluation import meaning
from watercooler.config.evaluation.communities import installed, read
from watercooler.config.evaluation.folders import opened
from watercooler.config.evaluation.limits import few, limits
from watercooler.config.evaluation.measures import (
    FEW,
    HALF_LIVES,
    History,
    Ranking,
    gini,
    hit,
    most_answers,
    most_in_topics,
    most_votes_in_topics,
    ndcg,
    recent_in_topics,
    reciprocal,
    rolling,
)
from watercooler.config.evaluation.organisation import Organisation, Question
from watercooler.config.evaluation.outcome import Comparison, Outcome, compare
from watercooler.config.evaluation.progress import every_nth, say, told
from watercooler.config.evaluation.throwaway import Loaded, load, throwaway
from watercooler.config.problems import CannotRun, Misused

BASELINES: dict[str, Ranking] = {
    "most answers": most_answers,
    "most answers in its topics": most_in_topics,
    "most votes in its topics": most_votes_in_topics,
}
MOST_CASES = 2_000
"""Of more questions every second, third … is asked: each costs some 60 ms, in a large record too."""
MEANT = "by meaning, "
WAYS = {
    "method": "with topics and space",
    "no space": "with topics, without the space",
    "text": "from the text alone",
}
RECENT = "recent answers in its topics"
WITHIN = "recent answers in its topics and space"


def prepared(arguments: list[str], needs: ExitStack) -> tuple[Organisation, Loaded]:
    """Return the communities of the folders, or what the installation holds, loaded into a throw-away database."""
    if any(word.startswith("-") for word in arguments):
        raise Misused("Name folders of Stack Exchange dumps or Discourse forums, or none for what is loaded here.")
    import django

    if arguments:
        django.setup()
        organisation = _read(opened(arguments, needs))
    else:
        organisation = _installed()
    if not organisation.questions:
        where = "in " + ", ".join(arguments) if arguments else "here"
        raise CannotRun(
            f"There is no question {where}. Name folders of Stack Exchange dumps (with Posts.xml) or of Discourse "
            "forums (topics as JSON), or import a community first."
        )
    needs.enter_context(throwaway())
    said = sum(1 + len(question.answers) for question in organisation.questions)
    say(f"Loading {len(organisation.questions):,} questions, {said:,} texts …")
    return organisation, load(organisation)


def _read(folders: Sequence[Path]) -> Organisation:
    from watercooler.doors.importing.report import Broken

    say("Reading " + ", ".join(folder.resolve().name for folder in folders) + " …")
    try:
        return read(folders)
    except Broken as broken:
        raise CannotRun(str(broken)) from broken


def _installed() -> Organisation:
    import django

    from watercooler.config.commands.django import database

    with database():
        django.setup()
        organisation = installed()
        from django.db import connection

        connection.close()
    return organisation


def run(arguments: list[str]) -> Outcome:
    """Compare who-knows with four simple rankings; with the extra too. Cost: loading, and 60 ms a question asked."""
    words, extra = meaning.taken_from(arguments)
    with ExitStack() as needs:
        return outcome(*prepared(words, needs), extra)


def outcome(organisation: Organisation, loaded: Loaded, extra: meaning.Meaning | None = None) -> Outcome:
    """Return the comparisons: with all that the composer knows, without the space, and from the text alone."""
    if extra:
        extra.index(is_replay=True)
    count = sum(1 for _each in rolling(organisation))
    nth = every_nth(count, MOST_CASES)
    asking = enumerate(told(rolling(organisation), count, "questions"))
    cases = [Case(question, organisation, loaded, history, extra) for n, (question, history) in asking if n % nth == 0]
    if not cases:
        raise CannotRun("Nobody who was known by then answered well in the second half: there is nothing to measure.")
    seen = len(organisation.first_day)
    simple = {name: [case.gain(name) for case in cases] for name in BASELINES}
    recent = {half: [case.gain(f"{RECENT} {half}") for case in cases] for half in HALF_LIVES}
    best = max(recent, key=lambda half: sum(recent[half]))
    every = {**simple, f"{RECENT}, half-life {best} days": recent[best]}
    found = [
        _against(cases, "method", "Who knows, with topics and space", every, seen),
        _against(cases, "method", "Who knows, with topics and space, against the first three", simple, seen),
        _against(cases, "no space", "Who knows, with topics, without the space", every, seen),
        _against(cases, "no space", "Who knows, with topics, without the space, against the first three", simple, seen),
        _against(cases, "text", "Who knows from the text alone", simple, seen),
        *(_by_meaning(cases, every, simple, seen) if extra else []),
    ]
    notes = [
        *limits(organisation),
        *few(len(cases), "questions could be asked"),
        *([f"Of {count:,} such questions every {nth}th was asked."] if nth > 1 else []),
        f"{len(organisation.questions)} questions, {seen} people; {len(cases)} questions of the second half could be "
        "answered by somebody known by then.",
        *_of_recent(cases, recent, best, seen),
    ]
    return Outcome("experts", found, notes)


def _against(cases: list[Case], way: str, name: str, baselines: dict[str, list[float]], seen: int) -> Comparison:
    method = [case.gain(way) for case in cases]
    return compare(name, "nDCG@10", method, dict(baselines), beside=_beside(cases, way, seen))


def _by_meaning(
    cases: list[Case], every: dict[str, list[float]], simple: dict[str, list[float]], seen: int
) -> list[Comparison]:
    alone, against = [], []
    for way, said in WAYS.items():
        name, meant = f"Who knows, {said}, by meaning too", f"{MEANT}{way}"
        words = {"words alone": [case.gain(way) for case in cases]}
        alone.append(_against(cases, meant, f"{name}, against words alone", words, seen))
        against.append(_against(cases, meant, name, simple if way == "text" else every, seen))
    return alone + against


def _of_recent(cases: list[Case], recent: dict[int, list[float]], best: int, seen: int) -> list[str]:
    beside = _beside(cases, f"{RECENT} {best}", seen)
    within = [sum(case.gain(f"{WITHIN} {half}") for case in cases) for half in HALF_LIVES]
    return [
        f"Beside, for the {RECENT} (half-life {best} days): "
        + ", ".join(f"{name} {value:.3f}" for name, value in beside.items()),
        f"Told the space too, {WITHIN} reach at best {max(within) / len(cases):.4f}.",
        "Half-lives swept: " + ", ".join(f"{half} d {sum(recent[half]) / len(cases):.4f}" for half in HALF_LIVES),
    ]


class Case:
    """One question, who knew, and what each way of ranking said."""

    def __init__(
        self,
        question: Question,
        organisation: Organisation,
        loaded: Loaded,
        history: History,
        extra: meaning.Meaning | None = None,
    ) -> None:
        self.relevant = organisation.knew(question)
        self.hidden = {person for person in self.relevant if history.count[person] < FEW}
        self.ranked: dict[str, list[str]] = {}
        ways: dict[str, Callable[[], list[str]]] = {
            "method": lambda: asked(loaded, question),
            "no space": lambda: asked(loaded, question, space=False),
            "text": lambda: asked(loaded, question, space=False, topics=False),
        }
        for name, way in ways.items():
            self.ranked[name] = way()
        if extra:
            extra.let_know(question.at)
            with extra.on():
                for name, way in ways.items():
                    self.ranked[f"{MEANT}{name}"] = way()
        for name, ranking in BASELINES.items():
            self.ranked[name] = ranking(question, history)
        for half in HALF_LIVES:
            self.ranked[f"{RECENT} {half}"] = recent_in_topics(half)(question, history)
            self.ranked[f"{WITHIN} {half}"] = recent_in_topics(half, same_space=True)(question, history)

    def gain(self, way: str) -> float:
        return ndcg(self.ranked[way], self.relevant)


def asked(loaded: Loaded, question: Question, most: int = 10, *, topics: bool = True, space: bool = True) -> list[str]:
    """Return whom the product names for a question, as of the moment it was asked."""
    from watercooler.projections.experts.ranking import rank

    about = loaded.about(question, topics=topics, space=space)
    viewer = loaded.viewer(question.author)
    found = rank(viewer, about, question.at, most=most, asker_id=viewer.person_id)
    return [loaded.names[one.person_id] for one in found]


def _beside(cases: list[Case], way: str, people: int) -> dict[str, float]:
    shown = Counter(person for case in cases for person in case.ranked[way])
    hidden = sum(len(case.hidden) for case in cases)
    found = sum(len(case.hidden.intersection(case.ranked[way])) for case in cases)
    return {
        "Hit@5": sum(hit(case.ranked[way], case.relevant) for case in cases) / len(cases),
        "MRR": sum(reciprocal(case.ranked[way], case.relevant) for case in cases) / len(cases),
        "Gini of the people shown": gini(shown, people),
        "recall@10 of hidden experts": found / hidden if hidden else 0.0,
        "hidden experts": float(hidden),
    }
