"""Measures of a ranking, and the simple rankings that a method has to beat."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from watercooler.config.evaluation.organisation import Organisation, Question

HALF_LIVES = (5, 10, 15, 20, 30, 45, 60, 90, 150)
FEW = 5
"""Fewer answers than this so far make somebody a hidden expert."""


def ndcg(ranked: Sequence[str], relevant: Collection[str], most: int = 10) -> float:
    """Return the normalised discounted gain of the first `most`, 0 to 1."""
    found = sum(1 / math.log2(place + 2) for place, each in enumerate(ranked[:most]) if each in relevant)
    return found / sum(1 / math.log2(place + 2) for place in range(min(most, len(relevant))))


def hit(ranked: Sequence[str], relevant: Collection[str], most: int = 5) -> float:
    return float(any(each in relevant for each in ranked[:most]))


def reciprocal(ranked: Sequence[str], relevant: Collection[str]) -> float:
    return next((1 / (place + 1) for place, each in enumerate(ranked) if each in relevant), 0.0)


def gini(shown: Counter[str], among: int) -> float:
    """Return how unevenly the showings fall on `among` people: 0 all alike, 1 all on one."""
    counts = sorted([*shown.values(), *[0] * max(among - len(shown), 0)])
    total, people = sum(counts), len(counts)
    return sum((2 * place - people + 1) * count for place, count in enumerate(counts)) / (people * total or 1)


class History:
    """What had been answered before a question, as simple rankings read it."""

    def __init__(self) -> None:
        self.given: list[tuple[float, str, Question, int]] = []
        self.count: Counter[str] = Counter()
        self.by_topic: dict[str, list[int]] = defaultdict(list)
        self._found: tuple[Question | None, int, list[tuple[float, str, Question, int]]] = (None, 0, [])

    def add(self, question: Question, number: int) -> None:
        answer = question.answers[number]
        for topic in {topic.casefold() for topic in question.topics}:
            self.by_topic[topic].append(len(self.given))
        self.given.append((answer.day, answer.author, question, number))
        self.count[answer.author] += 1

    def in_topics(self, question: Question) -> list[tuple[float, str, Question, int]]:
        """Return the answers to questions that share a topic, each once. Two dozen rankings ask for the same."""
        asked, given, _answers = self._found
        if asked is not question or given != len(self.given):
            places = {place for topic in question.topics for place in self.by_topic[topic.casefold()]}
            self._found = question, len(self.given), [self.given[place] for place in sorted(places)]
        return self._found[2]


def rolling(organisation: Organisation) -> Iterator[tuple[Question, History]]:
    """Yield each question of the second half that somebody known by then answered well, with what was before it."""
    history = History()
    coming = sorted(
        (
            (answer.day, question.id, number, question)
            for question in organisation.questions
            for number, answer in enumerate(question.answers)
            if answer.author
        ),
        key=lambda each: each[:3],
    )
    place = 0
    for question in organisation.second_half:
        while place < len(coming) and coming[place][0] < question.day:
            history.add(coming[place][3], coming[place][2])
            place += 1
        if organisation.knew(question):
            yield question, history


Ranking = Callable[[Question, History], list[str]]


def _best(score: Mapping[str, float], history: History, question: Question, most: int) -> list[str]:
    """Return people by score, ties by answers so far; without the asker, and without people who score nothing."""
    people = [p for p, value in score.items() if value > 0 and p != question.author]
    return heapq.nsmallest(most, people, key=lambda p: (-score[p], -history.count[p], p))


def most_answers(question: Question, history: History, most: int = 10) -> list[str]:
    return _best(history.count, history, question, most)


def most_in_topics(question: Question, history: History, most: int = 10) -> list[str]:
    return _best(Counter(author for _day, author, *_rest in history.in_topics(question)), history, question, most)


def most_votes_in_topics(question: Question, history: History, most: int = 10) -> list[str]:
    score: dict[str, float] = defaultdict(float)
    for _day, author, about, number in history.in_topics(question):
        score[author] += about.answers[number].score_by(question.day)
    return _best(score, history, question, most)


def recent_in_topics(half_life: float, *, same_space: bool = False) -> Ranking:
    """Return the ranking by answers in the topics, each worth half as much after every `half_life` days."""

    def ranking(question: Question, history: History, most: int = 10) -> list[str]:
        score: dict[str, float] = defaultdict(float)
        for day, author, about, _number in history.in_topics(question):
            if not same_space or about.space == question.space:
                score[author] += 0.5 ** ((question.day - day) / half_life)
        return _best(score, history, question, most)

    return ranking
