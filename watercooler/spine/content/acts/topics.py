"""Topics: free tags that lead to one preferred word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line, topic_slug
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.foundation.database import hot
from watercooler.spine.activity.record import record
from watercooler.spine.content.models import Item, Tagging, Topic
from watercooler.spine.content.verbs import MERGED_TOPIC, TAGGED, Merging, Tagged

MOST_TOPICS = 8


def named(names: Iterable[str]) -> list[Topic]:
    """Return the topics of these names, made where new, synonyms replaced by what they stand for; at most 8.

    Cost: none without names, else one select, and one insert for new ones.
    """
    wanted = {topic_slug(name): clean_line(name).lstrip("#")[:60] for name in names}
    wanted.pop("", None)
    slugs = list(wanted)[:MOST_TOPICS]
    if not slugs:
        return []
    return list({topic.pk: topic for topic in _found({slug: wanted[slug] for slug in slugs}).values()}.values())


def each_named(names: Iterable[str]) -> dict[str, Topic]:
    """Return name → topic of all these names, as `named` does; without those that hold no letter.

    Of several names of one topic the first names it. Cost: as `named`.
    """
    slugs = {name: topic_slug(name) for name in names}
    wanted: dict[str, str] = {}
    for name, slug in slugs.items():
        wanted.setdefault(slug, clean_line(name).lstrip("#")[:60])
    wanted.pop("", None)
    found = _found(wanted)
    return {name: found[slug] for name, slug in slugs.items() if slug}


def known_elsewhere(names: Iterable[str]) -> dict[str, Topic]:
    """Return name → topic of tags as other houses write them, made where new, synonyms replaced.

    One that holds no letter is kept too. Cost: as `named`.
    """
    slugs = {name: topic_slug(name, "topic") for name in names}
    found = _found({slug: name[:60] for name, slug in slugs.items()})
    return {name: found[slug] for name, slug in slugs.items()}


def _found(wanted: dict[str, str]) -> dict[str, Topic]:
    """Return slug → topic of these, given as slug → name; made where new, synonyms replaced, in this order."""
    found = {t.slug: t for t in Topic.objects.filter(slug__in=wanted).select_related("synonym_of")} if wanted else {}
    if new := [Topic(slug=slug, name=name) for slug, name in wanted.items() if slug not in found]:
        Topic.objects.bulk_create(new, ignore_conflicts=True)
        found = {t.slug: t for t in Topic.objects.filter(slug__in=wanted).select_related("synonym_of")}
    return {slug: found[slug].synonym_of or found[slug] for slug in wanted}


def put_on(viewer: Viewer, item: Item, topics: Iterable[Topic], at: datetime) -> list[Topic]:
    """Put topics on an item that has not got them, without a record of their own. Returns the new ones."""
    new = [t for t in topics if t.pk not in item.topic_ids]
    if not new:
        return []
    made = Tagging.objects.bulk_create(
        [Tagging(item=item, topic=t, person_id=viewer.person_id, at=at) for t in new], ignore_conflicts=True
    )
    item.topic_ids = [*item.topic_ids, *[t.topic_id for t in made]]
    Item.objects.filter(pk=item.pk).update(topic_ids=item.topic_ids, version=F("version") + 1)
    Topic.objects.filter(pk__in=[t.pk for t in new]).update(item_count=F("item_count") + 1)
    return new


def _check(viewer: Viewer, item: Item) -> None:
    if not viewer.reads(item.audience, item.space_id) or not item.is_live:
        raise NotAllowed(_("You can’t tag this."))


@transaction.atomic
def tag(viewer: Viewer, item: Item, name: str, at: datetime | None = None) -> Topic:
    """Put one topic on an item; doing it twice changes nothing. Raises Invalid for an empty name or a ninth topic."""
    _check(viewer, item)
    item = Item.objects.select_for_update().get(pk=item.pk)
    found = named([name])
    if not found:
        raise Invalid(_("A topic needs at least one letter."), field="topic")
    if len(item.topic_ids) >= MOST_TOPICS and found[0].pk not in item.topic_ids:
        raise Invalid(_("Eight topics are enough. Take one off first."), field="topic")
    for topic in put_on(viewer, item, found, at or timezone.now()):
        record(viewer, TAGGED, item=item, detail=Tagged(topic.pk), at=at)
    return found[0]


@transaction.atomic
def untag(viewer: Viewer, item: Item, topic: Topic) -> bool:
    """Take a topic off: its tagger, the author, a host or a learning lead may. Returns False if it was not on."""
    _check(viewer, item)
    item = Item.objects.select_for_update().get(pk=item.pk)
    tagging = Tagging.objects.filter(item=item, topic=topic).first()
    if tagging is None:
        return False
    is_mine = viewer.person_id in {tagging.person_id, item.author_id}
    if not (is_mine or viewer.hosts(item.space_id) or viewer.role >= Role.LEAD):
        raise NotAllowed(_("Only the author, a host or the person who added a topic can take it off."))
    tagging.delete()
    item.topic_ids = [pk for pk in item.topic_ids if pk != topic.pk]
    Item.objects.filter(pk=item.pk).update(topic_ids=item.topic_ids, version=F("version") + 1)
    Topic.objects.filter(pk=topic.pk).update(item_count=F("item_count") - 1)
    record(viewer, TAGGED, item=item, detail=Tagged(-topic.pk))
    return True


@transaction.atomic
def retag(viewer: Viewer, item: Item, names: Iterable[str]) -> None:
    """Make the item's topics exactly these, as an editor's form says them. Of one's own draft nothing is recorded."""
    wanted = named(names)
    if not item.is_live and item.author_id == viewer.person_id:
        _retag_unseen(viewer, item, wanted)
        return
    for topic in Topic.objects.filter(pk__in=set(item.topic_ids) - {t.pk for t in wanted}):
        untag(viewer, item, topic)
    for topic in wanted:
        tag(viewer, item, topic.name)


def _retag_unseen(viewer: Viewer, item: Item, wanted: list[Topic]) -> None:
    item = Item.objects.select_for_update().get(pk=item.pk)
    gone = set(item.topic_ids) - {topic.pk for topic in wanted}
    Tagging.objects.filter(item=item, topic_id__in=gone).delete()
    Topic.objects.filter(pk__in=gone).update(item_count=F("item_count") - 1)
    item.topic_ids = [pk for pk in item.topic_ids if pk not in gone]
    Item.objects.filter(pk=item.pk).update(topic_ids=item.topic_ids)
    put_on(viewer, item, wanted, timezone.now())


@transaction.atomic
def merge(viewer: Viewer, topic: Topic, into: Topic) -> int:
    """Make `topic` a synonym of `into` and move its items there. Returns how many items moved.

    Hosts of any space, learning leads and administrators may. Raises Invalid for a topic into itself.
    """
    if not (viewer.role >= Role.LEAD or viewer.hosted_space_ids - {viewer.wall_id}):
        raise NotAllowed(_("Hosts and learning leads can merge topics."))
    into = into.synonym_of or into
    if into.pk == topic.pk:
        raise Invalid(_("A topic can’t be merged into itself."), field="into")
    Topic.objects.filter(synonym_of=topic).update(synonym_of=into)
    Topic.objects.filter(pk=topic.pk).update(synonym_of=into, item_count=0)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_TAGGINGS, {"old": topic.pk, "new": into.pk})
        cursor.execute(_MOVE_ITEMS, {"old": topic.pk, "new": into.pk})
        moved: int = cursor.rowcount
    Topic.objects.filter(pk=into.pk).update(item_count=Tagging.objects.filter(topic=into).count())
    record(viewer, MERGED_TOPIC, detail=Merging(topic.pk, into.pk))
    return moved


def count_topics() -> None:
    """Count anew how many threads on each topic every member may read. Cost: one statement, which reads all threads."""
    hot.rows(_COUNT)


_COUNT = """
update content_topic t set open_count = coalesce(n.threads, 0)
from content_topic every left join (
    select topic, count(*) as threads from content_item i cross join unnest(i.topic_ids) topic
    where i.audience = 0 and i.state = 1 and i.parent_id is null group by topic) n on n.topic = every.id
where every.id = t.id and t.open_count <> coalesce(n.threads, 0)
"""
_MOVE_TAGGINGS = """
with gone as (delete from content_tagging where topic_id = %(old)s returning item_id, person_id, at)
insert into content_tagging (item_id, topic_id, person_id, at) select item_id, %(new)s, person_id, at from gone
on conflict do nothing
"""
_MOVE_ITEMS = """
update content_item set version = version + 1, topic_ids = case when %(new)s = any(topic_ids)
    then array_remove(topic_ids, %(old)s) else array_replace(topic_ids, %(old)s, %(new)s) end
where %(old)s = any(topic_ids)
"""
