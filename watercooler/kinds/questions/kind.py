"""Questions and their answers."""

from django.utils.translation import gettext_lazy as _

from watercooler.kinds.questions.verbs import ANSWERED, ASKED
from watercooler.spine.content.kinds import Kind

QUESTION = Kind(
    name="question",
    label=_("Question"),
    plural=_("Questions"),
    action=_("Ask"),
    icon="circle-question-mark",
    made=ASKED,
    path="/q/{id}/{slug}",
    card="questions/card.html",
    has_title=True,
    compose="watercooler.kinds.questions.compose.ASKING",
)

ANSWER = Kind(
    name="answer",
    label=_("Answer"),
    plural=_("Answers"),
    action=_("Answer"),
    icon="circle-check",
    made=ANSWERED,
    parents=frozenset({"question"}),
    is_checkable=True,
    compose="watercooler.kinds.questions.compose.ANSWERING",
)
