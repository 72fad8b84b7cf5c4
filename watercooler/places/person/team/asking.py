"""The team finder (R47): skills in, the fewest people out, and a space for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.database import hot
from watercooler.places.person import directory
from watercooler.places.person.team.candidates import LONGEST, MOST_PEOPLE, MOST_SKILLS, Wanted
from watercooler.places.person.team.found import Team, team
from watercooler.spine.content.visibility import SAYS_TOPIC, visible_values
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import invite, make_space
from watercooler.spine.spaces.models import Access
from watercooler.spine.spaces.viewer import build

OFFERS = 8


def wanted_of(asked: QueryDict) -> Wanted:
    """Return what an address asks for; what is too much or nonsense is left out."""

    def words(name: str, most: int) -> tuple[str, ...]:
        found = (clean_line(each)[:LONGEST] for each in asked.getlist(name))
        return tuple(dict.fromkeys(each for each in found if each))[:most]

    def handles(name: str) -> tuple[str, ...]:
        return tuple(each.lower().lstrip("@") for each in words(name, MOST_PEOPLE))

    def ids(name: str) -> tuple[int, ...]:
        return tuple(filter(None, map(number, asked.getlist(name)[:20])))

    return Wanted(
        skills=words("skill", MOST_SKILLS),
        must=handles("with"),
        left_out=handles("not"),
        kept=handles("keep"),
        site=ids("site"),
        unit=ids("unit"),
        spans=asked.get("span") == "1",
        language=clean_line(asked.get("language", ""))[:40],
        only_open=asked.get("open") == "1",
    )


def address(wanted: Wanted, **instead: Any) -> str:
    """Return the address that asks for this, with some of it changed."""
    values: dict[str, Any] = {
        "skill": wanted.skills,
        "with": wanted.must,
        "not": wanted.left_out,
        "keep": wanted.kept,
        "site": wanted.site,
        "unit": wanted.unit,
        "span": "1" if wanted.spans else "",
        "language": wanted.language,
        "open": "1" if wanted.only_open else "",
        **instead,
    }
    said = {name: value for name, value in values.items() if value}
    return "/teams?" + urlencode(said, doseq=True) if said else "/teams"


def _removable(wanted: Wanted, name: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (value, address without it) of each."""
    return [(each, address(wanted, **{"keep": (), name: _without(values, each)})) for each in values]


def _without(values: Iterable[str], one: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != one)


@require_GET
def show(request: Request) -> HttpResponse:
    """Show the form, and the team for what it asks. Guests have no such page: it would name everybody."""
    if not request.viewer.is_member:
        raise Http404
    if "add" in request.GET or "add_person" in request.GET:
        return HttpResponseRedirect(_added(request))
    wanted = wanted_of(request.GET)
    found = team(request.viewer, wanted) if wanted.skills else None
    return page(
        request,
        "person/team.html",
        place="people",
        wanted=wanted,
        found=found,
        skills=_removable(wanted, "skill", wanted.skills),
        musts=[(each, address(wanted, **{"with": _without(wanted.must, each)})) for each in wanted.must],
        left_out=[
            (each, address(wanted, keep=(), **{"not": _without(wanted.left_out, each)})) for each in wanted.left_out
        ],
        swaps=_swaps(wanted, found) if found else {},
        examples=[] if wanted.skills else _examples(),
        places=_choices(wanted),
        is_full=len(wanted.skills) >= MOST_SKILLS,
    )


def _added(request: Request) -> str:
    """Return the address with what was typed added: skills with commas between, and a colleague by name."""
    wanted = wanted_of(request.GET)
    typed = (clean_line(each)[:LONGEST] for each in request.GET.get("add", "").split(","))
    known = {each.lower() for each in wanted.skills}
    skills = (*wanted.skills, *(each for each in dict.fromkeys(typed) if each and each.lower() not in known))
    must = wanted.must
    if name := clean_line(request.GET.get("add_person", ""))[:120]:
        handle = name.rpartition("@")[2].rstrip(")").strip().lower()
        people = Person.objects.filter(is_active=True)
        one = people.filter(handle=handle).first() or people.filter(name__iexact=name).first()
        must = tuple(dict.fromkeys([*must, one.handle if one else handle]))[:MOST_PEOPLE]
    return address(wanted, skill=skills[:MOST_SKILLS], keep=(), **{"with": must})


def _swaps(wanted: Wanted, found: Team) -> dict[str, str]:
    """Return handle → the address of the team with the next best in their place, everybody else kept."""
    handles = [one.person.handle for one in found.members]
    return {
        one.person.handle: address(
            wanted,
            keep=[each for each in _without(handles, one.person.handle) if each not in wanted.must],
            **{"not": [*wanted.left_out, one.person.handle][-MOST_PEOPLE:]},
        )
        for one in found.members
        if one.can_swap
    }


def _examples() -> list[str]:
    return [row.label for row in directory.facets() if row.facet == "skill"][:6]


def _choices(wanted: Wanted) -> dict[str, list[tuple[str, str, bool]]]:
    """Return (value, label, is chosen) of sites, units and languages. Cost: at most one query a minute."""
    chosen = {
        "site": {str(one) for one in wanted.site},
        "unit": {str(one) for one in wanted.unit},
        "language": {wanted.language},
    }
    rows = directory.facets()
    return {
        name: [(row.value, row.label, row.value in now) for row in rows if row.facet == name]
        for name, now in chosen.items()
    }


# What colleagues offer, and the topics things are written about.
SKILLS = f"""
select word from (
    select offer as word, count(*) as times from people_person p, unnest(p.offers) offer
    where p.is_active and lower(offer) like %(like)s group by offer
    union all
    select t.name, t.open_count from content_topic t
    where t.synonym_of_id is null and lower(t.name) like %(like)s and {SAYS_TOPIC.format(topic="t.id")}
) found group by word order by lower(word) like %(begin)s desc, sum(times) desc, word limit %(most)s
"""


@require_safe
def offers(request: Request) -> HttpResponse:
    """Return skills and topics that go like what is being typed, as options."""
    if not request.viewer.is_member:
        raise Http404
    *before, typed = clean_line(request.GET.get("add", ""))[:300].rsplit(",", 1)
    typed = typed.strip().lower().replace("\\", "").replace("%", "").replace("_", "")
    values = {"like": f"%{typed}%", "begin": f"{typed}%", "most": OFFERS, **visible_values(request.viewer)}
    rows = hot.rows(SKILLS, **values) if typed else []
    options = [{"name": ", ".join([*before, row.word])} for row in rows]
    return HttpResponse(render("social/offers.html", people=[], spaces=[], topics=options))


@require_POST
def open_space(request: Request) -> HttpResponse:
    """Open a closed space and invite the team into it."""
    if not request.viewer.is_member:
        raise Http404
    handles = [each.lower() for each in request.POST.getlist("person")[: 2 * MOST_PEOPLE]]
    people = list(Person.objects.filter(handle__in=handles, is_active=True).exclude(pk=request.viewer.person_id))
    if not people:
        raise Invalid(_("Find a team first."))
    objective = clean_line(request.POST.get("objective", ""))[:280]
    space = make_space(
        request.viewer, name=request.POST.get("name", "")[:80], objective=objective, access=Access.CLOSED
    )
    invited = invite(build(request.viewer.person_id), space, people, objective)  # who hosts it now
    say(request, _("Here it is. Invited: %(count)s.") % {"count": invited})
    return HttpResponseRedirect(space.url)
