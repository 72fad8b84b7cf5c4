"""What is done with posts."""

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import Verb
from watercooler.spine.content.verbs import Writing

POSTED = Verb(
    "posted",
    "http://activitystrea.ms/schema/1.0/post",
    _("%(actor)s shared %(item)s"),
    frozenset({"post"}),
    detail=Writing,
)
