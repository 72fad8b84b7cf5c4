"""What people of an invented organisation write to each other, at their own hours: `fernway/messages.toml` tells it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from watercooler.demo.cast import Mistake, Moment
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.acts import describe, take_file
from watercooler.spine.content.models import Item
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Conversation
from watercooler.spine.people.models import Person

Event = tuple[datetime, Callable[[], object]]
A_MINUTE = timedelta(minutes=1)


@dataclass
class Talks:
    """Conversations, begun by who speaks first. viewer: what somebody may see then. items: key → what is linked to."""

    people: Mapping[str, Person]
    viewer: Callable[[str], Viewer]
    items: Mapping[str, Item]
    pictures: Path
    now: datetime
    _begun: dict[int, Conversation] = field(default_factory=dict)

    def events(self, file: Path) -> list[Event]:
        """Return everything that was said and read, in no order. Raises Mistake for a name that leads nowhere."""
        events: list[Event] = []
        for number, talk in enumerate(tomllib.loads(file.read_text("utf-8"))["talks"]):
            for handle in (*talk["with"], *talk["read"], *(line[0] for line in talk["said"])):
                if handle not in self.people:
                    raise Mistake(f"messages.toml: nobody is called “{handle}”.")
            for line in talk["said"]:
                at = Moment.parse(line[1]).before(self.now)
                events.append((at, partial(self._say, number, talk, line)))
            last = max(at for at, _act in events[-len(talk["said"]) :])
            events += [(last + A_MINUTE, partial(self._read, number, handle)) for handle in talk["read"]]
        return events

    def _say(self, number: int, talk: Mapping[str, Any], line: list[str]) -> None:
        by, _at, words, *picture = line
        viewer = self.viewer(by)
        if number not in self._begun:
            others = [self.people[handle] for handle in talk["with"] if handle != by]
            name = talk.get("name", "")
            begun = acts.begin_group(viewer, others, name) if len(others) > 1 else acts.begin(viewer, others[0])
            self._begun[number] = begun
        for key, item in self.items.items():
            words = words.replace(f"{{{key}}}", item.url)
        files = []
        if picture:
            kept = take_file(viewer, self.pictures / picture[0])
            describe(viewer, kept, picture[1])
            files.append(kept.pk)
        acts.send(viewer, self._begun[number], words, attachments=files)

    def _read(self, number: int, handle: str) -> None:
        acts.read(self.viewer(handle), self._begun[number], 10_000)
