"""The page where questions are linked: asked before, or related."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, page, say
from watercooler.foundation.base.sent import number, tried
from watercooler.foundation.base.words import gettext as _
from watercooler.kinds.questions import acts, reads
from watercooler.kinds.questions.models import Question

_ADDRESS = re.compile(r"(?:/q/|\A\s*#?)([0-9]{1,18})\b")
SAME, RELATED = "same", "related"


class LinkForm(forms.Form):
    """Another question, one of those offered or by its address or number, and how it belongs to this one."""

    near = forms.CharField(label=gettext_lazy("The other question"), max_length=20, required=False)
    other = forms.CharField(label=gettext_lazy("Address of the other question"), max_length=400, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How they belong together"),
        choices=[(SAME, gettext_lazy("It asked the same before")), (RELATED, gettext_lazy("It is related"))],
        initial=SAME,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, offered: Sequence[Any]) -> None:
        super().__init__(data)
        self.fields["near"].widget = forms.RadioSelect(choices=[(str(one.id), one.title) for one in offered])
        if offered:
            self.fields["other"].label = gettext_lazy("Or the address of another one")

    def clean(self) -> dict[str, Any]:
        found = {**self.cleaned_data}
        found["other"] = found.get("other") or found.get("near", "")
        if not found["other"] and "other" not in self.errors:
            self.add_error("other", gettext_lazy("Choose a question, or paste the address of one."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Request, item_id: int) -> HttpResponse:
    """Show what a question is linked with, and link it with another one."""
    question = get_object_or_404(Question.objects.visible_to(request.viewer), pk=item_id)
    if not acts.may_link(request.viewer, question):
        raise NotAllowed(
            _("Only who asked or solved it, a host, a learning lead or an administrator can link questions.")
        )
    linked = reads.linked(request.viewer, item_id)
    near = import_string(settings.RELATED)(request.viewer, item_id, "question", 6)
    offered = [one for one in near if one.id not in {each.id for each in linked}]
    form = LinkForm(request.POST if request.method == "POST" else None, offered)

    def link() -> None:
        other = named(request, form.cleaned_data["other"])
        acts.link(request.viewer, question, other, is_same=form.cleaned_data["kind"] == SAME)
        say(request, _("Linked."), f"/items/{item_id}/links/{other.pk}/undo")

    if request.method == "POST" and tried(request, form, link):
        return HttpResponseRedirect(question.item.url)
    status = 422 if form.errors else 200
    context = {"question": question.item, "form": form, "linked": linked, "offered": offered}
    return page(request, "questions/links.html", place="spaces", status=status, **context)


def named(request: Request, said: str) -> Question:
    """Return the question that an address or number names. Raises Invalid where there is none one may see."""
    found = _ADDRESS.search(said)
    other = Question.objects.visible_to(request.viewer).filter(pk=number(found[1])).first() if found else None
    if other is None:
        raise Invalid(_("There is no such question here."), field="other")
    return other


@require_POST
def unlinked(request: Request, item_id: int, other_id: int) -> HttpResponse:
    """Take the links between two questions away."""
    question = get_object_or_404(Question.objects.visible_to(request.viewer), pk=item_id)
    other = get_object_or_404(Question.objects.visible_to(request.viewer), pk=other_id)
    acts.unlink(request.viewer, question, other)
    say(request, _("The link is gone."))
    return HttpResponseRedirect(question.item.url)
