"""The first steps of somebody new: topics, spaces, people, a first question. Each can be skipped, none needs script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watercooler.doors.signin import start_reads
from watercooler.foundation.base.errors import Invalid, Refused
from watercooler.foundation.base.pages import Request, fragment, new_key, page
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.questions.acts import ask
from watercooler.spine.content.models import LONGEST_TITLE, Tagging, Topic
from watercooler.spine.content.visibility import visible
from watercooler.spine.people.acts import change_profile, finish_first_steps
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import follow, unfollow
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import join
from watercooler.spine.spaces.models import Level, Space
from watercooler.spine.spaces.sight import known_to
from watercooler.spine.spaces.viewer import build, forget

STEPS = [
    ("topics", "/start"),
    ("spaces", "/start/spaces"),
    ("people", "/start/people"),
    ("question", "/start/question"),
]
MOST = 40
"""How many ticked boxes of one form are read."""


def signed_in(view: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Send strangers to sign in: this app's other pages are open to them."""

    @wraps(view)
    def guarded(request: Request) -> HttpResponse:
        return view(request) if request.viewer.is_known else HttpResponseRedirect(f"/sign-in?next={request.path}")

    return guarded


def _step(request: Request, number: int, **context: Any) -> HttpResponse:
    name, here = STEPS[number]
    labels = [_("Topics"), _("Spaces"), _("People"), _("Ask")]
    steps = [{"label": labels[i], "href": href, "is_done": i < number} for i, (_name, href) in enumerate(STEPS)]
    back = STEPS[number - 1][1] if number else ""
    return page(request, f"signin/start_{name}.html", steps=steps, here=here, back=back, **context)


def _ids(values: Iterable[str]) -> list[int]:
    return [int(value) for value in list(values)[:MOST] if value.isdecimal() and len(value) < 15]


def _followed(viewer: Viewer, column: str) -> set[int]:
    mine = Follow.objects.filter(follower_id=viewer.person_id, **{f"{column}__isnull": False})
    return set(mine.exclude(level=Level.MUTED).values_list(column, flat=True))


def _save_follows(viewer: Viewer, column: str, model: Any, request: Request) -> None:
    """Follow what was ticked and unfollow what was shown ticked and is not any more."""
    shown, wanted = set(_ids(request.POST.getlist(f"shown_{column}"))), set(_ids(request.POST.getlist(column)))
    before = _followed(viewer, column)
    found = model.objects.filter(pk__in=(wanted - before) | (shown & before - wanted))
    if model is Person:
        found = found.filter(known_to(viewer)).exclude(pk=viewer.person_id)
    else:
        # A topic that is hidden from them cannot be learnt of by following whatever number it might have.
        found = found.filter(_read_by(viewer) | Q(pk__in=before))
    for one in found:
        follow(viewer, one) if one.pk in wanted else unfollow(viewer, one)


def _read_by(viewer: Viewer) -> Q:
    """Return the filter for topics on something that the viewer may read."""
    return Q(Exists(Tagging.objects.filter(visible(viewer, "item"), topic=OuterRef("pk"))))


def _save_spaces(viewer: Viewer, request: Request) -> None:
    wanted = Space.objects.listed_for(viewer).filter(pk__in=_ids(request.POST.getlist("space")))
    for space in wanted.exclude(pk__in=viewer.space_ids):
        join(viewer, space)


@signed_in
def topics(request: Request) -> HttpResponse:
    """Pick topics, and say what others could ask one about."""
    viewer = request.viewer
    person = Person.objects.get(pk=viewer.person_id)
    if request.method == "POST":
        _save_follows(viewer, "topic", Topic, request)
        _save_spaces(viewer, request)
        _save_follows(viewer, "person", Person, request)
        typed = [*request.POST.getlist("offers")[:MOST], *request.POST.get("more", "").split(",")]
        offers = list(dict.fromkeys(word.strip()[:60] for word in typed if word.strip()))[:20]
        if offers != person.offers:
            change_profile(viewer, offers=offers)
        return HttpResponseRedirect("/start/spaces")
    shown = start_reads.topics(viewer)
    picked = [topic.id for topic in shown if topic.is_followed]
    suggestions = _suggestions(viewer, picked)
    hints = start_reads.skills(viewer, person.offers)
    skills = [(word, True) for word in person.offers] + [(word, False) for word in hints]
    first_name = person.name.split(" ")[0]
    return _step(request, 0, topics=shown, skills=skills, person=person, first_name=first_name, **suggestions)


def _suggestions(viewer: Viewer, picked: list[int]) -> dict[str, Any]:
    known = Topic.objects.filter(_read_by(viewer), pk__in=picked)
    name = known.values_list("name", flat=True).first() if picked else ""
    return {
        "spaces": start_reads.spaces(viewer, picked, 3),
        "people": start_reads.people(viewer, picked, 3),
        "because": name or "",
    }


@signed_in
def suggested(request: Request) -> HttpResponse:
    """Return the spaces and people that fit the topics ticked so far."""
    picked = _ids(request.GET.getlist("topic"))
    chosen = {"space": _ids(request.GET.getlist("space")), "person": _ids(request.GET.getlist("person"))}
    parts = _suggestions(request.viewer, picked)
    return fragment(request, "signin/start_suggested.html", otherwise="/start", chosen=chosen, **parts)


@signed_in
def spaces(request: Request) -> HttpResponse:
    """Join spaces."""
    if request.method == "POST":
        _save_spaces(request.viewer, request)
        return HttpResponseRedirect("/start/people")
    picked = list(_followed(request.viewer, "topic"))
    return _step(request, 1, spaces=start_reads.spaces(_fresh(request), picked, 12))


@signed_in
def people(request: Request) -> HttpResponse:
    """Follow people."""
    if request.method == "POST":
        _save_follows(request.viewer, "person", Person, request)
        return HttpResponseRedirect("/start/question")
    picked = list(_followed(request.viewer, "topic"))
    return _step(request, 2, people=start_reads.people(_fresh(request), picked, 12))


def _fresh(request: Request) -> Viewer:
    """Return the viewer with the spaces joined a moment ago."""
    return build(request.viewer.person_id)


@signed_in
def question(request: Request) -> HttpResponse:
    """Ask the first question."""
    viewer = _fresh(request)
    joined = Space.objects.filter(pk__in=viewer.space_ids, archived_at=None).order_by("name")
    typed = {name: request.POST.get(name, "") for name in ("title", "source", "space")}
    trouble: Refused | None = None
    if request.method == "POST":
        if not typed["title"].strip() and not typed["source"].strip():
            return finish(request)
        try:
            asked = _ask(viewer, joined, typed, request.POST.get("key", ""))
        except Refused as error:
            trouble = error
        else:
            _finished(request)
            return HttpResponseRedirect(asked)
    shown = {"spaces": joined, "typed": typed, "trouble": trouble, "longest_title": LONGEST_TITLE}
    response = _step(request, 3, **shown, key=request.POST.get("key") or new_key())
    response.status_code = trouble.status if trouble else 200
    return response


def _ask(viewer: Viewer, joined: Any, typed: dict[str, str], key: str) -> str:
    """Ask, and return the question's address. Raises what `ask` raises, Invalid without a space."""
    wanted = _ids([typed["space"]])
    space = joined.filter(pk__in=wanted).first()
    if space is None:
        raise Invalid(_("Choose where to ask it."), field="space")
    try:
        once = UUID(hex=key)
    except ValueError:
        once = None
    item = ask(viewer, space, typed["title"], typed["source"], key=once)
    return item.url


@require_POST
@signed_in
def finish(request: Request) -> HttpResponse:
    """End the first steps, done or skipped, and go where one was going."""
    return HttpResponseRedirect(_finished(request))


def _finished(request: Request) -> str:
    finish_first_steps(request.viewer)
    forget(request.viewer.person_id)
    then: str = request.session.pop("after_start", "") or "/home"
    return then if then not in {"/", "/start"} else "/home"
