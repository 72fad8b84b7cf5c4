"""Kinds of item. A kind is a folder, a card and at most a side table; everything else it inherits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from watercooler.foundation.base.text import Words, slugify

if TYPE_CHECKING:
    from watercooler.spine.activity.verbs import Verb
    from watercooler.spine.content.composing import Composing


@dataclass(frozen=True, slots=True)
class Kind:
    """What the product says and does about one kind of item.

    label, plural: "Question", "Questions". action: the composer's button, "Ask". icon: its drawing's name.
    path: its address, with {id} and {slug}; empty for kinds that are read on their parent's page.
    card: the template of its body in lists; it gets `item` (see content.reads.Card). parents: kinds it may hang
    below; empty means it stands alone in lists and feeds. made: the verb recorded when one appears.
    is_checkable: whether what it says can be right or wrong, so that a host may vouch for it (content.acts.check).
    compose: where its content.composing.Composing is, for the composer; empty if it is made elsewhere.
    """

    name: str
    label: Words
    plural: Words
    icon: str
    made: Verb
    action: Words = ""
    path: str = ""
    card: str = ""
    parents: frozenset[str] = frozenset()
    has_title: bool = False
    is_checkable: bool = False
    compose: str = ""

    @property
    def slug(self) -> str:
        return self.name

    @property
    def composing(self) -> Composing | None:
        return import_string(self.compose) if self.compose else None

    @property
    def is_top(self) -> bool:
        return not self.parents

    def url(self, item_id: int, title: str = "") -> str:
        return self.path.format(id=item_id, slug=slugify(title, self.name))


@cache
def registered() -> dict[str, Kind]:
    """Return name → kind, in the order settings.KINDS lists them."""
    return {kind.name: kind for kind in map(import_string, settings.KINDS)}


def top_kinds() -> list[Kind]:
    """Return the kinds that stand alone in lists, feeds, the composer and search."""
    return [kind for kind in registered().values() if kind.is_top]


def url_of(
    kind: str, item_id: int, title: str, root_id: int | None = None, root_kind: str = "", root_title: str = ""
) -> str:
    """Return the permanent address of an item: its own page, or its place on its thread's page."""
    own = registered()[kind]
    if own.path:
        return own.url(item_id, title)
    return f"{registered()[root_kind].url(root_id or item_id, root_title)}#item-{item_id}"
