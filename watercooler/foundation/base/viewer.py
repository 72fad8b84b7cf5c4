"""The person looking, with what they may read. Built once per request or taken from the process's cache."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

EVERYONE = 0
"""The audience of items that every member may read: those in open spaces and on walls."""


class Role(IntEnum):
    """What somebody is in the organisation. Hosting is per space; managing follows from the reporting line."""

    STRANGER = 0
    GUEST = 10
    MEMBER = 20
    LEAD = 30
    ADMINISTRATOR = 40


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `audiences` and `guest_space_ids` are the whole rule of what may be read (see content.visibility).

    audiences: EVERYONE for members, and the ids of the closed and secret spaces they are in.
    guest_space_ids: open spaces that a guest has joined; empty for members, who read all open spaces anyway.
    space_ids: all spaces joined, whatever their access.
    """

    person_id: int = 0
    role: Role = Role.STRANGER
    name: str = ""
    handle: str = ""
    photo: str = ""
    language: str = "en-gb"
    status: str = ""
    theme: str = "system"
    has_shortcuts: bool = True
    is_welcomed: bool = True
    wall_id: int = 0
    audiences: tuple[int, ...] = ()
    guest_space_ids: tuple[int, ...] = ()
    space_ids: tuple[int, ...] = ()
    hosted_space_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_known(self) -> bool:
        return self.person_id > 0

    @property
    def is_member(self) -> bool:
        return self.role >= Role.MEMBER

    @property
    def is_administrator(self) -> bool:
        return self.role >= Role.ADMINISTRATOR

    @property
    def looks_after_others(self) -> bool:
        """Say whether the viewer hosts any space besides their own wall."""
        return bool(self.hosted_space_ids - {self.wall_id})

    def hosts(self, space_id: int) -> bool:
        """Say whether the viewer looks after this space, as its host or its owner's own wall."""
        return space_id in self.hosted_space_ids

    def reads(self, audience: int, space_id: int) -> bool:
        """Say in memory what content.visibility says in SQL, for event streams."""
        return audience in self.audiences or space_id in self.guest_space_ids


STRANGER = Viewer()
