"""Who takes messages from whom. Whoever is refused reads one sentence, whatever the reason, so it tells no secret."""

from __future__ import annotations

from collections.abc import Iterable

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.conversations.models import Openness, Silence

# Follows and connections are tables of social, which stands on this floor too: named by string, as content names us.
BLOCKS = """exists (select from conversations_silence q where q.person_id = p.id and q.about_id = %(viewer)s
    and q.is_blocked)"""
_KNOWS = """(exists (
        select from spaces_membership a join spaces_membership b on b.space_id = a.space_id
        where a.person_id = p.id and b.person_id = %(viewer)s
          and a.standing in ('host', 'member') and b.standing in ('host', 'member'))
    or exists (select from social_follow f
        where f.follower_id = p.id and f.person_id = %(viewer)s and f.level <> 'muted')
    or exists (select from social_connection n where n.one_id = least(p.id, %(viewer)s)
        and n.other_id = greatest(p.id, %(viewer)s) and n.state = 'connected'))"""
REFUSES = f"""({BLOCKS} or exists (select from conversations_openness o where o.person_id = p.id and o.who <> 'all'
    and not exists (select from conversations_conversation c where c.last_number > 0
        and c.one_id = least(p.id, %(viewer)s) and c.other_id = greatest(p.id, %(viewer)s))
    and (o.who = 'nobody' or not {_KNOWS})))"""
"""Whether a person p takes no message from the viewer: for hot reads over `people_person p`. Cost: index probes."""
REFUSING = f"select p.id from people_person p where p.id = any(%(people)s) and {REFUSES}"


def refusing(viewer: Viewer, people: Iterable[int]) -> frozenset[int]:
    """Return which of these people take no message from the viewer. Cost: one prepared query."""
    return frozenset(hot.rows(REFUSING, int, viewer=viewer.person_id, people=list(people)))


def blocked_by(viewer: Viewer, people: Iterable[int]) -> frozenset[int]:
    """Return which of these people the viewer blocked themselves. Cost: one query."""
    mine = Silence.objects.filter(person_id=viewer.person_id, is_blocked=True, about__in=list(people))
    return frozenset(mine.values_list("about_id", flat=True))


def openness(viewer: Viewer) -> str:
    """Return from whom the viewer takes messages who has not written to them yet, as a word of Openness.WHO."""
    found = Openness.objects.filter(person_id=viewer.person_id).values_list("who", flat=True).first()
    return found or "all"


def silenced(viewer: Viewer) -> list[Silence]:
    """Return whom the viewer blocked or muted, by name. Cost: one query."""
    mine = Silence.objects.filter(person_id=viewer.person_id).select_related("about")
    return list(mine.order_by("about__name", "about_id"))


def muting(viewer_id: int, people: Iterable[int]) -> frozenset[int]:
    """Return which of these people want what this person begins to be muted. Cost: one query."""
    theirs = Silence.objects.filter(about_id=viewer_id, person__in=list(people))
    return frozenset(theirs.values_list("person_id", flat=True))
