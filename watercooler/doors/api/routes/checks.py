"""Who vouches for what somebody wrote: reading it, doing it, taking it back, and taking a colleague's away."""

from django.utils import timezone

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Handle, ItemId, readable
from watercooler.doors.api.shapes import marks as shapes
from watercooler.doors.api.shapes.common import PersonBrief
from watercooler.spine.content import acts
from watercooler.spine.content.models import Check

routes = Routes("Checks")


@routes.read("/items/{id:item_id}/checked", shapes.Checks)
def listed(request: Asked, item_id: ItemId) -> shapes.Checks:
    """List who vouched for an item, and until when.

    Who may: whoever may read the item.
    Refuses: 404 for everybody else.
    """
    item = readable(request, item_id)
    rows = Check.objects.filter(item=item).select_related("person").order_by("-at", "-pk")
    return shapes.Checks(checks=[_checked(row) for row in rows], may_check=acts.may_check(request.viewer, item))


def _checked(row: Check) -> shapes.Checked:
    is_edited = row.lapsed_at is not None
    return shapes.Checked(
        **PersonBrief.of(row.person).model_dump(),
        revision=row.revision,
        note=row.note,
        at=row.at,
        until=row.ends_on,
        is_edited=is_edited,
        stands=not is_edited and row.ends_on >= timezone.localdate(),
    )


@routes.write("PUT", "/items/{id:item_id}/checked")
def check(request: Asked, item_id: ItemId, sent: shapes.Checking) -> None:
    """Vouch for an item, as a host, learning lead or administrator; again to renew it. 409 if it changed meanwhile.

    Who may: hosts of its space, learning leads and administrators, of what others wrote; not on walls, but for the
    latter two.
    Refuses: 403 for others, for one’s own, and for kinds that cannot be checked; 404 for what the caller may not read;
    409 where text or files changed meanwhile.
    """
    acts.check(request.viewer, readable(request, item_id), **sent.model_dump())


@routes.write("DELETE", "/items/{id:item_id}/checked")
def uncheck(request: Asked, item_id: ItemId) -> None:
    """Take one’s own check back.

    Who may: whose check it is. Without one nothing changes.
    Refuses: 404 for what the caller may not read.
    """
    acts.uncheck(request.viewer, readable(request, item_id))


@routes.write("PUT", "/items/{id:item_id}/checked/{handle}/taken-away")
def take_away(request: Asked, item_id: ItemId, handle: Handle, sent: shapes.TakingAway) -> None:
    """Take a colleague’s check away, with the reason they read.

    Who may: whoever may check the item.
    Refuses: 403 for others; 404 where that person has no check on it; 422 without a reason, unless it is one’s own.
    """
    item = readable(request, item_id)
    acts.check_permitted(request.viewer, item)
    found = Check.objects.filter(item=item, person__handle=handle).first()
    if found is None:
        raise nothing_here()
    acts.take_check_away(request.viewer, item, found, sent.reason)
