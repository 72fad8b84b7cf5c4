"""What must be known of a post before it is written, laid out in the database and not in memory.

Votes and edits come in files of their own, in no order that helps. They are copied into temporary tables first, so
that each post can be written once, whole, with what people said of it and what it was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from watercooler.doors.importing.stackexchange.job import HERE_TWICE, Job, run
from watercooler.doors.importing.stackexchange.people import Named
from watercooler.doors.importing.stackexchange.records import Edit, Vote
from watercooler.spine.content.acts import copy_rows

ACCEPTED, UP, FAVOURITE = 1, 2, 5
VOTES = {ACCEPTED: "votes: accepted", UP: "votes: up", FAVOURITE: "votes: favourites"}
NO_SUCH_VOTE = {
    3: "down votes, which this house does not know",
    **dict.fromkeys([10, 11, 12], "votes to delete, bring back or mark as spam"),
    **dict.fromkeys([4, 6, 7, 15, 16], "votes of moderation"),
    **dict.fromkeys([8, 9], "bounties, which this house does not know"),
}
VERSIONS = {1: "title", 2: "body", 4: "title", 5: "body", 7: "title", 8: "body"}
"""Kinds of edit that make a version of the text → the field they give."""

TABLES = """
drop table if exists pg_temp.import_vote, pg_temp.import_edit, pg_temp.import_accepted;
create temp table import_vote (number bigint, post bigint, kind smallint, at timestamptz, person bigint);
create temp table import_edit (number bigint, post bigint, kind smallint, version text, at timestamptz, person bigint,
                               name text, text text, note text);
create temp table import_accepted (question bigint, answer bigint);
"""


_TWICE = """
with twice as (
    delete from {table} a using {table} b where a.number = b.number and a.ctid > b.ctid returning a.kind
)
select kind, count(*) from twice group by 1
"""


def lay_out(job: Job) -> None:
    """Copy votes and edits into temporary tables, which end with the connection."""
    run(TABLES)
    copy_rows("import_vote", ("number", "post", "kind", "at", "person"), votes(job))
    copy_rows(
        "import_edit",
        ("number", "post", "kind", "version", "at", "person", "name", "text", "note"),
        edits(job),
    )
    for kind, count in run(_TWICE.format(table="import_vote")):
        job.report.left_out(VOTES[kind], HERE_TWICE, count)
    for _kind, count in run(_TWICE.format(table="import_edit")):
        job.report.left_out("edit history: versions of a text", HERE_TWICE, count)
    run("create index on import_vote (post)")
    run("create index on import_edit (post)")
    run("analyze import_vote")
    run("analyze import_edit")


def votes(job: Job) -> Iterator[tuple[Any, ...]]:
    """Yield (number, post, kind, time, user) of the votes that count here; the others are reported."""
    for vote in job.records(Vote):
        if label := VOTES.get(vote.kind):
            job.report.found(label)
            yield vote.number, vote.post, vote.kind, vote.at, vote.user
        else:
            job.report.found("votes: other kinds")
            job.report.left_out("votes: other kinds", NO_SUCH_VOTE.get(vote.kind, f"of the unknown kind {vote.kind}"))


def edits(job: Job) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of import_edit for the edits that make versions; the others are reported."""
    for edit in job.records(Edit):
        if edit.kind in VERSIONS:
            job.report.found("edit history: versions of a text")
            columns = (edit.number, edit.post, edit.kind, edit.version, edit.at, edit.user, edit.user_name)
            yield *columns, edit.text.replace("\0", ""), edit.note.replace("\0", "")
        elif edit.kind in (3, 6, 9):
            job.report.found("edit history: changes of tags")
            job.report.left_out("edit history: changes of tags", "since topics keep no versions, only the last ones")
        else:
            job.report.found("edit history: other events")
            job.report.left_out("edit history: other events", "of closing, protecting, merging and the like")


@dataclass(slots=True)
class Version:
    """A text as it was after a change: by whom, when, and what they wrote about it."""

    by: Named
    at: datetime
    note: str
    title: str = ""
    body: str = ""


def versions(posts: Collection[int]) -> dict[int, list[Version]]:
    """Return post number → its versions, oldest first; those that change nothing of the text are passed over."""
    rows = run(
        "select post, kind, version, at, person, name, text, note from import_edit where post = any(%(posts)s)"
        " order by post, at, number",
        posts=list(posts),
    )
    found: dict[int, list[Version]] = {}
    keys: dict[int, str] = {}
    for post, kind, key, at, person, name, text, note in rows:
        so_far = found.setdefault(post, [])
        if keys.get(post) != key:
            keys[post] = key
            now = Version((person, name), at, note)
            so_far.append(replace(so_far[-1], by=now.by, at=at, note=note) if so_far else now)
        setattr(so_far[-1], VERSIONS[kind], text)
    return {post: _changed(each) for post, each in found.items()}


def _changed(each: list[Version]) -> list[Version]:
    return each[:1] + [b for a, b in pairwise(each) if (a.title, a.body) != (b.title, b.body)]


def helped(posts: Collection[int]) -> dict[int, int]:
    """Return post number → how many votes up it had."""
    sql = "select post, count(*) from import_vote where kind = 2 and post = any(%(posts)s) group by 1"
    return dict(run(sql, posts=list(posts)))


_BECAME = """
select v.kind, case when c.item_id is null then 'gone' when c.item_id > %(newest)s then 'loaded' else 'known' end,
       count(*)
from {table} v left join importing_counterpart c on c.source = %(site)s and c.name = 'post/' || v.post
group by 1, 2
"""


def settle(job: Job) -> None:
    """Report what became of votes and edits, now that their posts are here or not."""
    for kind, became, count in run(_BECAME.format(table="import_vote"), site=job.site, newest=job.newest_before):
        if kind == UP:
            _report(job, VOTES[kind], became, count)
    for _kind, became, count in run(_BECAME.format(table="import_edit"), site=job.site, newest=job.newest_before):
        _report(job, "edit history: versions of a text", became, count)


def _report(job: Job, label: str, became: str, count: int) -> None:
    if became == "loaded":
        job.report.loaded(label, count)
    elif became == "known":
        job.report.known(label, count)
    else:
        job.report.left_out(label, "of posts that are not here: tag descriptions and deleted ones", count)
