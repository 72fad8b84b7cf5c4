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
    name: str
    job: str = ""
    photo: str = ""
    url: str

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
    """A space, as a name beside what is in it. is_wall: it is somebody's own wall."""

    slug: str
    name: str
    is_wall: bool = False
    url: str

    @classmethod
    def of(cls, slug: str, name: str, purpose: str = "space") -> "SpaceBrief":
        is_wall = purpose == "wall"
        path = f"/people/{slug[1:]}" if is_wall else f"/spaces/{slug}/"
        return cls(slug=slug, name=name, is_wall=is_wall, url=address(path))


class TopicBrief(Shape):
    """A topic, as a word on what is about it."""

    slug: str
    name: str


class Problem(Shape):
    """A refusal (RFC 9457). detail: a sentence for people. field: what it is about. errors: all of them, field by
    field, where there may be several."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    errors: list[dict[str, str]] = []


Next = Annotated[
    str | None, Field(description="The whole address of the next page, or null at the end. Also in the Link header.")
]
