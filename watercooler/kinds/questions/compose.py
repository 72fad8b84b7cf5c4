"""How the composer speaks about questions and answers."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.questions.acts import answer, ask
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.composing import Composing, Typed
from watercooler.spine.content.models import Item


def _ask(viewer: Viewer, typed: Typed) -> Item:
    return ask(viewer, typed.space, typed.title, typed.source, topics=typed.topics, **typed.sending)


def _answer(viewer: Viewer, typed: Typed) -> Item:
    question = Question.objects.select_related("item__space").filter(item=typed.parent).first()
    if question is None:
        raise NotAllowed(_now("You can’t reply to this any more."))
    return answer(viewer, question, typed.whole, **typed.sending)


ASKING = Composing(
    make=_ask,
    heading=_("New question"),
    send=_("Post question"),
    done=_("Asked."),
    title=_("Your question in one line"),
    source=_("What have you tried?"),
    looks_for_similar=True,
)
ANSWERING = Composing(
    make=_answer,
    heading=_("New answer"),
    send=_("Post answer"),
    done=_("Answered."),
    source=_("What worked for you?"),
    has_topics=False,
)
