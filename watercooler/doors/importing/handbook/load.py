"""Bringing a handbook in: numbers first, so that links are right at once, then pages in batches, then the contents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched, pairwise
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from watercooler.doors.importing.again import CHANGED_HERE
from watercooler.doors.importing.batches import news
from watercooler.doors.importing.handbook import contents, front, history, people
from watercooler.doors.importing.handbook.folder import EMPTY, QUIET, UNREAD, Folder, Page, Unreadable
from watercooler.doors.importing.handbook.headings import body_of, without_title
from watercooler.doors.importing.handbook.links import Addresses, Broken, Rewriting
from watercooler.doors.importing.handbook.names import MARKDOWN, spoken
from watercooler.doors.importing.handbook.notes import Notes, fingerprint
from watercooler.doors.importing.handbook.words import Words
from watercooler.doors.importing.hands import Share, alone
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Problem, Report
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.kind import ARTICLE
from watercooler.spine.content import markdown
from watercooler.spine.content.acts import Earlier, Written, each_named, make_many, new_ids, rewrite, take_file
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.spaces.models import Space

BATCH = 100
PART = 10
"""So many pages are turned into safe HTML beside, while the next ones of their batch are read and rewritten."""
PAGES, HISTORY, FILES, LINKS = "pages", "earlier versions", "pictures and files", "relative links"
MOST_TOPICS = 8
LONGEST_TEXT = 100_000


@dataclass(slots=True)
class _Read:
    """A batch of pages on its way. here: numbers that are here already. shown: texts of fresh ones, with what becomes
    safe HTML of them, in parts.
    """

    here: set[int]
    batch: list[tuple[Page, Written | None]] = field(default_factory=list)
    fresh: list[tuple[Page, Written]] = field(default_factory=list)
    shown: list[tuple[list[str], Future[list[markdown.Rendered]]]] = field(default_factory=list)

    def safe(self) -> list[markdown.Rendered]:
        """Return the safe HTML of the fresh pages. What nobody has begun is turned here, instead of waiting for it."""
        parts = [
            part if not part.cancel() else alone(markdown.render_plainly, texts)
            for texts, part in reversed(self.shown)  # the last ones would be begun last
        ]
        return [each for part in reversed(parts) for each in (part.result() if isinstance(part, Future) else part)]


@dataclass(slots=True)
class Load:
    """One run of one handbook into one space. viewer: who runs it, and the author where nobody else is known."""

    viewer: Viewer
    space: Space
    folder: Folder
    notes: Notes
    report: Report
    pace: Pace
    past: history.History | None = None
    share: Share[str, markdown.Rendered] = alone
    authors: people.Authors = field(default_factory=people.Authors)
    unknown: dict[str, int] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    blobs: history.Blobs | None = None
    sections: list[str] = field(default_factory=list)
    topics: dict[str, int | None] = field(default_factory=dict)
    addresses: Addresses = field(init=False)

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.folder, self.address, self.contents_address)

    def run(self) -> None:
        """Bring every page in, each batch in its own transaction."""
        self.notes.read()
        self.sections = contents.sections(self.folder)
        with transaction.atomic():
            self._give_numbers()
        self._count_left_out()
        self.blobs = history.Blobs(self.past.folder) if self.past else None
        with ThreadPoolExecutor(1, "render") as beside:
            self._bring(beside)
        self._tell()

    def _bring(self, beside: Executor) -> None:
        """Bring in the pages, then the contents. beside: turns texts into safe HTML meanwhile."""
        before: _Read | None = None
        try:
            for pages in (*batched(self._pages(), BATCH), ()):
                try:
                    now = self._read(pages, beside) if pages else None
                finally:  # the texts of this one were turned meanwhile, and it is whole even if the next cannot be read
                    if before is not None:
                        self._keep(before, before.safe())
                        news.set()
                before = now
        finally:
            if self.blobs is not None:
                self.blobs.close()
        with transaction.atomic():
            self._write_contents()

    def address(self, path: str) -> str:
        """Return the address of the article that a page becomes."""
        return ARTICLE.url(self.notes.numbers[path], self.folder.pages[path].title)

    def contents_address(self, section: str) -> str:
        return ARTICLE.url(self.notes.numbers[contents.path(section)], contents.title(self.folder, section))

    def _pages(self) -> list[Page]:
        return [page for page in self.folder.pages.values() if not page.leads_to]

    def _give_numbers(self) -> None:
        wanted = [page.path for page in self._pages()] + [contents.path(section) for section in self.sections]
        new = [path for path in wanted if path not in self.notes.numbers]
        if new:
            self.notes.keep_numbers(dict(zip(new, new_ids("content_item", len(new)), strict=True)))

    def _count_left_out(self) -> None:
        for path, why in self.folder.left_out.items():
            self.report.found(PAGES)
            self.report.left_out(PAGES, why)
            if why not in QUIET and not why.endswith(UNREAD):
                self.report.problem(Problem(path, 0, "", f"left out: {why}"))
        leading = [page for page in self.folder.pages.values() if page.leads_to]
        self.report.found(PAGES, len(leading))
        self.report.left_out(PAGES, "only sends its readers on; links to it lead there", len(leading))

    @transaction.atomic
    def _read(self, pages: Sequence[Page], beside: Executor) -> _Read:
        numbers = [self.notes.numbers[page.path] for page in pages]
        read = _Read(set(Item.objects.filter(pk__in=numbers).values_list("pk", flat=True)))
        for part in batched(pages, PART):
            written = [(page, self._written(page)) for page in part]
            texts = [text.source for page, text in written if text and self._is_new(page, read)]
            read.shown.append((texts, beside.submit(self.share, markdown.render_plainly, texts)))
            read.batch += written
        read.batch = self._with_topics(read.batch)
        read.fresh = [(page, text) for page, text in read.batch if text and self._is_new(page, read)]
        return read

    def _is_new(self, page: Page, read: _Read) -> bool:
        return self.notes.numbers[page.path] not in read.here

    @transaction.atomic
    def _keep(self, read: _Read, safe: Sequence[markdown.Rendered]) -> None:
        batch, fresh, here = read.batch, read.fresh, Item.objects.in_bulk(read.here)
        texts = [replace(text, shown=each) for (_page, text), each in zip(fresh, safe, strict=True)]
        make_many(ARTICLE, self.space, texts, ids=[self.notes.numbers[page.path] for page, _text in fresh])
        self.notes.keep_said({page.path: fingerprint(written.title, written.source) for page, written in fresh})
        for _page, written in fresh:
            self.report.loaded(PAGES)
            self.report.found(HISTORY, len(written.earlier))
            self.report.loaded(HISTORY, len(written.earlier))
        for page, now in batch:
            if now and (item := here.get(self.notes.numbers[page.path])):
                self._change(page.path, item, now, PAGES)
        self._claim_files(batch)

    def _change(self, path: str, item: Item, written: Written, kind: str) -> None:
        """Bring a page that is here up to date, unless somebody changed or removed it here."""
        said = fingerprint(written.title, written.source)
        if said == self.notes.said.get(path):
            self.report.known(kind)
        elif not item.is_live or fingerprint(item.title, item.source) != self.notes.said.get(path):
            self.report.left_out(kind, CHANGED_HERE)
        else:
            rewrite(self.viewer.person_id, item, title=written.title, source=written.source, at=timezone.now())
            self.notes.keep_said({path: said})
            self.report.updated(kind)

    def _claim_files(self, batch: Sequence[tuple[Page, Written | None]]) -> None:
        for page, written in batch if self.notes.files else ():
            if written is not None:
                here = [pk for _sha, pk in self.notes.files.values() if f"/files/{pk}/" in written.source]
                Attachment.objects.filter(pk__in=here, item=None).update(item_id=self.notes.numbers[page.path])

    def _written(self, page: Page) -> Written | None:
        """Return a page as an article, or None, with the reason counted."""
        self.report.found(PAGES)
        self.pace(1)
        try:
            head, body, _lines = front.split(self.folder.text(page.path))
            source = self._markdown(page, head, body)
        except (Unreadable, OSError, UnicodeError) as error:
            self._not_taken(page, str(error))
            return None
        if not source:
            self.report.left_out(PAGES, EMPTY)
            return None
        if len(source) > LONGEST_TEXT:
            self._not_taken(page, f"longer than {LONGEST_TEXT:,} characters")
            return None
        earlier, first = self._earlier(page)
        author = first[0] if first else self.authors.of(head) or self.viewer.person_id
        at = first[1] if first else page.at
        return Written(author, at, source, title=page.title, earlier=earlier)

    def _with_topics(self, texts: Sequence[tuple[Page, Written | None]]) -> list[tuple[Page, Written | None]]:
        """Return the texts with their topics, at most 8 each. Every name is asked for once a run, these all at once."""
        names = [self._topic_names(page) if text else [] for page, text in texts]
        new = {name: None for these in names for name in these if name not in self.topics}
        self.topics |= new | {name: topic.pk for name, topic in each_named(new).items()}
        ids = ({topic: None for name in these if (topic := self.topics[name])} for these in names)
        return [(page, text and replace(text, topics=tuple(own))) for (page, text), own in zip(texts, ids, strict=True)]

    def _topic_names(self, page: Page) -> list[str]:
        section = self.folder.section(page.path)
        said = front.words(page.front, "topics", "tags", "categories", "keywords")
        return [*([spoken(section)] if section else []), *said][:MOST_TOPICS]

    def _not_taken(self, page: Page, why: str) -> None:
        self.report.left_out(PAGES, why)
        self.report.problem(Problem(page.path, 0, "", f"left out: {why}"))

    def _markdown(self, page: Page, head: dict[str, Any], body: str) -> str:
        """Return a page's words as this house writes them."""
        rewriting = Rewriting(self.addresses, page, self._attached)
        words = Words(
            lambda path: self._included(page, path),
            file=lambda path: self._of_file(page, path),
            front={"title": page.title} | head,
            values=self.folder.site.values,
            is_vault=self.folder.is_vault,
            then=rewriting,
        )
        source = without_title(words(body).strip(), page.title).strip()
        for name, count in words.unknown.items():
            self.unknown[name] = self.unknown.get(name, 0) + count
        self.report.found(LINKS, rewriting.turned)
        became = self.report.known if page.path in self.notes.said else self.report.loaded
        became(LINKS, rewriting.turned)
        for each in rewriting.broken:
            if each.is_anchor:
                continue
            kind = FILES if each.is_picture else LINKS
            self.report.found(kind)
            self.report.left_out(kind, "not in the folder" if each.is_picture else "leads to nothing in the folder")
        self.broken += rewriting.broken
        return source

    def _included(self, page: Page, path: str) -> str | None:
        """Return the text of another file that a page includes; None if there is none that is text."""
        found = self.folder.included(page, path)
        if found is None:
            return None
        try:
            return front.split(self.folder.text(found))[1]
        except (Unreadable, OSError):
            return None

    def _of_file(self, page: Page, path: str) -> str | None:
        """Return the text of a file of the folder that an example takes in; None if there is none that is text."""
        found = self.addresses.file(page, path) or self.addresses.file(page, f"/{path.lstrip('/')}")
        try:
            return self.folder.text(found) if found else None
        except (Unreadable, OSError):
            return None

    def _attached(self, path: str) -> str | None:
        """Return the address of a file of the folder, kept once; None for one that is refused."""
        full = self.folder.base / path
        sha = _sha(full)
        if path in self.notes.files and self.notes.files[path][0] == sha:
            number = self.notes.files[path][1]
            name = Attachment.objects.filter(pk=number).values_list("name", flat=True).first()
            if name is not None:
                return f"/files/{number}/{name}"
        self.report.found(FILES)
        if self.report.is_dry:
            self.report.loaded(FILES)
            return f"/files/0/{full.name}"
        try:
            attachment = take_file(self.viewer, full)
        except (Refused, OSError) as error:
            said = error.sentence if isinstance(error, Refused) else "cannot be read"
            self.report.left_out(FILES, "refused")
            self.report.problem(Problem(path, 0, "", str(said)))
            return None
        self.notes.keep_file(path, sha, attachment.pk)
        self.report.loaded(FILES)
        return attachment.url

    def _earlier(self, page: Page) -> tuple[tuple[Earlier, ...], tuple[int, datetime] | None]:
        """Return what git knows of a page before its present text, and who wrote it first, when."""
        if self.past is None or self.blobs is None:
            return (), None
        versions = self.past.of(page.path)
        if not versions or page.path in self.notes.said:
            return (), None
        earlier: list[Earlier] = []
        first = versions[0][1]
        for (blob, _commit), (_next, change) in pairwise(versions):
            text = self.blobs.text(blob)
            if text is None or len(text) > LONGEST_TEXT:
                continue
            head, body, _lines = front.split(text.replace("\r\n", "\n"))
            title = front.said(head, "title") or page.title
            source = body_of(head, body).strip()
            author = self.authors.of_commit(self.viewer, change)
            earlier.append(Earlier(title[:200], source, author, change.at, change.words))
        return tuple(earlier), (self.authors.of_commit(self.viewer, first), first.at)

    def _write_contents(self) -> None:
        here = Item.objects.in_bulk([self.notes.numbers[contents.path(section)] for section in self.sections])
        fresh: dict[str, Written] = {}
        for section in reversed(self.sections):
            path = contents.path(section)
            title, source = contents.written(self.folder, section, self.sections, self.address, self.contents_address)
            self.report.found("contents")
            now = Written(self.viewer.person_id, timezone.now(), source, title=title)
            if item := here.get(self.notes.numbers[path]):
                self._change(path, item, now, "contents")
            else:
                fresh[path] = now
        safe = self.share(markdown.render_plainly, [text.source for text in fresh.values()])
        texts = [replace(text, shown=each) for text, each in zip(fresh.values(), safe, strict=True)]
        make_many(ARTICLE, self.space, texts, ids=[self.notes.numbers[path] for path in fresh])
        self.notes.keep_said({path: fingerprint(text.title, text.source) for path, text in fresh.items()})
        self.report.loaded("contents", len(fresh))

    def _tell(self) -> None:
        for each in self.broken:
            what = "picture" if each.is_picture else "link"
            said = "has no such heading; the link leads to the page" if each.is_anchor else "is not in the folder"
            # All of them: somebody will want to mend them.
            self.report.problems.append(Problem(each.page, 0, what, f"“{each.target}” {said}"))
            self.report.problem_count += 1
        if self.unknown:
            most = sorted(self.unknown.items(), key=lambda pair: -pair[1])
            said = ", ".join(f"{name} ({count})" for name, count in most[:30])
            more = f" and {len(most) - 30} more" if len(most) > 30 else ""
            self.report.notes.append(f"Marks of a site generator without a meaning here, taken out: {said}{more}.")
        if guessed := [page.path for page in self.folder.pages.values() if page.is_guessed]:
            more = f" and {len(guessed) - 30} more" if len(guessed) > 30 else ""
            said = f"Read as Windows Latin, which is a guess, since they are no UTF-8: {', '.join(guessed[:30])}{more}."
            self.report.notes.append(said)
        if self.past:
            self.report.notes.append(f"{self.authors.made:,} authors of changes were new and are imported people.")


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def bring(
    viewer: Viewer,
    space: Callable[[], Space],
    folder: Folder,
    *,
    source: str,
    is_dry: bool = False,
    say: Callable[[str], None] = lambda _words: None,
    report: Report | None = None,
    share: Share[str, markdown.Rendered] = alone,
) -> Report:
    """Bring a handbook into a space, or with is_dry only say what would happen. Memory: the pages' heads and one batch.

    space: opens or finds it, once writing has begun. source: what tells this handbook from others, so that a second
    run finds its pages again. share: how the work on texts is shared out.
    """
    report = report or Report(f"Handbook {folder.base.name}", is_dry=is_dry)
    if missing := history.what_is_missing(folder.base):
        report.notes.append(missing)
    past = history.read(folder.base, MARKDOWN) if history.is_clone(folder.base) else None
    block: Any = transaction.atomic() if is_dry else nullcontext()
    with block:
        pace = Pace(len(folder.pages), say)
        Load(viewer, space(), folder, Notes(source), report, pace, past, share).run()
        if is_dry:
            transaction.set_rollback(True)
    return report
