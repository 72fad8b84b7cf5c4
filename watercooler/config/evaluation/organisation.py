"""An organisation as plain records: who asked what when, who answered, and what became of it.

Kept in memory: an evaluation reads all of it many times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

DAYS = 400.0
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
"""The first day of the organisation that an evaluation makes."""


@dataclass(slots=True)
class Answer:
    """votes: (day, +1 or −1), or None where no day is known and `score` stands for all of them."""

    id: str
    day: float
    author: str
    html: str
    score: int
    is_accepted: bool = False
    accepted_day: float | None = None
    votes: list[tuple[float, int]] | None = None

    @property
    def is_good(self) -> bool:
        """Say whether it was accepted, or found useful by one more than not."""
        return self.is_accepted or self.score >= 1

    def score_by(self, day: float) -> int:
        """Return the score as it stood, where days of votes are known."""
        return self.score if self.votes is None else sum(way for at, way in self.votes if at < day)


@dataclass(slots=True)
class Touch:
    """That somebody took part in a thread beyond answering: a comment, a favourite, a bounty, Helped, saved.

    html: what a comment says. score: how many found it useful.
    """

    day: float
    person: str
    html: str = ""
    score: int = 0


@dataclass(slots=True)
class Question:
    """day: of the 400. author: empty for one who has left. duplicates: ids of what it repeats.

    is_question: whether the product takes it for one, else for a post with comments below it. score: its own.
    """

    id: str
    space: str
    day: float
    author: str
    title: str
    html: str
    topics: tuple[str, ...]
    answers: list[Answer] = field(default_factory=list)
    duplicates: set[str] = field(default_factory=set)
    touches: list[Touch] = field(default_factory=list)
    is_question: bool = True
    score: int = 0

    @property
    def at(self) -> datetime:
        return moment(self.day)


def moment(day: float) -> datetime:
    """Return the time of a scaled day."""
    return BEGAN + timedelta(days=day)


@dataclass
class Organisation:
    """All questions in the order they were asked, and the day each person was first seen writing."""

    questions: list[Question]
    first_day: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions.sort(key=lambda question: (question.day, question.id))
        for question in self.questions:
            for author, day in [(question.author, question.day), *((a.author, a.day) for a in question.answers)]:
                if author:
                    self.first_day[author] = min(day, self.first_day.get(author, day))

    @property
    def second_half(self) -> list[Question]:
        return self.questions[len(self.questions) // 2 :]

    def knew(self, question: Question) -> set[str]:
        """Return who turned out to know: known by then, not the asker, with an answer that is good."""
        return {
            a.author
            for a in question.answers
            if a.author and a.author != question.author and a.is_good and self.first_day[a.author] < question.day
        }
