"""Tags become topics, and their wikis what a topic says about itself."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.doors.importing.batches import in_batches
from watercooler.doors.importing.stackexchange.job import HERE_TWICE, Job, once, run
from watercooler.doors.importing.stackexchange.records import Post, Tag
from watercooler.foundation.base.text import excerpt
from watercooler.spine.content import markdown
from watercooler.spine.content.acts import copy_rows, known_elsewhere

LONGEST_ABOUT = 1000
_TABLE = """
drop table if exists pg_temp.import_tag, pg_temp.import_wiki;
create temp table import_tag (topic bigint, excerpt bigint, wiki bigint);
create temp table import_wiki (post bigint, words text);
"""
# A topic that says something about itself already keeps it: somebody here may have written it.
_DESCRIBE = """
with described as (
    select t.topic, max(e.words) as excerpt, max(w.words) as wiki from import_tag t
    left join import_wiki e on e.post = t.excerpt left join import_wiki w on w.post = t.wiki
    where e.words <> '' or w.words <> '' group by 1
)
update content_topic c set about = left(concat_ws(E'\\n\\n', nullif(d.excerpt, ''), nullif(d.wiki, '')), 1000)
from described d where c.id = d.topic and c.about = '' returning c.id
"""
_BECAME = """
select case when t.topic is null then 'alone' when w.words = '' then 'empty'
            when t.topic = any(%(new)s) then 'loaded' else 'known' end, count(*)
from import_wiki w left join import_tag t on w.post in (t.excerpt, t.wiki) group by 1
"""
LABEL = "posts: tag descriptions"


def bring_tags(job: Job) -> None:
    """Make a topic of each tag."""
    run(_TABLE)
    in_batches(job.records(Tag), lambda batch: _keep(job, batch))


def _keep(job: Job, batch: Sequence[Tag]) -> None:
    job.report.found("tags", len(batch))
    tags = [tag for tag in batch if tag.name.strip()]
    here = run("select name from content_topic where name = any(%(names)s)", names=[tag.name[:60] for tag in tags])
    before = {name for (name,) in here}
    topics = known_elsewhere(tag.name for tag in tags)
    rows = ((topics[tag.name].pk, tag.excerpt, tag.wiki) for tag in tags)
    copy_rows("import_tag", ("topic", "excerpt", "wiki"), rows)
    new = sum(1 for tag in tags if tag.name[:60] not in before)
    job.report.loaded("tags", new)
    job.report.known("tags", len(tags) - new)


class Descriptions:
    """Gathers the posts that describe tags, and writes them to their topics."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._waiting: list[Post] = []

    def take(self, post: Post) -> None:
        """Keep a post of kind 4 or 5 until `write`."""
        self._waiting.append(post)
        if len(self._waiting) >= 500:
            self._lay_out()

    def _lay_out(self) -> None:
        posts, twice = once(self._waiting, lambda post: post.number)
        self._job.report.found(LABEL, len(self._waiting))
        self._job.report.left_out(LABEL, HERE_TWICE, twice)
        copy_rows("import_wiki", ("post", "words"), ((post.number, _words(post)) for post in posts))
        self._waiting = []

    def write(self) -> None:
        """Write excerpt and wiki to each topic that says nothing about itself yet, and report all of them."""
        self._lay_out()
        new = [topic_id for (topic_id,) in run(_DESCRIBE)]
        why = {"alone": "of tags that the file does not name", "empty": "without a text"}
        for became, count in run(_BECAME, new=new):
            if became == "loaded":
                self._job.report.loaded(LABEL, count)
            elif became == "known":
                self._job.report.known(LABEL, count)
            else:
                self._job.report.left_out(LABEL, why[became], count)


def _words(post: Post) -> str:
    return excerpt(markdown.plain(markdown.clean(post.body)), LONGEST_ABOUT)
