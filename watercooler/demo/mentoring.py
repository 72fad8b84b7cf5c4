"""Mentoring at an invented organisation, as acts at their own hours: `fernway/mentoring.toml` tells it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from watercooler.demo.cast import HOME, Mistake, Moment
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.models import Goal, Meeting, Mentoring
from watercooler.spine.people.models import Person

Event = tuple[datetime, Callable[[], object]]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Pairs:
    """Who offers, who looks, and who works with whom. viewer: what somebody may see at the hour of an act."""

    people: Mapping[str, Person]
    viewer: Callable[[str], Viewer]
    now: datetime
    _running: dict[tuple[str, str], Mentoring] = field(default_factory=dict)

    def events(self, file: Path) -> list[Event]:
        """Return everything that happened, in no order. Raises Mistake for a name that leads nowhere."""
        told = tomllib.loads(file.read_text("utf-8"))
        events: list[Event] = []
        for row in told["offers"]:
            self._check(row["by"])
            events.append((self._at(row["at"]), partial(self._offer, row)))
        for row in told["wishes"]:
            self._check(row["by"])
            events.append((self._at(row["at"]), partial(self._wish, row)))
        for row in told["pairs"]:
            self._check(row["mentor"], row["mentee"])
            events.extend(self._of_a_pair(row))
        return events

    def _check(self, *handles: str) -> None:
        for handle in handles:
            if handle not in self.people:
                raise Mistake(f"mentoring.toml: nobody is called “{handle}”.")

    def _at(self, text: str) -> datetime:
        """Return a moment: "12d 16:00" is so many days ago, "in 3d 16:00" so many days from now."""
        if not text.startswith("in "):
            return Moment.parse(text).before(self.now)
        days, clock = text.removeprefix("in ").split("d ")
        hour, minute = map(int, clock.split(":"))
        day = self.now.astimezone(HOME) + int(days) * DAY
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def _offer(self, row: Mapping[str, Any]) -> None:
        more = {name: row[name] for name in ("places", "note", "ways", "rhythm", "languages") if name in row}
        days = row.get("free_in_days")
        free_from = (self.now + days * DAY).date() if days else None
        acts.offer(self.viewer(row["by"]), helps_with=row["helps"], free_from=free_from, **more)

    def _wish(self, row: Mapping[str, Any]) -> None:
        more = {name: row[name] for name in ("about", "ways", "rhythm", "languages") if name in row}
        acts.wish(self.viewer(row["by"]), wants=row["wants"], **more)

    def _of_a_pair(self, row: Mapping[str, Any]) -> Iterator[Event]:
        pair = (row["mentor"], row["mentee"])
        yield self._at(row["asked"]), partial(self._ask, pair, row)
        if "declined" in row:
            yield self._at(row["declined"]), partial(self._decline, pair, row)
        if "accepted" in row:
            yield self._at(row["accepted"]), partial(self._accept, pair, row)
        if "agreed" in row:
            yield self._at(row["agreed"]) - DAY, partial(self._propose, pair, row)
            yield self._at(row["agreed"]), partial(self._agree, pair)
        for meeting in row.get("meetings", ()):
            yield from self._of_a_meeting(pair, meeting)
        for goal, progress, at in row.get("progress", ()):
            yield self._at(at), partial(self._move, pair, goal, progress)
        if "closed" in row:
            yield self._at(row["closed"]), partial(self._close, pair, row)
            for nth, said in enumerate(row.get("feedback", ()), start=1):
                yield self._at(row["closed"]) + nth * HOUR, partial(self._say_how, pair, said)

    def _ask(self, pair: tuple[str, str], row: Mapping[str, Any]) -> None:
        mentor, mentee = pair
        self._running[pair] = acts.ask(self.viewer(mentee), self.people[mentor], row["note"], row["wants"])

    def _accept(self, pair: tuple[str, str], row: Mapping[str, Any]) -> None:
        acts.accept(self.viewer(pair[0]), self._running[pair], row.get("answer", ""))

    def _decline(self, pair: tuple[str, str], row: Mapping[str, Any]) -> None:
        suggested = self.people[row["suggested"]] if "suggested" in row else None
        acts.decline(self.viewer(pair[0]), self._running[pair], row.get("answer", ""), suggested)

    def _propose(self, pair: tuple[str, str], row: Mapping[str, Any]) -> None:
        terms = {name: row[name] for name in ("goals", "rhythm", "minutes", "months", "ways")}
        acts.propose(self.viewer(pair[1]), self._running[pair], **terms, between_us=row.get("between_us", ""))

    def _agree(self, pair: tuple[str, str]) -> None:
        acts.agree(self.viewer(pair[0]), self._running[pair], 1)

    def _of_a_meeting(self, pair: tuple[str, str], row: Mapping[str, Any]) -> Iterator[Event]:
        starts_at = self._at(row["at"])
        mentor, mentee = pair
        key: list[Meeting] = []
        planned = min(starts_at - 3 * DAY, self.now - HOUR)

        def plan() -> None:
            more = {name: row[name] for name in ("minutes", "place", "about") if name in row}
            key.append(acts.plan(self.viewer(mentee), self._running[pair], starts_at, **more))

        yield planned, plan
        ended = starts_at + HOUR
        if row.get("missed"):
            yield ended, lambda: acts.miss(self.viewer(mentee), key[0])
        elif ended < self.now:
            yield ended, lambda: acts.hold(self.viewer(mentor), key[0])
        if "note" in row:
            yield ended + HOUR / 4, lambda: acts.note(self.viewer(mentee), key[0], row["note"], 0)
        for handle, words in row.get("own", {}).items():
            yield ended + HOUR / 2, partial(self._note_alone, handle, key, words)

    def _note_alone(self, handle: str, key: list[Meeting], words: str) -> None:
        acts.note_alone(self.viewer(handle), key[0], words)

    def _move(self, pair: tuple[str, str], words: str, progress: int) -> None:
        acts.move_goal(self.viewer(pair[1]), Goal.objects.get(mentoring=self._running[pair], words=words), progress)

    def _close(self, pair: tuple[str, str], row: Mapping[str, Any]) -> None:
        by = row.get("closed_by", pair[1])
        acts.close(self.viewer(by), self._running[pair], row.get("ending", "finished"), row.get("parting", ""))

    def _say_how(self, pair: tuple[str, str], said: Mapping[str, Any]) -> None:
        more = {name: said[name] for name in ("came_of_it", "thanks") if name in said}
        acts.give_feedback(self.viewer(said["by"]), self._running[pair], useful=said["useful"], **more)
