"""A dry run: reads and checks every record, and says what would be loaded. Nothing lasting is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import batched

from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Report
from watercooler.doors.importing.stackexchange import posts, rest, staged
from watercooler.doors.importing.stackexchange.dump import Dump
from watercooler.doors.importing.stackexchange.job import CHOSEN, HERE_TWICE, LINES, Job, run
from watercooler.doors.importing.stackexchange.records import Badge, Comment, Link, Post, Tag, User
from watercooler.doors.importing.stackexchange.staged import FAVOURITE, VOTES
from watercooler.spine.content.acts import copy_rows
from watercooler.spine.spaces.models import Space

USERS, QUESTIONS, ANSWERS, COMMENTS, LINKS, BADGES, EDITS, WIKIS, NAMED, ACCEPTED = range(1, 11)
VOTE = 20
"""A kind of vote has this much more as its label."""
LABELS = {
    USERS: "users",
    QUESTIONS: "posts: questions",
    ANSWERS: "posts: answers",
    COMMENTS: "comments",
    LINKS: "post links",
    BADGES: "badges",
    EDITS: "edit history: versions of a text",
    **{VOTE + kind: label for kind, label in VOTES.items()},
}
MISSING = {
    ANSWERS: "whose question is not in the file",
    LINKS: "to posts that are not here",
    BADGES: "of users who are not in the file",
}
SEEN = ("label", "number", "refers", "also")
_TABLE = """
drop table if exists pg_temp.import_seen, pg_temp.import_post;
create temp table import_seen (label smallint, number bigint, refers bigint, also bigint);
"""
# A table with statistics: planned as a part of the next statement it was read again for each of millions of rows. And
# made distinct once: what comes out of a hash table in its order fills the next one from one end, which for six million
# posts took more than six minutes where it takes six seconds.
_POSTS = f"""
create temp table import_post as
select distinct number from (
    select number from import_seen where label = {QUESTIONS}
    union all
    select a.number from import_seen a join import_seen q on q.label = {QUESTIONS} and q.number = a.refers
    where a.label = {ANSWERS}) x;
analyze import_post
"""
# Votes and edits are known where their post is; the others have a counterpart of their own.
_BECAME = f"""
with numbered as (
    select s.*, row_number() over (partition by label, number) as time from import_seen s
    where label not in ({WIKIS}, {NAMED}, {ACCEPTED})
)
select s.label, case when s.time > 1 then 'twice' when c.id is not null then 'known'
    when s.label = {BADGES} and not exists (select from import_seen u where u.label = {USERS} and u.number = s.refers)
        then 'missing'
    when s.label <> {BADGES} and (s.refers is not null and p.number is null or s.also is not null and o.number is null)
        then 'missing' else 'loaded' end, count(*)
from numbered s
left join import_post p on p.number = s.refers
left join import_post o on o.number = s.also
left join importing_counterpart c on c.source = %(site)s and c.name = case
    when s.label = {USERS} then 'user/' || s.number when s.label = {COMMENTS} then 'comment/' || s.number
    when s.label in ({QUESTIONS}, {ANSWERS}) then 'post/' || s.number
    when s.label = {EDITS} or s.label > {VOTE} then 'post/' || s.refers end
group by 1, 2
"""
_DESCRIBED = f"""
select exists (select from import_seen n where n.label = {NAMED} and n.number = w.number), count(*)
from import_seen w where label = {WIKIS} group by 1
"""
# What was accepted before, whatever it was, counts as here: a dry run does not say what would be brought up to date.
_CHOSEN = f"""
select case when p.number is null or o.number is null then 'missing' when a.number is null then 'other'
    when k.accepted_answer_id is not null then 'known' else 'loaded' end, count(*)
from (select distinct on (number) number, refers from import_seen where label = {ACCEPTED} order by number) s
left join import_post p on p.number = s.number
left join import_post o on o.number = s.refers
left join (select distinct number, refers from import_seen where label = {ANSWERS}) a
    on a.number = s.refers and a.refers = s.number
left join importing_counterpart c on c.source = %(site)s and c.name = 'post/' || s.number
left join questions_question k on k.item_id = c.item_id
group by 1
"""


def check(dump: Dump, report: Report, say: Callable[[str], None] = lambda _words: None) -> Report:
    """Read and check a dump as `bring` does, and report what it would load. Writes one temporary table."""
    report.expect(*LINES, derived=(CHOSEN,))
    job = Job(dump, Space(), report, Pace(dump.size(), say))
    run(_TABLE)
    for some in batched(job.records(Tag), 1000):
        _tags(job, some)
        copy_rows("import_seen", SEEN, _described(some))
    copy_rows("import_seen", SEEN, _seen(job))
    run("analyze import_seen")
    run(_POSTS)
    for label, became, count in run(_BECAME, site=job.site):
        _report(job, label, became, count)
    for became, count in run(_CHOSEN, site=job.site):
        job.report.found(CHOSEN, count)
        _count(job, CHOSEN, became, count, posts.NOT_ACCEPTED)
    for is_named, count in run(_DESCRIBED):
        job.report.found("posts: tag descriptions", count)
        if is_named:
            job.report.loaded("posts: tag descriptions", count)
        else:
            job.report.left_out("posts: tag descriptions", "of tags that the file does not name", count)
    return report


def _tags(job: Job, tags: Sequence[Tag]) -> None:
    sql = "select count(*) from content_topic where name = any(%(names)s)"
    here = run(sql, names=[tag.name[:60] for tag in tags])[0][0]
    job.report.found("tags", len(tags))
    job.report.known("tags", here)
    job.report.loaded("tags", len(tags) - here)


type Seen = tuple[int, int, int | None, int | None]


def _described(tags: Sequence[Tag]) -> Iterator[Seen]:
    for tag in tags:
        yield from ((NAMED, number, None, None) for number in (tag.excerpt, tag.wiki) if number)


def _seen(job: Job) -> Iterator[Seen]:
    for user in job.records(User):
        job.report.found("users")
        yield USERS, user.number, None, None
    yield from _posts(job)
    for comment in job.records(Comment):
        job.report.found("comments")
        if rest.is_whole(job, comment):
            yield COMMENTS, comment.number, comment.post, None
    for number, post, kind, _at, person in staged.votes(job):
        if kind == FAVOURITE and person is None:
            job.report.left_out(VOTES[kind], "whose owner is withheld")
        else:
            yield VOTE + kind, number, post, None
    yield from _others(job)


def _posts(job: Job) -> Iterator[Seen]:
    for post in job.records(Post):
        if post.kind in posts.LABELS:
            label = posts.LABELS[post.kind]
            job.report.found(label)
            if posts.is_whole(job, post, label):
                yield QUESTIONS if post.kind == posts.QUESTION else ANSWERS, post.number, post.parent, None
            if post.kind == posts.QUESTION and post.accepted:
                yield ACCEPTED, post.number, post.accepted, None
        elif post.kind in (4, 5):
            if post.body.strip():
                yield WIKIS, post.number, None, None
            else:
                job.report.found("posts: tag descriptions")
                job.report.left_out("posts: tag descriptions", "without a text")
        else:
            posts.report_other(job, post)


def _others(job: Job) -> Iterator[Seen]:
    for link in job.records(Link):
        job.report.found("post links")
        if link.kind in rest.KINDS:
            yield LINKS, link.number, link.post, link.other
        else:
            job.report.left_out("post links", "of an unknown kind")
    for badge in job.records(Badge):
        job.report.found("badges")
        yield BADGES, badge.number, badge.user, None
    for edit in staged.edits(job):
        yield EDITS, edit[0], edit[1], None


def _report(job: Job, label: int, became: str, count: int) -> None:
    why = {"twice": HERE_TWICE, "missing": MISSING.get(label, rest.NOT_HERE)}
    _count(job, LABELS[label], became, count, why)


def _count(job: Job, words: str, became: str, count: int, why: Mapping[str, str]) -> None:
    if became == "loaded":
        job.report.loaded(words, count)
    elif became == "known":
        job.report.known(words, count)
    else:
        job.report.left_out(words, why[became], count)
