"""What is done with articles."""

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import Verb
from watercooler.spine.content.verbs import Writing

WROTE = Verb(
    "wrote",
    "http://activitystrea.ms/schema/1.0/author",
    _("%(actor)s wrote %(item)s"),
    frozenset({"article"}),
    needs=Role.MEMBER,
    detail=Writing,
)
