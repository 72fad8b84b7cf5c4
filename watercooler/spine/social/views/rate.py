"""Rating: useful, correct, applied, and why; and what came together for the author and the hosts."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.sent import tried
from watercooler.foundation.base.templates import render
from watercooler.spine.content.models import Item
from watercooler.spine.social import acts
from watercooler.spine.social.forms import RateForm
from watercooler.spine.social.models import Rating
from watercooler.spine.social.views.answering import done, readable

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Request, item_id: int) -> HttpResponse:
    """Show the form, or, to those concerned, what others answered."""
    item = readable(request, item_id)
    mine = Rating.objects.filter(item=item, person_id=request.viewer.person_id).first()
    form = RateForm(request.POST or None, initial=RateForm.filled(mine))
    if request.method == "POST":
        form = RateForm(request.POST)
        if tried(request, form, lambda: acts.rate(request.viewer, item, **form.answers())):
            return done(request, item, _("Thank you. %(name)s reads it.") % {"name": item.author.name}, _undo(item))
    context = {"item": item, "form": form, "mine": mine, "may_rate": item.author_id != request.viewer.person_id}
    if is_fragment(request):
        return HttpResponse(render("social/rate_form.html", viewer=request.viewer, **context))
    status = 422 if form.errors else 200
    return page(request, "social/rate.html", place="spaces", status=status, summary=summary(request, item), **context)


def _undo(item: Item) -> str:
    return f"/items/{item.pk}/rate/undo"


@require_POST
def unrate(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.unrate(request.viewer, item)
    return done(request, item, _("Your rating is taken back."))


def summary(request: Request, item: Item) -> dict[str, object] | None:
    """Return how the ratings came out and the newest 50 with names, for the author and the hosts; None for others."""
    if not (item.author_id == request.viewer.person_id or request.viewer.hosts(item.space_id)):
        return None
    given = list(Rating.objects.filter(item=item).select_related("person").order_by("-id")[:SHOWN])
    lines = []
    for name in RateForm.QUESTIONS:
        answers = [getattr(rating, name) for rating in given]
        lines.append((RateForm.base_fields[name].label, answers.count(True), answers.count(False)))
    return {"lines": lines, "given": given}
