"""`bin/watercooler check` names the projections that are behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watercooler.config.commands.check import lagging
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import registered
from watercooler.spine.activity.worker import follow

if TYPE_CHECKING:
    from tests.company import Company


def test_a_projection_that_stands_still_is_named_with_its_distance(company: Company) -> None:
    while follow():
        pass
    assert lagging() == {}
    late = registered()[0].name
    Cursor.objects.filter(projection=late).update(position=0)
    assert lagging() == {late: Activity.objects.count()}
