"""What words mean here."""

from typing import Annotated

from ninja import Path, Query

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes.common import LARGEST_ID, address
from watercooler.doors.api.shapes.glossary import Explaining, Glossary, Term
from watercooler.places.library.glossary_reads import TermLine, terms
from watercooler.spine.content import models
from watercooler.spine.content.acts import change_term, explain_term, remove_term

routes = Routes("Topics")
Letters = Annotated[
    str,
    Query(max_length=300, description="Only terms in whose name or other words these letters stand; empty for all."),
]
TermId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The number of a term, as the glossary has it.")]


@routes.read("/glossary", Glossary)
def listed(request: Asked, q: Letters = "") -> Glossary:
    """List the words of the glossary by name.

    Who may: everybody.
    Refuses: nothing of its own.
    """
    return Glossary(terms=[_shaped(one) for one in terms(q[:60])])


@routes.write("POST", "/glossary", Term, status=201)
def explain(request: Asked, sent: Explaining) -> Term:
    """Put a word into the glossary. Learning leads and administrators may.

    Who may: learning leads and administrators.
    Refuses: 403 for others; 422 for a word that stands there already, for words that are missing or too long, and
    above 2,000 terms.
    """
    return _shaped(explain_term(request.viewer, sent.name, sent.meaning, sent.others))


@routes.write("PUT", "/glossary/{id:term_id}", Term)
def change(request: Asked, term_id: TermId, sent: Explaining) -> Term:
    """Say better what a word means, or what else people call it.

    Who may: learning leads and administrators.
    Refuses: 403 for others; 404 for a term there is not; 422 for a word that another term has, and for words that are
    missing or too long.
    """
    return _shaped(change_term(request.viewer, _term(term_id), sent.name, sent.meaning, sent.others))


@routes.write("DELETE", "/glossary/{id:term_id}")
def remove(request: Asked, term_id: TermId) -> None:
    """Take a word out of the glossary.

    Who may: learning leads and administrators.
    Refuses: 403 for others; 404 for a term there is not.
    """
    remove_term(request.viewer, _term(term_id))


def _term(term_id: int) -> models.Term:
    found = models.Term.objects.filter(pk=term_id).first()
    if found is None:
        raise nothing_here()
    return found


def _shaped(term: models.Term | TermLine) -> Term:
    url = address(f"/library/glossary#term-{term.id}")
    return Term(id=term.id, name=term.name, meaning=term.meaning, others=list(term.others), url=url)
