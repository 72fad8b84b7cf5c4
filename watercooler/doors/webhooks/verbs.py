"""What is done with webhooks."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """Which webhook, and the names of what changed; never its address or secret."""

    webhook_id: int
    fields: list[str]


ADDED_WEBHOOK = Verb(
    "added_webhook",
    OURS + "added-webhook",
    _("%(actor)s set up a webhook"),
    needs=Role.MEMBER,
    is_public=False,
    detail=WebhookChange,
)
CHANGED_WEBHOOK = Verb(
    "changed_webhook",
    OURS + "changed-webhook",
    _("%(actor)s changed a webhook"),
    needs=Role.MEMBER,
    is_public=False,
    detail=WebhookChange,
)
REMOVED_WEBHOOK = Verb(
    "removed_webhook",
    OURS + "removed-webhook",
    _("%(actor)s removed a webhook"),
    needs=Role.MEMBER,
    is_public=False,
    detail=WebhookChange,
)
