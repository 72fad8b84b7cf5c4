"""The searches that the caller keeps."""

from typing import Annotated, cast

from ninja import Path

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes.common import LARGEST_ID, address
from watercooler.doors.api.shapes.searches import ChangingSearch, SavedSearch, SavedSearches, SavingSearch, WhenTold
from watercooler.projections.search import acts, models
from watercooler.projections.search.saved import reads
from watercooler.projections.search.saved.asked import state

routes = Routes("Search")
SearchId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a search that the caller keeps.")]


@routes.read("/me/searches", SavedSearches)
def kept(request: Asked) -> SavedSearches:
    """List the searches the caller keeps, by name, each with how much is new.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    return SavedSearches(searches=[_shaped(one) for one in reads.mine(request.viewer)])


@routes.write("POST", "/me/searches", SavedSearch, status=201)
def keep(request: Asked, sent: SavingSearch) -> SavedSearch:
    """Keep a search, and say when to hear of what is new. The same search again takes the new name.

    What is new comes as one line of the inbox for each search, at most twenty things a day. The caller's own words,
    what they may not see at that moment and what was imported are left out.

    Who may: everybody, of themselves.
    Refuses: 422 without words or filters, for too many, and above 50 searches.
    """
    given = {name: getattr(sent, name) for name in ("q", "kind", "space", "topic", "author")}
    given["solved"] = state(sent.solved)
    saved = acts.save_search(request.viewer, given, sent.name, sent.tells)
    return next(_shaped(one) for one in reads.mine(request.viewer) if one.id == saved.pk)


@routes.write("PATCH", "/me/searches/{id:search_id}")
def change(request: Asked, search_id: SearchId, sent: ChangingSearch) -> None:
    """Rename a saved search, or change when one hears of what is new.

    Who may: who keeps it.
    Refuses: 404 for everybody else.
    """
    acts.change_search(request.viewer, _own(request, search_id), name=sent.name, tells=sent.tells or "")


@routes.write("PUT", "/me/searches/{id:search_id}/looked")
def looked(request: Asked, search_id: SearchId) -> None:
    """Say that the caller has looked at what a saved search finds: nothing of it is new any more.

    Who may: who keeps it.
    Refuses: 404 for everybody else.
    """
    acts.looked_at(request.viewer, _own(request, search_id))


@routes.write("DELETE", "/me/searches/{id:search_id}")
def remove(request: Asked, search_id: SearchId) -> None:
    """Let a saved search go.

    Who may: who keeps it.
    Refuses: 404 for everybody else.
    """
    acts.remove_search(request.viewer, _own(request, search_id))


def _own(request: Asked, search_id: int) -> models.SavedSearch:
    found = models.SavedSearch.objects.filter(pk=search_id, person_id=request.viewer.person_id).first()
    if found is None:
        raise nothing_here()
    return found


def _shaped(one: reads.Saved) -> SavedSearch:
    given = one.given
    return SavedSearch(
        id=one.id,
        name=one.name,
        tells=cast(WhenTold, one.tells),
        **{name: given.get(name, "") for name in ("q", "kind", "space", "topic", "author")},
        solved={"1": True, "0": False}.get(given.get("solved", "")),
        new=one.new,
        made_at=one.made_at,
        url=address(one.url),
        feed=address(one.feed),
    )
