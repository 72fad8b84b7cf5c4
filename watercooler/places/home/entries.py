"""The list of Home: cards, each with why it is here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import Piece, render
from watercooler.spine.content.reads import Around, Card, Marks, listed

HERE = "\x00"
"""Stands for the card while what is around it is made: cards are kept elsewhere, and are many times as long."""

_around: Kept[Around] = Kept(20_000)


def entries(
    cards: Sequence[Card],
    marks: Marks,
    language: str,
    reasons: Mapping[int, str],
    asks: Collection[int] = (),
    suggested: Collection[int] = (),
) -> Piece:
    """Return the cards. reasons: item id → why it is here. asks: ids of questions that wait for this viewer.
    suggested: ids of those that are ours to suggest.

    Cost: microseconds a kept card with a kept reason, about 0.1 ms a new one.
    """

    def around(card: Card) -> Around:
        ask = (card.url, card.author_name.split()[0]) if card.id in asks else None
        key = (card.id, reasons.get(card.id, ""), ask, card.id in suggested, language)
        return _around.find(key) or _around.get(key, partial(_made, *key))

    return listed(cards, marks, language, around)


def _made(number: int, reason: str, ask: tuple[str, str] | None, is_suggested: bool, _language: str) -> Around:
    html = render("home/entry.html", card=safe(HERE), id=number, reason=reason, ask=ask, is_suggested=is_suggested)
    before, _here, after = html.partition(HERE)
    return before.encode(), after.encode()
