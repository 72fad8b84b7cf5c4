"""Comments: on anything, one level deep on answers."""

from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.kinds import Kind
from watercooler.spine.social.verbs import COMMENTED

COMMENT = Kind(
    name="comment",
    label=_("Comment"),
    plural=_("Comments"),
    icon="message-circle",
    made=COMMENTED,
    parents=frozenset({"post", "question", "answer", "article", "comment"}),
    compose="watercooler.spine.social.compose.COMPOSING",
)
