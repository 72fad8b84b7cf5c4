"""What all shapes share."""

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from watercooler.spine.content.acts.make import LONGEST_TEXT

LARGEST_ID = 10**18 - 1


class Shape(BaseModel):
    """What we answer."""

    model_config = ConfigDict(extra="forbid")


class Sent(BaseModel):
    """What is sent to us. Types are meant as they are written: "5" is no number, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _written(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise ValueError("This has to be a date written as text, as 2030-01-14T09:00:00Z.")
    return value


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT + 1000)]
"""Longer than may be kept: the act says in its own sentence by how much."""
Moment = Annotated[
    datetime,
    Field(strict=False),
    BeforeValidator(_written),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Day = Annotated[
    date, Field(strict=False), BeforeValidator(_written), WithJsonSchema({"type": "string", "format": "date"})
]


def address(path: str) -> str:
    """Return the whole address of a page or picture; "" for none."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


class PersonBrief(Shape):
    """Somebody, as a name beside what they did."""

    handle: str
    """The name somebody is mentioned and found by, without the @. It never changes, and `/people/{handle}` takes it."""
    name: str
    """The name that people read, as the directory has it."""
    job: str = ""
    """What they work as, as the directory has it; empty where it says nothing, or where a list leaves it out."""
    photo: str = ""
    """The whole address of a small square picture, for a browser that is signed in; empty where their initials stand
    for them. Programs read `/people/{handle}/photo`."""
    url: str
    """The whole address of their profile page."""

    @classmethod
    def of(cls, person: Any) -> "PersonBrief":
        """Return the brief of a dict or object with handle, name and perhaps job and photo."""
        about = person if isinstance(person, dict) else vars(person)
        return cls(
            handle=about["handle"],
            name=about["name"],
            job=about.get("job") or "",
            photo=address(about.get("photo") or ""),
            url=address(f"/people/{about['handle']}"),
        )


class SpaceBrief(Shape):
    """A space, as a name beside what is in it."""

    slug: str
    """The space’s part of every address, as “heat-pump-engineers”. It stays when the space is renamed; that of a wall
    is ~ and its owner’s handle."""
    name: str
    """The name that people read; hosts may change it."""
    is_wall: bool = False
    """Whether it is somebody’s own wall, where they post without a space."""
    url: str
    """The whole address of its page; of a wall, that of its owner’s profile."""

    @classmethod
    def of(cls, slug: str, name: str, purpose: str = "space") -> "SpaceBrief":
        is_wall = purpose == "wall"
        path = f"/people/{slug[1:]}" if is_wall else f"/spaces/{slug}/"
        return cls(slug=slug, name=name, is_wall=is_wall, url=address(path))


class TopicBrief(Shape):
    """A topic, as a word on what is about it."""

    slug: str
    """The topic’s part of every address, as “low-pressure”."""
    name: str
    """The word as people read it."""


class Problem(Shape):
    """A refusal (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    """Which sort of refusal it is, as a reference to the page that explains it: `/api/#stale`. Programs tell refusals
    apart by this and by `status`."""
    title: str
    """The sort of refusal in a few words, in the caller’s language."""
    status: int
    """The HTTP status again, for those who read the body alone."""
    detail: str
    """A sentence for people, in the caller’s language: what was wrong and what to do. It may be shown as it is."""
    field: str = ""
    """The field or parameter that has to be different, as “title” or “topics.2”; left out where none is meant."""
    errors: list[dict[str, str]] = []
    """Everything that was wrong where there may be several, each with its `field` and `detail`; left out otherwise."""


Next = Annotated[
    str | None, Field(description="The whole address of the next page, or null at the end. Also in the Link header.")
]
