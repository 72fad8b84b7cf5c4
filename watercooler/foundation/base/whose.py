"""Whose page something was sent from: a tab may outlive a sign-out, and send under the next name."""

from __future__ import annotations

from django.http import HttpRequest

from watercooler.foundation.base.errors import SomebodyElse
from watercooler.foundation.base.files.keep import receive
from watercooler.foundation.base.viewer import Viewer

HEADER = "Watercooler-Person"
"""What scripts send with everything that changes something."""
FIELD = "whose"
"""What a form sends without script; see the template base/whose.html."""


def is_anothers(request: HttpRequest) -> bool:
    """Say whether this was sent from a page that somebody else had opened before the viewer signed in beside it.

    Of a form with files the field is not read: it is for its view to say first how they are received (`receive_own`).
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.is_known:
        return False
    whose = request.headers.get(HEADER)
    if whose is None and request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        whose = request.POST.get(FIELD)
    return whose is not None and whose != str(viewer.person_id)


def receive_own(request: HttpRequest) -> None:
    """Receive a form with files. Raises TooLarge, SomebodyElse for one from a page of somebody else."""
    receive(request)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if HEADER not in request.headers and request.POST.get(FIELD, str(viewer.person_id)) != str(viewer.person_id):
        raise SomebodyElse
