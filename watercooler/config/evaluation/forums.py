"""Communities that come as a folder of Discourse's JSON: questions, answers, and who wrote them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from watercooler.config.evaluation.organisation import Answer, Question, Touch
from watercooler.config.evaluation.related import Asked, Community, Said

if TYPE_CHECKING:
    from watercooler.doors.importing.discourse.forum import Category, Forum, Post, Topic

_DAY = 86400
ENOUGH = 30
"""How many files, and values of each, are looked at to tell what a folder holds."""
_LINK = re.compile(r'href="[^"]{0,200}/t/(?:[^/"\s]{1,300}/)?(\d{1,12})\b')
"""Links to topics, as /t/12, /t/name/12 or /t/name/12/3."""


def is_forum(folder: Path) -> bool:
    """Say whether a folder holds a forum's topics and no dump of Stack Exchange, as some of its files tell."""
    from watercooler.doors.importing.discourse import files
    from watercooler.doors.importing.discourse.forum import pages
    from watercooler.doors.importing.report import Broken

    if not folder.is_dir() or any(path.name.lower() == "posts.xml" for path in folder.iterdir()):
        return False
    paths = files.Paths(folder)
    for path in islice(paths, 0, None, max(1, len(paths) // ENOUGH)):
        with suppress(Broken):
            for said in islice(files.read(path), ENOUGH):
                if any(page["post_stream"].get("posts") for page in pages(said)):
                    return True
    return False


def questions(folder: Path) -> list[Question]:
    """Return each topic that is no message as a question; replies to its beginning are answers, likes their score.

    Topics begun by one who has left, and small acts of the forum, are left out. Raises Broken.
    """
    from watercooler.doors.importing.discourse.forum import Forum

    forum = Forum(folder)
    threads, solving = _threads(forum)
    return [_question(forum.name, number, parts, said, solving) for number, parts, said in threads]


type _Thread = tuple[int, list[Topic], list[Post]]
"""A topic's number, its pages, and its posts in their order."""


def _threads(forum: Forum) -> tuple[list[_Thread], set[int]]:
    """Return each topic that everybody could read, and the categories that take solutions."""
    categories: dict[int, Category] = {}
    pages: dict[int, list[Topic]] = {}
    for topic in forum.topics(lambda _problem: None, categories=categories):
        if not topic.is_private and not topic.is_gone:
            pages.setdefault(topic.id, []).append(topic)
    threads = []
    for number, parts in pages.items():
        posts = sorted({p.number: p for part in parts for p in part.posts}.values(), key=lambda post: post.number)
        said = [post for post in posts if post.kind in (1, 2) and not post.is_gone]
        if said and said[0].number == 1:
            threads.append((number, parts, said))
    return threads, {number for number, category in categories.items() if category.takes_solutions}


def community(folder: Path) -> Community:
    """Return what search is measured on: the topics, and to which others of the forum each one's beginning links.

    Raises Broken.
    """
    from watercooler.doors.importing.discourse.forum import Forum

    threads, solving = _threads(Forum(folder))
    found = Community({}, {})
    for number, parts, said in threads:
        asked = _asked(number, parts, said, solving)
        found.questions[asked.name] = asked
        if linked := {link for link in _LINK.findall(said[0].cooked) if link != asked.name}:
            found.related[asked.name] = linked
    here = found.questions.keys()
    found.related = {name: others & here for name, others in found.related.items() if others & here}
    return found


def _asked(number: int, parts: Sequence[Topic], said: Sequence[Post], solving: Collection[int]) -> Asked:
    begun, *replies = said
    is_question, accepted = _is_question(parts, replies, solving), _accepted(parts, replies)
    kind, at = "question" if is_question else "post", begun.made_at.isoformat()
    asked = Asked(str(number), _title(parts), begun.cooked, list(_topics(parts)), begun.likes, at, kind=kind)
    answers = {post.number: str(post.id) for post in replies if is_question and post.reply_to in (None, 1)}
    asked.accepted = answers.get(accepted or 0, "")
    for post in replies:
        above = answers.get(post.reply_to or 1, asked.name)
        one = Said(str(post.id), above, post.cooked, post.likes, post.made_at.isoformat())
        (asked.answers if post.number in answers else asked.comments).append(one)
    return asked


def _question(
    forum: str, number: int, parts: Sequence[Topic], said: Sequence[Post], solving: Collection[int]
) -> Question:
    """Return one topic. parts: its pages; said: its posts in their order; solving: categories that take solutions."""
    begun, *replies = said
    accepted = _accepted(parts, replies)

    def by(post: Post) -> str:
        return f"{forum} {post.username}" if post.username else ""

    name, topics = f"{forum} {number}", _topics(parts)
    question = Question(name, forum, _day(begun), by(begun), _title(parts), begun.cooked, topics)
    question.score, question.is_question = begun.likes, _is_question(parts, replies, solving)
    for post in replies:
        if post.reply_to in (None, 1):
            chosen = post.number == accepted
            day = _day(post)
            answer = Answer(
                f"{forum} {post.id}", day, by(post), post.cooked, post.likes, chosen, day if chosen else None
            )
            question.answers.append(answer)
        elif post.username:
            question.touches.append(Touch(_day(post), by(post), post.cooked, post.likes))
    return question


def _title(parts: Sequence[Topic]) -> str:
    return next((part.title for part in parts if part.title), "")


def _topics(parts: Sequence[Topic]) -> tuple[str, ...]:
    """Return the tags of a topic; where nobody gave it one, its category stands for them."""
    category = next((part.category_id for part in parts if part.category_id), None)
    return next((part.tags for part in parts if part.tags), (f"category {category}",) if category else ())


def _accepted(parts: Sequence[Topic], replies: Sequence[Post]) -> int | None:
    """Return the number of the accepted answer."""
    said = next((part.answered for part in parts if part.answered is not None), None)
    return said if said is not None else next((post.number for post in replies if post.is_accepted), None)


def _is_question(parts: Sequence[Topic], replies: Sequence[Post], solving: Collection[int]) -> bool:
    """Say whether a topic would come in as a question, by the importer's own rule."""
    is_solving = any(part.category_id in solving for part in parts)
    return is_solving or _accepted(parts, replies) is not None or _title(parts).rstrip().endswith(("?", "？", "؟"))


def _day(post: Post) -> float:
    return post.made_at.timestamp() / _DAY
