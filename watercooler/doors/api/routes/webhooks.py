"""Webhooks: one's own, what they sent, and switching off those of others."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Path

from watercooler.doors.api.answering import next_address, place_of, told
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After
from watercooler.doors.api.shapes import outlets as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief
from watercooler.doors.webhooks import acts, reads
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.sent import number
from watercooler.spine.spaces.models import Space

routes = Routes("Webhooks")
WebhookId = Annotated[
    int,
    Path(
        ge=1,
        le=LARGEST_ID,
        description="The `id` of a webhook that the caller set up, or as administrator may switch off.",
    ),
]
DeliveryId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a message of this webhook, not its `message`.")
]
MOST_SPACES = 500
PRIVATE = "private, no-store"
"""For answers with a secret in them."""


def _check(request: Asked) -> None:
    """Answer 404 to whoever is neither administrator nor host."""
    if not acts.may_have(request.viewer):
        raise nothing_here()


def _own(request: Asked, webhook_id: int) -> Webhook:
    return _found(request, webhook_id, own=True)


def _found(request: Asked, webhook_id: int, *, own: bool) -> Webhook:
    webhook = reads.one(request.viewer, webhook_id, own=own)
    if webhook is None:
        raise nothing_here()
    return webhook


def _brief(webhook: Webhook) -> dict[str, Any]:
    names = ("name", "address", "off", "failing_since", "delivered_at")
    return {
        "id": webhook.pk,
        "owner": PersonBrief.of(webhook.owner),
        **{name: getattr(webhook, name) for name in names},
    }


@routes.read("/webhooks", shapes.Webhooks, scope="outlets")
def listed(request: Asked) -> shapes.Webhooks:
    """List one’s own webhooks, and for administrators those of others. For others than these there are none.

    Who may: administrators, and hosts of a space.
    Refuses: 404 for everybody else.
    """
    _check(request)
    found = reads.listed(request.viewer)
    own, others = ([shapes.WebhookBrief(**_brief(one)) for one in these] for these in (found.own, found.others))
    return shapes.Webhooks(own=own, others=others)


@routes.read("/webhooks/choices", shapes.Choices, scope="outlets")
def choices(request: Asked) -> shapes.Choices:
    """List what a webhook of the caller’s may hear of: verbs and spaces.

    Who may: administrators, and hosts of a space.
    Refuses: 404 for everybody else.
    """
    _check(request)
    spaces = acts.spaces_for(request.viewer).order_by("name").values_list("slug", "name")[:MOST_SPACES]
    return shapes.Choices(
        verbs=[shapes.Hearable(name=name, sentence=sentence) for name, sentence in reads.hearable()],
        spaces=[SpaceBrief.of(slug, name) for slug, name in spaces],
    )


@routes.write("POST", "/webhooks", shapes.WebhookBrief, scope="outlets", status=201)
def add(request: Asked, sent: shapes.NewWebhook) -> HttpResponse:
    """Set up a webhook. It hears of what happens from now on. Its secret is read at its own address.

    Who may: administrators, and hosts of a space.
    Refuses: 404 for everybody else; 422 without a name, for an address that may not be reached, for a verb or space
    that may not be heard of, for all spaces where the caller is no administrator, and above 20 webhooks.
    """
    _check(request)
    spaces = _spaces(request, sent.spaces)
    made = acts.add(request.viewer, sent.name, sent.address, _verbs(sent.verbs), spaces)
    location = f"/api/v1/webhooks/{made.pk}"
    return told(shapes.WebhookBrief(**_brief(_own(request, made.pk))), 201, Location=location)


def _spaces(request: Asked, slugs: list[str]) -> list[int]:
    """Return the ids of these spaces; the act says whether they may be heard of. Raises Invalid."""
    found = dict(Space.objects.listed_for(request.viewer).filter(slug__in=slugs).values_list("slug", "pk"))
    if missing := set(slugs) - found.keys():
        raise Invalid(_("You can have nothing told of a space “%(name)s”.") % {"name": min(missing)}, field="spaces")
    return [found[slug] for slug in slugs]


def _verbs(names: list[str]) -> list[str]:
    known = {name for name, _sentence in reads.hearable()}
    if missing := set(names) - known:
        raise Invalid(_("No webhook can hear of “%(name)s”.") % {"name": min(missing)}, field="verbs")
    return names


@routes.read("/webhooks/{id:webhook_id}", shapes.Webhook, scope="outlets")
def show(request: Asked, webhook_id: WebhookId) -> HttpResponse:
    """Show one’s own webhook, with the secret that signs its messages.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    return _shown(_own(request, webhook_id))


def _shown(webhook: Webhook) -> HttpResponse:
    spaces = reads.spaces_of([webhook]).values()
    names = ("verbs", "old_secret_ends_at", "rests_until", "made_at")
    shape = shapes.Webhook(
        **_brief(webhook),
        **{name: getattr(webhook, name) for name in names},
        spaces=[SpaceBrief.of(space.slug, space.name, space.purpose) for space in spaces],
        secret=reads.secret_of(webhook),
    )
    return told(shape, Cache_Control=PRIVATE)


@routes.write("PATCH", "/webhooks/{id:webhook_id}", shapes.WebhookBrief, scope="outlets")
def change(request: Asked, webhook_id: WebhookId, sent: shapes.WebhookChange) -> shapes.WebhookBrief:
    """Change what one’s own webhook is called, where it goes and what it hears.

    Who may: who set it up.
    Refuses: 404 for everybody else; 422 as when it is set up.
    """
    webhook = _own(request, webhook_id)
    acts.change(
        request.viewer,
        webhook,
        webhook.name if sent.name is None else sent.name,
        webhook.address if sent.address is None else sent.address,
        webhook.verbs if sent.verbs is None else _verbs(sent.verbs),
        webhook.space_ids if sent.spaces is None else _spaces(request, sent.spaces),
    )
    return shapes.WebhookBrief(**_brief(_own(request, webhook_id)))


@routes.write("DELETE", "/webhooks/{id:webhook_id}", scope="outlets")
def remove(request: Asked, webhook_id: WebhookId) -> None:
    """Remove a webhook with everything it sent: one’s own; an administrator anybody’s.

    Who may: who set it up, and administrators.
    Refuses: 404 for everybody else.
    """
    acts.remove(request.viewer, _found(request, webhook_id, own=False))


@routes.write("PUT", "/webhooks/{id:webhook_id}/off", scope="outlets")
def switch_off(request: Asked, webhook_id: WebhookId) -> None:
    """Send nothing more for now: one’s own; an administrator anybody’s.

    Who may: who set it up, and administrators.
    Refuses: 404 for everybody else.
    """
    acts.switch(request.viewer, _found(request, webhook_id, own=False), is_on=False)


@routes.write("DELETE", "/webhooks/{id:webhook_id}/off", scope="outlets")
def switch_on(request: Asked, webhook_id: WebhookId) -> None:
    """Send again, what waited first.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    acts.switch(request.viewer, _own(request, webhook_id), is_on=True)


@routes.write("POST", "/webhooks/{id:webhook_id}/secret", scope="outlets")
def renew_secret(request: Asked, webhook_id: WebhookId) -> None:
    """Make a new secret, to be read at the webhook’s address. For a day everything is signed with both.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    acts.renew_secret(request.viewer, _own(request, webhook_id))


@routes.write("POST", "/webhooks/{id:webhook_id}/test", shapes.Delivery, scope="outlets", status=201)
def send_test(request: Asked, webhook_id: WebhookId) -> shapes.Delivery:
    """Send a message that says it is a test, at once.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    return shapes.Delivery(**_delivery(acts.send_test(request.viewer, _own(request, webhook_id))))


def _delivery(row: Delivery) -> dict[str, Any]:
    names = ("message", "type", "attempts", "made_at", "tried_at", "status", "problem", "milliseconds")
    state = Delivery.State(row.state)
    is_waiting = state is Delivery.State.WAITING
    said = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "state": state.name.lower(), "next_at": row.next_at if is_waiting else None, **said}


@routes.read("/webhooks/{id:webhook_id}/deliveries", shapes.Deliveries, scope="outlets")
def deliveries(request: Asked, webhook_id: WebhookId, after: After = None) -> shapes.Deliveries:
    """List what one’s own webhook sent or will send, newest first.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    found, before = reads.sent(_own(request, webhook_id), number(place_of(after)))
    more = next_address(request, str(before) if before else "")
    return shapes.Deliveries(deliveries=[shapes.Delivery(**_delivery(row)) for row in found], next=more)


def _message(request: Asked, webhook_id: int, delivery_id: int) -> Delivery:
    found = reads.delivery(_own(request, webhook_id), delivery_id)
    if found is None:
        raise nothing_here()
    return found


@routes.read("/webhooks/{id:webhook_id}/deliveries/{id:delivery_id}", shapes.WholeDelivery, scope="outlets")
def delivery(request: Asked, webhook_id: WebhookId, delivery_id: DeliveryId) -> shapes.WholeDelivery:
    """Show one message: what was sent the last time, and what was answered.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    found = _message(request, webhook_id, delivery_id)
    return shapes.WholeDelivery(**_delivery(found), body=found.body, answer=found.answer)


@routes.write("POST", "/webhooks/{id:webhook_id}/deliveries/{id:delivery_id}/again", shapes.Delivery, scope="outlets")
def send_again(request: Asked, webhook_id: WebhookId, delivery_id: DeliveryId) -> shapes.Delivery:
    """Send one message once more, under the same id, with what its owner may see now.

    Who may: who set it up.
    Refuses: 404 for everybody else.
    """
    found = _message(request, webhook_id, delivery_id)
    acts.send_again(request.viewer, found)
    found.refresh_from_db()
    return shapes.Delivery(**_delivery(found))
