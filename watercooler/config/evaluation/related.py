"""Communities as search is measured on them: questions, their answers and comments, and which are related.

Stack Exchange folders are read here; forums in `forums.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watercooler.doors.importing.stackexchange import Dump


@dataclass(slots=True)
class Said:
    """An answer or a comment. score: votes for less votes against. parent: what it hangs below."""

    name: str
    parent: str
    html: str
    score: int
    at: str


@dataclass(slots=True)
class Asked:
    """A question with what was said to it, in the order of time. kind: what the product takes it for."""

    name: str
    title: str
    html: str
    topics: list[str]
    score: int
    at: str
    accepted: str = ""
    kind: str = "question"
    answers: list[Said] = field(default_factory=list)
    comments: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Community:
    """questions: by name. related: question → the questions it links to, or duplicates."""

    questions: dict[str, Asked]
    related: dict[str, set[str]]


def is_community(folder: Path) -> bool:
    """Say whether a folder holds a Stack Exchange dump."""
    return folder.is_dir() and any(path.name.lower() == "posts.xml" for path in folder.iterdir())


def read(folder: Path) -> Community:
    """Return a community from its posts, with comments and links where they are there. Raises Broken."""
    from watercooler.doors.importing.stackexchange import Comment, Dump, Post

    dump = Dump(folder)
    questions: dict[int, Asked] = {}
    thread: dict[int, int] = {}
    answers: list[tuple[int, Said]] = []
    for post in dump.records(Post):
        if post.kind == 1:
            accepted = str(post.accepted or "")
            at = post.made_at.isoformat()
            questions[post.number] = Asked(
                str(post.number), post.title, post.body, list(post.tags), post.score, at, accepted
            )
        elif post.kind == 2 and post.parent:
            said = Said(str(post.number), str(post.parent), post.body, post.score, post.made_at.isoformat())
            answers.append((post.parent, said))
            thread[post.number] = post.parent
    for number, answer in answers:
        if number in questions:
            questions[number].answers.append(answer)
    for comment in dump.records(Comment):
        if question := questions.get(thread.get(comment.post, comment.post)):
            at = comment.made_at.isoformat()
            question.comments.append(
                Said(str(comment.number), str(comment.post), escape(comment.text), comment.score, at)
            )
    return Community({asked.name: asked for asked in questions.values()}, _related(dump, questions))


def _related(dump: Dump, questions: dict[int, Asked]) -> dict[str, set[str]]:
    from watercooler.doors.importing.stackexchange import Link

    related: dict[str, set[str]] = {}
    for link in dump.records(Link):
        if link.post in questions and link.other in questions and link.post != link.other:
            related.setdefault(str(link.post), set()).add(str(link.other))
    return related
