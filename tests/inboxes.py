"""What stands in somebody's inbox, as tests of notifications read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watercooler.projections.notifications import reads
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.worker import follow
from watercooler.spine.social import acts as social

if TYPE_CHECKING:
    from tests.company import Company
    from watercooler.spine.content.models import Item


def settled(company: Company) -> Company:
    """Return the cast, with everything that founding it told read and gone."""
    follow()
    Notification.objects.all().delete()
    return company


def lines(company: Company, name: str) -> list[tuple[str, int, str]]:
    """Return what stands in somebody's inbox, newest first: (kind, how many people, why)."""
    follow()
    return [(line.kind, line.actor_count, line.because) for line in reads.inbox(company.viewer(name))]


def unread(company: Company, name: str) -> int:
    follow()
    return reads.unread(company.viewer(name))


def reply(company: Company, by: str, on: Item, text: str = "Same here.") -> Item:
    return social.comment(company.viewer(by), on, text)
