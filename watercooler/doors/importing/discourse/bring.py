"""Topics become questions or posts, replies become answers or comments.

A topic is a question if somebody accepted an answer to it, if its category takes solutions, or if its title ends with
a question mark. Then replies to the topic are answers, and replies to an answer are comments below it. Any other
topic is a post with a title, and all replies are comments below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from watercooler.doors.importing import again
from watercooler.doors.importing.arrival import find_owner, take_space
from watercooler.doors.importing.batches import FIRST, ahead, in_batches
from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.discourse.job import About, Job, Said, copy
from watercooler.doors.importing.discourse.look import as_now, is_small, look, tell
from watercooler.doors.importing.discourse.people import here as people_here
from watercooler.doors.importing.discourse.people import rename, system, writers
from watercooler.doors.importing.discourse.turned import turn
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Problem, Report
from watercooler.doors.importing.shelf import Shelf
from watercooler.doors.importing.texts import Text
from watercooler.foundation.base.text import clean_line, clean_text, excerpt
from watercooler.kinds.posts.kind import POST
from watercooler.kinds.questions.acts import accept_many, answer_many, ask_many, decided_here, reopen_many
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.acts import Written, known_elsewhere, make_many
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.models import LONGEST_TITLE, Item
from watercooler.spine.social.kind import COMMENT
from watercooler.spine.spaces.models import Access, Space

LINES = ("topics: questions", "topics: posts", "topics: private", "replies: answers", "replies: comments",
         "replies: others", "topics: without posts", "copies", "files", "unreadable")  # fmt: skip
BATCH = 1000
"""How many posts make a batch: of questions, posts, answers and comments it has a few hundred each."""
MOST_WAITING, MOST_CHARACTERS = 4000, 8 << 20
"""How many posts of all spaces wait together for their batches to fill, and how many characters they have."""
OBJECTIVE = "What was talked about at %s stays findable, and goes on here."


def bring(job: Job) -> Report:
    """Load a forum, or with `is_dry` only read and check it. A second time it changes nothing.

    A look at all, then everything of the topics that lie in one page. Whatever lies in several is read three times, so
    that what a reply answers is there before it: beginnings, direct replies, replies to replies.
    Raises Broken where nobody can own the spaces. Memory: one file and four batches.
    """
    job.report.expect(*LINES)
    pace = Pace(2 * job.forum.size(), job.say)
    look(job, lambda count: pace(count, 0))
    is_split = any(about.pages > 1 for about in job.topics.values())
    pace.total *= 2 if is_split else 1
    for belongs in (_is_beginning, _is_direct, _is_nested) if is_split else (_is_beginning,):
        turned = partial(_with_texts, job)
        with closing(ahead(map(turned, _by_space(job, belongs, pace)))) as batches:
            for space_name, said in batches:
                _keep_all(job, space_name, said)
    tell(job)
    return job.report


def _with_texts(job: Job, batch: tuple[str, list[Said]]) -> tuple[str, list[Said]]:
    if job.is_dry:
        return batch
    space_name, said = batch
    made = turn(job.share, job.source, [(each.post.cooked, each.post.raw) for each in said])
    return space_name, [replace(each, text=text) for each, text in zip(said, made, strict=True)]


def _by_space(job: Job, belongs: Callable[[Said], bool], pace: Pace) -> Iterator[tuple[str, list[Said]]]:
    """Yield (space's name, posts) in batches that go into one space, small ones at first. Whole pages stay together."""
    waiting: dict[str, list[Said]] = {}
    met: Shelf[str, int] = Shelf()
    count, characters, enough = 0, 0, FIRST
    for topic in job.forum.topics(lambda _problem: None, lambda count: pace(count, 0)):
        about = job.about(topic.id)
        if about is None or about.is_left_out:
            continue
        name = _space_name(job, about)
        topic = replace(topic, title=topic.title or about.title, tags=topic.tags or about.tags)
        for post in topic.posts:
            if is_small(post) or not _is_newest(job, met, topic.id, post.number):
                continue
            said = Said(topic, as_now(job, post), about)
            if not belongs(said):
                continue
            pace(0, 1)
            waiting.setdefault(name, []).append(said)
            count, characters = count + 1, characters + len(post.cooked) + len(post.raw)
        if len(waiting.get(name, ())) >= enough or count >= MOST_WAITING or characters > MOST_CHARACTERS:
            fullest = max(waiting, key=lambda each: len(waiting[each]))
            batch = waiting.pop(fullest)
            count -= len(batch)
            characters = sum(len(said.post.cooked) + len(said.post.raw) for each in waiting.values() for said in each)
            enough = min(2 * enough, BATCH)
            yield fullest, batch
    yield from waiting.items()


def _is_newest(job: Job, met: Shelf[str, int], topic_id: int, number: int) -> bool:
    """Say whether the next post of this number is the copy that counts. met: how many of each were met before."""
    if not job.copies or (newest := job.copies.get(key := copy(topic_id, number))) is None:
        return True
    before = met.get(key, 0)
    met.put(key, before + 1)
    return before == newest


def _is_beginning(said: Said) -> bool:
    """Say whether a post can be written at once: what begins a topic, and all of a topic that lies in one page."""
    return said.post.number == 1 or said.about.pages == 1


def _is_direct(said: Said) -> bool:
    return not _is_beginning(said) and _answers_topic(said)


def _is_nested(said: Said) -> bool:
    return not _is_beginning(said) and not _answers_topic(said)


def _answers_topic(said: Said) -> bool:
    """Say whether a post is answered to the topic itself: all replies are, where the topic is a post."""
    return not said.about.is_question or (said.post.reply_to or 1) == 1


def _space_name(job: Job, topic: About) -> str:
    category = job.categories.get(topic.category_id or 0)
    return job.space_name or clean_line(category.name if category else job.source)[:80]


def _space(job: Job, name: str) -> Space:
    """Return the space of this name, opened if need be; a category that not everybody could read opens closed."""
    if name not in job.spaces:
        person = find_owner(job.owner) or system(job.source)
        category = next((each for each in job.categories.values() if clean_line(each.name)[:80] == name), None)
        source = job.source if job.space_name or category is None else f"{job.source}/c/{category.id}"
        objective = excerpt(category.about, 600) if category and category.about else OBJECTIVE % job.source
        access = Access.CLOSED if category and category.is_closed and not job.space_name else Access.OPEN
        job.spaces[name] = take_space(source, name, person, objective, access)
    return job.spaces[name]


def _key(said: Said) -> str:
    return f"topic/{said.topic.id}/{said.post.number}"


def _keep_all(job: Job, space_name: str, batch: Sequence[Said]) -> None:
    replies = [said for said in batch if said.post.number > 1]
    _begin(job, space_name, [said for said in batch if said.post.number == 1])
    _reply(job, space_name, [said for said in replies if _answers_topic(said)])
    _reply_to_reply(job, space_name, [said for said in replies if not _answers_topic(said)])


def _begin(job: Job, space_name: str, batch: Sequence[Said]) -> None:
    questions = [said for said in batch if said.about.is_question]
    others = [said for said in batch if not said.about.is_question]
    _keep(job, space_name, "topics: questions", questions, ask_many)
    _keep(job, space_name, "topics: posts", others, lambda space, written: make_many(POST, space, written))


def _reply(job: Job, space_name: str, batch: Sequence[Said]) -> None:
    answers = [said for said in batch if said.about.is_question]
    comments = [said for said in batch if not said.about.is_question]
    _keep(job, space_name, "replies: answers", answers, answer_many, lambda said: 1)
    _keep(job, space_name, "replies: comments", comments, _comment_many, lambda said: 1)
    accepted = [said for said in answers if said.post.is_accepted or said.about.answered == said.post.number]
    _accept(job, space_name, accepted)


def _reply_to_reply(job: Job, space_name: str, batch: Sequence[Said]) -> None:
    _keep(job, space_name, "replies: comments", batch, _comment_many, _answered)


def _answered(said: Said) -> int:
    """Return the number of the answer that a chain of replies began with, as far as its page shows the chain."""
    replies = {post.number: post.reply_to for post in said.topic.posts}
    number, seen = said.post.reply_to or 1, {said.post.number}
    while (further := replies.get(number)) and further > 1 and further not in seen:
        seen.add(number)
        number = further
    return number


def _comment_many(space: Space, written: Sequence[Written]) -> list[int]:
    return make_many(COMMENT, space, written)


def _keep(
    job: Job,
    space_name: str,
    label: str,
    batch: Sequence[Said],
    make: Callable[[Space, Sequence[Written]], list[int]],
    parent: Callable[[Said], int] | None = None,
) -> None:
    """Make items of posts that are not here yet. parent: the number of the post they stand below."""
    report = job.report
    report.found(label, len(batch))
    whole = [said for said in batch if _is_whole(job, said, label)]
    first = {_key(said): said for said in reversed(whole)}
    here = known(job.source, list(first), "item")
    old = [said for key, said in first.items() if key in here]
    if job.is_dry:
        report.known(label, len(old))
    else:
        in_batches(old, lambda some: _bring_up_to_date(job, label, space_name, some, here))
    report.left_out(label, "with a number that was there before", len(whole) - len(first))
    new = [first[key] for key in sorted(first, key=lambda key: first[key].post.made_at) if key not in here]
    if not new or job.is_dry:
        report.loaded(label, len(new))
        return

    def write(some: tuple[Said, ...]) -> None:
        parents = _parents(job, some, parent)
        placed = [said for said in some if parent is None or _key(said) in parents]
        report.left_out(label, "whose beginning is not in the folder", len(some) - len(placed))
        if not placed:
            return
        space = _space(job, space_name)
        people = writers(job.source, [said.post for said in placed], space)
        written = [each for each in _written(job, placed, people, parents) if _says_something(each[1])]
        report.left_out(label, "with nothing in them that can be read", len(placed) - len(written))
        ids = make(space, [text for _said, text in written])
        pairs = [(_key(said), item_id) for (said, _text), item_id in zip(written, ids, strict=True)]
        posts = [(f"post/{said.post.id}", item_id) for (said, _text), item_id in zip(written, ids, strict=True)]
        before = known(job.source, [name for name, _id in posts], "item")
        remember(job.source, "item", [*pairs, *((n, i) for n, i in dict(posts).items() if n not in before)])
        report.loaded(label, len(ids))

    in_batches(new, write)


def _bring_up_to_date(job: Job, label: str, space_name: str, batch: Sequence[Said], here: Mapping[str, int]) -> None:
    """Write what the forum says differently now of posts that an earlier run brought here."""
    posts, space = [said.post for said in batch], _space(job, space_name)
    people = people_here(job.source, posts)
    batch = [said for said in batch if said.post.username.lower() in people]
    written = _written(job, batch, people, {})
    later = [(here[_key(said)], text) for said, text in written if _says_something(text)]
    became = again.Later(space, later).bring()
    became |= dict.fromkeys((here[_key(said)] for said in batch if here[_key(said)] not in became), again.Became.SAME)
    again.tell(job.report, label, became.values())
    job.report.known(label, len(posts) - len(batch))
    job.renamed += rename(job.source, posts, by=space.owner_id, newest=job.newest_person)


def _is_whole(job: Job, said: Said, label: str) -> bool:
    post, why = said.post, ""
    if not (post.username or post.user_id is None):
        why = "a post needs somebody who wrote it."
    elif not (post.cooked.strip() or post.raw.strip()):
        why = "a post needs a text."
    elif max(len(post.cooked), len(post.raw)) > LONGEST_TEXT:
        why = f"the text is longer than {LONGEST_TEXT:,} characters."
    elif post.number == 1 and not clean_line(said.topic.title):
        why = "a topic needs a title."
    if why:
        job.report.left_out(label, "broken in the file")
        job.report.problem(Problem(f"topic {said.topic.id}", 0, post.where, why))
    return not why


def _parents(job: Job, some: Sequence[Said], parent: Callable[[Said], int] | None) -> dict[str, int]:
    """Return key → the item a post stands below: what it replies to, else the topic, never a comment."""
    if parent is None:
        return {}
    wanted = {_key(said): (f"topic/{said.topic.id}/{parent(said)}", f"topic/{said.topic.id}/1") for said in some}
    here = known(job.source, list({name for both in wanted.values() for name in both}), "item")
    below = dict(Item.objects.filter(pk__in=here.values(), kind="comment").values_list("pk", "parent_id"))
    found = {key: here.get(direct) or here.get(top) for key, (direct, top) in wanted.items()}
    return {key: below.get(item_id) or item_id for key, item_id in found.items() if item_id}


def _says_something(text: Written) -> bool:
    return bool(text.source)


def _written(
    job: Job, placed: Sequence[Said], people: dict[str, int], parents: dict[str, int]
) -> list[tuple[Said, Written]]:
    topics = known_elsewhere({tag for said in placed if said.post.number == 1 for tag in said.topic.tags})

    def written(said: Said) -> Written:
        post, is_top = said.post, said.post.number == 1
        text = said.text or Text()
        title = excerpt(clean_line(said.topic.title), LONGEST_TITLE) if is_top else ""
        return Written(
            author_id=people[post.username.lower()],
            at=post.made_at,
            title=title,
            source=clean_text(text.source[:LONGEST_TEXT]) or title,
            html=text.html,
            shown=text.shown,
            parent_id=parents.get(_key(said)),
            topics=tuple(dict.fromkeys(topics[tag].pk for tag in said.topic.tags))[:8] if is_top else (),
            edited_at=post.edited_at,
            helped=post.likes,
        )

    return [(said, written(said)) for said in placed]


def _accept(job: Job, space_name: str, accepted: Sequence[Said]) -> None:
    if not accepted or job.is_dry:
        return
    names = [name for said in accepted for name in (_key(said), f"topic/{said.topic.id}/1")]
    here = known(job.source, names, "item")
    pairs: list[tuple[int, int, datetime]] = [
        (here[f"topic/{said.topic.id}/1"], here[_key(said)], said.post.made_at)
        for said in accepted
        if _key(said) in here and f"topic/{said.topic.id}/1" in here
    ]
    space, ours = _space(job, space_name), decided_here([question for question, _answer, _at in pairs])
    pairs = [pair for pair in pairs if pair[0] not in ours]
    wanted = {question: answer for question, answer, _at in pairs}
    solved = Question.objects.filter(pk__in=wanted, accepted_answer__isnull=False)
    other = [q for q, answer in solved.values_list("pk", "accepted_answer_id") if answer != wanted[q]]
    with transaction.atomic():
        reopen_many(space, other, timezone.now())
        accept_many(space, pairs)
