"""What words mean here."""

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import ItemId, Words
from watercooler.doors.api.shapes.common import address
from watercooler.doors.api.shapes.glossary import Explaining, Glossary, Term
from watercooler.places.library.glossary_reads import TermLine, terms
from watercooler.spine.content import models
from watercooler.spine.content.acts import change_term, explain_term, remove_term

routes = Routes("Topics")


@routes.read("/glossary", Glossary)
def listed(request: Asked, q: Words = "") -> Glossary:
    """List the words of the glossary by name; q: only those in whose name or other words it stands."""
    return Glossary(terms=[_shaped(one) for one in terms(q[:60])])


@routes.write("POST", "/glossary", Term, status=201)
def explain(request: Asked, sent: Explaining) -> Term:
    """Put a word into the glossary. Learning leads and administrators may."""
    return _shaped(explain_term(request.viewer, sent.name, sent.meaning, sent.others))


@routes.write("PUT", "/glossary/{id:term_id}", Term)
def change(request: Asked, term_id: ItemId, sent: Explaining) -> Term:
    """Say better what a word means, or what else people call it."""
    return _shaped(change_term(request.viewer, _term(term_id), sent.name, sent.meaning, sent.others))


@routes.write("DELETE", "/glossary/{id:term_id}")
def remove(request: Asked, term_id: ItemId) -> None:
    """Take a word out of the glossary."""
    remove_term(request.viewer, _term(term_id))


def _term(term_id: int) -> models.Term:
    found = models.Term.objects.filter(pk=term_id).first()
    if found is None:
        raise nothing_here()
    return found


def _shaped(term: models.Term | TermLine) -> Term:
    url = address(f"/library/glossary#term-{term.id}")
    return Term(id=term.id, name=term.name, meaning=term.meaning, others=list(term.others), url=url)
