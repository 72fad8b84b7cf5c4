"""The folder of a forum: JSON as Discourse's API answers, found by what it holds and not by its name.

A topic is what /t/<id>.json answers, with further pages (?page=2) as files of their own. Posts also come alone, as
programs that copy forums save them: those of /t/<id>/posts.json, the newest of all topics from /posts.json, a list, one
a file, one a line. Lists of topics tell titles; categories.json or site.json the categories. One file is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from watercooler.doors.importing.discourse import files
from watercooler.doors.importing.emoji import with_emoji
from watercooler.doors.importing.report import Broken, Problem

_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class Unusable(Exception):
    """A field that cannot be read. Its text is a sentence; `field` is where it stands."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Post:
    """kind: 1 regular, 2 by a moderator, 3 a small act, 4 a whisper. cooked: HTML, not yet safe. raw: Markdown."""

    id: int
    number: int
    kind: int
    username: str
    name: str
    user_id: int | None
    made_at: datetime
    edited_at: datetime | None
    cooked: str
    raw: str
    reply_to: int | None
    likes: int
    is_accepted: bool
    is_gone: bool
    where: str


@dataclass(frozen=True, slots=True)
class Topic:
    """posts: those of this file. answered: the number of the accepted answer. is_private: a message, not a topic.

    title: "" where the file holds posts alone. count: how many posts the topic has, as far as this file says.
    """

    id: int
    title: str
    category_id: int | None
    tags: tuple[str, ...]
    answered: int | None
    is_private: bool
    posts: tuple[Post, ...]
    unreadable: tuple[Problem, ...] = ()
    is_gone: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """takes_solutions: its topics are questions. is_closed: not everybody could read it."""

    id: int
    name: str
    about: str = ""
    takes_solutions: bool = False
    is_closed: bool = False


@dataclass
class Forum:
    """The files of one forum. `name` is its host, by which links within it are known: the one given, else what the
    folder is called if that can be a host, else what its files say, else the folder.
    """

    folder: Path
    name: str = ""
    paths: files.Paths = field(init=False)

    def __post_init__(self) -> None:
        """Raise Broken for a folder that is none, or holds no JSON."""
        if not self.folder.is_dir():
            raise Broken(str(self.folder), "is neither a folder nor an archive of one.")
        self.paths = files.Paths(self.folder)
        called = self.folder.resolve().name
        self.name = self.name or (called if "." in called else files.host(self.paths) or called)
        if not self.paths:
            raise Broken(str(self.folder), "holds no JSON files.")

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.paths)

    def files(self, told: Callable[[Problem], None]) -> Iterator[tuple[Path, Any]]:
        """Yield each file with what it says; `told` of those that cannot be read."""
        for path in self.paths:
            try:
                for said in files.read(path):
                    yield path, said
            except Broken as broken:
                told(broken.problem)

    def topics(
        self,
        told: Callable[[Problem], None],
        pace: Callable[[int], None] = lambda _bytes: None,
        others: Callable[[str], None] = lambda _what: None,
        categories: dict[int, Category] | None = None,
    ) -> Iterator[Topic]:
        """Yield the topics, each page of one for itself.

        told: of files and topics that cannot be read. others: told of each file without posts what it is instead.
        categories: takes id → category, from whatever file names them.
        """
        before: Path | None = None
        for path, said in self.files(told):
            if path != before:
                before = path
                pace(path.stat().st_size)
            if what := other(said):
                others(what)
            if categories is not None:
                _note_categories(said, categories)
            for page in pages(said):
                try:
                    yield _topic(path.name, page)
                except Unusable as why:
                    told(Problem(path.name, 0, why.field, str(why)))


def pages(said: Any) -> Iterator[dict[str, Any]]:
    """Yield what a file says of topics, as /t/<id>.json would say it: one page for each topic with posts in it.

    A list of topics gives pages without posts, which tell titles, tags and categories.
    """
    if whole := _whole_topics(said):
        yield from whole
        return
    for listed in _listed(said):
        kept = ("id", "title", "category_id", "tags", "archetype", "deleted_at")
        yield {**{name: listed.get(name) for name in kept}, "post_stream": {"posts": []}}
    of_topic: dict[Any, list[dict[str, Any]]] = {}
    for post in _posts(said):
        of_topic.setdefault(str(post.get("topic_id")), []).append(post)
    for posts in of_topic.values():
        first = posts[0]
        about = {"id": first.get("topic_id"), "title": first.get("topic_title") or first.get("topic_html_title")}
        about |= {"category_id": first.get("category_id"), "archetype": first.get("topic_archetype")}
        yield {**about, "post_stream": {"posts": posts}}


def _whole_topics(said: Any) -> list[dict[str, Any]]:
    """Return the topics that a file holds with their posts: one, a list, or several by their numbers."""
    if not isinstance(said, dict):
        listed = said if isinstance(said, list) else []
    elif isinstance(said.get("post_stream"), dict):
        return [said]
    else:
        listed = said["topics"] if isinstance(said.get("topics"), list) else list(said.values())
    return [each for each in listed if isinstance(each, dict) and isinstance(each.get("post_stream"), dict)]


def _posts(said: Any) -> list[dict[str, Any]]:
    if isinstance(said, dict):
        for name in ("latest_posts", "posts"):
            if isinstance(said.get(name), list):
                return _posts(said[name])
        said = [said]
    is_post = {"post_number", "topic_id"}
    return (
        [each for each in said if isinstance(each, dict) and is_post <= each.keys()] if isinstance(said, list) else []
    )


def _listed(said: Any) -> list[dict[str, Any]]:
    found = said.get("topic_list") if isinstance(said, dict) else None
    topics = found.get("topics") if isinstance(found, dict) else None
    return [each for each in topics if isinstance(each, dict)] if isinstance(topics, list) else []


def other(said: Any) -> str:
    """Return what a file is that holds no posts, in a few words; "" for one that does."""
    if _whole_topics(said) or _posts(said):
        return ""
    if _listed(said):
        return "lists of topics, which say nothing of their posts"
    if isinstance(said, dict) and (_named_categories(said) or "category_list" in said or "categories" in said):
        return "categories, read for their names"
    if isinstance(said, dict) and isinstance(said.get("errors"), list):
        return "errors that the forum answered instead of a topic"
    if isinstance(said, dict) and ("directory_items" in said or "users" in said or "user" in said):
        return "lists of people; who wrote something comes with their posts"
    return "neither topics nor posts"


def _named_categories(said: Any) -> list[Any]:
    if not isinstance(said, dict):
        return []
    listed = said.get("category_list")
    found = listed.get("categories") if isinstance(listed, dict) else said.get("categories")
    if not isinstance(found, list):
        return []
    return [*found, *(sub for each in found if isinstance(each, dict) for sub in each.get("subcategory_list") or ())]


def _note_categories(said: Any, found: dict[int, Category]) -> None:
    for each in _named_categories(said):
        if isinstance(each, dict) and isinstance(each.get("id"), int) and isinstance(each.get("name"), str):
            found.setdefault(each["id"], _category(each))


def _category(said: dict[str, Any]) -> Category:
    own = said.get("custom_fields")
    solved = own.get("enable_accepted_answers") if isinstance(own, dict) else said.get("enable_accepted_answers")
    about = said.get("description_text") or ""
    is_closed = bool(said.get("read_restricted"))
    return Category(said["id"], said["name"], str(about), str(solved).lower() in ("true", "t", "1"), is_closed)


def _topic(file: str, said: dict[str, Any]) -> Topic:
    stream = said["post_stream"].get("posts")
    if not isinstance(stream, list):
        raise Unusable("post_stream.posts", "is missing.")
    posts, unreadable, people = [], [], _people(said.get("details"))
    for index, post in enumerate(stream):
        where = f"post_stream.posts[{index}]"
        try:
            posts.append(_post(where, _with_names(post, people)))
        except Unusable as why:
            unreadable.append(Problem(file, 0, why.field, str(why)))
    topic_id = said.get("id") or next((p.get("topic_id") for p in stream if isinstance(p, dict)), None)
    ids = said["post_stream"].get("stream")
    return Topic(
        id=_whole(topic_id, "id"),
        title=with_emoji(
            _words(said.get("title") or unescape(_words(said.get("fancy_title"), "fancy_title")), "title")
        ),
        category_id=_maybe(said.get("category_id")),
        tags=tuple(_tags(said.get("tags"))),
        answered=_answered(said, posts),
        is_private=said.get("archetype") == "private_message",
        posts=tuple(posts),
        unreadable=tuple(unreadable),
        is_gone=bool(said.get("deleted_at")),
        count=len(ids) if isinstance(ids, list) else 0,
    )


def _answered(said: dict[str, Any], posts: Sequence[Post]) -> int | None:
    """Return the number of the accepted post: as an object, the first of a list, or the post's own id."""
    answered = said.get("accepted_answer") or said.get("accepted_answers") or said.get("accepted_answer_post_id")
    first = answered[0] if isinstance(answered, list) and answered else answered
    if isinstance(first, dict):
        return _maybe(first.get("post_number"))
    wanted = _maybe(first)
    return next((post.number for post in posts if wanted is not None and post.id == wanted), None)


def _people(details: Any) -> dict[str, tuple[str, str]]:
    """Return number, and user name in lower case, → (user name, name) of those whom a topic's details name."""
    said = details if isinstance(details, dict) else {}
    listed = said.get("participants")
    named = [*(listed if isinstance(listed, list) else ()), said.get("created_by"), said.get("last_poster")]
    people: dict[str, tuple[str, str]] = {}
    for each in named:
        if isinstance(each, dict) and isinstance(each.get("username"), str) and each["username"]:
            name = each.get("name")
            both = (each["username"], name if isinstance(name, str) else "")
            people |= {str(each.get("id")): both, each["username"].lower(): both}
    return people


def _with_names(post: Any, people: dict[str, tuple[str, str]]) -> Any:
    """Return a post with the names it lacks, where its topic's details or the post itself say them elsewhere."""
    if not isinstance(post, dict):
        return post
    username, name = post.get("username"), post.get("name") or post.get("display_username")
    if username is None and post.get("user_id") is not None:
        username = people.get(str(post["user_id"]), (None, ""))[0]
    if not name and isinstance(username, str):
        name = people.get(username.lower(), ("", ""))[1]
    return {**post, "username": username, "name": name}


def _tags(said: Any) -> Iterator[str]:
    """Yield tags, which older versions write as words and newer ones as objects."""
    for tag in said if isinstance(said, list) else ():
        name = tag.get("name") or tag.get("slug") if isinstance(tag, dict) else tag
        if isinstance(name, str) and _words(name, "tags").strip():
            yield _words(name, "tags").strip()


def _post(where: str, said: Any) -> Post:
    if not isinstance(said, dict):
        raise Unusable(where, "is no post.")
    acted = said.get("actions_summary")
    likes = [
        each for each in (acted if isinstance(acted, list) else ()) if isinstance(each, dict) and each.get("id") == 2
    ]
    made_at, edited_at = _time(said.get("created_at"), f"{where}.created_at"), None
    if isinstance(said.get("version"), int) and said["version"] > 1 and said.get("updated_at"):
        edited_at = _time(said["updated_at"], f"{where}.updated_at")
    reply_to = said.get("reply_to_post_number")
    return Post(
        id=_whole(said.get("id"), f"{where}.id"),
        number=_whole(said.get("post_number"), f"{where}.post_number"),
        kind=said["post_type"] if isinstance(said.get("post_type"), int) else 3 if said.get("action_code") else 1,
        username=_words(said.get("username"), f"{where}.username").strip(),
        name=_words(said.get("name"), f"{where}.name").strip(),
        user_id=said["user_id"] if isinstance(said.get("user_id"), int) else None,
        made_at=made_at,
        edited_at=edited_at,
        cooked=_words(said.get("cooked"), f"{where}.cooked"),
        raw=_words(said.get("raw"), f"{where}.raw"),
        reply_to=_maybe(reply_to),
        likes=max(_likes(likes), _count(said.get("reaction_users_count"))),
        is_accepted=bool(said.get("accepted_answer")),
        is_gone=any(said.get(each) for each in ("deleted_at", "user_deleted", "hidden")),
        where=where,
    )


def _likes(said: list[dict[str, Any]]) -> int:
    return _count(said[0].get("count")) if said else 0


def _count(said: Any) -> int:
    return min(max(said, 0), 1_000_000) if isinstance(said, int) else 0


def _maybe(said: Any) -> int | None:
    """Return a number, also one written as text; None for anything else."""
    try:
        return _whole(said, "")
    except Unusable:
        return None


def _whole(said: Any, where: str) -> int:
    if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 17:
        said = int(said)  # programs that copy forums through tables write numbers so
    if not isinstance(said, int) or isinstance(said, bool) or not 0 < said < 2**53:
        raise Unusable(where, "is no number." if said is not None else "is missing.")
    return said


def _words(said: Any, where: str) -> str:
    if said is None:
        return ""
    if not isinstance(said, str):
        raise Unusable(where, "is no text.")
    # JSON can say halves of characters and NUL, which no text may hold.
    return said.replace("\0", "").encode("utf-8", "replace").decode()


def _time(said: Any, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(said.removesuffix(" UTC"))
    except (AttributeError, TypeError, ValueError):
        raise Unusable(where, "is no date." if said is not None else "is missing.") from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    if not _OLDEST < at < datetime.now(UTC) + _DAY:
        raise Unusable(where, "lies outside the time this can have been.")
    return at
