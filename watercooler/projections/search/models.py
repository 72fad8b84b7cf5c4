"""What can be found: one row an item, computed from its present state."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from watercooler.spine.content.models import Item


class SearchEntry(models.Model):
    """The words of a live item. It nominates; whether a viewer may see the item, the item decides."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True)
    root_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    space_id = models.BigIntegerField()
    author_id = models.BigIntegerField()
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    published_at = models.DateTimeField()
    title = models.TextField()
    """Lower case, without accents: for misspelt words and type-ahead."""
    body = models.TextField()
    """Plain words, at most 20,000 characters, from which snippets are cut."""
    words = SearchVectorField()
    """Title A, answered question's title C, body B; stemmed, without accents."""
    quality = models.FloatField(default=0)
    """What the crowd says, 0 to about 3: helped, solved, accepted."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Full text. New words wait in a short list and are merged in bulk: 7,600 rows a second instead of 3,500.
            GinIndex(fields=["words"], name="search_words", fastupdate=True, gin_pending_list_limit=512),
            # Common words, best first.
            models.Index(fields=["-quality", "-item"], name="search_quality"),
            # Misspelt words, and titles as one types; tops only, since answers have no title.
            GinIndex(OpClass("title", name="gin_trgm_ops"), condition=~models.Q(title=""), name="search_titles"),
        ]

    def __str__(self) -> str:
        return self.title
