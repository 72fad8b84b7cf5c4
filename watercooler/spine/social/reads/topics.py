"""Which topics a viewer may know of, and how a thread beside another is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.models import Tagging, Topic
from watercooler.spine.content.visibility import visible
from watercooler.spine.social.models import Follow


@dataclass(frozen=True, slots=True)
class Near:
    """A thread that belongs beside another."""

    id: int
    kind: str
    title: str
    answer_count: int
    helped_count: int
    is_solved: bool

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title)


def topic_known_to(viewer: Viewer, slug: str) -> Topic | None:
    """Return a topic the viewer may know of: one on something they can read, one they follow, or one never used yet.

    A topic that stands only on things in a closed space would tell what is talked about there.
    """
    topic = Topic.objects.select_related("synonym_of").filter(slug=slug).first()
    if topic is None:
        return None
    main = topic.synonym_of or topic
    if main.item_count <= 0 or Tagging.objects.filter(visible(viewer, "item"), topic=main).exists():
        return topic
    return topic if Follow.objects.filter(follower_id=viewer.person_id, topic=main).exists() else None


def topics_like(viewer: Viewer, typed: str, limit: int = 8) -> list[Topic]:
    """Return topics the viewer may know of whose name begins like this, or has a word that does; most used first.

    A synonym offers the topic that it stands for, with the synonym as its `said`. By name for a guest: how much is on
    a topic elsewhere is not theirs to learn.
    """
    like = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")
    said = Topic.objects.filter(like, synonym_of=OuterRef("pk")).order_by("name").values("name")[:1]
    order = ("-open_count", "name") if viewer.is_member else ("name",)
    read = Exists(Tagging.objects.filter(visible(viewer, "item"), topic=OuterRef("pk")))
    topics = Topic.objects.filter(read, synonym_of=None).annotate(said=Subquery(said))
    return list(topics.filter(like | Q(said__isnull=False)).order_by(*order)[:limit])
