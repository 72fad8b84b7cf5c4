"""The texts of posts as this house shows and edits them, made before a batch is written, and beside it.

Further processes come here too: nothing in this module needs the framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from watercooler.doors.importing.discourse import texts
from watercooler.doors.importing.hands import Share
from watercooler.doors.importing.texts import LONGEST, ForumAddresses, Text
from watercooler.spine.content import markdown


def turn(share: Share[tuple[str, str], Text], forum: str, posts: Sequence[tuple[str, str]]) -> list[Text]:
    """Return the texts of posts, of which each comes as HTML and Markdown; one of them may be empty."""
    return share(partial(_turn, ForumAddresses(forum)), posts)


def _turn(addresses: ForumAddresses, post: tuple[str, str]) -> Text:
    cooked, raw = post
    if max(len(cooked), len(raw)) > LONGEST:
        return Text()
    html = texts.shown(cooked, addresses)
    source = texts.source(raw, html, addresses)
    return Text(html, source, markdown.taken_over(html) if html else None)
