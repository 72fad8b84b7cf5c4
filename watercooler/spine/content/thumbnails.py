"""Making the small pictures that lists show, behind the answer."""

from __future__ import annotations

from watercooler.foundation.base.files import keep as files
from watercooler.foundation.base.jobs import job
from watercooler.spine.content.models import Attachment


@job(name="content.make_small")
def make_small(attachment_id: int) -> None:
    """Make the small picture that lists show. Does nothing for a file that has gone meanwhile."""
    found = Attachment.objects.filter(pk=attachment_id, has_thumbnail=False).exclude(width=None).first()
    if found is not None and files.path_of(found.stored).exists() and files.make_small(found.stored):
        Attachment.objects.filter(pk=attachment_id).update(has_thumbnail=True)
