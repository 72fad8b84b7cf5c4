"""Posts become questions and answers, whole: with topics, versions, helped and permanent numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from watercooler.doors.importing import again
from watercooler.doors.importing.batches import SIZE, in_batches, in_batches_ahead
from watercooler.doors.importing.counterparts import remember
from watercooler.doors.importing.report import Problem
from watercooler.doors.importing.stackexchange import staged
from watercooler.doors.importing.stackexchange.job import CHOSEN, HERE_TWICE, Job, once, run
from watercooler.doors.importing.stackexchange.people import Named, authors
from watercooler.doors.importing.stackexchange.records import Post
from watercooler.doors.importing.stackexchange.rows import Turn
from watercooler.doors.importing.stackexchange.tags import Descriptions
from watercooler.doors.importing.stackexchange.texts import of_posts
from watercooler.doors.importing.texts import Addresses, Text, markdown_of, without_pictures
from watercooler.foundation.base.text import clean_line, clean_text, excerpt
from watercooler.kinds.questions.acts import accept_many, answer_many, ask_many, decided_here, reopen_many
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.acts import Earlier, Written, copy_rows, known_elsewhere
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.models import LONGEST_TITLE

QUESTION, ANSWER = 1, 2
DESCRIBING = (4, 5)
"""Kinds of post that say what a tag means."""
_ANSWER = re.compile(rb"""ost[Tt]ype[Ii]d\s*=\s*["']\s*2""")
# As the real files begin an answer. Elsewhere in a row the same might stand within a text.
_SURE = re.compile(rb"""row\s+Id\s*=\s*["']-?[0-9]+["']\s+PostTypeId\s*=\s*["']\s*2\s*["']""")
FIRST, SECOND = Turn(_SURE, _ANSWER), Turn(_SURE, _ANSWER, is_second=True)
"""The two readings of the posts: whatever is no answer, then the answers. Some lie before their question."""
BATCH = 500
"""How many posts one transaction takes. With fewer than of other records, the projections begin sooner."""
LABELS = {QUESTION: "posts: questions", ANSWER: "posts: answers"}
OTHERS = {
    3: "of a wiki kind that is no longer used",
    6: "nominations in an election of moderators",
    7: "placeholders without a text of their own",
    8: "privilege wikis, which describe the old site",
}

NOT_ACCEPTED = {"missing": "whose question or answer is not here", "other": "that answer another question"}


def bring_questions(job: Job, descriptions: Descriptions) -> None:
    """Make the questions, and take tag descriptions on the way. Answers come second: some lie before their question."""

    def keep(batch: Sequence[tuple[Post, Text]]) -> None:
        for post, _text in batch:
            if post.kind != QUESTION:
                descriptions.take(post)
        _keep(job, [(post, text) for post, text in batch if post.kind == QUESTION], QUESTION)

    in_batches_ahead(_questions(job), lambda batch: _with_texts(job, batch), keep, BATCH, _length)


def bring_answers(job: Job) -> None:
    """Make the answers, below the questions that are here."""
    answers = (post for post in job.records(Post, SECOND) if post.kind == ANSWER)

    def keep(batch: Sequence[tuple[Post, Text]]) -> None:
        _keep(job, batch, ANSWER)

    in_batches_ahead(answers, lambda batch: _with_texts(job, batch), keep, BATCH, _length)


def _length(post: Post) -> int:
    return len(post.body)


def _with_texts(job: Job, posts: Sequence[Post]) -> list[tuple[Post, Text]]:
    return of_posts(job.share, job.site, posts, has_source=job.dump.has("PostHistory"))


def _questions(job: Job) -> Iterator[Post]:
    """Yield questions, and what describes tags; report the rest, but for the answers."""
    for post in job.records(Post, FIRST):
        if post.kind in (QUESTION, *DESCRIBING):
            yield post
        elif post.kind != ANSWER:
            report_other(job, post)


def report_other(job: Job, post: Post) -> None:
    """Report a post of a kind that has no place here, and why."""
    job.report.found("posts: other kinds")
    job.report.left_out("posts: other kinds", OTHERS.get(post.kind, f"of the unknown kind {post.kind}"))


def _keep(job: Job, batch: Sequence[tuple[Post, Text]], kind: int) -> None:
    label = LABELS[kind]
    job.report.found(label, len(batch))
    posts, twice = once([post for post, _text in batch], lambda post: post.number)
    texts = {post.number: text for post, text in reversed(batch)}
    here = job.items([post.number for post in posts])
    just_now = sum(1 for item_id in here.values() if item_id > job.newest_before)
    job.report.left_out(label, HERE_TWICE, twice + just_now)
    old = [post for post in posts if here.get(post.number, job.newest_before + 1) <= job.newest_before]
    _bring_up_to_date(job, old, here, texts, label)
    if kind == QUESTION:
        rows = ((post.number, post.accepted) for post in posts if post.accepted)
        copy_rows("import_accepted", ("question", "answer"), rows)
    new = [post for post in posts if post.number not in here and is_whole(job, post, label)]
    parents = job.items([post.parent for post in new if post.parent]) if kind == ANSWER else {}
    placed = [post for post in new if kind == QUESTION or post.parent in parents]
    job.report.left_out(label, "whose question is not in the file", len(new) - len(placed))
    written = _written(job, placed, parents, texts)
    make: Callable[..., list[int]] = ask_many if kind == QUESTION else answer_many
    ids = make(job.space, written)
    remember(job.site, "item", ((f"post/{p.number}", item_id) for p, item_id in zip(placed, ids, strict=True)))
    job.report.loaded(label, len(ids))


def _bring_up_to_date(
    job: Job, known: Sequence[Post], here: Mapping[int, int], texts: Mapping[int, Text], label: str
) -> None:
    """Write what a later dump says differently of posts that an earlier run brought here."""
    whole = [post for post in known if is_whole(job, post, label)]
    if not whole:
        return
    written = list(zip((here[post.number] for post in whole), _written(job, whole, {}, texts), strict=True))
    became = again.Later(job.space, written).bring()
    withdrawn = {here[post.number] for post in whole if post.kind == QUESTION and not post.accepted}
    for question in reopened(job, withdrawn - decided_here(withdrawn)):
        became[question] = again.Became.CHANGED
    again.tell(job.report, label, became.values())


def reopened(job: Job, questions: Collection[int]) -> list[int]:
    """Open again those of these questions that are solved, and return them."""
    solved = list(Question.objects.filter(pk__in=questions, accepted_answer__isnull=False).values_list("pk", flat=True))
    if solved:
        reopen_many(job.space, solved, timezone.now())
    return solved


def is_whole(job: Job, post: Post, label: str) -> bool:
    """Say whether a post has what it needs here; if not, report the field that is wrong."""
    field, why = "", ""
    if post.kind == QUESTION and not clean_line(post.title):
        field, why = "Title", "a question needs a title."
    elif post.kind == ANSWER and not clean_text(post.body):
        field, why = "Body", "an answer needs a text."
    elif post.kind == ANSWER and post.parent is None:
        field, why = "ParentId", "an answer needs its question."
    elif len(post.body) > LONGEST_TEXT:
        field, why = "Body", f"the text is longer than {LONGEST_TEXT:,} characters."
    if why:
        job.report.left_out(label, "broken in the file")
        job.report.problem(Problem(job.dump.files["Posts"].name, post.line, field, why))
    return not why


def _written(job: Job, posts: Sequence[Post], parents: Mapping[int, int], texts: Mapping[int, Text]) -> list[Written]:
    numbers = [post.number for post in posts]
    history, votes = staged.versions(numbers), staged.helped(numbers)
    has_votes = job.dump.has("Votes")
    people = authors(job, _who(posts, history))
    topics = known_elsewhere({tag for post in posts for tag in post.tags})
    addresses = Addresses(job.site)

    def written(post: Post) -> Written:
        past, text = history.get(post.number, []), texts[post.number]
        said = without_pictures(addresses(past[-1].body)) if past and past[-1].body.strip() else ""
        source = said or text.source or markdown_of(text.html)
        return Written(
            author_id=people[post.owner, post.owner_name if post.owner is None else ""],
            at=post.made_at,
            title=excerpt(clean_line(post.title), LONGEST_TITLE) if post.kind == QUESTION else "",
            source=clean_text(source[:LONGEST_TEXT]) or post.body,
            html=text.html,
            shown=text.shown,
            parent_id=parents.get(post.parent or 0),
            topics=tuple(dict.fromkeys(topics[tag].pk for tag in post.tags))[:8],
            earlier=tuple(_earlier(past, people)),
            edited_at=post.edited_at,
            helped=votes.get(post.number, 0) if has_votes else max(post.score, 0),
        )

    return [written(post) for post in posts]


def _who(posts: Sequence[Post], history: Mapping[int, list[staged.Version]]) -> dict[Named, datetime]:
    """Return everybody who wrote or changed these posts → the first time they did."""
    who: dict[Named, datetime] = {}
    for post in posts:
        owner = (post.owner, post.owner_name if post.owner is None else "")
        who[owner] = min(who.get(owner, post.made_at), post.made_at)
        for version in history.get(post.number, [])[1:]:
            by = _editor(version)
            who[by] = min(who.get(by, version.at), version.at)
    return who


def _editor(version: staged.Version) -> Named:
    number, name = version.by
    return (number, "" if number is not None else name)


def _earlier(past: Sequence[staged.Version], people: Mapping[Named, int]) -> Iterator[Earlier]:
    for was, then in pairwise(past):
        source = without_pictures(was.body)[:LONGEST_TEXT]
        yield Earlier(clean_line(was.title), source, people[_editor(then)], then.at, clean_line(then.note))


_CHOSEN = """
select a.question, q.item_id, n.item_id, i.published_at,
       (select min(v.at) from import_vote v where v.post = a.answer and v.kind = 1)
from import_accepted a
left join importing_counterpart q on q.source = %(site)s and q.name = 'post/' || a.question
left join importing_counterpart n on n.source = %(site)s and n.name = 'post/' || a.answer
left join content_item i on i.id = n.item_id
where a.question > %(after)s order by a.question limit %(limit)s
"""


def bring_accepted(job: Job) -> None:
    """Mark the answers that askers accepted, at the time of their vote or else of the answer."""
    run("create index on import_accepted (question)")
    in_batches(_chosen(job), lambda batch: _accept(job, batch))


type Chosen = tuple[int, int | None, int | None, datetime | None, datetime | None]


def _chosen(job: Job) -> Iterator[Chosen]:
    after = -1
    while rows := run(_CHOSEN, site=job.site, after=after, limit=SIZE):
        yield from rows
        after = rows[-1][0]


def _accept(job: Job, batch: Sequence[Chosen]) -> None:
    """Mark what askers accepted, in the place of what they had accepted in an earlier dump."""
    label, report = CHOSEN, job.report
    pairs = [(q, a, voted or at) for _n, q, a, at, voted in batch if q and a and (voted or at)]
    report.found(label, len(batch))
    report.left_out(label, NOT_ACCEPTED["missing"], len(batch) - len(pairs))
    ours = decided_here([question for question, _answer, _at in pairs])
    before = _accepted([question for question, _answer, _at in pairs])
    other = reopened(job, [q for q, a, _at in pairs if q not in ours and before.get(q, a) != a])
    accept_many(job.space, [pair for pair in pairs if pair[0] not in ours])  # type: ignore[misc]
    now = _accepted([question for question, _answer, _at in pairs])
    for question, answer, _at in pairs:
        if now.get(question) == answer:
            count = report.known if before.get(question) == answer else report.loaded
            (report.updated if question in other else count)(label)
        else:
            why = again.CHANGED_HERE if question in ours else NOT_ACCEPTED["other"]
            report.left_out(label, why)


def _accepted(questions: Collection[int]) -> dict[int, int | None]:
    solved = Question.objects.filter(pk__in=questions, accepted_answer__isnull=False)
    return dict(solved.values_list("pk", "accepted_answer_id"))
