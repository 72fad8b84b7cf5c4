"""The look at a whole forum before anything is written: what is left out, what is there twice, who has which name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from watercooler.doors.importing.discourse.forum import Post, Topic
from watercooler.doors.importing.discourse.job import About, Job, copy
from watercooler.doors.importing.discourse.people import account
from watercooler.doors.importing.report import Problem
from watercooler.doors.importing.shelf import Shelf

SMALL = {3: "notes of the system, such as “closed this topic”", 4: "whispers among moderators"}
FURTHEST = 20_000
"""Up to which number copies of a post are noticed: what is kept of a topic has a bit for each. Forums close topics at
ten thousand.
"""


def look(job: Job, pace: Callable[[int], None]) -> None:
    """Look at everything once, and again at what is there twice."""

    def told(problem: Problem) -> None:
        job.report.broken("files", problem)

    def others(what: str) -> None:
        job.report.found("files")
        job.report.left_out("files", what)

    for topic in job.forum.topics(told, pace, others, job.categories):
        _look(job, topic)
    if job.copies:
        _compare(job)


def is_small(post: Post) -> str:
    """Return why a post is none that people wrote to be read; "" for one that is."""
    return SMALL.get(post.kind) or ("deleted or hidden there" if post.is_gone else "")


def _look(job: Job, topic: Topic) -> None:
    """Report what is left out of a topic, and remember what its other files need to know."""
    for problem in topic.unreadable:
        job.report.broken("unreadable", problem)
    about = job.topics.at(topic.id, About())
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
            job.copies.put(copy(topic_id, post.number), 0)
    else:
        about.seen += 1
    about.numbers |= bit
    who = account(post)
    if post.name and ((known := job.names.get(who)) is None or known[0] < post.made_at):
        job.names.put(who, (post.made_at, post.name))


def _compare(job: Job) -> None:
    """Find out which copy of a post is the newest: the last edited, then the one most liked, then the first."""
    best: Shelf[str, tuple[int, float, int]] = Shelf()
    others = 0
    for topic in job.forum.topics(lambda _problem: None):
        about = job.topics.get(topic.id)
        if about is None or about.is_left_out:
            continue
        for post in topic.posts:
            key = copy(topic.id, post.number)
            if key not in job.copies or is_small(post):
                continue
            worth = (post.edited_at or post.made_at).timestamp(), post.likes
            met, at, likes = best.get(key, (0, 0.0, 0))
            if worth > (at, likes):
                job.copies.put(key, met)
            best.put(key, (met + 1, *max(worth, (at, likes))))
            others += met > 0
    job.report.found("copies", others)
    job.report.left_out("copies", "of posts that are there twice; the newest counts", others)


def as_now(job: Job, post: Post) -> Post:
    """Return a post with the name that its author had last."""
    known = job.names.get(account(post))
    name = known[1] if known else post.name
    return post if name == post.name else replace(post, name=name)


def tell(job: Job) -> None:
    """Say what the folder lacks, and who has another name."""
    bare, short, missing = 0, 0, 0
    for about in job.topics.values():
        bare += not about.seen and not about.is_left_out
        if about.count > about.seen > 0:
            short, missing = short + 1, missing + about.count - about.seen
    job.report.found("topics: without posts", bare)
    job.report.left_out("topics: without posts", "only named in a list or by what is broken", bare)
    if short:
        job.report.notes.append(
            f"{short:,} topics have {missing:,} posts more than the folder: "
            "their further pages (/t/<id>.json?page=2) are not in it."
        )
    if job.renamed:
        job.report.notes.append(f"{job.renamed:,} people have another name now.")


def _is_question(topic: Topic) -> bool:
    is_solved = topic.answered is not None or any(post.is_accepted for post in topic.posts)
    return is_solved or topic.title.rstrip().endswith(("?", "？", "؟"))
