"""Who wrote in a forum: people by their user names there, marked as imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

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
    return f"user/{username.lower()}"


def _newcomer(source: str, handle: str, username: str, name: str, at: datetime) -> Newcomer:
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
    here = known(source, [_user(username) for username in first], "person")
    people = {username: here[_user(username)] for username in first if _user(username) in here}
    new = [(post.username, post.name, post.made_at) for name, post in first.items() if name not in people]
    people |= _make(source, new)
    join_many(space, [(people[name], post.made_at) for name, post in first.items() if name not in SYSTEM])
    return people


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
