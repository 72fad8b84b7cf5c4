"""What a session may do only where its person has confirmed lately who they are, as on pages."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.utils.translation import gettext as _

from watercooler.doors.api.doing import Asked
from watercooler.foundation.base.errors import NotAllowed

PAGE = "/me/security/confirm"


def confirm(request: Asked) -> None:
    """Raise NotAllowed for a browser's session that is not fresh.

    A token was made by somebody who had just confirmed who they are, and who gave it the scope for this.
    """
    if request.caller.token_id:
        return
    try:
        _lately(request)
    except ReauthenticationRequired:
        raise NotAllowed(_("Confirm first that it is you, at %(page)s; then ask again.") % {"page": PAGE}) from None


@reauthentication_required  # type: ignore[untyped-decorator]
def _lately(request: HttpRequest) -> None:
    """Raise ReauthenticationRequired where it was long ago."""
