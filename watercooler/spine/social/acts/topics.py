"""Merging two topics with all that hangs on them."""

from __future__ import annotations

from django.db import transaction

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content import acts as content
from watercooler.spine.content.models import Topic
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.models import Level


@transaction.atomic
def merge_topics(viewer: Viewer, topic: Topic, into: Topic) -> int:
    """Make `topic` a synonym of `into`; who follows or muted it does so with the word that stays.

    Returns how many items moved. Who said something of both keeps what they said of the word that stays. Raises as
    content's `merge`. Cost: its own, and four statements.
    """
    moved = content.merge(viewer, topic, into)
    into = into.synonym_of or into
    of_both = Follow.objects.filter(topic=into).values("follower_id")
    Follow.objects.filter(topic=topic, follower_id__in=of_both).delete()
    Follow.objects.filter(topic=topic).update(topic=into)
    follows = Follow.objects.filter(topic=into).exclude(level=Level.MUTED).count()
    Topic.objects.filter(pk=topic.pk).update(follower_count=0)
    Topic.objects.filter(pk=into.pk).update(follower_count=follows)
    return moved
