"""Making access tokens, answering for them, and ending them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.api.models import Token
from watercooler.doors.api.scopes import ALL
from watercooler.doors.api.secret import SHOWN, digest, mint
from watercooler.doors.api.verbs import AGREED_TO_TOKEN, ENDED_TOKEN, MADE_TOKEN, TokenChange
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.people.models import Person

MOST_TOKENS = 50
LONGEST = timedelta(days=366)


@transaction.atomic
def make_token(
    viewer: Viewer, *, name: str, scopes: Sequence[str], ends_at: datetime, answers: Person | None = None
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which is never shown again.

    answers: for a service token, who answers for it; it does nothing until they agreed, unless they make it themselves.
    Raises NotAllowed for guests and for service tokens of others than administrators, Invalid naming the field.
    """
    if not viewer.is_member:
        raise NotAllowed(_("Guests can’t make access tokens; ask your sponsor."))
    if answers is not None and not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can make service tokens."))
    person_id, now = answers.pk if answers else viewer.person_id, timezone.now()
    _check(name := clean_line(name), scopes, ends_at, now, answers)
    if Token.objects.filter(person_id=person_id, ended_at=None, ends_at__gt=now).count() >= MOST_TOKENS:
        raise Invalid(_("That is a lot of tokens. End one you no longer use first."), field="name")
    secret = mint()
    token = Token.objects.create(
        person_id=person_id,
        made_by_id=viewer.person_id,
        name=name,
        is_service=answers is not None,
        beginning=secret[:SHOWN],
        digest=digest(secret),
        scopes=[scope for scope in ALL if scope in scopes],
        made_at=now,
        agreed_at=now if person_id == viewer.person_id else None,
        ends_at=ends_at,
    )
    record(viewer, MADE_TOKEN, person_id=person_id, detail=_change(token))
    return token, secret


def _check(name: str, scopes: Sequence[str], ends_at: datetime, now: datetime, answers: Person | None) -> None:
    if not name:
        raise Invalid(_("Give it a name, so that you know later what it was for."), field="name")
    if len(name) > 80:
        raise Invalid(_("At most %(most)s characters, please.") % {"most": 80}, field="name")
    if not scopes or set(scopes) - set(ALL):
        raise Invalid(_("Choose what it may do."), field="scopes")
    if not now < ends_at <= now + LONGEST:
        raise Invalid(_("A token ends within a year."), field="ends")
    if answers is not None and (answers.is_guest or not answers.is_active):
        raise Invalid(_("A colleague has to answer for it."), field="answers")


def _change(token: Token) -> TokenChange:
    return TokenChange(token.pk, token.scopes)


@transaction.atomic
def agree(viewer: Viewer, token: Token) -> bool:
    """Answer for a service token that acts in the viewer's name. Returns False if that was said. Raises NotAllowed."""
    if token.person_id != viewer.person_id:
        raise NotAllowed(_("Only the person in whose name it acts can agree to that."))
    if not Token.objects.filter(pk=token.pk, agreed_at=None, ended_at=None).update(agreed_at=timezone.now()):
        return False
    record(viewer, AGREED_TO_TOKEN, person_id=token.made_by_id, detail=_change(token))
    return True


@transaction.atomic
def end_token(viewer: Viewer, token: Token) -> bool:
    """End a token for good: who answers for it may, and an administrator for service tokens.

    Returns False if it was ended. Raises NotAllowed.
    """
    if token.person_id != viewer.person_id and not (token.is_service and viewer.is_administrator):
        raise NotAllowed(_("Only the person in whose name it acts can end it."))
    if not Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        return False
    record(viewer, ENDED_TOKEN, person_id=token.person_id, detail=_change(token))
    return True


def end_all_of(viewer: Viewer, person: Person) -> int:
    """End every token that acts as somebody who leaves; they stay ended if that person comes back.

    Returns how many. Part of the leaving, and recorded with it.
    """
    return Token.objects.filter(person=person, ended_at=None).update(ended_at=timezone.now())
