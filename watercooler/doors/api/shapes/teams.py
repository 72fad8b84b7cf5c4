"""A team: the fewest colleagues who cover some skills."""

from watercooler.doors.api.shapes.common import PersonBrief, Shape


class TeamProof(Shape):
    """Something that shows a skill."""

    title: str
    """Its title, as people read it."""
    url: str
    """The whole address of its page, or of its place in its thread."""


class Skill(Shape):
    """One skill of one person."""

    skill: str
    """One of the skills, written as it was asked for."""
    is_proven: bool
    """Whether their work shows it."""
    accepted: int
    """How many of the answers that show it solved the question."""
    helped: int
    """How many people said that what shows it helped them."""
    says: str
    """Their own word for it on their profile; empty where they do not say it."""
    proofs: list[TeamProof]
    """What shows it and the caller may read, at most three; empty where it is their own word alone."""


class TeamMember(PersonBrief):
    """Somebody in the team."""

    site: str
    """The name of the place they work at; empty for none."""
    languages: list[str]
    """The languages they say they speak."""
    skills: list[Skill]
    """Which of the skills asked for they cover."""
    alone: list[str]
    """Skills that nobody else in the team covers."""
    is_must: bool
    """Whether they were asked for by name."""


class Others(Shape):
    """Who else could cover a skill."""

    skill: str
    """One of the skills, written as it was asked for."""
    people: list[PersonBrief]
    """Those who are not in the team, best first, at most three."""


class Team(Shape):
    """The fewest people who cover the most."""

    members: list[TeamMember]
    """The people in it, each with what they cover."""
    others: list[Others]
    """For each skill, who else could cover it."""
    covered_by_nobody: list[str]
    """The skills that nobody found covers."""
    at_least: int
    """A number of people below which no such team exists."""
    is_smallest: bool
    """Whether this team is certainly not larger than it must be."""
