"""What stands beside an item, beside one that is being written, and beside Home."""

from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from ninja import Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.routes.found import ItemId, readable
from watercooler.doors.api.routes.knowing import may_know
from watercooler.doors.api.shapes import near as shapes
from watercooler.doors.api.shapes.common import address
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.questions import reads as questions
from watercooler.places.home.rail import Line, rail
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.similar import Similar, Typing
from watercooler.spine.content.written import written
from watercooler.spine.social.reads import ripple
from watercooler.spine.spaces.mentioned import without_dead_links

routes = Routes("Beside")
LONGEST_READ = 4000
"""How much of a text that is being written is compared; an address holds no more."""

Title = Annotated[str, Query(max_length=300, description="The question in one line, as far as it is written.")]
BeingWritten = Annotated[
    Literal["question"], Query(description="What is being written. Only questions are compared so far.")
]
Source = Annotated[
    str, Query(max_length=LONGEST_READ, description="The text of the question in Markdown, as far as it is written.")
]
Where = Annotated[
    str,
    Query(max_length=80, description="The `slug` of the space it will be asked in: what is from there counts more."),
]
TopicNames = Annotated[str, Query(max_length=400, description="The names of its topics, with commas between.")]


@routes.read("/items/{id:item_id}/related", shapes.Related)
def related(request: Asked, item_id: ItemId) -> shapes.Related:
    """Show what people linked with an item, what is like it, and how far its most helpful answer went.

    Who may: whoever may read the item. What they refused is left out.
    Refuses: 404 for everybody else.
    """
    viewer, item = request.viewer, readable(request, item_id)
    near = import_string(settings.RELATED)
    is_question = item.kind == "question"
    return shapes.Related(
        linked=[_linked(one) for one in questions.linked(viewer, item.pk)] if is_question else [],
        questions=[_like(one) for one in near(viewer, item.pk, "question", 4 if is_question else 5)],
        articles=[_like(one) for one in near(viewer, item.pk, "article", 3 if is_question else 4)],
        reach=_reach(viewer, item.pk) if is_question else None,
    )


def _linked(one: questions.Linked) -> shapes.LinkedQuestion:
    names = ("title", "answer_count", "is_solved", "is_same")
    return shapes.LinkedQuestion(item=one.id, url=address(one.url), **{name: getattr(one, name) for name in names})


def _like(one: Any) -> shapes.Like:
    names = ("kind", "title", "answer_count", "helped_count", "is_solved")
    return shapes.Like(item=one.id, url=address(one.url), **{name: getattr(one, name) for name in names})


def _reach(viewer: Viewer, item_id: int) -> shapes.Reach | None:
    best = questions.best_answer(viewer, item_id)
    if best is None:
        return None
    found = ripple(best.pk)
    return shapes.Reach(item=best.pk, helped=found.helped, sites=found.sites, passed_on=found.passed_on)


@routes.read("/items/similar", shapes.Similar)
def similar(
    request: Asked,
    title: Title,
    kind: BeingWritten = "question",
    source: Source = "",
    space: Where = "",
    topics: TopicNames = "",
) -> shapes.Similar:
    """Show what was asked before and who may know, for a question that is being written.

    Below twelve characters of title nothing is compared.

    Who may: everybody, of what they may read; people are named to members alone.
    Refuses: nothing of its own.
    """
    typing = Typing(clean_line(title), source, clean_line(space), clean_line(topics))
    found = import_string(settings.SUGGESTED)(request.viewer, kind, typing)
    return shapes.Similar(
        similar=[_said(one, kind) for one in found.similar],
        pages=[_said(one, "article") for one in found.pages],
        people=[may_know(one) for one in found.people],
    )


def _said(one: Similar, kind: str) -> shapes.Like:
    names = ("title", "answer_count", "helped_count", "is_solved")
    said = {name: getattr(one, name) for name in names}
    return shapes.Like(item=one.id, kind=one.kind or kind, url=address(one.url), **said)


@routes.write("POST", "/preview", shapes.Preview)
def preview(request: Asked, sent: shapes.Written) -> shapes.Preview:
    """Show how a text will look. Nothing is kept.

    Who may: everybody.
    Refuses: 422 above 100,000 characters.
    """
    if len(sent.source) > LONGEST_TEXT:
        sentence = _("The text is longer than %(most)s characters.") % {"most": f"{LONGEST_TEXT:,}"}
        raise Invalid(sentence, field="source")
    return shapes.Preview(html=without_dead_links(request.viewer, [written(sent.source).html])[0])


@routes.read("/feed/beside", shapes.Beside)
def home(request: Asked) -> shapes.Beside:
    """Show what stands beside Home: questions near one, and highlights. What is suggested: `/suggestions`.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    found = rail(request.viewer)
    return shapes.Beside(
        questions=[_line(one) for one in found.questions],
        highlights=[_line(one) for one in found.highlights],
    )


def _line(one: Line) -> shapes.Line:
    names = ("kind", "title", "at", "note")
    said = {name: getattr(one, name) for name in names}
    return shapes.Line(item=one.id, space=one.space_name, url=address(one.url), **said)
