"""The records of a Stack Exchange dump as plain values, checked field by field. Unknown attributes are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from watercooler.doors.importing.stackexchange.rows import Row

_NUMBER = re.compile(r"-?[0-9]{1,18}\Z")
_TAG = re.compile(r"[^<>|]+")
_OLDEST = datetime(1970, 1, 2, tzinfo=UTC)
_DAY = timedelta(days=1)


class Unusable(Exception):
    """A field that cannot be read. Its text is a sentence; `field` is the attribute's name."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def _number(row: Row, field: str) -> int:
    number = _maybe(row, field)
    if number is None:
        raise Unusable(field, "is missing.")
    return number


def _maybe(row: Row, field: str) -> int | None:
    text = row.fields.get(field, "").strip()
    if not text:
        return None
    if not _NUMBER.match(text):
        raise Unusable(field, f"“{text[:40]}” is no number.")
    return int(text)


def _time(row: Row, field: str) -> datetime:
    at = _maybe_time(row, field)
    if at is None:
        raise Unusable(field, "is missing.")
    return at


def _maybe_time(row: Row, field: str) -> datetime | None:
    text = row.fields.get(field, "").strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable(field, f"“{text[:40]}” is no date.") from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    if not _OLDEST < at < datetime.now(UTC) + _DAY:
        raise Unusable(field, f"“{text[:40]}” lies outside the time this can have been.")
    return at


def _text(row: Row, field: str) -> str:
    return row.fields.get(field, "")


@dataclass(frozen=True, slots=True)
class User:
    """account: the same number on all sites for one person; None in dumps too old to say."""

    number: int
    name: str
    made_at: datetime
    account: int | None
    about: str
    reputation: int

    @classmethod
    def of(cls, row: Row) -> User:
        number, name = _number(row, "Id"), _text(row, "DisplayName").strip()
        made_at, reputation = _time(row, "CreationDate"), _maybe(row, "Reputation") or 0
        return cls(number, name, made_at, _maybe(row, "AccountId"), _text(row, "AboutMe"), reputation)


@dataclass(frozen=True, slots=True)
class Tag:
    """excerpt, wiki: the numbers of the posts that describe it."""

    number: int
    name: str
    count: int
    excerpt: int | None
    wiki: int | None

    @classmethod
    def of(cls, row: Row) -> Tag:
        name = _text(row, "TagName").strip()
        if not name:
            raise Unusable("TagName", "is missing.")
        excerpt, wiki = _maybe(row, "ExcerptPostId"), _maybe(row, "WikiPostId")
        return cls(_maybe(row, "Id") or 0, name, _maybe(row, "Count") or 0, excerpt, wiki)


@dataclass(frozen=True, slots=True)
class Post:
    """kind: 1 question, 2 answer, 4 tag excerpt, 5 tag wiki, others. body: HTML, not yet safe. score: up less down."""

    number: int
    kind: int
    made_at: datetime
    score: int
    body: str
    title: str
    tags: tuple[str, ...]
    owner: int | None
    owner_name: str
    parent: int | None
    accepted: int | None
    edited_at: datetime | None
    views: int
    line: int = 0

    @classmethod
    def of(cls, row: Row) -> Post:
        return cls(
            number=_number(row, "Id"),
            kind=_number(row, "PostTypeId"),
            made_at=_time(row, "CreationDate"),
            score=_maybe(row, "Score") or 0,
            body=_text(row, "Body"),
            title=_text(row, "Title").strip(),
            tags=tuple(_TAG.findall(_text(row, "Tags"))),
            owner=_maybe(row, "OwnerUserId"),
            owner_name=_text(row, "OwnerDisplayName").strip(),
            parent=_maybe(row, "ParentId"),
            accepted=_maybe(row, "AcceptedAnswerId"),
            edited_at=_maybe_time(row, "LastEditDate"),
            views=_maybe(row, "ViewCount") or 0,
            line=row.line,
        )


@dataclass(frozen=True, slots=True)
class Comment:
    """text: a little Markdown. score: how many found it useful."""

    number: int
    post: int
    made_at: datetime
    score: int
    text: str
    user: int | None
    user_name: str
    line: int = 0

    @classmethod
    def of(cls, row: Row) -> Comment:
        number, post, made_at = _number(row, "Id"), _number(row, "PostId"), _time(row, "CreationDate")
        user, user_name = _maybe(row, "UserId"), _text(row, "UserDisplayName").strip()
        return cls(number, post, made_at, _maybe(row, "Score") or 0, _text(row, "Text"), user, user_name, row.line)


@dataclass(frozen=True, slots=True)
class Vote:
    """kind: 1 accepted, 2 up, 3 down, 5 favourite, others. at: a whole day. user: withheld but for favourites."""

    number: int
    post: int
    kind: int
    at: datetime
    user: int | None

    @classmethod
    def of(cls, row: Row) -> Vote:
        number, post, kind = _number(row, "Id"), _number(row, "PostId"), _number(row, "VoteTypeId")
        return cls(number, post, kind, _time(row, "CreationDate"), _maybe(row, "UserId"))


@dataclass(frozen=True, slots=True)
class Link:
    """kind: 1 related, 3 post is a duplicate of other."""

    number: int
    post: int
    other: int
    kind: int
    at: datetime

    @classmethod
    def of(cls, row: Row) -> Link:
        post, other, kind = _number(row, "PostId"), _number(row, "RelatedPostId"), _number(row, "LinkTypeId")
        return cls(_number(row, "Id"), post, other, kind, _time(row, "CreationDate"))


@dataclass(frozen=True, slots=True)
class Badge:
    """rank: 1 gold, 2 silver, 3 bronze."""

    number: int
    user: int
    name: str
    at: datetime
    rank: int

    @classmethod
    def of(cls, row: Row) -> Badge:
        name = _text(row, "Name").strip()
        if not name:
            raise Unusable("Name", "is missing.")
        return cls(_number(row, "Id"), _number(row, "UserId"), name, _time(row, "Date"), _maybe(row, "Class") or 3)


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one version of a post. version: what the fields saved together share. kind: 1–3 first title, body
    and tags, 4–6 edits of them, 7–9 rollbacks, others. text: Markdown in bodies.
    """

    number: int
    kind: int
    post: int
    version: str
    at: datetime
    user: int | None
    user_name: str
    text: str
    note: str

    @classmethod
    def of(cls, row: Row) -> Edit:
        number, kind, post = _number(row, "Id"), _number(row, "PostHistoryTypeId"), _number(row, "PostId")
        user, user_name = _maybe(row, "UserId"), _text(row, "UserDisplayName").strip()
        version = _text(row, "RevisionGUID") or str(number)
        text, note = _text(row, "Text"), _text(row, "Comment")
        return cls(number, kind, post, version, _time(row, "CreationDate"), user, user_name, text, note)


type Record = User | Tag | Post | Comment | Vote | Link | Badge | Edit
