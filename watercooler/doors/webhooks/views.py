"""Webhooks: the list, setting one up, one with what it sent, and one message."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.doors.webhooks import acts, reads
from watercooler.doors.webhooks.forms import WebhookForm
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.reads import capital, sentence
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import number, tried
from watercooler.spine.activity.verbs import registered
from watercooler.spine.spaces.models import Space

type View = Callable[..., HttpResponse]


def for_those_who_may(view: View) -> View:
    """Answer 404 to whoever is neither administrator nor host."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not acts.may_have(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _webhook(request: Request, webhook_id: int, own: bool = True) -> Webhook:
    """Return a webhook as `reads.one` does, or answer 404."""
    webhook = reads.one(request.viewer, webhook_id, own=own)
    if webhook is None:
        raise Http404
    return webhook


@require_safe
@for_those_who_may
def listing(request: Request) -> HttpResponse:
    """Show one's own webhooks; administrators also see that others have some, and may switch these off."""
    found = reads.listed(request.viewer)
    return page(request, "webhooks/list.html", webhooks=found.own, others=found.others)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may
def new(request: Request) -> HttpResponse:
    """Set up a webhook. `?space=` names the space it begins with."""
    if request.method != "POST":
        first = Space.objects.filter(slug=request.GET.get("space", "")).values_list("pk", flat=True)
        return page(request, "webhooks/form.html", form=WebhookForm(request.viewer, initial={"spaces": list(first)}))
    form = WebhookForm(request.viewer, request.POST)
    made: list[Webhook] = []
    if tried(request, form, lambda: made.append(acts.add(request.viewer, **form.values()))):
        say(request, _("It is set up. Copy its secret to the other end, then send a test."))
        return see(request, made[0].url)
    return page(request, "webhooks/form.html", status=422, form=form)


@require_safe
@for_those_who_may
def show(request: Request, webhook_id: int) -> HttpResponse:
    """Show a webhook with its secret and, newest first, what it sent."""
    webhook = _webhook(request, webhook_id)
    found, before = reads.sent(webhook, number(request.GET.get("before", "")))
    return page(
        request,
        "webhooks/show.html",
        webhook=webhook,
        secret=reads.secret_of(webhook),
        is_changing=bool(webhook.old_secret_ends_at and webhook.old_secret_ends_at > timezone.now()),
        deliveries=found,
        hears=capital(", ".join(sentence(registered()[name]) for name in webhook.verbs if name in registered())),
        spaces=list(reads.spaces_of([webhook]).values()),
        more=f"{webhook.url}?before={before}" if before else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may
def edit(request: Request, webhook_id: int) -> HttpResponse:
    """Change where a webhook goes and what it hears."""
    webhook = _webhook(request, webhook_id)
    if request.method != "POST":
        now = {"name": webhook.name, "address": webhook.address, "verbs": webhook.verbs, "spaces": webhook.space_ids}
        return page(request, "webhooks/form.html", form=WebhookForm(request.viewer, initial=now), webhook=webhook)
    form = WebhookForm(request.viewer, request.POST)
    if tried(request, form, lambda: acts.change(request.viewer, webhook, **form.values())):
        say(request, _("Kept."))
        return see(request, webhook.url)
    return page(request, "webhooks/form.html", status=422, form=form, webhook=webhook)


@require_POST
@for_those_who_may
def secret(request: Request, webhook_id: int) -> HttpResponse:
    """Make a new secret, with the old one still good for a day."""
    webhook = _webhook(request, webhook_id)
    acts.renew_secret(request.viewer, webhook)
    say(request, _("Here is the new secret. For a day everything is signed with the old one too."))
    return see(request, webhook.url)


@require_POST
@for_those_who_may
def test(request: Request, webhook_id: int) -> HttpResponse:
    """Send a message that says it is a test."""
    webhook = _webhook(request, webhook_id)
    acts.send_test(request.viewer, webhook)
    say(request, _("A test is on its way. It stands below when there is an answer."))
    return see(request, webhook.url)


@require_POST
@for_those_who_may
def off(request: Request, webhook_id: int) -> HttpResponse:
    """Send nothing more, for now."""
    webhook = _webhook(request, webhook_id, own=False)
    acts.switch(request.viewer, webhook, is_on=False)
    is_own = webhook.owner_id == request.viewer.person_id
    say(request, _("“%(name)s” is switched off.") % {"name": webhook.name}, f"{webhook.url}/off/undo" if is_own else "")
    return see(request, webhook.url if is_own else "/studio/webhooks")


@require_POST
@for_those_who_may
def on(request: Request, webhook_id: int) -> HttpResponse:
    """Send again, what waited first."""
    webhook = _webhook(request, webhook_id)
    acts.switch(request.viewer, webhook, is_on=True)
    say(request, _("“%(name)s” is switched on.") % {"name": webhook.name})
    return see(request, webhook.url)


@require_POST
@for_those_who_may
def remove(request: Request, webhook_id: int) -> HttpResponse:
    """Remove a webhook and what it sent."""
    webhook = _webhook(request, webhook_id, own=False)
    acts.remove(request.viewer, webhook)
    say(request, _("“%(name)s” is removed.") % {"name": webhook.name})
    return see(request, "/studio/webhooks")


def _delivery(request: Request, webhook_id: int, delivery_id: int) -> Delivery:
    found = reads.delivery(_webhook(request, webhook_id), delivery_id)
    if found is None:
        raise Http404
    return found


@require_safe
@for_those_who_may
def delivery(request: Request, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Show one message: what was sent the last time, and what was answered."""
    found = _delivery(request, webhook_id, delivery_id)
    body = json.dumps(json.loads(found.body), indent=2, ensure_ascii=False) if found.body else ""
    return page(request, "webhooks/delivery.html", delivery=found, webhook=found.webhook, body=body)


@require_POST
@for_those_who_may
def again(request: Request, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Send one message once more."""
    found = _delivery(request, webhook_id, delivery_id)
    acts.send_again(request.viewer, found)
    say(request, _("It is on its way again."))
    return see(request, found.url)
