"""What can be found: one row an item, computed from its present state; and what is known of words and searches."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from watercooler.projections.search.files.models import FileText
from watercooler.projections.search.saved.models import SavedFind, SavedSearch
from watercooler.spine.content.models import Item


class SearchEntry(models.Model):
    """The words of a live item. It nominates; whether a viewer may see the item, the item decides.

    The row is narrow on purpose: a search reads some hundred of them, and its text is read from the items shown.
    """

    # Written from the item itself, which is never deleted: the database need not look for it once more.
    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, db_constraint=False)
    root_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    space_id = models.BigIntegerField()
    audience = models.BigIntegerField()
    """As the item's when it was last read; keeps what a viewer may not see from taking up places in a list."""
    author_id = models.BigIntegerField()
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    """Of the item, or of the question or article it hangs below."""
    published_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    title = models.TextField()
    """Lower case, without accents: for misspelt words."""
    size = models.IntegerField()
    """How many words the text has without the small ones; those of the title count three."""
    words = SearchVectorField()
    """Title A, text B, answered question's title C, topics D; stemmed, without accents. "=word" for each of a title,
    or, where something has none, for its most repeated words.
    """
    quality = models.FloatField(default=0)
    """What the crowd says, 0 to about 3: helped, solved, accepted."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Full text. New words wait in a short list and are merged in bulk: 7,600 rows a second instead of 3,500.
            GinIndex(fields=["words"], name="search_words", fastupdate=True, gin_pending_list_limit=512),
            # Misspelt words; tops only, since answers have no title.
            GinIndex(OpClass("title", name="gin_trgm_ops"), condition=~models.Q(title=""), name="search_titles"),
            # A space that opens or closes; its newest answers or comments.
            models.Index(fields=["space_id", "kind", "-item"], name="search_space_newest"),
            # The newest answers or comments that every member may read.
            models.Index(fields=["kind", "-item"], condition=models.Q(audience=0), name="search_kind_newest"),
            # The newest of what holds a very common word: rows lie about in the order of their items.
            BrinIndex(fields=["item"], name="search_newest", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A stem, and how many items that every member may read hold it. Counted by a job; says how rare a word is.

    Nothing that is not for everybody is counted, so that neither order nor spelling tells of it.
    """

    word = models.TextField(primary_key=True)
    items = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class SearchTotal(models.Model):
    """How many items of a kind and language every member may read, and how long they are. Counted with the words."""

    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    items = models.IntegerField()
    mean_size = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="search_total_once")]

    def __str__(self) -> str:
        return f"{self.items} {self.kind} {self.language}"


class VainSearch(models.Model):
    """A search that found nothing, or after which nothing found was opened. Says what is missing, never to whom."""

    words = models.CharField(max_length=300, blank=True)
    """Empty where the organisation keeps searches private."""
    space_id = models.BigIntegerField(null=True)
    """The space that was searched, if it was one."""
    found = models.IntegerField()
    """How many threads there were; none, or none that was opened."""
    on = models.DateField()
    """The day, and no closer."""

    class Meta:
        # The gaps of the last weeks.
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-on"], name="search_in_vain")]

    def __str__(self) -> str:
        return self.words or "…"


__all__ = ["FileText", "SavedFind", "SavedSearch", "SearchEntry", "SearchTotal", "SearchWord", "VainSearch"]
