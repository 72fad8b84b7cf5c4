"""The look at a whole forum before anything is written: what is left out, what is there twice, who has which name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from watercooler.doors.importing.discourse.forum import Post, Topic
from watercooler.doors.importing.discourse.job import About, Job
from watercooler.doors.importing.discourse.people import account
from watercooler.doors.importing.report import Problem

SMALL = {3: "notes of the system, such as “closed this topic”", 4: "whispers among moderators"}
FURTHEST = 20_000
"""Up to which number copies of a post are noticed: what is kept of a topic has a bit for each. Forums close topics at
ten thousand.
"""


def look(job: Job, pace: Callable[[int], None]) -> None:
    """Look at everything once, and again at what is there twice. Memory: a topic's title and some numbers."""

    def told(problem: Problem) -> None:
        job.report.broken("files", problem)

    def others(what: str) -> None:
        job.report.found("files")
        job.report.left_out("files", what)

    for topic in job.forum.topics(told, pace, others, job.categories):
        _look(job, topic)
    for about in job.topics.values():
        category = job.categories.get(about.category_id or 0)
        about.is_question |= bool(category and category.takes_solutions)
    if job.copies:
        _compare(job)


def is_small(post: Post) -> str:
    """Return why a post is none that people wrote to be read; "" for one that is."""
    return SMALL.get(post.kind) or ("deleted or hidden there" if post.is_gone else "")


def _look(job: Job, topic: Topic) -> None:
    """Report what is left out of a topic, and remember what its other files need to know."""
    for problem in topic.unreadable:
        job.report.broken("unreadable", problem)
    about = job.topics.setdefault(topic.id, About())
    about.title, about.tags = about.title or topic.title, about.tags or topic.tags
    about.is_left_out |= topic.is_private or topic.is_gone
    if about.is_left_out:
        kind = "topics: private" if topic.is_private else "replies: others"
        job.report.found(kind, len(topic.posts))
        why = "posts of private messages" if topic.is_private else "of topics deleted there"
        job.report.left_out(kind, why, len(topic.posts))
        return
    about.count = max(about.count, topic.count)
    about.category_id = about.category_id or topic.category_id
    about.answered = about.answered or topic.answered
    about.pages += bool(topic.posts)
    about.is_question |= _is_question(topic)
    for post in topic.posts:
        if why := is_small(post):
            job.report.found("replies: others")
            job.report.left_out("replies: others", why)
        _note(job, about, topic.id, post)


def _note(job: Job, about: About, topic_id: int, post: Post) -> None:
    """Remember that a post was seen, and the name that its author had last."""
    bit = 1 << post.number if post.number < FURTHEST else 0
    if about.numbers & bit:
        if not is_small(post):
            job.copies[topic_id, post.number] = 0
    else:
        about.seen += 1
    about.numbers |= bit
    who = account(post)
    if post.name and (who not in job.names or job.names[who][0] < post.made_at):
        job.names[who] = post.made_at, post.name


def _compare(job: Job) -> None:
    """Find out which copy of a post is the newest: the last edited, then the one most liked, then the first."""
    met: Counter[tuple[int, int]] = Counter()
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for topic in job.forum.topics(lambda _problem: None):
        if job.topics[topic.id].is_left_out:
            continue
        for post in topic.posts:
            key = topic.id, post.number
            if key not in job.copies or is_small(post):
                continue
            worth = (post.edited_at or post.made_at).timestamp(), post.likes
            if key not in best or worth > best[key]:
                best[key], job.copies[key] = worth, met[key]
            met[key] += 1
    job.report.found("copies", met.total() - len(met))
    job.report.left_out("copies", "of posts that are there twice; the newest counts", met.total() - len(met))


def as_now(job: Job, post: Post) -> Post:
    """Return a post with the name that its author had last."""
    name = job.names.get(account(post), (None, post.name))[1]
    return post if name == post.name else replace(post, name=name)


def tell(job: Job) -> None:
    """Say what the folder lacks, and who has another name."""
    bare = sum(1 for about in job.topics.values() if not about.seen and not about.is_left_out)
    job.report.found("topics: without posts", bare)
    job.report.left_out("topics: without posts", "only named in a list or by what is broken", bare)
    short = [about.count - about.seen for about in job.topics.values() if about.count > about.seen > 0]
    if short:
        job.report.notes.append(
            f"{len(short):,} topics have {sum(short):,} posts more than the folder: "
            "their further pages (/t/<id>.json?page=2) are not in it."
        )
    if job.renamed:
        job.report.notes.append(f"{job.renamed:,} people have another name now.")


def _is_question(topic: Topic) -> bool:
    is_solved = topic.answered is not None or any(post.is_accepted for post in topic.posts)
    return is_solved or topic.title.rstrip().endswith(("?", "？", "؟"))
