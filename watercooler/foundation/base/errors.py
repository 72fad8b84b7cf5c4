"""The few errors that carry a sentence for a person."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _


class Refused(Exception):
    """Something a person wanted cannot be done. The message is a translated sentence for them."""

    status = 400

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


class Invalid(Refused):
    """What was typed cannot be accepted; `field` names where."""

    status = 422


class NotAllowed(Refused):
    """The viewer may see this but not do that."""

    status = 403


class Stale(Refused):
    """Somebody else changed the thing since the viewer opened it."""

    status = 409


class TooLarge(Refused):
    """A text or file is larger than the limit named in the sentence."""

    status = 413


class TooMany(Refused):
    """The viewer acts faster than a person does."""

    status = 429


class Gone(Refused):
    """What was written belongs to something that is not, or no longer, there for this viewer."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("This is no longer here for you: it was moved or removed, or its space was closed to you."))


class SignedOut(Refused):
    """The session ended while somebody was writing; `back` is the page they wrote on."""

    status = 401

    def __init__(self, back: str) -> None:
        sentence = _("You are signed out by now. Sign in again in another tab, then try this once more.")
        super().__init__(sentence, "session")
        self.back = back


class SomebodyElse(Refused):
    """Somebody else has signed in since the page that sends this was opened: it is not theirs to send."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else is signed in here by now. Sign in as yourself; this is kept for you."), "session"
        )


def _is_secret(name: str) -> bool:
    """Say whether what was typed in this field is never shown again."""
    return name in {"key", "whose"} or any(word in name for word in ("password", "code", "token", "credential"))


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a sent form that hold something, but for secrets."""
    return [(k, str(v)) for k, values in request.POST.lists() for v in values if v and not _is_secret(k)]
