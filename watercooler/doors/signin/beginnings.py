"""How the first space of an organisation begins, so that it does not open empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.posts.acts import post
from watercooler.spine.spaces.acts import make_space
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a space starts with. label: what the first-run page calls it. first_post: in the founder's name."""

    label: Words
    how_we_work: Words
    rules: Sequence[Words]
    first_post: Words


_RULES = (
    _("Ask early. Nobody was born knowing it."),
    _("Say what you tried, and what happened."),
    _("Disagree with the idea, never with the person."),
)

BEGINNINGS = {
    "practice": Beginning(
        label=_("People who do the same work"),
        how_we_work=_(
            "Bring the question you would ask in the van or at the kettle. Whoever knows, answers. "
            "When an answer helped, say so, so that the next person finds it."
        ),
        rules=_RULES,
        first_post=_(
            "This space is open. What is the one thing in our work that took you longest to learn? "
            "Tell it here, and somebody new will not have to."
        ),
    ),
    "site": Beginning(
        label=_("A team or a site"),
        how_we_work=_(
            "What everybody here should know stands here, not in a corridor. "
            "Short is fine. A photo says more than a paragraph."
        ),
        rules=_RULES,
        first_post=_("This is our space. What should everybody here know about this week?"),
    ),
    "newcomers": Beginning(
        label=_("New people and whoever welcomes them"),
        how_we_work=_("No question is too small here. Everybody who has been here longer reads along, and answers."),
        rules=_RULES,
        first_post=_("Welcome. Say who you are and what you do, and ask the first thing you wondered about."),
    ),
}


def begin(viewer: Viewer, beginning: str, *, name: str, objective: str) -> Space:
    """Open a space with its way of working, its rules and a first post. Raises what `make_space` raises."""
    chosen = BEGINNINGS[beginning]
    rules = [str(rule) for rule in chosen.rules]
    space = make_space(viewer, name=name, objective=objective, how_we_work=str(chosen.how_we_work), rules=rules)
    post(build(viewer.person_id), space, str(chosen.first_post))
    return space
