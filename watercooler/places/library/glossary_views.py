"""The glossary: everybody reads it, learning leads and administrators keep it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import tried
from watercooler.places.library.glossary_forms import TermForm
from watercooler.places.library.glossary_reads import terms
from watercooler.places.library.views import tabs
from watercooler.spine.content.acts import change_term, explain_term, may_explain, remove_term
from watercooler.spine.content.models import Term


@require_safe
def listing(request: Request) -> HttpResponse:
    """Show the words, by name."""
    words = request.GET.get("q", "")[:60].replace("\0", "").strip()
    return page(
        request,
        "library/glossary.html",
        tabs=tabs("glossary"),
        lines=terms(words),
        words=words,
        may_explain=may_explain(request.viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Put a word into the glossary."""
    _keeper(request)
    form = TermForm(request.POST if request.method == "POST" else None)
    return _answer(request, form, lambda: explain_term(request.viewer, **form.whole()))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, term_id: int) -> HttpResponse:
    """Say better what a word means."""
    _keeper(request)
    term = get_object_or_404(Term, pk=term_id)
    now = {"name": term.name, "meaning": term.meaning, "others": ", ".join(term.others)}
    form = TermForm(request.POST if request.method == "POST" else None, initial=now)
    return _answer(request, form, lambda: change_term(request.viewer, term, **form.whole()), term)


def _answer(request: Request, form: TermForm, act: Callable[[], Term], term: Term | None = None) -> HttpResponse:
    done: list[Term] = []
    if request.method == "POST" and tried(request, form, lambda: done.append(act())):
        say(request, _("Kept. Search knows these words now."))
        return see(request, f"/library/glossary#term-{done[0].pk}")
    return page(request, "library/term.html", status=422 if form.errors else 200, place="library", form=form, term=term)


@require_POST
def remove(request: Request, term_id: int) -> HttpResponse:
    """Take a word out of the glossary."""
    _keeper(request)
    term = get_object_or_404(Term, pk=term_id)
    remove_term(request.viewer, term)
    say(request, _("“%(name)s” is out of the glossary.") % {"name": term.name})
    return see(request, "/library/glossary")


def _keeper(request: Request) -> None:
    if not may_explain(request.viewer):
        raise NotAllowed(_("Learning leads and administrators keep the glossary."))
