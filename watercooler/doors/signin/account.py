"""How somebody gets in, for their own export: where they are signed in and what proves who they are."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.models import Invitation

type Rows = list[dict[str, Any]]


def told(viewer: Viewer) -> dict[str, Rows]:
    """Return name → rows, without any secret. Cost: three queries."""
    me = viewer.person_id
    sessions = UserSession.objects.filter(user_id=me).order_by("created_at")
    invitations = Invitation.objects.filter(person_id=me).order_by("made_at")
    return {
        "sessions": list(sessions.values("created_at", "last_seen_at", "ip", "user_agent")),
        "second_factors": [
            _factor(one) for one in Authenticator.objects.filter(user_id=me).order_by("created_at", "pk")
        ],
        "invitations": list(invitations.values("made_at", "ends_at", "used_at")),
    }


def _factor(one: Authenticator) -> dict[str, Any]:
    named = {"name": one.wrap().name} if one.type == Authenticator.Type.WEBAUTHN else {}
    return {"type": one.type, **named, "created_at": one.created_at, "last_used_at": one.last_used_at}
