"""Webhooks: the list, setting one up, one with what it sent, and one message."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.doors.webhooks import acts
from watercooler.doors.webhooks.forms import WebhookForm, capital, sentence
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.signing import shown
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sealed import CannotUnseal
from watercooler.foundation.base.sent import number, tried
from watercooler.spine.activity.verbs import registered
from watercooler.spine.spaces.models import Space

PAGE = 30

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
    """Return a webhook the viewer may manage; with `own`, one they set up: what it sent is for its owner alone."""
    webhook = get_object_or_404(Webhook.objects.select_related("owner"), pk=webhook_id)
    may = webhook.owner_id == request.viewer.person_id if own else acts.may_manage(request.viewer, webhook)
    if not may:
        raise Http404
    return webhook


@require_safe
@for_those_who_may
def listing(request: Request) -> HttpResponse:
    """Show one's own webhooks; administrators also see that others have some, and may switch these off."""
    viewer = request.viewer
    own = list(Webhook.objects.filter(owner_id=viewer.person_id).order_by("name", "pk"))
    others = Webhook.objects.exclude(owner_id=viewer.person_id).select_related("owner").order_by("name", "pk")
    shown_others = list(others[:200]) if viewer.is_administrator else []
    return page(request, "webhooks/list.html", webhooks=own, others=shown_others)


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
    before = number(request.GET.get("before", ""))
    sent = Delivery.objects.filter(webhook=webhook, **({"pk__lt": before} if before else {})).defer("body", "answer")
    found = list(sent.order_by("-pk")[: PAGE + 1])
    more = f"{webhook.url}?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return page(
        request,
        "webhooks/show.html",
        webhook=webhook,
        secret=_secret(webhook),
        is_changing=bool(webhook.old_secret_ends_at and webhook.old_secret_ends_at > timezone.now()),
        deliveries=found[:PAGE],
        hears=capital(", ".join(sentence(registered()[name]) for name in webhook.verbs if name in registered())),
        spaces=list(Space.objects.filter(pk__in=webhook.space_ids).order_by("name")),
        more=more,
    )


def _secret(webhook: Webhook) -> str:
    try:
        return shown(webhook.secret)
    except CannotUnseal:
        return ""


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
    webhook = _webhook(request, webhook_id)
    delivery = get_object_or_404(webhook.deliveries, pk=delivery_id)
    delivery.webhook = webhook
    return delivery


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
