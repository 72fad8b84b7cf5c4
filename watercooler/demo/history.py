"""Everything that ever happened at an invented organisation, as acts to run in the order of their times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import transaction

from watercooler.demo.cast import Item as Words
from watercooler.demo.cast import Organisation, Picture
from watercooler.demo.cast import Space as Plan
from watercooler.demo.clock import Clock
from watercooler.foundation.base.files.keep import Incoming
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.acts import write
from watercooler.kinds.posts.acts import post
from watercooler.kinds.questions.acts import accept, answer, ask
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.acts import attach, check, describe, edit, highlight
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import change_standing, invite, join, let_in, make_space, mark_seen
from watercooler.spine.spaces.models import Access, Space, Standing
from watercooler.spine.spaces.viewer import build

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Event = tuple[datetime, Callable[[], object]]


@dataclass
class History:
    """The acts of an organisation whose people and topics exist already. `run` performs them."""

    told: Organisation
    people: dict[str, Person]
    topics: dict[str, Topic]
    clock: Clock
    pictures: Path
    """The folder where the files of pictures lie."""
    spaces: dict[str, Space] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    further: list[Event] = field(default_factory=list)
    """What happened beside items and spaces, as mentoring."""
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def run(self, progress: Callable[[str], None]) -> int:
        """Perform every act at its own hour, oldest first, in one transaction. Returns how many there were."""
        events = sorted([*self._events(), *self.further], key=lambda event: event[0])
        with transaction.atomic():
            for done, (at, act) in enumerate(events, start=1):
                self.clock.show(at)
                act()
                if done % 250 == 0:
                    progress(f"{done:,} of {len(events):,} things happened")
        self.clock.show(None)
        return len(events)

    def viewer(self, handle: str) -> Viewer:
        """Return what somebody may see at the hour of the act. Cost: a query after each change of memberships."""
        if handle not in self._viewers:
            self._viewers[handle] = build(self.people[handle].pk, self.people[handle].joined_at.date())
        return self._viewers[handle]

    def _events(self) -> Iterator[Event]:
        for plan in self.told.spaces.values():
            yield from self._space_events(plan)
        for handle in self.told.people:
            yield from self._follow_events(handle)
        for words in self.told.items.values():
            yield from self._item_events(words)

    # Spaces

    def _space_events(self, plan: Plan) -> Iterator[Event]:
        made = self.clock.now - timedelta(days=plan.made_days_ago)
        yield made, partial(self._make_space, plan)
        for handle in plan.members:
            if handle != plan.owner:
                yield from self._entry_events(plan, handle, made)
        for handle in plan.members:
            yield (
                self.clock.later(self.clock.now - 2 * DAY, 2 * DAY, handle, plan.slug),
                partial(self._see, handle, plan.slug),
            )
        for pin in plan.pinned:
            written = self.told.items[pin.item].at.before(self.clock.now)
            ends = (self.clock.now + timedelta(days=pin.until_days)).date()
            pinned = partial(self._pin, plan, pin.item, note=pin.why, is_pinned=True, ends_on=ends)
            yield self.clock.later(written, 20 * HOUR, plan.slug, pin.item), pinned

    def _make_space(self, plan: Plan) -> None:
        self.spaces[plan.slug] = make_space(
            self.viewer(plan.owner),
            name=plan.name,
            objective=plan.objective,
            access=Access(plan.access),
            parent=self.spaces[plan.parent] if plan.parent else None,
            slug=plan.slug,
            tagline=plan.tagline,
            how_we_work=plan.how,
            rules=list(plan.rules),
            hue=plan.hue,
        )
        self._viewers.pop(plan.owner, None)

    def _entry_events(self, plan: Plan, handle: str, made: datetime) -> Iterator[Event]:
        first_day = max(made, self.people[handle].joined_at)
        entered = first_day + (self._first_act(plan.slug, handle) - first_day) * 0.5
        before = entered - (entered - first_day) * 0.5
        is_guest = self.told.people[handle].is_guest
        if is_guest or plan.access == "secret":
            yield before, partial(self._invite, plan, handle)
        if plan.access == "closed" and not is_guest:
            yield before, partial(self._join, plan, handle)
            yield entered, partial(self._let_in, plan, handle)
        else:
            yield entered, partial(self._join, plan, handle)
        if handle in plan.hosts:
            yield entered + timedelta(seconds=30), partial(self._make_host, plan, handle)

    def _first_act(self, slug: str, handle: str) -> datetime:
        mine = (i for i in self.told.items.values() if i.space == slug and handle in i.readers() | i.writers())
        acts = [item.at.before(self.clock.now) for item in mine]
        return min(acts, default=self.clock.now)

    def _join(self, plan: Plan, handle: str) -> None:
        join(self.viewer(handle), self.spaces[plan.slug])
        self._viewers.pop(handle, None)

    def _invite(self, plan: Plan, handle: str) -> None:
        invite(self.viewer(plan.owner), self.spaces[plan.slug], [self.people[handle]])

    def _let_in(self, plan: Plan, handle: str) -> None:
        let_in(self.viewer(plan.owner), self.spaces[plan.slug], self.people[handle])
        self._viewers.pop(handle, None)

    def _make_host(self, plan: Plan, handle: str) -> None:
        change_standing(self.viewer(plan.owner), self.spaces[plan.slug], self.people[handle], Standing.HOST)
        self._viewers.pop(handle, None)

    def _see(self, handle: str, slug: str) -> None:
        mark_seen(self.viewer(handle), self.spaces[slug])

    def _pin(self, plan: Plan, key: str, **how: object) -> None:
        highlight(self.viewer(plan.owner), self.items[key], **how)  # type: ignore[arg-type]

    # Follows

    def _follow_events(self, handle: str) -> Iterator[Event]:
        person, me = self.told.people[handle], self.people[handle]
        for other in person.follows:
            both_here = max(me.joined_at, self.people[other].joined_at, self.clock.now - 90 * DAY)
            yield (
                self.clock.later(both_here, 80 * DAY, handle, other),
                partial(self._follow, handle, self.people[other]),
            )
        for slug in person.topics:
            since = max(me.joined_at, self.clock.now - 90 * DAY)
            yield self.clock.later(since, 60 * DAY, handle, slug), partial(self._follow, handle, self.topics[slug])

    def _follow(self, handle: str, what: Person | Topic) -> None:
        social.follow(self.viewer(handle), what)

    # What people wrote, and what others did with it

    def _item_events(self, words: Words) -> Iterator[Event]:
        at = words.at.before(self.clock.now)
        yield at, partial(self._make, words)
        if words.is_draft:
            return
        if words.is_accepted:
            yield self.clock.later(at, 18 * HOUR, "accepted", words.key), partial(self._accept, words)
        for text, change in zip(words.bodies()[1:], words.edits, strict=True):
            yield change.at.before(self.clock.now), partial(self._edit, words, text, change.by, change.note)
        for told in words.checks:
            checked = partial(self._check, words.key, told.by, months=told.months, note=told.note)
            yield told.at.before(self.clock.now), checked
        yield from self._mark_events(words, at)
        for advice in words.recommended:
            handed = self.clock.later(at, 4 * DAY, "recommended", words.key, advice.by)
            yield handed, partial(self._recommend, words.key, advice.by, advice.to, advice.to_space, advice.note)
            if advice.used:
                used = self.clock.later(handed, 2 * DAY, "used", words.key, advice.to)
                yield used, partial(self._use, words.key, advice.to)

    def _mark_events(self, words: Words, at: datetime) -> Iterator[Event]:
        key = words.key
        pointed_to = {advice.to for advice in words.recommended if advice.used}
        for handle in words.helped:
            if handle not in pointed_to:
                yield (
                    self.clock.later(at, 4 * DAY, "helped", key, handle),
                    partial(self._on, social.helped, handle, key),
                )
        for handle in words.saved:
            yield self.clock.later(at, 3 * DAY, "saved", key, handle), partial(self._on, social.save, handle, key)
        for handle in words.follows:
            yield self.clock.later(at, DAY, "follows", key, handle), partial(self._on, social.follow, handle, key)
        for reaction, handle in words.reactions:
            reacted = partial(self._on, social.react, handle, key, reaction=reaction)
            yield self.clock.later(at, DAY, reaction, key, handle), reacted
        for rating in words.ratings:
            # Somebody who says nothing of a question leaves it open rather than denying it.
            given = {
                "useful": rating.useful or None,
                "correct": rating.correct or None,
                "applied": rating.applied or None,
            }
            rated = partial(self._on, social.rate, rating.by, key, **given, reason=rating.why)
            yield self.clock.later(at, 5 * DAY, "rated", key, rating.by), rated
        for flag in words.flags:
            flagged = partial(self._on, social.flag, flag.by, key, reason=flag.reason, note=flag.note)
            yield self.clock.later(at, 6 * HOUR, "flagged", key), flagged

    def _make(self, words: Words) -> None:
        author = self.viewer(words.author)
        at = words.at.before(self.clock.now)
        parent = self.items.get(words.parent)
        source = words.bodies()[0]
        place = parent.space if parent else self._place(words)
        topics = [self.topics[slug].name for slug in words.topics]
        files = [self._attach(author, picture) for picture in words.pictures]
        if words.kind == "comment" and parent is not None:
            made = social.comment(author, parent, source, attachments=tuple(files), at=at)
        elif words.kind == "answer" and parent is not None:
            made = answer(author, self._question(parent), source, attachments=files, at=at)
        elif words.kind == "question":
            made = ask(author, place, words.title, source, topics=topics, attachments=files, at=at)
        elif words.kind == "article":
            made = write(
                author, place, words.title, source, topics=topics, attachments=files, is_draft=words.is_draft, at=at
            )
        else:
            made = post(author, place, source, title=words.title, topics=topics, attachments=files, at=at)
        self.items[words.key] = made

    def _attach(self, viewer: Viewer, picture: Picture) -> int:
        """Send a picture as somebody would: a copy, since what arrives is taken away."""
        source = self.pictures / picture.file
        with NamedTemporaryFile(delete=False) as copy:
            copy.write(source.read_bytes())
        incoming = Incoming(Path(copy.name), picture.file, source.stat().st_size, is_too_large=False)
        attachment = attach(viewer, incoming)
        describe(viewer, attachment, picture.alt)
        return attachment.pk

    def _place(self, words: Words) -> Space:
        if words.wall:
            return Space.objects.get(pk=self.viewer(words.wall).wall_id)
        return self.spaces[words.space]

    def _question(self, item: Item) -> Question:
        return Question.objects.select_related("item__space").get(pk=item.pk)

    def _accept(self, words: Words) -> None:
        asker = self.told.items[words.parent].author
        accept(self.viewer(asker), self._question(self.items[words.parent]), self.items[words.key])

    def _edit(self, words: Words, text: str, by: str, note: str) -> None:
        item = self.items[words.key]
        now = edit(self.viewer(by), item, source=text, title=item.title, based_on=item.revision, note=note)
        self.items[words.key] = now

    def _check(self, key: str, by: str, **how: Any) -> None:
        item = Item.objects.get(pk=self.items[key].pk)
        check(self.viewer(by), item, revision=item.revision, **how)

    def _on(self, act: Callable[..., object], handle: str, key: str, **more: object) -> None:
        act(self.viewer(handle), self.items[key], **more)

    def _recommend(self, key: str, by: str, to: str, to_space: str, note: str) -> None:
        social.recommend(self.viewer(by), self.items[key], self.people[to] if to else self.spaces[to_space], note)

    def _use(self, key: str, handle: str) -> None:
        social.opened(self.viewer(handle), self.items[key])
        social.helped(self.viewer(handle), self.items[key])
