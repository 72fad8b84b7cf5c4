"""A question's page, answering it, and accepting what solved it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.pages import Request, chrome, is_fragment, new_key, page, say
from watercooler.foundation.base.sent import number, sent_with, tried
from watercooler.foundation.base.templates import Piece, joined, render, rendered
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.kinds.questions import acts, reads
from watercooler.kinds.questions.forms import AnswerForm
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.reads import Marks
from watercooler.spine.social.kept import KEY, part, with_key
from watercooler.spine.social.reads import Said, Thread, ripple
from watercooler.spine.social.waiting import own_page

ORDERS = ("useful", "newest")
ITEM = b"number-of-this-item"
"""Stands in a kept form where each question puts its number."""


@require_safe
def show(request: Request, item_id: int, slug: str = "") -> HttpResponse:
    """Show a question with its answers, under its one right address."""
    thread = _found(request, item_id)
    if thread is None:
        return own_page(request, item_id, "question")
    if request.path != thread.top.url:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(thread.top.url + (f"?{query}" if query else ""))
    return _show(request, thread)


def _show(request: Request, thread: Thread, form: AnswerForm | None = None) -> HttpResponse:
    around = chrome(request.viewer, thread.ids)
    context = _context(request, thread, around.marks)
    status = 422 if form is not None and form.errors else 200
    reply_form = _reply_form(request.viewer, thread.top.id, form)
    return page(request, "questions/show.html", chrome=around, status=status, reply_form=reply_form, **context)


_empty_forms: Kept[bytes] = Kept(1_000)


def _reply_form(viewer: Viewer, item_id: int, form: AnswerForm | None = None) -> Piece:
    """Return the form below a question: with what was sent, or else empty, which is kept for each viewer."""

    def made(item: int | str, form: AnswerForm, key: Callable[[], str]) -> bytes:
        return rendered("questions/answer_form.html", item={"id": item}, form=form, viewer=viewer, new_key=key)

    if form is not None:
        return Piece([made(item_id, form, new_key)])
    looks = (viewer.name, viewer.photo, viewer.language)
    html = _empty_forms.get(looks, lambda: made(ITEM.decode(), AnswerForm(), lambda: KEY))
    return with_key(html.replace(ITEM, b"%d" % item_id))


def _found(request: Request, item_id: int) -> Thread | None:
    after = request.GET.get("after", "").split("-")
    cursor = (number(after[0]), number(after[1])) if len(after) == 2 else None
    is_latest = request.GET.get("order") == "newest"
    return reads.thread(
        request.viewer, item_id, is_latest=is_latest, after=cursor, at=number(request.GET.get("at", ""))
    )


def _thread(request: Request, item_id: int) -> Thread:
    found = _found(request, item_id)
    if found is None:
        raise Http404
    return found


def _context(request: Request, thread: Thread, marks: Marks) -> dict[str, Any]:
    """Return what the page's parts are rendered from."""
    order = "newest" if request.GET.get("order") == "newest" else "useful"
    accepted = thread.top.card.get("accepted") or {}
    viewer = request.viewer
    new = thread.new_replies(viewer)
    return {
        "item": thread.top,
        "asked": part("questions/asked.html", thread.top, marks, viewer, new),
        "answers": joined(_answer(thread.top, answer, accepted, marks, viewer, new) for answer in thread.replies),
        "new_key": new_key,
        "first": thread.leads_to,
        "order": order,
        "took": reads.took(accepted["minutes"]) if accepted.get("minutes") is not None else "",
        "more": _more(thread, order),
        "new": new,
    }


def _answer(
    question: Said, answer: Said, accepted: dict[str, Any], marks: Marks, viewer: Viewer, new: list[Said]
) -> Piece:
    """Return one answer's HTML, with what the question's state adds to it."""
    is_accepted = accepted.get("id") == answer.id
    state = {
        "question_id": question.id,
        "accepted_by": (accepted.get("by") or question.author_name) if is_accepted else "",
        "may_accept": question.author_id == viewer.person_id or viewer.hosts(question.space_id),
        "is_open": not accepted,
    }
    return part("questions/answer.html", answer, marks, viewer, new, **state)


def _more(thread: Thread, order: str) -> str:
    if not thread.has_more:
        return ""
    last = [reply for reply in thread.replies if reply.place < reads.LAST][-1]
    return f"{thread.top.url}?order={order}&after={last.helped_count}-{last.id}"


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: Request, item_id: int) -> HttpResponse:
    """Take an answer. Asked for as a page, it is the question, whose title may even be "Answers"."""
    if request.method != "POST":
        return show(request, item_id)
    question = reads.readable(request.viewer, item_id)
    if question is None:
        raise Http404
    form = AnswerForm(request.POST)
    made: list[int] = []

    def answer() -> None:
        made.append(acts.answer(request.viewer, question, form.cleaned_data["source"], **sent_with(request)).pk)

    if not tried(request, form, answer):
        return _show(request, _thread(request, item_id), form)
    if is_fragment(request):
        return _parts(request, item_id, said=_("Answer posted."), undo=f"/items/{made[0]}/remove", is_answered=True)
    say(request, _("Answer posted."), f"/items/{made[0]}/remove")
    return HttpResponseRedirect(f"{question.item.url}?at={made[0]}#item-{made[0]}")


@require_POST
def accepted(request: Request, item_id: int, answer_id: int) -> HttpResponse:
    """Mark an answer as the one that solved the question."""
    question = get_object_or_404(Question.objects.visible_to(request.viewer), pk=item_id)
    answer = get_object_or_404(question.answers.visible_to(request.viewer), pk=answer_id)
    acts.accept(request.viewer, question, answer)
    undo = f"/q/{item_id}/accepted/{answer_id}/undo"
    return _accepting(request, question, _("Solved. %(name)s knows.") % {"name": answer.author.name}, undo)


@require_POST
def not_accepted(request: Request, item_id: int, answer_id: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.viewer), pk=item_id)
    answer = get_object_or_404(question.answers.visible_to(request.viewer), pk=answer_id)
    if question.accepted_answer_id == answer.pk or not acts.may_accept(request.viewer, question):
        acts.unaccept(request.viewer, question)
    return _accepting(request, question, _("Open again."), f"/q/{item_id}/accepted/{answer_id}")


def _accepting(request: Request, question: Question, sentence: str, undo: str) -> HttpResponse:
    if is_fragment(request):
        return _parts(request, question.pk, said=sentence, undo=undo)
    say(request, sentence, undo)
    return HttpResponseRedirect(f"{question.item.url}#answers")


def _parts(request: Request, item_id: int, said: str, undo: str, is_answered: bool = False) -> HttpResponse:
    """Answer a script with what changed: whether it is solved, the answers, and an empty form after an answer."""
    thread = _thread(request, item_id)
    context = _context(request, thread, chrome(request.viewer, thread.ids).marks)
    toast = {"sentence": said, "undo": undo}
    context["reply_form"] = _reply_form(request.viewer, item_id) if is_answered else ""
    return HttpResponse(rendered("questions/changed.html", viewer=request.viewer, toast=toast, **context))


@require_safe
def beside(request: Request, item_id: int) -> HttpResponse:
    """Show who may know, what was asked before, and how far the best answer went. Fetched after the page itself."""
    viewer = request.viewer
    question = get_object_or_404(Question.objects.visible_to(viewer), pk=item_id)
    related = import_string(settings.RELATED)
    best = reads.best_answer(viewer, item_id)
    context: dict[str, Any] = {
        "question": question.item,
        "who": import_string(settings.WHO_MAY_KNOW)(viewer, item_id),
        "linked": reads.linked(viewer, item_id),
        "may_link": acts.may_link(viewer, question),
        "near": related(viewer, item_id, "question", 4),
        "deeper": related(viewer, item_id, "article", 3),
        "ripple": ripple(best.pk) if best else None,
        "best": best,
    }
    if is_fragment(request):
        return HttpResponse(render("questions/beside.html", viewer=viewer, **context))
    return page(request, "questions/beside_page.html", place="spaces", **context)
