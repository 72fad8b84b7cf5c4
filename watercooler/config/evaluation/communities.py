"""Communities read as one organisation, from their files or from what is installed.

All communities are spaces of it, and the time of each is scaled to the same 400 days. One person across sites stays
one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from watercooler.config.evaluation import forums
from watercooler.config.evaluation.organisation import DAYS, Answer, Organisation, Question, Touch


def read(folders: Iterable[str | Path]) -> Organisation:
    """Read the folders of Stack Exchange dumps and Discourse forums as one organisation. Raises Broken for others."""
    questions: list[Question] = []
    for folder in map(Path, folders):
        questions += _scaled(forums.questions(folder) if forums.is_forum(folder) else _site(folder))
    return Organisation(questions)


def _site(folder: Path) -> list[Question]:
    """Return the questions of one site, with times as days since 1970."""
    from watercooler.doors.importing.stackexchange import Comment, Dump, Link, Post, Record, User, Vote

    site = folder.resolve().name
    people: dict[int, str] = {}
    asked: dict[int, Question] = {}
    answers: dict[int, tuple[int, Answer]] = {}
    accepted: set[int] = set()
    votes: dict[int, list[tuple[float, int]]] = defaultdict(list)
    accepted_days: dict[int, float] = {}
    links: list[Link] = []
    touches: list[tuple[int, Touch]] = []
    dump, wanted = Dump(folder), (User, Post, Comment, Vote, Link)
    records: Iterable[Record] = chain.from_iterable(dump.records(kind) for kind in wanted)
    for record in records:
        if isinstance(record, User):
            people[record.number] = f"account {record.account}" if record.account else f"{site} {record.number}"
        elif isinstance(record, Post) and record.kind in (1, 2):
            _keep(record, site, people, asked, answers, accepted)
        elif isinstance(record, Vote) and record.kind in (2, 3):
            votes[record.post].append((_day(record.at), 1 if record.kind == 2 else -1))
        elif isinstance(record, Vote) and record.kind == 1:
            accepted_days[record.post] = _day(record.at)
        elif isinstance(record, Vote | Comment) and record.user and record.user > 0:
            # Voters are named for favourites (5) and bounties (8) alone.
            if isinstance(record, Comment) or record.kind in (5, 8):
                touches.append((record.post, _touch(record, people.get(record.user, f"{site} {record.user}"))))
        elif isinstance(record, Link) and record.kind == 3:
            links.append(record)
    for number, (parent, answer) in answers.items():
        answer.is_accepted = number in accepted
        answer.accepted_day = accepted_days.get(number, answer.day) if answer.is_accepted else None
        answer.votes = votes[number] if votes else None
        if parent in asked:
            asked[parent].answers.append(answer)
    for link in links:
        if link.post in asked and link.other in asked and link.post != link.other:
            asked[link.post].duplicates.add(asked[link.other].id)
    for post, touch in touches:
        thread = answers[post][0] if post in answers else post
        if thread in asked:
            asked[thread].touches.append(touch)
    return list(asked.values())


def _touch(record: Any, person: str) -> Touch:
    """Return a comment with what it says, or a vote."""
    text = getattr(record, "text", "")
    return Touch(_day(record.made_at), person, escape(text), record.score) if text else Touch(_day(record.at), person)


def _keep(
    post: Any,
    site: str,
    people: dict[int, str],
    asked: dict[int, Question],
    answers: dict[int, tuple[int, Answer]],
    accepted: set[int],
) -> None:
    named = post.owner is not None and post.owner > 0
    author = people.get(post.owner, f"{site} {post.owner}") if named else ""
    number, day = f"{site} {post.number}", _day(post.made_at)
    if post.kind == 1:
        asked[post.number] = Question(number, site, day, author, post.title, post.body, post.tags)
        if post.accepted:
            accepted.add(post.accepted)
    elif post.parent:
        answers[post.number] = (post.parent, Answer(number, day, author, post.body, post.score))


def _day(at: datetime) -> float:
    return at.timestamp() / 86400


def _scaled(questions: list[Question]) -> list[Question]:
    """Return the questions of one community with their time, and that of all that followed, scaled to 400 days."""
    days = [day for q in questions for day in (q.day, *(a.day for a in q.answers))]
    if not days:
        return questions
    first, length = min(days), (max(days) - min(days)) or 1.0

    def scaled(day: float) -> float:
        return (day - first) / length * DAYS

    for question in questions:
        question.day = scaled(question.day)
        for answer in question.answers:
            answer.day = scaled(answer.day)
            answer.accepted_day = None if answer.accepted_day is None else scaled(answer.accepted_day)
            answer.votes = None if answer.votes is None else [(scaled(day), way) for day, way in answer.votes]
        question.answers.sort(key=lambda answer: answer.day)
        for touch in question.touches:
            touch.day = scaled(touch.day)
        question.touches.sort(key=lambda touch: touch.day)
    return questions


INSTALLED = """
select i.id, i.kind, i.parent_id, s.slug, i.published_at, i.author_id, i.title, i.safe_html, i.helped_count,
       array(select t.slug from content_topic t where t.id = any(i.topic_ids) order by t.slug),
       q.item_id is not null, q.solved_at
from content_item i join spaces_space s on s.id = i.space_id
left join questions_question q on q.accepted_answer_id = i.id
where i.state = 1 and i.kind in ('question', 'answer') order by i.id
"""


TOUCHED = """
select coalesce(i.root_id, i.id), i.published_at, i.author_id from content_item i
where i.state = 1 and i.kind = 'comment'
union all
select coalesce(i.root_id, i.id), h.at, h.person_id from social_helped h join content_item i on i.id = h.item_id
union all
select coalesce(i.root_id, i.id), s.at, s.person_id from social_saved s join content_item i on i.id = s.item_id
"""


def installed() -> Organisation:
    """Read what is loaded in the installation. Which ones are duplicates is not known there."""
    from watercooler.foundation.database import hot

    asked: dict[int, Question] = {}
    for row in hot.rows(INSTALLED, lambda *row: row):
        number, kind, parent, space, at, author, title, html, helped, topics, is_accepted, solved_at = row
        if kind == "question":
            asked[number] = Question(str(number), space, _day(at), str(author), title, html, tuple(topics))
        elif parent in asked:
            solved = _day(solved_at) if solved_at else None
            answer = Answer(str(number), _day(at), str(author), html, helped, is_accepted, solved)
            asked[parent].answers.append(answer)
    for thread, at, person in hot.rows(TOUCHED, lambda *row: row):
        if thread in asked:
            asked[thread].touches.append(Touch(_day(at), str(person)))
    spaces: dict[str, list[Question]] = defaultdict(list)
    for question in asked.values():
        spaces[question.space].append(question)
    return Organisation([q for questions in spaces.values() for q in _scaled(questions)])
