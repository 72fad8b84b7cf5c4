"""How the composer speaks about posts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.posts.acts import post
from watercooler.spine.content.composing import Composing, Typed
from watercooler.spine.content.models import Item


def _make(viewer: Viewer, typed: Typed) -> Item:
    return post(viewer, typed.space, typed.whole, topics=typed.topics, **typed.sending)


COMPOSING = Composing(
    make=_make,
    heading=_("New post"),
    send=_("Share it"),
    done=_("Shared."),
    source=_("What do you want to share?"),
)
