"""Which people a viewer may know of: members know everybody, guests those they share a space with."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.spaces.models import Membership

KNOWN = """(%(knows_all)s or p.id = %(viewer)s or exists (
    select 1 from spaces_membership shared where shared.person_id = p.id
    and shared.standing in ('host', 'member') and shared.space_id = any(%(own_spaces)s)))"""
"""The rule for hot reads over `people_person p`; its values come from `known_values`."""


def known_values(viewer: Viewer) -> dict[str, Any]:
    """Return the values that KNOWN needs."""
    return {"knows_all": viewer.is_member, "viewer": viewer.person_id, "own_spaces": list(viewer.space_ids)}


def known_to(viewer: Viewer) -> Q:
    """Return the same rule as a filter of Person querysets."""
    if viewer.is_member:
        return Q()
    near = Membership.objects.filter(space__in=viewer.space_ids, standing__in=Membership.INSIDE)
    return Q(pk=viewer.person_id) | Q(pk__in=near.values("person"))
