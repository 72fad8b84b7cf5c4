"""`bin/watercooler evaluate duplicates DIR…`: is a question that was asked before found while it is written again?

Each known duplicate is looked for by its title and text, and by its title alone, among all questions of all
communities, through the query that the composer uses. The baseline is BM25 over title and text in the same run.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from contextlib import ExitStack

from watercooler.config.evaluation import meaning
from watercooler.config.evaluation.experts import prepared
from watercooler.config.evaluation.organisation import DAYS, Organisation, Question, moment
from watercooler.config.evaluation.outcome import Comparison, Outcome, compare
from watercooler.config.evaluation.progress import every_nth, told
from watercooler.config.evaluation.throwaway import Loaded
from watercooler.config.problems import CannotRun

FOUND_AMONG = 5
MOST_CASES = 2_000
"""Of more known duplicates every second, third … is looked for."""
LOOSE = 200
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[\w'-]{2,}")


def run(arguments: list[str]) -> Outcome:
    """Compare with BM25. Cost: ten seconds for 2,600 questions, most of it the loading."""
    words, extra = meaning.taken_from(arguments)
    with ExitStack() as needs:
        return outcome(*prepared(words, needs), extra)


def outcome(organisation: Organisation, loaded: Loaded, extra: meaning.Meaning | None = None) -> Outcome:
    """Return recall@5 from title and text, and from the title alone; then both with the extra, if there is one."""
    known = {question.id for question in organisation.questions}
    pairs = [(q, other) for q in organisation.questions for other in sorted(q.duplicates & known)]
    if not pairs:
        raise CannotRun(
            "No question here is known to repeat another, so there is nothing to look for. Dumps of Stack Exchange "
            "tell in PostLinks.xml which one does; forums, dumps without that file and what is loaded here do not."
        )
    count, nth = len(pairs), every_nth(len(pairs), MOST_CASES)
    pairs = pairs[::nth]
    simple = Bm25(organisation)

    def against(name: str, body: bool) -> Comparison:
        asking = told(pairs, len(pairs), "duplicates")
        method = [recall(nearest(loaded, question, body), other) for question, other in asking]
        baseline = [recall(simple.nearest(question, body), other) for question, other in pairs]
        return compare(name, "recall@5", method, {"BM25 over title and text": baseline})

    loosely = ": few, so read them loosely" if count < LOOSE else ""
    notes = [f"{count} known duplicates among {len(organisation.questions)} questions{loosely}."]
    notes += [f"Every {nth}th of them was looked for."] if nth > 1 else []
    names = {"Asked before, from title and text": True, "Asked before, from the title alone": False}
    found = [against(name, body) for name, body in names.items()]
    if extra:
        extra.index()
        with extra.on():
            found += [against(f"{name}, by meaning too", body) for name, body in names.items()]
    return Outcome("duplicates", found, notes)


def recall(found: list[str], wanted: str) -> float:
    return float(wanted in found[:FOUND_AMONG])


def nearest(loaded: Loaded, question: Question, body: bool) -> list[str]:
    """Return what the composer would show of all questions but this one."""
    from watercooler.projections.experts.similar import nearest as found

    return [
        loaded.asked[one.id]
        for one in found(
            loaded.viewer(question.author),
            loaded.about(question, topics=False, space=False, body=body),
            ["question"],
            most=FOUND_AMONG,
            but=loaded.questions[question.id],
            near=0,
            now=moment(DAYS + 1),
        )
    ]


def words(html: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_TAG.sub(" ", html))]


class Bm25:
    """The usual ranking by words (k1 1.2, b 0.75; Robertson and Zaragoza 2009), without stems."""

    def __init__(self, organisation: Organisation) -> None:
        self.holding: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.length: dict[str, int] = {}
        for question in organisation.questions:
            counted = Counter(words(f"{question.title} {question.html}"))
            self.length[question.id] = counted.total()
            for word, times in counted.items():
                self.holding[word].append((question.id, times))
        self.usual = sum(self.length.values()) / len(self.length)

    def nearest(self, question: Question, body: bool) -> list[str]:
        score: dict[str, float] = defaultdict(float)
        for word in set(words(f"{question.title} {question.html if body else ''}")):
            holding = self.holding.get(word, [])
            rarity = math.log(1 + (len(self.length) - len(holding) + 0.5) / (len(holding) + 0.5))
            for other, times in holding:
                share = 0.25 + 0.75 * self.length[other] / self.usual
                score[other] += rarity * times * 2.2 / (times + 1.2 * share)
        score.pop(question.id, None)
        return sorted(score, key=lambda other: (-score[other], other))[:FOUND_AMONG]
