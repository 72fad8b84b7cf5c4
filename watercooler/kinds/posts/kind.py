"""Posts: short updates, with or without photos."""

from django.utils.translation import gettext_lazy as _

from watercooler.kinds.posts.verbs import POSTED
from watercooler.spine.content.kinds import Kind

POST = Kind(
    name="post",
    label=_("Post"),
    plural=_("Posts"),
    action=_("Share"),
    icon="message-circle",
    made=POSTED,
    path="/p/{id}",
    card="posts/card.html",
    is_checkable=True,
    compose="watercooler.kinds.posts.compose.COMPOSING",
)
