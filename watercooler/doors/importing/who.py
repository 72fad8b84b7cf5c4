"""Who brings something in: an administrator, whose name stands beside what nobody else is known to have done."""

from __future__ import annotations

from watercooler.doors.importing.arrival import find_owner
from watercooler.doors.importing.report import Broken
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.spaces.viewer import build


def administrator(handle: str = "") -> Viewer:
    """Return the viewer of the administrator of this handle, or of the first one. Raises Broken if there is none."""
    owner = find_owner(handle)
    viewer = build(owner.pk) if owner else None
    if viewer is None:
        raise Broken("This installation", "has no administrator yet. Start it once and fill in its first page.")
    if not viewer.is_administrator:
        raise Broken("--by", f"names “{viewer.handle}”, who is no administrator.")
    return viewer
