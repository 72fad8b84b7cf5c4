"""What a token may do. An operation needs exactly one of them; the person behind the token must be allowed it too."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Role, Viewer

type Scope = Literal["read", "write", "outlets", "care", "administer"]

SAID: dict[str, Words] = {
    "read": _("Read what you read"),
    "write": _("Write in your name: post, answer, comment, follow, join"),
    "outlets": _("Let things out: webhooks, private feed addresses, exports. They stay when the token has ended"),
    "care": _("Decide on the care desk what you may decide"),
    "administer": _("Look after the directory and the organisation"),
}
"""Every scope, in the words of the page on which it is chosen."""
ALL: tuple[Scope, ...] = ("read", "write", "outlets", "care", "administer")


def offered(viewer: Viewer) -> list[str]:
    """Return the scopes that make sense for this viewer's tokens."""
    kept = {"read", "write", "outlets"}
    if viewer.is_administrator or viewer.looks_after_others:
        kept.add("care")
    if viewer.role >= Role.ADMINISTRATOR:
        kept.add("administer")
    return [scope for scope in ALL if scope in kept]
