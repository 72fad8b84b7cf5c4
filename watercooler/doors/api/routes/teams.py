"""The team finder: the fewest colleagues who cover these skills, and what shows it."""

from typing import Annotated

from ninja import Query
from pydantic import Field

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.doors.api.shapes.teams import Others, Skill, Team, TeamMember, TeamProof
from watercooler.foundation.base.text import clean_line
from watercooler.places.person.team.candidates import MOST_PEOPLE, MOST_SKILLS, Ability, Candidate, Wanted
from watercooler.places.person.team.found import Member, team

routes = Routes("Teams")
Skills = Annotated[list[Annotated[str, Field(max_length=60)]], Query(max_length=MOST_SKILLS)]
Handles = Annotated[list[Annotated[str, Field(max_length=40)]], Query(max_length=MOST_PEOPLE)]
Ids = Annotated[list[Annotated[int, Field(ge=1, le=10**9)]], Query(max_length=20)]


def _brief(one: Candidate) -> dict[str, str]:
    about = {"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}
    return PersonBrief.of(about).model_dump()


@routes.read("/teams", Team)
def find_team(
    request: Asked,
    skill: Skills,
    including: Handles = [],  # noqa: B006
    without: Handles = [],  # noqa: B006
    site: Ids = [],  # noqa: B006
    unit: Ids = [],  # noqa: B006
    span: bool = False,
    language: Annotated[str, Query(max_length=40)] = "",
    open_to_questions: bool = False,
) -> Team:
    """Find the fewest colleagues who cover these skills. span: somebody from each site and unit, not only from them."""
    if not request.viewer.is_member:
        raise nothing_here()
    skills = tuple(dict.fromkeys(filter(None, (clean_line(one)[:60] for one in skill))))
    wanted = Wanted(
        skills=skills,
        must=tuple(dict.fromkeys(one.lower() for one in including)),
        left_out=tuple(one.lower() for one in without),
        site=tuple(site),
        unit=tuple(unit),
        spans=span,
        language=clean_line(language),
        only_open=open_to_questions,
    )
    found = team(request.viewer, wanted)
    return Team(
        members=[_member(one) for one in found.members],
        others=[
            Others(skill=name, people=[PersonBrief(**_brief(one)) for one in people])
            for name, people in found.others.items()
        ],
        covered_by_nobody=found.open_skills,
        at_least=found.at_least,
        is_smallest=found.is_smallest,
    )


def _member(one: Member) -> TeamMember:
    person = one.person
    return TeamMember(
        **_brief(person),
        site=person.site,
        languages=person.languages,
        skills=[_skill(person.abilities[name]) for name in one.skills],
        alone=one.alone,
        is_must=one.is_must,
    )


def _skill(ability: Ability) -> Skill:
    proofs = [TeamProof(title=proof.title, url=address(proof.url)) for proof in ability.proofs]
    same = ("skill", "is_proven", "accepted", "helped", "says")
    return Skill(**{name: getattr(ability, name) for name in same}, proofs=proofs)
