"""Communities that come as a folder of Discourse's JSON: questions, answers, and who wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from watercooler.config.evaluation.communities import Answer, Question, Touch

if TYPE_CHECKING:
    from watercooler.doors.importing.discourse.forum import Post, Topic

_DAY = 86400


def is_forum(folder: Path) -> bool:
    """Say whether a folder holds a forum's topics and no dump of Stack Exchange."""
    names = {path.name.lower() for path in folder.iterdir()} if folder.is_dir() else set()
    return "posts.xml" not in names and any(folder.rglob("*.json"))


def questions(folder: Path) -> list[Question]:
    """Return each topic that is no message as a question; replies to its beginning are answers, likes their score.

    Topics begun by one who has left, and small acts of the forum, are left out. Raises Broken.
    """
    from watercooler.doors.importing.discourse.forum import Forum

    forum = Forum(folder)
    pages: dict[int, list[Topic]] = {}
    for topic in forum.topics(lambda _problem: None):
        if not topic.is_private and not topic.is_gone:
            pages.setdefault(topic.id, []).append(topic)
    found = []
    for number, parts in pages.items():
        posts = sorted({p.number: p for part in parts for p in part.posts}.values(), key=lambda post: post.number)
        said = [post for post in posts if post.kind in (1, 2) and not post.is_gone]
        if said and said[0].number == 1:
            found.append(_question(forum.name, number, parts, said))
    return found


def _question(forum: str, number: int, parts: Sequence[Topic], said: Sequence[Post]) -> Question:
    """Return one topic. parts: its pages; said: its posts in their order."""
    begun, *replies = said
    whole = next((part for part in parts if part.title), parts[0])
    accepted = next((part.answered for part in parts if part.answered is not None), None)

    def by(post: Post) -> str:
        return f"{forum} {post.username}" if post.username else ""

    question = Question(
        f"{forum} {number}", forum, _day(begun), by(begun), whole.title, begun.cooked, tuple(whole.tags)
    )
    for post in replies:
        if post.reply_to in (None, 1):
            chosen = post.is_accepted or post.number == accepted
            day = _day(post)
            answer = Answer(
                f"{forum} {post.id}", day, by(post), post.cooked, post.likes, chosen, day if chosen else None
            )
            question.answers.append(answer)
        elif post.username:
            question.touches.append(Touch(_day(post), by(post)))
    return question


def _day(post: Post) -> float:
    return post.made_at.timestamp() / _DAY
