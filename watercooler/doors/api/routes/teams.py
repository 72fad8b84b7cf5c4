"""The team finder: the fewest colleagues who cover these skills, and what shows it."""

from typing import Annotated

from ninja import Query
from pydantic import Field

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import AtSites, InUnits, OpenToQuestions
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.doors.api.shapes.teams import Others, Skill, Team, TeamMember, TeamProof
from watercooler.foundation.base.text import clean_line
from watercooler.places.person.team.candidates import MOST_PEOPLE, MOST_SKILLS, Ability, Candidate, Wanted
from watercooler.places.person.team.found import Member, team

routes = Routes("Teams")
Skills = Annotated[
    list[Annotated[str, Field(max_length=60)]],
    Query(
        max_length=MOST_SKILLS, description="What the team shall cover: skills or topics, one each time it is repeated."
    ),
]
Including = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Query(
        max_length=MOST_PEOPLE,
        description="Handles of people who are in the team in any case. Nobody’s are passed over.",
    ),
]
Without = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Query(max_length=MOST_PEOPLE, description="Handles of people who are left out, unless they are in it in any case."),
]
Span = Annotated[
    bool,
    Query(
        description="True for somebody from each of these sites and units, of at most six; else only people from them."
    ),
]
Tongue = Annotated[
    str, Query(max_length=40, description="Only people who speak this language, as on their profile; empty for any.")
]


def _brief(one: Candidate) -> dict[str, str]:
    about = {"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}
    return PersonBrief.of(about).model_dump()


@routes.read("/teams", Team)
def find_team(
    request: Asked,
    skill: Skills,
    including: Including = [],  # noqa: B006
    without: Without = [],  # noqa: B006
    site: AtSites = [],  # noqa: B006
    unit: InUnits = [],  # noqa: B006
    span: Span = False,
    language: Tongue = "",
    open_to_questions: OpenToQuestions = False,
) -> Team:
    """Find the fewest colleagues who cover these skills.

    Who may: members. What shows a skill counts as far as the caller may read it.
    Refuses: 404 for guests.
    """
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
