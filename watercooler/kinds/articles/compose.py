"""How the composer speaks about articles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.articles.acts import write
from watercooler.kinds.articles.forms import TimingForm
from watercooler.kinds.articles.reads import home_zone
from watercooler.spine.content.composing import Composing, Typed
from watercooler.spine.content.models import Item


def _make(viewer: Viewer, typed: Typed) -> Item:
    timing = {"is_draft": typed.more["way"] == "draft", "publish_at": typed.more["publish_at"]}
    return write(viewer, typed.space, typed.title, typed.source, topics=typed.topics, **timing, **typed.sending)


def _after(item: Item) -> str:
    return item.url if item.is_live else "/me/drafts"


COMPOSING = Composing(
    make=_make,
    heading=_("New article"),
    send=_("Publish article"),
    done=_("Published."),
    title=_("Title"),
    source=_("What should people still find in a year?"),
    more=TimingForm,
    begin=lambda viewer: {"zone": home_zone(viewer)},
    more_template="articles/compose.html",
    explains={
        "way": "“draft” keeps it for its author alone, “later” publishes it at `publish_at`; null or empty at once.",
        "publish_at": "When it appears, as 2030-01-14T09:00:00Z, or without a zone in that of `zone`; null at once.",
        "zone": "The IANA name of the time zone in which `publish_at` is written; null for the installation’s.",
    },
    after=_after,
)
