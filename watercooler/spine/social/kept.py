"""Parts of thread pages, kept by what they show: rendering them anew is most of what a thread costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.pages import new_key
from watercooler.foundation.base.templates import Piece, render
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.acts import may_vouch
from watercooler.spine.content.checked import day_of
from watercooler.spine.content.reads import Marks
from watercooler.spine.social.reads import Said, Thread

MOST_KEPT = 4_000
"""At 2 to 8 kB each, at most about 30 MB a process."""

KEY = "key-of-this-form"
_KEY = KEY.encode()
"""Stands in kept HTML where each showing puts a fresh idempotency key."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """All that a kept part may know of who looks at it; whatever else it used would be shown to others.

    own: ids of what they wrote. new: ids of what came since they last looked. is_host: of the space.
    may_vouch: whether they may vouch for others' words in the space.
    """

    own: frozenset[int] = frozenset()
    new: frozenset[int] = frozenset()
    is_host: bool = False
    may_vouch: bool = False

    @classmethod
    def of(cls, viewer: Viewer, said: Iterable[Said], new: Iterable[Said] = ()) -> Eyes:
        shown = list(said)
        own = frozenset(one.id for one in shown if one.author_id == viewer.person_id)
        is_host = bool(shown) and viewer.hosts(shown[0].space_id)
        vouches = bool(shown) and may_vouch(viewer, shown[0].space_id)
        return cls(own, frozenset(one.id for one in new) & {one.id for one in shown}, is_host, vouches)


kept_parts: Kept[bytes] = Kept(MOST_KEPT)
"""HTML, as it is sent, by template, language, versions and eyes."""


def part(
    template: str, item: Said, marks: Marks, viewer: Viewer, new: Iterable[Said] = (), /, **more: str | bool | int
) -> Piece:
    """Return the HTML of an item and the comments below it, from the store if it was shown like this before.

    more: whatever else the template uses; it is part of what the HTML is found by. Cost: microseconds if kept.
    """
    said = (item, *item.comments)
    eyes = Eyes.of(viewer, said, new)
    shown = tuple((one.id, one.version, one.author_version, marks.of(one.id)) for one in said)
    day = next(filter(None, (day_of(one.card) for one in said)), None)
    key = (template, viewer.language, shown, eyes, day, tuple(more.items()))
    html = kept_parts.find(key)
    if html is None:
        html = render(template, item=item, marks=marks, eyes=eyes, new_key=lambda: KEY, **more).encode()
        kept_parts.keep(key, html)
    return with_key(html)


def with_key(html: bytes) -> Piece:
    """Return kept HTML with a fresh idempotency key in its form."""
    before, here, after = html.partition(_KEY)
    return Piece((before, new_key().encode(), after) if here else (html,))


def talked(thread: Thread, marks: Marks, viewer: Viewer) -> list[str]:
    """Return the HTML of each comment below a post or article."""
    new = thread.new_replies(viewer)
    return [safe(str(part("social/comment_kept.html", reply, marks, viewer, new))) for reply in thread.replies]
