"""The spine row that every kind of item shares, its revisions, files, topics and highlights."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.visibility import State, visible
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

LONGEST_TITLE = 200


class Topic(models.Model):
    """A free tag. A synonym points to the topic that people should find."""

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(max_length=60)
    about = models.TextField(blank=True, max_length=1000)
    synonym_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="synonyms")
    item_count = models.IntegerField(default=0)
    """Of all items, whoever may read them: never shown, and nothing is sorted by it."""
    open_count = models.IntegerField(default=0, db_default=0)
    """How many threads on it every member may read; counted by a job."""
    follower_count = models.IntegerField(default=0)

    class Meta:
        indexes = [GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="topic_name_trigrams")]  # autocomplete

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"/topics/{self.slug}"


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, viewer: Viewer) -> ItemQuerySet:
        """Keep what this viewer may read: the one rule of content.visibility."""
        return self.filter(visible(viewer))

    def own(self, viewer: Viewer) -> ItemQuerySet:
        """Keep what the viewer wrote, in every state: drafts, scheduled, held and removed ones too."""
        return self.filter(author_id=viewer.person_id)

    def top(self) -> ItemQuerySet:
        """Keep what stands alone in lists: no answers, no comments."""
        return self.filter(parent=None)

    def newest_first(self) -> ItemQuerySet:
        return self.order_by("-published_at", "-id")

    def for_cards(self) -> ItemQuerySet:
        """Join what a list shows; any other lazy load is an error."""
        return self.select_related("author__site", "space__owner", "root").fetch_mode(models.FETCH_RAISE)


class Item(models.Model):
    """Anything that can be commented on. Never deleted: removing empties the row and keeps the tombstone."""

    kind = models.CharField(max_length=20)
    space = models.ForeignKey(Space, models.PROTECT, related_name="items")
    audience = models.BigIntegerField()
    """EVERYONE (0) or the id of the space whose insiders alone may read; moves with the space's access."""
    author = models.ForeignKey(Person, models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread")
    state = models.SmallIntegerField(choices=State, default=State.LIVE)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    source = models.TextField(blank=True)
    safe_html = models.TextField(blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    renderer = models.SmallIntegerField(default=0)
    key = models.UUIDField(null=True, blank=True)
    """Idempotency key of the form that made it: a post sent twice is kept once."""
    is_imported = models.BooleanField(default=False)

    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField()

    revision = models.IntegerField(default=1)
    """Rises with each change of the text; an editor says which one they began from."""
    version = models.IntegerField(default=1)
    """Rises with each change of what a card shows; kept cards are found by it."""

    helped_count = models.IntegerField(default=0)
    helped_before = models.IntegerField(default=0, db_default=0)
    """How many it had helped where it was imported from, if who they were is not known; part of helped_count."""
    comment_count = models.IntegerField(default=0)
    answer_count = models.IntegerField(default=0)
    share_count = models.IntegerField(default=0)
    rating_count = models.IntegerField(default=0)
    read_count = models.IntegerField(default=0, db_default=0)
    """Different people, without its author, who read the thread that begins here. Kept by social.acts.read."""
    reactions = models.JSONField(default=dict)
    """Reaction → how many people, at least 1."""
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    card = models.JSONField(default=dict)
    """What the kind's card adds to the spine (solved, accepted answer…); written by the kind's acts with the fact."""

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["author", "key"], condition=models.Q(key__isnull=False), name="item_sent_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.LIVE) | models.Q(published_at__isnull=False), name="live_is_published"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # A space's lists: newest first, all kinds or one kind.
            models.Index(
                fields=["space", "-published_at", "-id"],
                condition=models.Q(parent=None, state=State.LIVE),
                name="item_space_newest",
            ),
            models.Index(
                fields=["kind", "-published_at", "-id"],
                condition=models.Q(parent=None, state=State.LIVE),
                name="item_kind_newest",
            ),
            # A thread's answers and comments in order.
            models.Index(fields=["root", "id"], name="item_thread"),
            # A person's contributions.
            models.Index(
                fields=["author", "-published_at"], condition=models.Q(state=State.LIVE), name="item_author_newest"
            ),
            # A person's drafts, and whether they post too fast and take it away again.
            models.Index(fields=["author"], condition=~models.Q(state=State.LIVE), name="item_author_hidden"),
            # Open and solved questions, newest first.
            models.Index(
                KeyTransform("solved", "card"),
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=models.Q(parent=None, state=State.LIVE, card__has_key="solved"),
                name="item_state_newest",
            ),
            # A topic's items, and items of my topics.
            GinIndex(fields=["topic_ids"], condition=models.Q(parent=None, state=State.LIVE), name="item_topics"),
            # The job that publishes what is due.
            models.Index(fields=["publish_at"], condition=models.Q(state=State.SCHEDULED), name="item_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.excerpt[:60]

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def thread_id(self) -> int:
        return self.root_id or self.pk

    @property
    def url(self) -> str:
        root = self.root or self
        return url_of(self.kind, self.pk, self.title, self.root_id, root.kind, root.title)


class Revision(models.Model):
    """What an item's text was before a change, and who changed it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    source = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.item_id} revision {self.number}"


class Tagging(models.Model):
    """Who put which topic on which item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="taggings")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="taggings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "topic"], name="tagged_once")]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.topic_id}"


class Term(models.Model):
    """A word of the organisation's own language: what it means, and what else people call it."""

    name = models.CharField(max_length=80)
    meaning = models.CharField(max_length=600)
    others = ArrayField(models.CharField(max_length=80), default=list)
    """Other words for it, as "ASHP"; search finds each by all of them."""
    keys = ArrayField(models.CharField(max_length=80))
    """Name and other words as they are compared; none belongs to two terms."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    """Who wrote it last."""
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["keys"], name="term_keys"),  # what a search may mean
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """Two items that people found to belong together: related, or the first a duplicate of the other."""

    KINDS = [("related", _("Related")), ("duplicate", _("Duplicate"))]

    item = models.ForeignKey(Item, models.CASCADE, related_name="links")
    other = models.ForeignKey(Item, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "other", "kind"], name="linked_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.other_id}"


class Attachment(models.Model):
    """A file or picture on an item or in a private message.

    The bytes lie outside the database, under a name nobody can guess.
    """

    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="attachments")
    message = models.ForeignKey(
        "conversations.Message", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    """The private message it hangs on instead of an item; by string, since messages stand above."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=120, unique=True)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.IntegerField(null=True, blank=True)
    height = models.IntegerField(null=True, blank=True)
    has_thumbnail = models.BooleanField(default=False)
    alt = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(item=None) | models.Q(message=None), name="attachment_on_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"/files/{self.pk}/{self.name}"

    @property
    def is_picture(self) -> bool:
        return self.width is not None


class Highlight(models.Model):
    """An item put at the top of a space, with a reason and a last day (R39)."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="highlights")
    item = models.ForeignKey(Item, models.CASCADE, related_name="highlights")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    is_pinned = models.BooleanField(default=False)
    at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "item"], name="highlighted_once")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.space_id}"


class Check(models.Model):
    """That somebody vouches for a text: which one, until which day (R82). It stands until then, or until an edit."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revision = models.IntegerField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    ends_on = models.DateField()
    """The last day on which it stands."""
    lapsed_at = models.DateTimeField(null=True, blank=True)
    """When its text or files changed."""
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="checked_once")]
        indexes: ClassVar[list[models.Index]] = [
            # The job that reminds of what ends.
            models.Index(
                fields=["ends_on"], condition=models.Q(lapsed_at=None, reminded_at=None), name="check_to_remind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.person_id}"


class Draft(models.Model):
    """What somebody is writing in a form, kept on the server so that it can be finished on another device."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=80)
    body = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="one_draft_a_form")]
        verbose_name = _("draft")

    def __str__(self) -> str:
        return f"{self.person_id} {self.form}"
