"""How the composer speaks about comments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.composing import Composing, Typed
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.comment import comment


def _make(viewer: Viewer, typed: Typed) -> Item:
    assert typed.parent is not None, "a comment is offered below something only"
    return comment(viewer, typed.parent, typed.whole, key=typed.key, attachments=tuple(typed.attachments))


COMPOSING = Composing(
    make=_make,
    heading=_("New comment"),
    send=_("Post comment"),
    done=_("Posted."),
    source=_("What do you want to say?"),
    has_topics=False,
)
