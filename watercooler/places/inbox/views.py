"""The inbox: what was told, who waits at a door, and how much one wants to hear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from watercooler.foundation.base.pages import Request, chrome, is_fragment, page, say, see
from watercooler.foundation.base.sent import back, number
from watercooler.foundation.base.templates import rendered
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox import levels as own_levels
from watercooler.places.inbox import requests as doors
from watercooler.places.inbox.days import day_name
from watercooler.places.inbox.lines import days_html, line_html
from watercooler.places.inbox.sentences import said
from watercooler.projections.notifications import acts, reads
from watercooler.projections.notifications.models import Notification
from watercooler.projections.notifications.reads import Line
from watercooler.spine.conversations import reads as conversations
from watercooler.spine.social.reads.connections import waiting
from watercooler.spine.spaces import acts as spaces
from watercooler.spine.spaces.models import Standing

BEFORE = "inbox_before"
"""Where the session keeps how far each line was read, [line, position], before everything was marked read."""

# For you


@require_safe
def show(request: Request) -> HttpResponse:
    """Show the lines, newest first, by day. Cost: two prepared queries."""
    only_unread = request.GET.get("unread") == "1"
    before = _place(request.GET.get("before", ""))
    opened = reads.opened(request.viewer, only_unread=only_unread, before=before)
    found = opened.lines
    around = chrome(request.viewer)
    last = found[-1] if len(found) == reads.PAGE else None
    asked = "unread=1&" if only_unread else ""
    return page(
        request,
        "inbox/show.html",
        chrome=around,
        days=days_html(_by_day(found, before[0] if before else None), request.viewer.language),
        only_unread=only_unread,
        is_start=before is None,
        newest=opened.newest if found else 0,
        waiting=opened.waiting,
        more=f"/inbox?{asked}before={last.at.timestamp():.6f}_{last.id}" if last else "",
    )


def _place(text: str) -> tuple[datetime, int] | None:
    """Return the time and id of the last line shown, from an address; None for the start and for nonsense."""
    at, _mark, line_id = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone()), number(line_id)
    except (ValueError, OverflowError, OSError):
        return None


def _by_day(found: Sequence[Line], before: datetime | None) -> list[tuple[str, list[Line]]]:
    """Return (name, lines) of each day; the name is empty where a former page began the day."""
    zone = timezone.get_current_timezone()
    today = timezone.localdate()
    begun = before.astimezone(zone).date() if before else None
    days: list[tuple[str, list[Line]]] = []
    last: date | None = None
    for line in found:
        on = line.at.astimezone(zone).date()
        if on != last:
            days.append(("" if on == begun else day_name(on, today), []))
            last = on
        days[-1][1].append(line)
    return days


@require_safe
def open_line(request: Request, line_id: int) -> HttpResponse:
    """Go where a line leads, and mark it read. A link, so that it opens in a new tab and without script."""
    line = _own(request, line_id)
    shown = reads.line(request.viewer, line.pk)
    if shown is None:
        raise Http404
    acts.read(request.viewer, line, shown.position)
    return HttpResponseRedirect(said(shown).url)


def _own(request: Request, line_id: int) -> Notification:
    return get_object_or_404(
        Notification.objects.select_related("item"), pk=line_id, person_id=request.viewer.person_id, position__gt=0
    )


def _changed(request: Request, line: Notification, sentence: str = "", undo: str = "") -> HttpResponse:
    """Answer with the line as it is now and the count, or go back to the list."""
    if not is_fragment(request):
        if sentence:
            say(request, sentence, undo)
        return HttpResponseRedirect(back(request, "/inbox", f"#line-{line.pk}"))
    shown = reads.line(request.viewer, line.pk)
    row = line_html(shown, request.viewer.language) if shown else ""
    toast = {"sentence": sentence, "undo": undo} if sentence else None
    counts = {"unread": reads.unread(request.viewer), "messages": conversations.unread(request.viewer)}
    return HttpResponse(rendered("inbox/changed.html", viewer=request.viewer, row=row, toast=toast, **counts))


@require_POST
def read(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    acts.read(request.viewer, line, number(request.POST.get("up_to", "")) or None)
    return _changed(request, line)


@require_POST
def unread(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    acts.unread(request.viewer, line)
    return _changed(request, line)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark read what the page showed; what arrived since stays unread."""
    before = acts.read_all(request.viewer, number(request.POST.get("up_to", "")))
    if before:
        # Kept for this browser alone and only until the next time: a slip is noticed at once or never.
        request.session[BEFORE] = [[line_id, position] for line_id, position in before.items()]
        say(request, _("All read."), "/inbox/read/undo")
    return HttpResponseRedirect(back(request, "/inbox"))


@require_POST
def not_read_all(request: Request) -> HttpResponse:
    """Make unread again what was unread before everything was marked read."""
    acts.unread_again(request.viewer, dict(request.session.pop(BEFORE, [])))
    say(request, _("As it was before."))
    return see(request, back(request, "/inbox"))


@require_POST
def muted(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    if line.item is None:
        raise Http404
    acts.mute_thread(request.viewer, line.item)
    return _changed(request, line, _("You hear nothing more of this."), f"/inbox/{line.pk}/muted/undo")


@require_POST
def not_muted(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    if line.item is None:
        raise Http404
    acts.unmute_thread(request.viewer, line.item, line.because)
    return _changed(request, line, _("You hear of this again."), f"/inbox/{line.pk}/muted")


@require_POST
def less(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    undo = acts.less(request.viewer, line)
    return _changed(request, line, _("Done. You hear less of this."), undo)


@require_POST
def as_before(request: Request, line_id: int) -> HttpResponse:
    line = _own(request, line_id)
    acts.as_before(request.viewer, line)
    return _changed(request, line, _("As it was before."))


# Requests


@require_safe
def requests(request: Request) -> HttpResponse:
    """Show who waits. Cost: three prepared queries."""
    found, people = doors.waiting(request.viewer), waiting(request.viewer)
    return page(request, "inbox/requests.html", chrome=chrome(request.viewer), found=found, people=people)


@require_POST
def answer(request: Request, membership_id: int, is_yes: bool) -> HttpResponse:
    """Say yes or no to a request or an invitation."""
    found = doors.decidable(request.viewer, membership_id)
    if found is None:
        raise Http404
    viewer, space, person = request.viewer, found.space, found.person
    names = {"name": person.name, "space": space.name}
    if found.standing == Standing.INVITED:
        spaces.join(viewer, space) if is_yes else spaces.leave(viewer, space)
        say(request, (_("You are in %(space)s.") if is_yes else _("Not this time, then.")) % names)
        return HttpResponseRedirect(space.url if is_yes else "/inbox/requests")
    spaces.let_in(viewer, space, person) if is_yes else spaces.turn_away(viewer, space, person)
    say(request, (_("%(name)s is in.") if is_yes else _("%(name)s stays outside for now.")) % names)
    return HttpResponseRedirect("/inbox/requests")


# Levels


def levels(request: Request) -> HttpResponse:
    """Show and change how much of each space reaches the inbox."""
    if request.method == "POST":
        own_levels.change(request.viewer, request.POST)
        own_levels.change_follows(request.viewer, request.POST)
        say(request, _("Saved. It counts from now on."))
        return HttpResponseRedirect(request.get_full_path())
    words = clean_line(request.GET.get("q", ""))[:80]
    finders = {
        "spaces": own_levels.few_spaces,
        "follows": own_levels.few_follows,
        "muted": own_levels.few_muted,
    }
    few = {name: find(request.viewer, words, request.GET.get(name, "")) for name, find in finders.items()}
    more = {
        name: "?" + urlencode({"q": words, name: part.next} if words else {name: part.next})
        for name, part in few.items()
        if part.next
    }
    return page(
        request,
        "inbox/levels.html",
        spaces=few["spaces"].rows,
        follows=few["follows"].rows,
        muted=few["muted"].rows,
        more=more,
        words=words,
        is_long=bool(words or more or finders.keys() & request.GET.keys()),
        choices=own_levels.choices(),
        follow_choices=own_levels.follow_choices(),
    )
