"""Who wrote in a forum: people by their user names there, marked as imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from watercooler.doors.importing.again import rename_people
from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.discourse.forum import Post
from watercooler.doors.importing.handles import free_handles
from watercooler.foundation.base.text import clean_line
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.newcomers import Newcomer, add_people, join_many

SYSTEM = frozenset({"system", "discobot"})
"""Accounts in whose name a forum itself acts."""


def _user(username: str) -> str:
    return f"user/{username.lower()}" if username else "former"


def _account(number: int | None) -> str:
    """Return the name under which an account is kept that may call itself otherwise later; "" for those of none."""
    return f"account/{number}" if number and number > 0 else ""


def account(post: Post) -> str:
    """Return the name under which whoever wrote a post is known, whatever they call themselves."""
    return _account(post.user_id) or _user(post.username)


def _newcomer(source: str, handle: str, username: str, name: str, at: datetime) -> Newcomer:
    if not username:
        why = f"Everybody whose account at {source} was deleted."
        return Newcomer(handle, f"Former member of {source}", at, why, is_active=False)
    if username.lower() in SYSTEM:
        return Newcomer(handle, f"System ({source})", at, f"Not a person: {source} itself wrote this.", is_active=False)
    return Newcomer(handle, clean_line(name) or clean_line(username), at)


def writers(source: str, posts: Sequence[Post], space: Space) -> dict[str, int]:
    """Return user name in lower case → person, made where new, and put them inside the space since their first post.

    Cost: one query, and five statements where somebody is new to the forum or the space.
    """
    first: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: post.made_at):
        first.setdefault(post.username.lower(), post)
    people = here(source, posts)
    new = [post for name, post in first.items() if name not in people]
    people |= _make(source, [(post.username, post.name, post.made_at) for post in new])
    accounts = {_account(post.user_id): people[post.username.lower()] for post in new if _account(post.user_id)}
    remember(source, "person", accounts.items())
    join_many(space, [(people[name], post.made_at) for name, post in first.items() if name not in (*SYSTEM, "")])
    return people


def here(source: str, posts: Sequence[Post]) -> dict[str, int]:
    """Return user name in lower case → person, of those that are here, also under a former user name.

    Cost: one query.
    """
    names = {_user(post.username) for post in posts} | {_account(post.user_id) for post in posts}
    people = known(source, names, "person")
    found = {post.username.lower(): people.get(_user(post.username)) or people.get(_account(post.user_id))
             for post in posts}  # fmt: skip
    return {username: person_id for username, person_id in found.items() if person_id}


def rename(source: str, posts: Sequence[Post], *, by: int, newest: int) -> int:
    """Give people the names they have now. Returns how many have another one."""
    names = {_user(post.username): post.name for post in posts if post.name and post.username.lower() not in SYSTEM}
    return rename_people(source, names, by=by, newest=newest)


def _make(source: str, new: Sequence[tuple[str, str, datetime]]) -> dict[str, int]:
    handles = free_handles(source, [(username, index) for index, (username, _name, _at) in enumerate(new)])
    newcomers = [_newcomer(source, handles[index], *each) for index, each in enumerate(new)]
    made = dict(zip([username.lower() for username, _name, _at in new], add_people(newcomers), strict=True))
    remember(source, "person", ((_user(username), person_id) for username, person_id in made.items()))
    return made


def system(source: str) -> Person:
    """Return who stands for the forum itself, made if need be: owner of its spaces while nobody else can be."""
    here = known(source, [_user("system")], "person") or _make(source, [("system", "", timezone.now())])
    return Person.objects.get(pk=next(iter(here.values())))
