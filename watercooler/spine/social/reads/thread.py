"""A thread as its page shows it: the item and what people said below it, as plain rows from prepared queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from minijinja import safe

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.checked import Checked, checked
from watercooler.spine.content.kinds import Kind, registered
from watercooler.spine.content.markdown import with_units
from watercooler.spine.content.reads import SIGNS
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.social.models import Reaction
from watercooler.spine.social.reads.players import is_played, place, played, player

SHOWN = 50
"""Replies on one page of a thread; the rest is behind "More"."""
COMMENTS_SHOWN = 3
"""Comments below an answer before "more comments"."""
COMMENTS_OPENED = 200
"""Comments below one answer once somebody asked for more."""
NEWEST = 2**62
"""Above every id, and still one that the database can hold."""


@dataclass(slots=True)
class Said:
    """One item of a thread as its page shows it: what it says and who says it.

    level: 0 for the item the page is about, 1 for what stands below it, 2 for comments below those, 3 for another item
    that the page leads to. place: its order there. topics: {slug, name}, of level 0 alone. files: {url, name, type,
    bytes, alt, width, height}. seen_id: the newest reply the viewer has read, of level 0 alone.
    """

    level: int
    place: int
    id: int
    kind: str
    parent_id: int | None
    version: int
    title: str
    safe_html: str
    excerpt: str
    published_at: datetime
    edited_at: datetime | None
    helped_count: int
    comment_count: int
    answer_count: int
    share_count: int
    rating_count: int
    read_count: int
    reactions: dict[str, int]
    card: dict[str, Any]
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
    topics: list[dict[str, str]]
    files: list[dict[str, Any]]
    seen_id: int
    comments: list[Said] = field(default_factory=list)

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]

    @property
    def checked(self) -> Checked | None:
        return checked(self.card)

    @property
    def url(self) -> str:
        """Return its page, or its place on the page of its thread."""
        return self.kind_of.url(self.id, self.title) if self.parent_id is None else f"#item-{self.id}"

    @property
    def space_url(self) -> str:
        return f"/people/{self.space_slug[1:]}" if self.space_purpose == "wall" else f"/spaces/{self.space_slug}/"

    @property
    def space(self) -> dict[str, Any]:
        return {"name": self.space_name, "hue": self.space_hue}

    @property
    def author(self) -> dict[str, Any]:
        """Return the author as the parts want a person."""
        return {"name": self.author_name, "handle": self.author_handle, "photo": self.author_photo}

    @property
    def is_external(self) -> bool:
        return self.author_role == Role.GUEST

    @property
    def html(self) -> str:
        """Return the text for the page, films in it as players. It was cleaned when it was written."""
        return safe(with_units(played(self.safe_html, self.files)))

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Return the pictures that do not stand in the text already."""
        return [file for file in self._beside if file["width"]]

    @property
    def photos(self) -> list[tuple[str, str, str]]:
        """Return (whole, small, what it shows) of each picture."""
        return [(file["url"], f"{file['url']}?small", file["alt"]) for file in self.pictures]

    @property
    def films(self) -> list[str]:
        """Return a player for each film and recording that does not stand in the text already."""
        return [safe(player(file, self.files)) for file in self._beside if is_played(file)]

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [file for file in self._beside if not file["width"] and not is_played(file)]

    @property
    def _beside(self) -> list[dict[str, Any]]:
        return [file for file in self.files if place(file) not in self.safe_html]

    @property
    def hidden_comments(self) -> int:
        """Return how many comments are not shown yet."""
        return max(self.comment_count - len(self.comments), 0)

    def chips(self, mine: Sequence[str]) -> list[tuple[str, str, Words, int, bool]]:
        """Return (name, sign, label, people, mine) of each reaction left, most people first."""
        most_first = sorted(self.reactions.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(name, SIGNS[name], LABELS[name], n, name in mine) for name, n in most_first if name in SIGNS]

    def pickable(self, mine: Sequence[str]) -> list[tuple[str, str, Words, bool]]:
        """Return (name, sign, label, mine) of every reaction there is."""
        return [(name, sign, LABELS[name], name in mine) for name, sign in SIGNS.items()]


LABELS: dict[str, Words] = dict(Reaction.CHOICES)

SAID_COLUMNS = """
    i.id, i.kind, i.parent_id, i.version, i.title, i.safe_html, i.excerpt, i.published_at, i.edited_at, i.helped_count,
    i.comment_count, i.answer_count, i.share_count, i.rating_count, i.read_count, i.reactions, i.card, i.space_id,
    s.slug, s.name, s.purpose, s.hue, i.author_id, p.name, p.handle, p.job, p.photo, p.role, coalesce(site.town, ''),
    p.version,
    case when i.parent_id is null then array(
        select jsonb_build_object('slug', t.slug, 'name', t.name) from content_topic t
        where t.id = any(i.topic_ids) order by t.name) else '{}'::jsonb[] end,
    array(select jsonb_build_object('url', '/files/' || a.id || '/' || a.name, 'name', a.name, 'type', a.content_type,
              'bytes', a.size_bytes, 'alt', a.alt, 'width', a.width, 'height', a.height)
          from content_attachment a where a.item_id = i.id order by a.id),
    case when i.parent_id is null then coalesce(
        (select v.seen_id from social_viewed v where v.person_id = %(person)s and v.item_id = i.id), 0) else 0 end"""
"""The columns of Said after level and place, over SAID_JOINS. Needs `person`."""

SAID_JOINS = """
    join spaces_space s on s.id = i.space_id
    join people_person p on p.id = i.author_id
    left join people_site site on site.id = p.site_id"""


@dataclass(slots=True)
class Thread:
    """A page of a thread. replies: at most 50, in the page's order. has_more: whether there are further ones.

    starts_late: whether earlier ones were left out. leads_to: another item that says the same.
    """

    top: Said
    replies: list[Said]
    has_more: bool = False
    starts_late: bool = False
    leads_to: Said | None = None

    @property
    def ids(self) -> list[int]:
        """Return the ids of everything shown, to ask for the viewer's marks."""
        below = [said.id for reply in (self.top, *self.replies) for said in reply.comments]
        return [self.top.id, *(reply.id for reply in self.replies), *below]

    @property
    def newest_id(self) -> int:
        return max(self.ids)

    def is_new(self, said: Said, viewer: Viewer) -> bool:
        """Say whether a reply came after the viewer last read this thread."""
        return 0 < self.top.seen_id < said.id and said.author_id != viewer.person_id

    def new_replies(self, viewer: Viewer) -> list[Said]:
        """Return what came since the viewer last read this thread, oldest first."""
        said = [one for reply in self.replies for one in (reply, *reply.comments)] + self.top.comments
        return sorted((one for one in said if self.is_new(one, viewer)), key=lambda one: one.id)


def gathered(found: Sequence[Said], opened_id: int = 0) -> Thread | None:
    """Put rows in their places: comments below what they are about. None if the item itself is not among them."""
    if not found or found[0].level != 0:
        return None
    top = found[0]
    below = [said for said in found if said.level == 1]
    replies = [said for said in below if said.place <= SHOWN or said.id == opened_id]
    by_id = {said.id: said for said in (top, *replies)}
    for said in found:
        if said.level == 2 and (about := by_id.get(said.parent_id or 0)):
            about.comments.append(said)
    has_more = any(said.place > SHOWN for said in below if said.id != opened_id)
    return Thread(top, replies, has_more, leads_to=next((said for said in found if said.level == 3), None))


TALK = f"""
with top as materialized (
    select i.id from content_item i where i.id = %(id)s and i.kind = %(kind)s and {VISIBLE}
), start as materialized (
    -- A link to one comment opens the page where that comment is: here if it is among the first, else from it on.
    select case when %(at)s::bigint = 0 or (
        select count(*) from (select 1 from top join content_item i on i.root_id = top.id
                              where i.id <= %(at)s::bigint and i.kind = 'comment' limit {SHOWN + 1}) earlier
    ) <= {SHOWN} then %(after)s::bigint else %(at)s::bigint - 1 end as after
), shown as (
    select top.id, 0 as level, 0 as place from top
    union all
    select c.id, 1, row_number() over (order by c.id) from top, start, lateral (
        select i.id from content_item i
        where i.root_id = top.id and i.parent_id = top.id and i.kind = 'comment' and i.id > start.after and {VISIBLE}
        order by i.id limit {SHOWN + 1}) c
)
select shown.level, shown.place, {SAID_COLUMNS}
from shown join content_item i on i.id = shown.id {SAID_JOINS}
order by shown.level, shown.place
"""


def talk(viewer: Viewer, item_id: int, kind: str, after: int = 0, at: int = 0) -> Thread | None:
    """Return an item and its comments, oldest first, at most 50 from the one after `after` on; None if not visible.

    at: a comment that must be on the page. Cost: one prepared query, flat in the number of comments
    (rides `item_thread`).
    """
    if item_id > NEWEST:
        return None
    values = {"id": item_id, "kind": kind, "after": after, "at": at, "person": viewer.person_id}
    thread = gathered(hot.rows(TALK, Said, **values, **visible_values(viewer)))
    if thread is not None:
        is_opened_late = thread.top.comment_count > SHOWN and any(said.id == at for said in thread.replies[:1])
        thread.starts_late = after > 0 or is_opened_late
    return thread


ONE = f"""
select case when i.parent_id is null then 0 else 1 end, 0, {SAID_COLUMNS}
from content_item i {SAID_JOINS} where i.id = %(id)s and {VISIBLE}
"""


def said(viewer: Viewer, item_id: int) -> Said | None:
    """Return one item as its thread shows it, without comments; None if not visible. Cost: one prepared query."""
    found = hot.rows(ONE, Said, id=item_id, person=viewer.person_id, **visible_values(viewer))
    return found[0] if found else None


COMMENTS = f"""
select 2, 0, {SAID_COLUMNS}
from (select i.id from content_item i where i.parent_id = %(id)s and i.kind = 'comment' and {VISIBLE}
      order by i.published_at, i.id limit {COMMENTS_OPENED}) shown
join content_item i on i.id = shown.id {SAID_JOINS} order by i.published_at, i.id
"""


def comments(viewer: Viewer, item_id: int) -> list[Said]:
    """Return the comments below one item, oldest first, at most 200. Cost: one prepared query."""
    return hot.rows(COMMENTS, Said, id=item_id, person=viewer.person_id, **visible_values(viewer))


def ids(found: Iterable[Said]) -> list[int]:
    """Return the ids of these, to ask for the viewer's marks."""
    return [one.id for one in found]
