"""What attached files say."""

from __future__ import annotations

from django.db import models

from watercooler.spine.content.models import Attachment


class FileText(models.Model):
    """The words of a file, read by a job after it was sent. Computed again at any time; goes with the file."""

    attachment = models.OneToOneField(Attachment, models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField(blank=True)
    """At most the first 100,000 characters."""
    is_cut = models.BooleanField(default=False)
    problem = models.CharField(max_length=10, blank=True)
    """Why there is no text: locked, broken, slow, large, empty; for whoever looks into it. Nobody else is told."""
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.problem or len(self.text)}"
