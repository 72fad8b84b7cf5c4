"""Setting up, changing and removing webhooks, and sending by hand. What owners do with their own is recorded."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.webhooks.jobs import wake
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.payload import TEST, offered
from watercooler.doors.webhooks.signing import new_secret
from watercooler.doors.webhooks.verbs import ADDED_WEBHOOK, CHANGED_WEBHOOK, REMOVED_WEBHOOK, WebhookChange
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.outside import Forbidden, check
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import record
from watercooler.spine.spaces.models import Purpose, Space, SpaceQuerySet

BOTH_SECRETS = timedelta(hours=24)
MOST = 20


def may_have(viewer: Viewer) -> bool:
    """Say whether the viewer may set up webhooks: administrators, and hosts of a space."""
    return viewer.is_administrator or viewer.looks_after_others


def spaces_for(viewer: Viewer) -> SpaceQuerySet:
    """Return the spaces whose life the viewer may have told: administrators what they may read, hosts their own."""
    spaces = Space.objects.readable_by(viewer).filter(purpose=Purpose.SPACE, archived_at=None)
    return spaces if viewer.is_administrator else spaces.filter(pk__in=viewer.hosted_space_ids)


def may_manage(viewer: Viewer, webhook: Webhook) -> bool:
    """Say whether the viewer may switch it off or remove it: its owner, and administrators."""
    return webhook.owner_id == viewer.person_id or viewer.is_administrator


@transaction.atomic
def add(viewer: Viewer, name: str, address: str, verbs: Iterable[str] = (), space_ids: Iterable[int] = ()) -> Webhook:
    """Set up a webhook with a fresh secret. It hears of what happens from now on.

    verbs: names, none for all. space_ids: none for every space, which is for administrators. Raises NotAllowed,
    Invalid naming the field.
    """
    if not may_have(viewer):
        raise NotAllowed(_("Hosts and administrators can set up webhooks."))
    if Webhook.objects.filter(owner_id=viewer.person_id).count() >= MOST:
        raise Invalid(_("%(most)s webhooks are enough. Remove one first.") % {"most": MOST})
    webhook = Webhook.objects.create(
        owner_id=viewer.person_id,
        secret=new_secret(),
        after_position=Activity.objects.aggregate(last=Max("position"))["last"] or 0,
        made_at=timezone.now(),
        **_checked(viewer, name, address, verbs, space_ids),
    )
    record(viewer, ADDED_WEBHOOK, detail=WebhookChange(webhook.pk, []))
    return webhook


@transaction.atomic
def change(
    viewer: Viewer, webhook: Webhook, name: str, address: str, verbs: Iterable[str], space_ids: Iterable[int]
) -> None:
    """Change what a webhook is called, where it goes and what it hears. Raises as `add`."""
    _check_own(viewer, webhook)
    values = _checked(viewer, name, address, verbs, space_ids)
    changed = sorted(field for field, value in values.items() if getattr(webhook, field) != value)
    if changed:
        Webhook.objects.filter(pk=webhook.pk).update(**values)
        record(viewer, CHANGED_WEBHOOK, detail=WebhookChange(webhook.pk, changed))


def _checked(
    viewer: Viewer, name: str, address: str, verbs: Iterable[str], space_ids: Iterable[int]
) -> dict[str, object]:
    name, address = clean_line(name)[:80], address.strip()
    if not name:
        raise Invalid(_("Give it a name."), field="name")
    try:
        check(address)
    except Forbidden as error:
        raise Invalid(error.sentence, field="address") from None
    known = {verb.name for verb in offered()}
    wanted = sorted(set(space_ids))
    if not viewer.is_administrator and not wanted:
        raise Invalid(_("Choose at least one space."), field="spaces")
    if spaces_for(viewer).filter(pk__in=wanted).count() != len(wanted):
        raise Invalid(_("Choose spaces that you look after."), field="spaces")
    return {"name": name, "address": address, "verbs": sorted(known & set(verbs)), "space_ids": wanted}


def _check_own(viewer: Viewer, webhook: Webhook) -> None:
    if webhook.owner_id != viewer.person_id:
        raise NotAllowed(_("Only the person who set it up can change it."))


@transaction.atomic
def renew_secret(viewer: Viewer, webhook: Webhook) -> None:
    """Make a new secret. For a day everything is signed with the old one too. Raises NotAllowed."""
    _check_own(viewer, webhook)
    Webhook.objects.filter(pk=webhook.pk).update(
        secret=new_secret(), old_secret=webhook.secret, old_secret_ends_at=timezone.now() + BOTH_SECRETS
    )
    record(viewer, CHANGED_WEBHOOK, detail=WebhookChange(webhook.pk, ["secret"]))


@transaction.atomic
def switch(viewer: Viewer, webhook: Webhook, is_on: bool) -> None:
    """Switch a webhook on or off. Its owner may do both, an administrator switch it off. Raises NotAllowed."""
    if is_on:
        _check_own(viewer, webhook)
    elif not may_manage(viewer, webhook):
        raise NotAllowed(_("Only the person who set it up can change it."))
    fresh = {"failures": 0, "failing_since": None, "rests_until": None} if is_on else {}
    if Webhook.objects.filter(pk=webhook.pk).update(off="" if is_on else Webhook.Off.BY_HAND, **fresh):
        record(viewer, CHANGED_WEBHOOK, detail=WebhookChange(webhook.pk, ["off"]))
    if is_on:
        wake(webhook.pk)


@transaction.atomic
def remove(viewer: Viewer, webhook: Webhook) -> None:
    """Remove a webhook with everything it sent. Its owner may, and administrators. Raises NotAllowed."""
    if not may_manage(viewer, webhook):
        raise NotAllowed(_("Only the person who set it up can remove it."))
    webhook_id = webhook.pk
    webhook.delete()
    record(viewer, REMOVED_WEBHOOK, detail=WebhookChange(webhook_id, []))


@transaction.atomic
def send_test(viewer: Viewer, webhook: Webhook) -> Delivery:
    """Send a message that says it is a test, at once, even while the webhook rests. Not an act: nothing is shared."""
    _check_own(viewer, webhook)
    now = timezone.now()
    message = f"msg_{secrets.token_hex(16)}"
    delivery = Delivery.objects.create(webhook=webhook, message=message, type=TEST, made_at=now, next_at=now)
    _at_once(webhook)
    return delivery


@transaction.atomic
def send_again(viewer: Viewer, delivery: Delivery) -> None:
    """Send a message once more, under the same id, with what its owner may see now. Raises NotAllowed."""
    _check_own(viewer, delivery.webhook)
    waiting = {"state": Delivery.State.WAITING, "attempts": 0, "next_at": timezone.now()}
    Delivery.objects.filter(pk=delivery.pk).update(**waiting)
    _at_once(delivery.webhook)


def _at_once(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    wake(webhook.pk)
