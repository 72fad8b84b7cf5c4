"""Conversations as their pages show them: rows with names and last words, and lines in bubbles by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext
from minijinja import safe

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox.days import day_name
from watercooler.spine.content.markdown import with_units
from watercooler.spine.content.models import Item
from watercooler.spine.conversations import reads
from watercooler.spine.conversations.reads import Head, Row, Said

NAMES = 3


def called(name: str, people: Sequence[dict[str, Any]], count: int) -> str:
    """Return what a conversation is called: its name, or those of the others in it."""
    if name:
        return name
    if not people:
        return _("Only you")
    names = ", ".join(person["name"] if count == 1 else person["name"].split(" ")[0] for person in people[:NAMES])
    more = count - min(len(people), NAMES)
    return f"{names} +{more}" if more > 0 else names


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list. words: how the newest line begins, with who said it where that is not clear."""

    row: Row
    name: str
    words: str
    url: str


def listed(viewer: Viewer, rows: Iterable[Row]) -> list[Listed]:
    """Return rows with their names and last words."""
    return [
        Listed(row, called(row.name, row.people, row.person_count), _last(viewer, row), f"/inbox/messages/{row.id}")
        for row in rows
    ]


def _last(viewer: Viewer, row: Row) -> str:
    if row.is_last_removed:
        return _("Message removed")
    if row.last_kind == "said" and row.last_author_id == viewer.person_id:
        return _("You: %(words)s") % {"words": row.last_words}
    if row.last_kind == "said" and row.is_group:
        return f"{row.last_author.split(' ')[0]}: {row.last_words}"
    return row.last_words if row.last_kind in {"said", ""} else happened(row.last_kind, row.last_author, row)


def happened(kind: str, who: str, line: Row | Said) -> str:
    """Return the sentence of a line that is nobody's words."""
    about = line.last_about if isinstance(line, Row) else line.about
    words = line.last_words if isinstance(line, Row) else line.excerpt
    sentences = {
        "added": _("%(name)s added %(about)s"),
        "left": _("%(name)s left"),
        "apart": _("%(name)s shares no space with all of you any more, so they see nothing from here on"),
        "named": _("%(name)s named this “%(words)s”") if words else _("%(name)s took the name away"),
    }
    return sentences[kind] % {"name": who, "about": about, "words": words}


@dataclass(slots=True)
class Bubble:
    """One line on the page. day: its day where one begins; is_first, is_last: of a run by the same author.

    read: when the other one read this, the last of one's own that they have. version: changes with all it shows.
    """

    line: Said
    is_mine: bool
    day: str = ""
    is_first: bool = True
    is_last: bool = True
    read: datetime | None = None
    html: Any = ""
    sentence: str = ""
    clock: str = ""
    cards: list[Item] = field(default_factory=list)

    @property
    def version(self) -> str:
        marks = (
            self.day,
            self.is_first,
            self.is_last,
            self.read,
            self.line.edited_at,
            self.line.is_removed,
            self.line.is_taken,
        )
        return "-".join(str(mark) for mark in (*marks, len(self.line.files), [card.pk for card in self.cards]))


def bubbles(viewer: Viewer, head: Head, lines: Sequence[Said]) -> list[Bubble]:
    """Return the lines as bubbles. Cost: none where nothing is linked to, else one query for the cards."""
    cards = reads.cards(viewer, list(lines))
    zone, today = timezone.get_current_timezone(), timezone.localdate()
    made: list[Bubble] = []
    before: Said | None = None
    begun: date | None = None
    for line in lines:
        local = line.at.astimezone(zone)
        bubble = Bubble(line, line.author_id == viewer.person_id, clock=f"{local:%H:%M}")
        if local.date() != begun:
            bubble.day, begun = day_name(local.date(), today), local.date()
        elif before is not None and _runs_on(before, line):
            bubble.is_first = made[-1].is_last = False
        bubble.html = safe(with_units(line.safe_html))
        bubble.sentence = "" if line.kind == "said" else happened(line.kind, line.name, line)
        bubble.cards = [cards[item_id] for item_id in line.item_ids if item_id in cards]
        made.append(bubble)
        before = line
    _mark_read(head, made)
    return made


def _runs_on(before: Said, line: Said) -> bool:
    is_talk = before.kind == line.kind == "said"
    return is_talk and before.author_id == line.author_id and (line.at - before.at).total_seconds() < 600


def _mark_read(head: Head, made: list[Bubble]) -> None:
    """Say when the other one read, under the last of one's own that they have."""
    if head.is_group or not head.people:
        return
    other = head.people[0]
    for bubble in reversed(made):
        if bubble.is_mine and bubble.line.kind == "said" and bubble.line.number <= other["read_up_to"]:
            bubble.read = datetime.fromisoformat(other["read_at"]) if other["read_at"] else None
            return


def card_line(item: Item) -> str:
    """Return what stands below a linked item's title: whether it is solved, how many answered, and where it is."""
    parts = []
    if "solved" in item.card:
        parts.append(_("Solved") if item.card["solved"] else _("Open question"))
        count = item.answer_count
        parts.append(ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count})
    else:
        parts.append(str(item.kind_of.label))
    return " · ".join([*parts, item.space.name])
