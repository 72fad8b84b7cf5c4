"""What is sent to make an item: one shape for each kind, made from what the kind tells the composer.

A further kind is served from the moment settings.KINDS lists it: its title, its topics, what it hangs below and its
own fields come from its Composing, and so does the act that makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django import forms
from pydantic import Field, create_model

from watercooler.doors.api.shapes.common import Id, Line, Sent, Text
from watercooler.foundation.base.errors import Invalid
from watercooler.spine.content.composing import Composing
from watercooler.spine.content.kinds import Kind, registered

KIND = "Says which kind of item is made, and so which other fields there are."
SOURCE = "The text in Markdown, at most 100,000 characters. An @handle mentions somebody, a #word is one more topic."
SPACE = "The slug of a space the caller is in, or of a wall they may write on: ~ and its owner’s handle."
PARENT = "The id of the {} it hangs below."
TITLE = "What it is about in one line of plain text, at most 200 characters."
TOPICS = (
    "The names of what it is about, with or without #; new ones come into being. Of more than eight the first count."
)
ATTACHMENTS = (
    "The ids of the caller’s own files that wait for an item, at most 20. Files shown in the text come by themselves."
)


def makeable() -> list[Kind]:
    """Return the kinds that programs can make: those that say how they are composed."""
    return [kind for kind in registered().values() if kind.compose]


def shape_of(kind: Kind) -> type[Sent]:
    """Return the type of what is sent to make an item of this kind."""
    composing = kind.composing
    assert composing is not None, "only kinds with a composing can be made"
    fields: dict[str, Any] = {"kind": (_said(Literal[kind.name], KIND), ...)}
    fields["source"] = (_said(Text, SOURCE), "" if kind.has_title else ...)
    if kind.is_top:
        fields["space"] = (Annotated[str, Field(max_length=80, description=SPACE)], ...)
    if kind.parents:
        fields["parent"] = (_said(Id, PARENT.format(" or ".join(sorted(kind.parents)))), ...)
    if composing.title:
        fields["title"] = (_said(Line, TITLE), ... if kind.has_title else "")
    if composing.has_topics:
        fields["topics"] = (Annotated[list[Line], Field(max_length=50, description=TOPICS)], [])
    fields["attachments"] = (Annotated[list[Id], Field(max_length=50, description=ATTACHMENTS)], [])
    made: type[Sent] = create_model(
        f"New{kind.name.title()}",
        __base__=Sent,
        __doc__=f"{composing.heading}. {composing.source}",
        **(fields | further(composing)),
    )
    return made


def further(composing: Composing) -> dict[str, Any]:
    """Return the kind's own fields, as the form of its composer has them. All are optional: the form says what not."""
    found = composing.more.base_fields if composing.more else {}
    return {name: (_type_of(field, str(composing.explains.get(name, ""))), None) for name, field in found.items()}


def _said(type_: Any, words: str) -> Any:
    return Annotated[type_, Field(description=words)]


def _type_of(field: forms.Field, words: str) -> Any:
    words = words or str(field.help_text or field.label or "")
    if isinstance(field, forms.MultipleChoiceField):
        inner: Any = list[Literal[tuple(_values(field))]]  # type: ignore[misc]
    elif isinstance(field, forms.ChoiceField):
        inner = Literal[tuple(_values(field))]
    elif isinstance(field, forms.BooleanField):
        inner = bool
    elif isinstance(field, forms.IntegerField):
        inner = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
    else:
        inner = Annotated[str, Field(max_length=getattr(field, "max_length", None) or 2000)]
    return Annotated[inner | None, Field(description=words)] if words else inner | None


def _values(field: forms.ChoiceField) -> list[str]:
    return [str(value) for value, _label in field.choices]  # type: ignore[union-attr, misc]


def any_of(kinds: Sequence[Kind]) -> Any:
    """Return the type of what is sent to make an item of any of these kinds, told apart by `kind`."""
    shapes = [shape_of(kind) for kind in kinds]
    union = shapes[0]
    for shape in shapes[1:]:
        union = union | shape  # type: ignore[assignment]
    return Annotated[union, Field(discriminator="kind")] if len(shapes) > 1 else union


def further_cleaned(composing: Composing, sent: Sent) -> dict[str, Any]:
    """Return the kind's own fields as its form cleans them. Raises Invalid naming the field."""
    if composing.more is None:
        return {}
    typed = {name: getattr(sent, name) for name in composing.more.base_fields}
    form = composing.more({name: value for name, value in typed.items() if value is not None})
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field="" if name == "__all__" else name)
    return dict(form.cleaned_data)
