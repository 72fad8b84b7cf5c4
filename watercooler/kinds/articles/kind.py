"""Articles: pages meant to last, in a space or on one's own blog."""

from django.utils.translation import gettext_lazy as _

from watercooler.kinds.articles.verbs import WROTE
from watercooler.spine.content.kinds import Kind

ARTICLE = Kind(
    name="article",
    label=_("Article"),
    plural=_("Articles"),
    action=_("Write"),
    icon="book-open-text",
    made=WROTE,
    path="/a/{id}/{slug}",
    card="articles/card.html",
    has_title=True,
    is_checkable=True,
    compose="watercooler.kinds.articles.compose.COMPOSING",
)
