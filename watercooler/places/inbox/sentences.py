"""What a line of the inbox says: who did what, why the viewer was told, and how to hear less of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from minijinja import safe

from watercooler.foundation.base.text import excerpt
from watercooler.projections.notifications import between
from watercooler.projections.notifications.reads import Line
from watercooler.spine.content.kinds import registered, url_of
from watercooler.spine.content.visibility import State

LONGEST_TITLE = 72

WHY = {
    "mentioned": gettext_lazy("%(name)s mentioned you."),
    "author": gettext_lazy("You wrote this."),
    "commented": gettext_lazy("You commented here too."),
    "sent": gettext_lazy("%(name)s sent it to you."),
    "asked": gettext_lazy("You asked to join %(space)s."),
    "followed": gettext_lazy("People are told who follows them."),
    "connects": gettext_lazy("%(name)s would like to know you."),
    "introduced": gettext_lazy("%(name)s introduced you."),
    "meets": gettext_lazy("%(topic)s introduced you."),
    "brought": gettext_lazy("You introduced them."),
    "checked": gettext_lazy("You checked this."),
    "host": gettext_lazy("You host %(space)s."),
    "member": gettext_lazy("You are in %(space)s."),
    "office": gettext_lazy("You look after Watercooler, and nobody hosts a wall."),
    "rule": gettext_lazy("Three people flagged what you wrote."),
    "flagged": gettext_lazy("You flagged this."),
    "follows_item": gettext_lazy("You follow this."),
    "follows_person": gettext_lazy("You follow %(name)s."),
    "follows_topic": gettext_lazy("You follow the topic %(topic)s."),
    "follows_space": gettext_lazy("You follow %(space)s."),
    "level": gettext_lazy("You get everything new in %(space)s."),
    "saved_search": gettext_lazy("You saved this search and asked to hear of new ones."),
}
LESS = {
    "follows_item": gettext_lazy("Stop following this"),
    "follows_person": gettext_lazy("Stop following %(name)s"),
    "follows_topic": gettext_lazy("Only in my feed: %(topic)s"),
    "follows_space": gettext_lazy("Only in my feed: %(space)s"),
    "level": gettext_lazy("Only mentions and replies from %(space)s"),
    "nudged": gettext_lazy("Not me"),
    "saved_search": gettext_lazy("Hear nothing more of this search"),
    "connects": gettext_lazy("Hear nothing more from %(name)s"),
    "introduced": gettext_lazy("Hear nothing more from %(name)s"),
    "meets": gettext_lazy("Hear nothing more from %(name)s"),
}
SAY_A_NOTE = frozenset(
    {"recommended", "rated", "care", "flag", "connect", "introduced", "checked", "recheck", "message_care"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """html: the sentence, its people and things marked up. words: a line of the text itself. tile: kind and icon."""

    html: Any
    words: str
    url: str
    tile: dict[str, str]
    why: str
    less: str


def said(line: Line) -> Sentence:
    """Return what one line says, in the viewer's language."""
    slug, icon = _tile(line)
    return Sentence(
        html=safe(_sentence(line)),
        words=_words(line),
        url=url(line),
        tile={"slug": slug, "icon": icon},
        why=why(line),
        less=less(line),
    )


def people(line: Line) -> str:
    """Return "Noah", "Noah and Priya" or "Noah and 3 others", as HTML."""
    names = [f"<b>{escape(actor['name'])}</b>" for actor in line.actors] or [f"<b>{_('Somebody')}</b>"]
    if line.actor_count <= 1:
        return names[0]
    if line.actor_count == 2 and len(names) > 1:
        return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
    others = line.actor_count - 1
    return ngettext("%(one)s and %(count)s other", "%(one)s and %(count)s others", others) % {
        "one": names[0],
        "count": others,
    }


def thing(line: Line) -> str:
    """Return the thread by its title, or how it begins, as HTML."""
    title = line.root_title or excerpt(line.root_excerpt, LONGEST_TITLE) or _("something without words")
    return f'<span class="q">{escape(title)}</span>'


def _sentence(line: Line) -> str:
    if two := between.registered().get(line.kind):
        return two.sentence(line.verb, line.detail) % {"people": people(line)}
    template = _care(line) if line.kind in {"care", "flag"} else _template(line)
    names = {"people": people(line), "thing": thing(line), "space": f"<b>{escape(line.space_name)}</b>"}
    newest = line.actors[0]["name"] if line.actors else ""
    names |= {"name": f"<b>{escape(line.because_name)}</b>", "one": f"<b>{escape(newest)}</b>"}
    if line.kind == "found":
        names |= {"name": f"<b>{escape(line.found.get('name') or '')}</b>", "count": str(line.found.get("count", 0))}
    return template % names


def _template(line: Line) -> str:
    """Return the sentence of a kind of line, with %(people)s, %(thing)s and %(space)s to fill."""
    say: dict[str, Callable[[], str]] = {
        "reply": lambda: _reply(line),
        "mention": lambda: _("%(people)s mentioned you in %(thing)s"),
        "accepted": lambda: _("%(people)s says your answer solved it: %(thing)s"),
        "solved": lambda: _("%(people)s marked what solved it: %(thing)s"),
        "helped": lambda: _helped(line),
        "rated": lambda: _("%(people)s told you how it went with %(thing)s"),
        "highlighted": lambda: _("%(people)s put this at the top of %(space)s: %(thing)s"),
        "checked": lambda: _("%(people)s checked what you wrote: %(thing)s"),
        "recheck": lambda: _recheck(line),
        "recommended": lambda: _("%(people)s thought of you: %(thing)s"),
        "invited": lambda: _("%(people)s invited you to %(space)s"),
        "nudge": lambda: _("%(people)s asks something you may know: %(thing)s"),
        "let_in": lambda: _("%(people)s let you into %(space)s"),
        "standing": lambda: _("%(people)s made you a host of %(space)s"),
        "handed_on": lambda: _("%(people)s named somebody new to look after %(space)s"),
        "follower": lambda: ngettext("%(people)s follows you now", "%(people)s follow you now", line.actor_count),
        "connect": lambda: ngettext(
            "%(people)s would like to connect with you", "%(people)s would like to connect with you", line.actor_count
        ),
        "connected": lambda: _("You are connected with %(people)s"),
        "introduced": lambda: _introduced(line),
        "brought": lambda: _("%(people)s and %(name)s are connected now, thanks to you"),
        "join_request": lambda: ngettext(
            "%(people)s would like to join %(space)s", "%(people)s would like to join %(space)s", line.actor_count
        ),
        "flagged": lambda: _("Something in %(space)s needs a careful look"),
        "thread": lambda: _("%(people)s replied in %(thing)s"),
        "new": lambda: _new(line),
        "found": lambda: _found(line),
    }
    return say.get(line.kind, lambda: _("%(people)s did something in %(thing)s"))()


def _reply(line: Line) -> str:
    if line.because == "commented":
        return _("%(people)s commented after you in %(thing)s")
    return _("%(people)s answered %(thing)s") if line.verb == "answered" else _("%(people)s replied in %(thing)s")


def _introduced(line: Line) -> str:
    if line.because == "meets":
        return _("%(one)s would like to get to know you")
    return _("%(people)s would like you to meet %(name)s")


def _helped(line: Line) -> str:
    if line.item_kind == "answer":
        return _("Your answer helped %(people)s: %(thing)s")
    if line.item_kind == "comment":
        return _("Your comment helped %(people)s: %(thing)s")
    return _("What you shared helped %(people)s: %(thing)s")


def _recheck(line: Line) -> str:
    """Return what became, or becomes, of the viewer's check."""
    if line.verb == "check_ends":
        return _("Your check of %(thing)s ends soon. Read it again, or let it end")
    if line.verb == "unchecked":
        return _("%(people)s took your check of %(thing)s away")
    return _("%(people)s changed what you had checked: %(thing)s")


def _new(line: Line) -> str:
    if line.root_kind == "question":
        return _("%(people)s asked in %(space)s: %(thing)s")
    return _("%(people)s shared in %(space)s: %(thing)s")


def _found(line: Line) -> str:
    """Return how much a saved search found since the line was read; once read, only that it found something."""
    found = line.found
    if not found.get("name"):
        return _("A search you no longer keep found something")
    if not found["count"]:
        return _("Found by your search %(name)s")
    return ngettext("%(count)s new for your search %(name)s", "%(count)s new for your search %(name)s", found["count"])


def _care(line: Line) -> str:
    """Return what became of the viewer's words, or of what they flagged, as it stands now."""
    if line.kind == "flag":
        outcomes = {
            "kept": _("%(people)s looked at what you flagged in %(space)s, and it stays"),
            "helped": _("%(people)s asked the author to change what you flagged in %(space)s"),
            "held": _("%(people)s hid what you flagged in %(space)s for now"),
            "removed": _("%(people)s removed what you flagged in %(space)s"),
        }
        return outcomes.get(line.detail.get("outcome", ""), outcomes["kept"])
    if line.because == "rule":
        return _("Your words in %(space)s are hidden until a host has looked")
    if line.verb == "decided":
        return _("%(people)s has a suggestion for %(thing)s")
    if line.item_state == State.LIVE:
        return _("%(people)s brought back what you wrote in %(space)s")
    if line.item_state == State.REMOVED:
        return _("%(people)s removed what you wrote in %(space)s")
    return _("%(people)s hid what you wrote in %(space)s for now")


def _words(line: Line) -> str:
    """Return what was said: the note, the reason, or how the reply begins."""
    if line.kind in SAY_A_NOTE:
        note = line.detail.get("note") or line.detail.get("reason") or ""
        return "" if note == "restored" or line.kind == "flag" else str(note)
    if line.kind == "found":
        return " · ".join(excerpt(title, LONGEST_TITLE) for title in line.found.get("titles") or [])
    if line.kind in {"reply", "mention", "thread"}:
        is_named_by_it = not line.root_title and line.item_excerpt == line.root_excerpt
        return "" if is_named_by_it else line.item_excerpt
    return ""


def url(line: Line) -> str:
    """Return where a line leads: the newest item on its thread's page, a space, a person or a list of requests."""
    if two := between.registered().get(line.kind):
        return two.url(line.verb, line.detail)
    if line.kind in {"follower", "connected", "brought"}:
        return f"/people/{line.actors[0]['handle']}" if line.actors else "/people"
    if line.kind in {"connect", "introduced"}:
        return "/me/connections/requests"
    if line.kind in {"invited", "join_request"}:
        return "/inbox/requests"
    if line.kind == "recheck" and line.item_state == State.LIVE:
        return f"/items/{line.item_id}/checked"
    if line.kind == "flagged":
        return "/studio/care"
    if line.kind == "found":
        return f"/me/searches/{line.found['search']}" if line.found.get("search") else "/me/searches"
    if line.root_id is None or line.item_id is None:
        return space_url(line)
    if line.item_state != State.LIVE:
        is_hidden = line.kind == "care" and line.item_state == State.HELD
        return f"/items/{line.item_id}" if is_hidden else space_url(line)
    return url_of(line.item_kind, line.item_id, line.root_title, line.root_id, line.root_kind, line.root_title)


def space_url(line: Line) -> str:
    return f"/people/{line.space_slug[1:]}" if line.space_purpose == "wall" else f"/spaces/{line.space_slug}/"


TILES = {
    "mention": ("post", "at-sign"),
    "accepted": ("answer", "circle-check"),
    "solved": ("answer", "circle-check"),
    "helped": ("answer", "ripple"),
    "rated": ("course", "list-checks"),
    "highlighted": ("wiki", "star"),
    "checked": ("answer", "badge-check"),
    "recheck": ("wiki", "badge-check"),
    "recommended": ("collection", "share-2"),
    "invited": ("event", "door-open"),
    "let_in": ("event", "door-open"),
    "standing": ("event", "crown"),
    "handed_on": ("event", "crown"),
    "follower": ("file", "user-plus"),
    "nudge": ("question", "circle-question-mark"),
    "join_request": ("event", "user-plus"),
    "connect": ("file", "user-plus"),
    "connected": ("file", "user-check"),
    "introduced": ("file", "users"),
    "brought": ("file", "users"),
    "flagged": ("thanks", "flag"),
    "found": ("file", "search"),
    "care": ("wiki", "shield-check"),
    "flag": ("wiki", "flag"),
}


def _tile(line: Line) -> tuple[str, str]:
    if two := between.registered().get(line.kind):
        return two.tile
    if line.kind in TILES:
        return TILES[line.kind]
    kind = registered().get(line.item_kind)
    return (kind.slug, kind.icon) if kind else ("post", "message-circle")


def why(line: Line) -> str:
    """Return the answer to "Why did I get this?"."""
    names = {"name": line.actors[0]["name"] if line.actors else "", "space": line.space_name}
    names["topic"] = line.because_name
    if line.because == "author" and (line.kind == "solved" or (line.kind == "reply" and line.root_kind == "question")):
        return _("You asked this question.")
    if line.because == "author" and line.kind == "reply" and line.root_kind == "article":
        return _("You wrote this article.")
    if line.because == "follows_item" and line.root_kind == "question":
        return _("You follow this question.")
    if two := between.registered().get(line.kind):
        return str(two.why)
    if line.because == "nudged":
        times = int(line.because_name or 1)
        if not times:
            return _("You wrote something with a word of this.")
        sentence = ngettext("You wrote about the like once.", "You wrote about the like %(count)s times.", times)
        return sentence % {"count": times}
    return str(WHY.get(line.because, "")) % names


def less(line: Line) -> str:
    """Return the words on the one button that ends it; empty where there is no choice."""
    names = {"name": line.actors[0]["name"] if line.actors else "", "space": line.space_name}
    names["topic"] = line.because_name
    return str(LESS.get(line.because, "")) % names
