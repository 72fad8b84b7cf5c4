"""Comments, favourites, links between posts, and badges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from watercooler.doors.importing import again
from watercooler.doors.importing.again import CHANGED_HERE
from watercooler.doors.importing.batches import SIZE, in_batches, in_batches_ahead
from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.report import Problem
from watercooler.doors.importing.stackexchange.job import HERE_TWICE, Job, once, run
from watercooler.doors.importing.stackexchange.people import Named, authors
from watercooler.doors.importing.stackexchange.records import Badge, Comment, Link
from watercooler.doors.importing.stackexchange.staged import ACCEPTED, FAVOURITE, VOTES
from watercooler.doors.importing.stackexchange.texts import of_comments
from watercooler.doors.importing.texts import Text
from watercooler.foundation.base.text import clean_line, clean_text
from watercooler.kinds.questions.acts import mark_same, parted_here
from watercooler.spine.content.acts import Written, link_many, make_many
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.social.acts import save_many
from watercooler.spine.social.kind import COMMENT

NOT_HERE = "of posts that are not here: tag descriptions and deleted ones"


def bring_comments(job: Job) -> None:
    """Make the comments, below what they were written about."""

    def with_texts(comments: Sequence[Comment]) -> list[tuple[Comment, Text]]:
        return of_comments(job.share, job.site, comments)

    in_batches_ahead(job.records(Comment), with_texts, lambda batch: _comment(job, batch))


def _comment(job: Job, batch: Sequence[tuple[Comment, Text]]) -> None:
    report = job.report
    report.found("comments", len(batch))
    comments, twice = once([comment for comment, _text in batch], lambda comment: comment.number)
    said = {comment.number: text for comment, text in reversed(batch)}
    names = known(job.site, [f"comment/{comment.number}" for comment in comments], "item")
    here = {int(name.partition("/")[2]): item_id for name, item_id in names.items()}
    just_now = sum(1 for item_id in here.values() if item_id > job.newest_before)
    report.left_out("comments", HERE_TWICE, twice + just_now)
    whole = [c for c in comments if here.get(c.number, 0) <= job.newest_before and is_whole(job, c)]
    old = [comment for comment in whole if comment.number in here]
    items = job.items({comment.post for comment in whole})
    placed = [comment for comment in whole if comment.number not in here and comment.post in items]
    report.left_out("comments", NOT_HERE, len(whole) - len(old) - len(placed))
    if old:
        texts = list(zip((here[comment.number] for comment in old), _written(job, old, items, said), strict=True))
        again.tell(report, "comments", again.Later(job.space, texts).bring().values())
    ids = make_many(COMMENT, job.space, _written(job, placed, items, said))
    remember(job.site, "item", ((f"comment/{c.number}", item_id) for c, item_id in zip(placed, ids, strict=True)))
    report.loaded("comments", len(ids))


def _written(
    job: Job, comments: Sequence[Comment], items: Mapping[int, int], said: Mapping[int, Text]
) -> list[Written]:
    who: dict[Named, datetime] = {}
    for comment in comments:
        who[_writer(comment)] = min(who.get(_writer(comment), comment.made_at), comment.made_at)
    people = authors(job, who)
    return [
        Written(
            author_id=people[_writer(comment)],
            at=comment.made_at,
            source=said[comment.number].source,
            shown=said[comment.number].shown,
            parent_id=items.get(comment.post),
            helped=max(comment.score, 0),
        )
        for comment in comments
    ]


def _writer(comment: Comment) -> Named:
    return (comment.user, "" if comment.user is not None else comment.user_name)


def is_whole(job: Job, comment: Comment) -> bool:
    """Say whether a comment has what it needs here; if not, report the field that is wrong."""
    why = "" if clean_text(comment.text) else "a comment needs a text."
    if len(comment.text) > LONGEST_TEXT:
        why = f"the text is longer than {LONGEST_TEXT:,} characters."
    if why:
        job.report.left_out("comments", "broken in the file")
        job.report.problem(Problem(job.dump.files["Comments"].name, comment.line, "Text", why))
    return not why


_FAVOURITES = """
select v.number, i.item_id, p.person_id, v.at, v.person
from import_vote v
left join importing_counterpart i on i.source = %(site)s and i.name = 'post/' || v.post
left join importing_counterpart p on p.source = %(site)s and p.name = 'user/' || v.person
where v.kind = 5 and v.number > %(after)s order by v.number limit %(limit)s
"""


def bring_favourites(job: Job) -> None:
    """Save what people had marked as a favourite, where the file says who."""
    run("create index on import_vote (number) where kind = 5")
    in_batches(_favourites(job), lambda batch: _save(job, batch))


type Favourite = tuple[int, int | None, int | None, datetime, int | None]


def _favourites(job: Job) -> Iterator[Favourite]:
    after = -(2**62)
    while rows := run(_FAVOURITES, site=job.site, after=after, limit=SIZE):
        yield from rows
        after = rows[-1][0]


def _save(job: Job, batch: Sequence[Favourite]) -> None:
    label = VOTES[FAVOURITE]
    why = Counter(_why_not(favourite) for favourite in batch)
    whole = [(item, person, at) for _n, item, person, at, _by in batch if item and person]
    new = save_many(whole)
    job.report.loaded(label, new)
    job.report.known(label, len(whole) - new)
    for reason, count in why.items():
        job.report.left_out(label, reason, count if reason else 0)


def _why_not(favourite: Favourite) -> str:
    _number, item, person, _at, by = favourite
    if by is None:
        return "whose owner is withheld"
    return "" if item and person else NOT_HERE if item is None else "of users who are not in the file"


_ACCEPTED_VOTES = """
select case when a.answer is null then 'gone' when c.item_id is null then 'missing'
            when c.item_id > %(newest)s then 'loaded' else 'known' end, count(*)
from import_vote v
left join (select distinct answer from import_accepted) a on a.answer = v.post
left join importing_counterpart c on c.source = %(site)s and c.name = 'post/' || v.post
where v.kind = 1 group by 1
"""


def settle_accepted(job: Job) -> None:
    """Report the votes that say when an answer was accepted."""
    label = VOTES[ACCEPTED]
    for became, count in run(_ACCEPTED_VOTES, site=job.site, newest=job.newest_before):
        if became == "loaded":
            job.report.loaded(label, count)
        elif became == "known":
            job.report.known(label, count)
        else:
            job.report.left_out(label, NOT_HERE if became == "missing" else "of answers accepted no more", count)


KINDS = {1: "related", 3: "duplicate"}


def bring_links(job: Job) -> None:
    """Keep which posts people found related, or duplicates."""
    in_batches(job.records(Link), lambda batch: _link(job, batch))


def _link(job: Job, batch: Sequence[Link]) -> None:
    label = "post links"
    job.report.found(label, len(batch))
    right = [link for link in batch if link.kind in KINDS]
    job.report.left_out(label, "of an unknown kind", len(batch) - len(right))
    items = job.items({link.post for link in right} | {link.other for link in right})
    whole = [link for link in right if link.post in items and link.other in items and link.post != link.other]
    job.report.left_out(label, "to posts that are not here", len(right) - len(whole))
    parted = parted_here([(items[link.post], items[link.other]) for link in whole])
    job.report.left_out(label, CHANGED_HERE, sum((items[link.post], items[link.other]) in parted for link in whole))
    whole = [link for link in whole if (items[link.post], items[link.other]) not in parted]
    new = link_many([(items[link.post], items[link.other], KINDS[link.kind], link.at) for link in whole])
    mark_same({items[link.post] for link in whole if KINDS[link.kind] == "duplicate"})
    job.report.loaded(label, new)
    job.report.known(label, len(whole) - new)


_BADGE = """
insert into importing_badge (source, number, person_id, name, rank, at)
select %(site)s, b.number, b.person, b.name, b.rank, b.at
from unnest(%(n)s::bigint[], %(p)s::bigint[], %(w)s::text[], %(r)s::smallint[], %(t)s::timestamptz[])
    b (number, person, name, rank, at)
on conflict do nothing returning 1
"""


def bring_badges(job: Job) -> None:
    """Keep badges as what people earned elsewhere."""
    in_batches_ahead(job.records(Badge), tuple, lambda batch: _badge(job, batch))


def _badge(job: Job, batch: Sequence[Badge]) -> None:
    job.report.found("badges", len(batch))
    people = known(job.site, list({f"user/{badge.user}" for badge in batch}), "person")
    whole = [badge for badge in batch if f"user/{badge.user}" in people]
    job.report.left_out("badges", "of users who are not in the file", len(batch) - len(whole))
    new = run(
        _BADGE,
        site=job.site,
        n=[badge.number for badge in whole],
        p=[people[f"user/{badge.user}"] for badge in whole],
        w=[clean_line(badge.name)[:120] for badge in whole],
        r=[min(max(badge.rank, 1), 3) for badge in whole],
        t=[badge.at for badge in whole],
    )
    job.report.loaded("badges", len(new))
    job.report.known("badges", len(whole) - len(new))
