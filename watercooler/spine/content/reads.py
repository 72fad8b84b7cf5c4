"""What lists show of items: plain rows from one prepared query, and card HTML kept by version."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import Piece, render
from watercooler.spine.content.checked import Checked, checked, day_of
from watercooler.spine.content.kinds import Kind, registered
from watercooler.spine.content.markdown import with_units

SIGNS = {"heart": "❤️", "clap": "👏", "smile": "😊", "think": "🤔", "eyes": "👀"}
"""The reactions there are, and how they look."""


@dataclass(slots=True)
class Card:
    """One item as lists show it, with author and space. `card` holds what its kind adds; `topics` are {slug, name};
    `pictures` are {url, alt, width, height}, at most 4."""

    id: int
    kind: str
    version: int
    title: str
    excerpt: str
    published_at: datetime
    edited_at: datetime | None
    helped_count: int
    comment_count: int
    answer_count: int
    share_count: int
    reactions_json: str
    card_json: str
    space_id: int
    space_slug: str
    space_name: str
    space_purpose: str
    space_hue: int
    author_id: int
    author_name: str
    author_handle: str
    author_job: str
    author_photo: str
    author_role: int
    author_town: str
    author_version: int
    topics_json: str
    pictures_json: str

    # JSON stays text until a template asks, and a kept card never does: 90 decodings a page otherwise.
    @property
    def reactions(self) -> dict[str, int]:
        return dict(json.loads(self.reactions_json))

    @property
    def card(self) -> dict[str, Any]:
        return dict(json.loads(self.card_json))

    @property
    def topics(self) -> list[dict[str, str]]:
        return list(json.loads(self.topics_json))

    @property
    def pictures(self) -> list[dict[str, Any]]:
        return list(json.loads(self.pictures_json))

    @property
    def checked(self) -> Checked | None:
        """Return who vouched for it, or for the answer that solved it."""
        return checked(self.card.get("accepted") or self.card)

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]

    @property
    def url(self) -> str:
        return self.kind_of.url(self.id, self.title)

    @property
    def space_url(self) -> str:
        return f"/people/{self.space_slug[1:]}" if self.space_purpose == "wall" else f"/spaces/{self.space_slug}/"

    @property
    def reply_count(self) -> int:
        return self.answer_count or self.comment_count

    @property
    def reaction_signs(self) -> list[tuple[str, int]]:
        """Return (sign, people) of each reaction left, most first."""
        return [(SIGNS[name], n) for name, n in sorted(self.reactions.items(), key=lambda pair: -pair[1])]

    @property
    def author(self) -> dict[str, Any]:
        """Return the author as the avatar part wants a person."""
        return {"name": self.author_name, "handle": self.author_handle, "photo": self.author_photo}


CARD_COLUMNS = """
    i.id, i.kind, i.version, i.title, i.excerpt, i.published_at, i.edited_at, i.helped_count, i.comment_count,
    i.answer_count, i.share_count, i.reactions::text, i.card::text, i.space_id, s.slug, s.name, s.purpose, s.hue,
    i.author_id, p.name, p.handle, p.job, p.photo, p.role, coalesce(site.town, ''), p.version,
    (select coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name) order by t.name), '[]')
     from content_topic t where t.id = any(i.topic_ids))::text,
    (select coalesce(json_agg(json_build_object('url', '/files/' || a.id || '/' || a.name, 'alt', a.alt,
                                                'width', a.width, 'height', a.height) order by a.id), '[]')
     from (select * from content_attachment a where a.item_id = i.id and a.width is not null order by a.id limit 4) a
    )::text"""
"""The columns of Card, in its order, over CARD_JOINS. Put the limit in a subquery of ids first, joins after it."""

CARD_JOINS = """
    join spaces_space s on s.id = i.space_id
    join people_person p on p.id = i.author_id
    left join people_site site on site.id = p.site_id"""


class Listed(NamedTuple):
    """Which state of an item a list shows: all that a hot list asks the database for, since its card is kept by it."""

    id: int
    version: int
    author_version: int
    space_name: str


LISTED_COLUMNS = "i.id, i.version, p.version, s.name"
"""The columns of Listed, in its order, over LISTED_JOINS."""

LISTED_JOINS = "join spaces_space s on s.id = i.space_id join people_person p on p.id = i.author_id"

UNKEPT = f"""(select coalesce(json_agg(json_build_array({CARD_COLUMNS})), '[]')
    from content_item i {CARD_JOINS} where i.id = any(%(unkept)s))::text"""
"""The cards that are not kept, as one JSON text for `keep`: read beside other things, so that it is no query more."""

_kept_rows: Kept[Card] = Kept(10_000)


def kept(listed: Iterable[Listed]) -> dict[int, Card]:
    """Return the cards that need not be read, by item id."""
    found = {each.id: _kept_rows.find(each) for each in listed}
    return {item: card for item, card in found.items() if card is not None}


def keep(read: str) -> dict[int, Card]:
    """Keep the cards that UNKEPT returned, and return them by item id."""
    cards = {}
    for columns in json.loads(read):
        for moment in (5, 6):
            columns[moment] = columns[moment] and datetime.fromisoformat(columns[moment])
        card = cards[columns[0]] = Card(*columns)
        _kept_rows.keep(Listed(card.id, card.version, card.author_version, card.space_name), card)
    return cards


Marked = tuple[bool, bool, bool, tuple[str, ...], bool]
NOT_MARKED: Marked = (False, False, False, (), False)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the viewer has done with the items of one page, by item id."""

    helped: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()
    following: frozenset[int] = frozenset()
    reacted: frozenset[tuple[int, str]] = frozenset()
    muted: frozenset[int] = frozenset()

    def of(self, item_id: int) -> Marked:
        """Return (helped, saved, following, reactions, muted) for one item: the viewer's part of its card."""
        if not (self.helped or self.saved or self.following or self.reacted or self.muted):
            return NOT_MARKED
        mine = tuple(sorted(r for i, r in self.reacted if i == item_id)) if self.reacted else ()
        is_muted = item_id in self.muted
        return item_id in self.helped, item_id in self.saved, item_id in self.following, mine, is_muted


NO_MARKS = Marks()
kept_cards: Kept[bytes] = Kept(20_000)
"""Card HTML, as it is sent, by item, version, author's version, space, language, the viewer's marks, and the day if it
was checked."""


def card_html(card: Card, marks: Marks, language: str) -> bytes:
    """Return one card as it is sent. Cost: microseconds if kept, about 0.1 ms if new."""
    mine = marks.of(card.id)
    key = (card.id, card.version, card.author_version, card.space_name, language, mine, day_of(card.card_json))
    html = kept_cards.find(key)
    if html is None:
        helped, saved, following, reacted, muted = mine
        own = {"helped": helped, "saved": saved, "following": following, "reacted": reacted, "muted": muted}
        shown = render("content/card.html", item=card, **own)
        # An escaped slash protects nothing; they are a tenth of a card.
        html = with_units(shown.replace("&#x2f;", "/")).encode()
        kept_cards.keep(key, html)
    return html


Around = tuple[bytes, bytes]
"""What stands before and after a card of a list."""


def listed(found: Iterable[Card], marks: Marks, language: str, around: Callable[[Card], Around] | None = None) -> Piece:
    """Return a list's cards, one after another. around: what stands about each. Cost: microseconds a kept card."""
    if around is None:
        return Piece([card_html(card, marks, language) for card in found])
    parts: list[bytes] = []
    for card in found:
        before, after = around(card)
        parts += (before, card_html(card, marks, language), after)
    return Piece(parts)


def cards(
    found: Sequence[Card], marks: Marks = NO_MARKS, language: str = "en-gb", reasons: dict[int, str] | None = None
) -> list[Any]:
    """Return [{id, html, reason}] for a list's template. `reasons`: item id → why it is here, shown under the card.

    Cost: microseconds a kept card, about 0.1 ms a new one.
    """
    why = reasons or {}
    shown = ((card, safe(card_html(card, marks, language).decode())) for card in found)
    return [{"id": card.id, "html": html, "reason": why.get(card.id, "")} for card, html in shown]


def ids(found: Iterable[Card | Listed]) -> list[int]:
    """Return the ids of a list's items, to ask for the viewer's marks."""
    return [card.id for card in found]
