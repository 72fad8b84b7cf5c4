"""What pages and programs show of webhooks: one's own, those of others, and what one of them sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from watercooler.doors.webhooks.acts import may_have, may_manage
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.payload import offered
from watercooler.doors.webhooks.signing import shown
from watercooler.foundation.base.sealed import CannotUnseal
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.verbs import Verb
from watercooler.spine.spaces.models import Space

PAGE = 30
MOST_OTHERS = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """own: what the viewer set up. others: for administrators, who may switch these off and see no more of them."""

    own: list[Webhook]
    others: list[Webhook]


def listed(viewer: Viewer) -> Listed:
    """Return webhooks by name. Cost: at most two queries."""
    webhooks = Webhook.objects.select_related("owner").order_by("name", "pk")
    others = webhooks.exclude(owner_id=viewer.person_id)[:MOST_OTHERS] if viewer.is_administrator else ()
    return Listed(list(webhooks.filter(owner_id=viewer.person_id)), list(others))


def one(viewer: Viewer, webhook_id: int, *, own: bool = True) -> Webhook | None:
    """Return a webhook the viewer may manage; with `own`, one they set up: what it sent is for its owner alone.

    None for any other, and for whoever may have none. Cost: one query.
    """
    if not may_have(viewer):
        return None
    webhook = Webhook.objects.select_related("owner").filter(pk=webhook_id).first()
    if webhook is None:
        return None
    may = webhook.owner_id == viewer.person_id if own else may_manage(viewer, webhook)
    return webhook if may else None


def sent(webhook: Webhook, before: int = 0) -> tuple[list[Delivery], int]:
    """Return 30 messages without their words, newest first, and before which the next page begins, or 0. One query."""
    found = Delivery.objects.filter(webhook=webhook, **({"pk__lt": before} if before else {})).defer("body", "answer")
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0


def delivery(webhook: Webhook, delivery_id: int) -> Delivery | None:
    """Return one message that a webhook sent or will send. Cost: one query."""
    found = webhook.deliveries.filter(pk=delivery_id).first()
    if found is not None:
        found.webhook = webhook
    return found


def secret_of(webhook: Webhook) -> str:
    """Return the secret as the other end needs it; empty where the installation's own key has changed."""
    try:
        return shown(webhook.secret)
    except CannotUnseal:
        return ""


def spaces_of(webhooks: Sequence[Webhook]) -> dict[int, Space]:
    """Return the spaces these hear of, by id. Cost: one query."""
    ids = {space_id for webhook in webhooks for space_id in webhook.space_ids}
    return {space.pk: space for space in Space.objects.filter(pk__in=ids).order_by("name")}


def sentence(verb: Verb) -> str:
    """Return what a verb says, of nobody in particular: "somebody asked something"."""
    words = {"actor": _("somebody"), "item": _("something"), "person": _("somebody"), "space": _("a space")}
    return str(verb.sentence) % words


def hearable() -> list[tuple[str, str]]:
    """Return (name, sentence) of every verb that a webhook may be told of."""
    return [(verb.name, capital(sentence(verb))) for verb in offered()]


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]
