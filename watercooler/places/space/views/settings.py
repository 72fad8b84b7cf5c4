"""Looking after a space: its words, who gets in, who owns it, and closing it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.space.forms import ACCESS_SAID, SettingsForm
from watercooler.places.space.views.found import back, find, find_hosted, page_of
from watercooler.places.space.views.show import hero
from watercooler.spine.content.acts import change_access
from watercooler.spine.people.models import Person
from watercooler.spine.people.naming import one_named
from watercooler.spine.spaces import acts, nesting
from watercooler.spine.spaces.models import Access, Membership, Space

FIELDS = ("name", "tagline", "objective", "how_we_work", "rules", "hue")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request, slug: str) -> HttpResponse:
    """Show and change what is written about a space. New rules are put to everybody again (R92)."""
    space = find_hosted(request.viewer, slug)
    initial = {name: getattr(space, name) for name in FIELDS}
    form = SettingsForm(request.POST or None, initial=initial, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_space(request.viewer, space, **form.cleaned_data)
            say(request, _("Saved"))
            return see(request, f"{space.url}settings")
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    hosts = Membership.objects.filter(space=space, standing="host").exclude(person_id=space.owner_id)
    found = page_of(request.viewer, slug, "nothing")
    return page(
        request,
        "space/settings.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        access_said=[(value, label, value == space.access) for value, label in ACCESS_SAID],
        owner=space.owner,
        may_hand_on=acts.may_hand_on(request.viewer, space),
        parents=_parents(request.viewer, space),
        heirs=[row.person for row in hosts.select_related("person").order_by("person__name")[:100]],
        **hero(found.space, "settings"),
    )


@require_POST
def access(request: Request, slug: str) -> HttpResponse:
    """Open, close or hide a space with everything in it."""
    space = find_hosted(request.viewer, slug)
    wanted = request.POST.get("access", "")
    if wanted not in Access:
        raise Invalid(_("Choose who gets in."), field="access")
    change_access(request.viewer, space, Access(wanted))
    return back(request, space, _("This space is now: %(access)s") % {"access": Access(wanted).label})


@require_POST
def owner(request: Request, slug: str) -> HttpResponse:
    """Hand a space on to another host; to any colleague, if its owner has left."""
    space = acts.orphaned(request.viewer).select_related("owner").filter(slug=slug).first()
    is_unseen, left = space is not None, space.owner.handle if space else ""
    space = space or find(request.viewer, slug)
    person = _heir(acts.heirs(request.viewer, space), request.POST.get("owner", ""))
    if person is None:
        sentence = _("Choose somebody who is in the space.") if is_unseen else _("Make them a host first.")
        raise Invalid(sentence, field="owner")
    acts.change_owner(request.viewer, space, person)
    if is_unseen:
        say(request, _("%(name)s owns this space now") % {"name": person.name})
        return see(request, f"/studio/people/{left}")
    return back(request, space, _("%(name)s owns this space now") % {"name": person.name})


def _heir(heirs: QuerySet[Person], typed: str) -> Person | None:
    """Return who of these was typed: a handle, or a name that only one of them has."""
    handle = heirs.filter(handle=typed.strip().removeprefix("@").lower()).first()
    try:
        return handle or (one_named(heirs, typed) if typed.strip() else None)
    except Invalid:
        return None


def _parents(viewer: Viewer, space: Space) -> list[tuple[str, str, bool]]:
    """Return what a space may be part of: slug, name, and whether it is. One that the viewer may not know is not told.

    What it is part of stands there also where nobody could choose it now, as when it is archived.
    """
    known = Space.objects.listed_for(viewer).filter(pk=space.parent_id or 0)
    offered = (nesting.parents_for(viewer, space) | known).order_by("name").distinct()
    return [(one.slug, one.name, one.pk == space.parent_id) for one in offered]


@require_POST
def parent(request: Request, slug: str) -> HttpResponse:
    """Make a space part of another, or let it stand alone."""
    space = find_hosted(request.viewer, slug)
    wanted = clean_line(request.POST.get("parent", ""))
    found = Space.objects.listed_for(request.viewer).filter(slug=wanted).first() if wanted else None
    if wanted and found is None:
        raise Invalid(_("It can’t be part of that space."), field="parent")
    if not nesting.put_in(request.viewer, space, found):
        return back(request, space)
    return back(request, space, _placed(space, found), f"{space.url}parent/undo")


def _placed(space: Space, parent: Space | None) -> str:
    if parent is None:
        return _("%(space)s stands alone now") % {"space": space.name}
    return _("%(space)s is part of %(parent)s now") % {"space": space.name, "parent": parent.name}


@require_POST
def parent_undone(request: Request, slug: str) -> HttpResponse:
    """Put a space back where it was before one’s own last change."""
    space = find_hosted(request.viewer, slug)
    is_back = nesting.put_back(request.viewer, space)
    return back(request, space, _("It is where it was before") if is_back else "")


@require_POST
def archived(request: Request, slug: str) -> HttpResponse:
    """Close a space for writing; what is in it stays and is found."""
    space = find_hosted(request.viewer, slug)
    acts.archive(request.viewer, space)
    return back(request, space, _("%(space)s is archived") % {"space": space.name}, f"{space.url}archived/undo")


@require_POST
def unarchived(request: Request, slug: str) -> HttpResponse:
    """Open an archived space again."""
    space = find_hosted(request.viewer, slug)
    acts.archive(request.viewer, space, is_archived=False)
    return back(request, space, _("%(space)s is open again") % {"space": space.name})
