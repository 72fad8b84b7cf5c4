"""Asking a host to look at something."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.sent import tried
from watercooler.foundation.base.templates import render
from watercooler.spine.social import acts
from watercooler.spine.social.forms import FlagForm
from watercooler.spine.social.models import Flag
from watercooler.spine.social.views.answering import done, readable


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: Request, item_id: int) -> HttpResponse:
    """Show the reasons beside the space's ground rules, and tell a host."""
    item = readable(request, item_id)
    form = FlagForm(request.POST or None)
    if request.method == "POST":
        form = FlagForm(request.POST)
        if tried(request, form, lambda: acts.flag(request.viewer, item, **form.cleaned_data)):
            return done(request, item, _("Thank you. A host will look at it."), f"/items/{item.pk}/flag/undo")
    mine = Flag.objects.filter(item=item, person_id=request.viewer.person_id, decided_at=None).first()
    context = {"item": item, "form": form, "mine": mine, "rules": item.space.rules}
    if is_fragment(request):
        return HttpResponse(render("social/flag_form.html", viewer=request.viewer, **context))
    return page(request, "social/flag.html", place="spaces", status=422 if form.errors else 200, **context)


@require_POST
def unflag(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.unflag(request.viewer, item)
    return done(request, item, _("Your flag is taken back."))
