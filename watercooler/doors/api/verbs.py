"""What is done with access tokens."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class TokenChange:
    """Which token, and what it may do; never the secret."""

    token_id: int
    scopes: list[str]


MADE_TOKEN = Verb(
    "made_token",
    OURS + "made-token",
    _("%(actor)s made an access token"),
    needs=Role.MEMBER,
    is_public=False,
    detail=TokenChange,
)
AGREED_TO_TOKEN = Verb(
    "agreed_to_token",
    OURS + "agreed-to-token",
    _("%(actor)s answers for an access token"),
    needs=Role.MEMBER,
    is_public=False,
    detail=TokenChange,
)
ENDED_TOKEN = Verb(
    "ended_token", OURS + "ended-token", _("%(actor)s ended an access token"), is_public=False, detail=TokenChange
)
