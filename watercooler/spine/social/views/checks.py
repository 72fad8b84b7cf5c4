"""Who vouches for a text: reading it, doing it, and taking it back."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import Stale
from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.sent import tried
from watercooler.foundation.base.templates import render
from watercooler.spine.content import acts
from watercooler.spine.content.models import Check, Item
from watercooler.spine.social import reads
from watercooler.spine.social.forms import CheckForm, TakeAwayForm
from watercooler.spine.social.views.answering import done, readable


@require_http_methods(["GET", "HEAD", "POST"])
def checked(request: Request, item_id: int) -> HttpResponse:
    """Show who checked it; to those who may check it, the text itself with the form below."""
    item = readable(request, item_id)
    if request.method != "POST":
        return _shown(request, item, CheckForm())
    acts.check_permitted(request.viewer, item)
    form = CheckForm(request.POST)
    try:
        if tried(request, form, lambda: acts.check(request.viewer, item, **form.answers())):
            told = _("Checked. %(name)s knows.") % {"name": item.author.name}
            return done(request, item, told, f"/items/{item.pk}/checked/undo")
    except Stale as changed:
        if is_fragment(request):
            raise
        form.add_error(None, changed.sentence)
        return _shown(request, readable(request, item_id), form, status=changed.status)
    return _shown(request, item, form, status=422)


def _shown(
    request: Request, item: Item, form: CheckForm, status: int = 200, away: tuple[int, TakeAwayForm] | None = None
) -> HttpResponse:
    """Answer with who checked it. away: the check that was to be taken away, and the form that was refused.

    What is sent with the form is read before the text is, so that nobody vouches for words they were not shown.
    """
    viewer, today = request.viewer, timezone.localdate()
    checks = list(Check.objects.filter(item=item).select_related("person").order_by("-at", "-pk"))
    files = item.attachments.order_by("pk").values_list("pk", flat=True)
    context = {
        "item": item,
        "checks": [(check, _state(check, today)) for check in checks],
        "mine": next((check for check in checks if check.person_id == viewer.person_id), None),
        "may_check": acts.may_check(viewer, item),
        "is_own": item.author_id == viewer.person_id,
        "files": ",".join(map(str, files)),
        "form": form,
        "away": away or (0, TakeAwayForm()),
    }
    if is_fragment(request):
        return HttpResponse(render("social/checks.html", viewer=viewer, **context))
    said = reads.said(viewer, item.pk)
    return page(request, "social/check.html", place="spaces", status=status, said=said, **context)


def _state(check: Check, today: date) -> str:
    if check.lapsed_at is not None:
        return "edited"
    return "stands" if check.ends_on >= today else "over"


@require_POST
def unchecked(request: Request, item_id: int) -> HttpResponse:
    """Take one's own check back."""
    item = readable(request, item_id)
    acts.uncheck(request.viewer, item)
    return done(request, item, _("Your check is taken back."))


@require_POST
def taken_away(request: Request, item_id: int, handle: str) -> HttpResponse:
    """Take a colleague's check away, with the reason they read."""
    item = readable(request, item_id)
    acts.check_permitted(request.viewer, item)
    check = get_object_or_404(Check.objects.select_related("person"), item=item, person__handle=handle)
    form = TakeAwayForm(request.POST)
    if tried(request, form, lambda: acts.take_check_away(request.viewer, item, check, form.cleaned_data["reason"])):
        return done(request, item, _("Taken away. %(name)s reads why.") % {"name": check.person.name})
    return _shown(request, item, CheckForm(), status=422, away=(check.pk, form))
