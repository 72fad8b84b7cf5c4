"""What shares topics with an item, and which topics a viewer may know of."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.models import Tagging, Topic
from watercooler.spine.content.visibility import VISIBLE, visible, visible_values
from watercooler.spine.social.models import Follow


@dataclass(frozen=True, slots=True)
class Near:
    """Something that shares topics with a question."""

    id: int
    kind: str
    title: str
    answer_count: int
    helped_count: int
    is_solved: bool

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title)


NEAR = f"""
select i.id, i.kind, i.title, i.answer_count, i.helped_count, coalesce((i.card->>'solved')::boolean, false)
from (
    select i.id, (select count(*) from unnest(i.topic_ids) t where t = any(about.topic_ids)) as shared
    from content_item about join content_item i on i.topic_ids && about.topic_ids
    where about.id = %(id)s and i.id <> about.id and i.parent_id is null and i.kind = %(kind)s and {VISIBLE}
    order by i.published_at desc limit 300
) alike join content_item i on i.id = alike.id
order by alike.shared desc, i.helped_count + i.answer_count desc, i.id desc limit %(limit)s
"""


def near(viewer: Viewer, item_id: int, kind: str = "question", limit: int = 4) -> list[Near]:
    """Return things of one kind that share topics, most shared first, out of the newest 300. Cost: one query."""
    return hot.rows(NEAR, Near, id=item_id, kind=kind, limit=limit, **visible_values(viewer))


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
    """Return topics the viewer may know of whose name begins like this, or has a word that does; most used first."""
    like = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")
    read = Exists(Tagging.objects.filter(visible(viewer, "item"), topic=OuterRef("pk")))
    known = Topic.objects.filter(like, synonym_of=None).filter(Q(item_count__lte=0) | read)
    return list(known.order_by("-item_count", "name")[:limit])
