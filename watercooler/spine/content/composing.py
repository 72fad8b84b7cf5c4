"""What a kind tells the composer: its words, its further fields, and the function that makes one.

A kind names its Composing by a dotted path (Kind.compose); the composer's pages know nothing else of any kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.kinds import Kind, registered
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into the composer. parent: what it hangs below. more: the kind's further fields, cleaned."""

    space: Space
    title: str
    source: str
    topics: list[str] = field(default_factory=list)
    attachments: list[int] = field(default_factory=list)
    key: UUID | None = None
    parent: Item | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def sending(self) -> dict[str, Any]:
        """Return what every act of making takes beside its text."""
        return {"attachments": self.attachments, "key": self.key}

    @property
    def whole(self) -> str:
        """Return title and text as one, for kinds without a title: nobody's words are lost by changing the kind."""
        return "\n\n".join(part for part in (self.title, self.source) if part)


def _its_page(item: Item) -> str:
    return item.url


@dataclass(frozen=True, slots=True)
class Composing:
    """How the composer speaks about one kind and makes it.

    heading: "New question". send: the button, "Post question". done: said when it is there. title, source: what stands
    in the empty fields; an empty title means the kind has none. more, more_template: a form class of further fields
    and the part that shows it as `more`; the names of its fields are its own among all kinds. begin: what stands in
    them at first. after: where to go then.
    looks_for_similar: whether what was asked before is shown while writing. has_topics: False for replies.
    explains: what programs are told of each further field, by its name: what it does, and what null means.
    """

    make: Callable[[Viewer, Typed], Item]
    heading: Words
    send: Words
    done: Words
    source: Words
    title: Words = ""
    more: type[forms.Form] | None = None
    begin: Callable[[Viewer], dict[str, Any]] | None = None
    more_template: str = ""
    after: Callable[[Item], str] = _its_page
    looks_for_similar: bool = False
    has_topics: bool = True
    explains: Mapping[str, str] = field(default_factory=dict)


def composable(viewer: Viewer, parent: Item | None = None) -> list[Kind]:
    """Return the kinds this viewer may begin, below `parent` or on their own, in the order of settings.KINDS."""
    fitting = [kind for kind in registered().values() if kind.compose and viewer.role >= kind.made.needs]
    if parent is None:
        return [kind for kind in fitting if kind.is_top]
    return [kind for kind in fitting if parent.kind in kind.parents]
