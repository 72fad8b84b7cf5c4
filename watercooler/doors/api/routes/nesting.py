"""Which space a space is part of."""

from django.utils.translation import gettext as _

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.routes.found import Slug, hosted
from watercooler.doors.api.routes.spaces import shown
from watercooler.doors.api.shapes import spaces as shapes
from watercooler.foundation.base.errors import Invalid
from watercooler.spine.spaces import nesting

routes = Routes("Spaces")


@routes.write("PUT", "/spaces/{slug}/parent", shapes.Space)
def put_in(request: Asked, slug: Slug, sent: shapes.Parent) -> shapes.Space:
    """Make a space part of another, or let it stand alone. Who reads it stays as it is. Hosts only.

    Who may: its hosts. Twice changes nothing.
    Refuses: 403 for others who may know of it; 404 for everybody else; 422 for a parent that the caller is not in, that
    is archived, or that is part of this space.
    """
    space = hosted(request, slug)
    parent = nesting.parents_for(request.viewer, space).filter(slug=sent.parent).first() if sent.parent else None
    if sent.parent and parent is None:
        raise Invalid(_("It can’t be part of that space."), field="parent")
    nesting.put_in(request.viewer, space, parent)
    return shown(request, slug)


@routes.write("PUT", "/spaces/{slug}/parent/restored", shapes.Space)
def put_back(request: Asked, slug: Slug) -> shapes.Space:
    """Undo one’s own last change of what a space is part of, within ten minutes. Hosts only.

    Who may: its hosts. Where there is nothing to undo, nothing changes.
    Refuses: 403 for others who may know of it; 404 for everybody else; 422 where it would now be part of itself.
    """
    nesting.put_back(request.viewer, hosted(request, slug))
    return shown(request, slug)
