"""Handing one message to who looks after the organisation, having read what exactly goes with it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from minijinja import safe

from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import tried
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox.messages.talking import LIST
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Line, Message, Report
from watercooler.spine.conversations.sight import seen


class ReportForm(forms.Form):
    """Why, and what else they should know."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=Report.REASONS, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("What else should they know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "data-no-draft": ""}),
    )


def _others(request: Request, pk: int, line: int) -> Message:
    """Return a message of somebody else's that the viewer sees and that stands. Raises Http404."""
    said = Message.objects.filter(seen(request.viewer), kind=Line.SAID, removed_at=None)
    others = said.exclude(author_id=request.viewer.person_id).select_related("author", "conversation")
    return get_object_or_404(others, conversation_id=pk, number=line)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, pk: int, line: int) -> HttpResponse:
    """Show what would be handed on and to whom, and hand it on."""
    message = _others(request, pk, line)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and tried(request, form, lambda: acts.report(request.viewer, message, **form.cleaned_data)):
        say(request, _("Thank you. They will look at it."), f"{LIST}/{pk}/{line}/report/undo")
        return see(request, message.url)
    mine = Report.objects.filter(message=message, person_id=request.viewer.person_id, decided_at=None).first()
    shown = {"message": message, "form": form, "mine": mine, "carers": acts.carers(request.viewer, message)}
    handed = acts.passed_on(request.viewer, message)
    return page(
        request, "inbox/messages/report.html", status=422 if form.errors else 200, passed_on=handed, safe=safe, **shown
    )


@require_POST
def unreport(request: Request, pk: int, line: int) -> HttpResponse:
    """Take one's report back while nobody has decided."""
    message = _others(request, pk, line)
    acts.unreport(request.viewer, message)
    say(request, _("Your report is taken back, and the copy is deleted."))
    return see(request, message.url)
