"""Joining somebody who was imported with the colleague they are."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pointing import point_at
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.content.checked import show_checks
from watercooler.spine.content.models import Check, Item
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.people.verbs import JOINED_PEOPLE, SamePerson
from watercooler.spine.spaces.models import Membership, Purpose, Space, Standing
from watercooler.spine.spaces.viewer import forget


@dataclass(slots=True)
class Legacy:
    """What somebody would bring along: how many things of each sort, and the spaces they own."""

    texts: int
    spaces: list[Space]


def legacy(person: Person) -> Legacy:
    """Return what an imported person would bring to the colleague they are. Cost: two queries."""
    owned = Space.objects.filter(owner=person, purpose=Purpose.SPACE)
    return Legacy(Item.objects.filter(author=person).count(), list(owned[:20]))


def check_same(viewer: Viewer, imported: Person, colleague: Person) -> None:
    """Raise NotAllowed for others than administrators, Invalid with a sentence where the two can't be joined."""
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can say that two people are one."))
    names = {"name": imported.name, "colleague": colleague.name}
    why = ""
    if not imported.is_imported:
        why = _("%(name)s was not imported. Only imported people can be joined with a colleague.")
    elif imported.last_login is not None:
        why = _("%(name)s has signed in with this account, so it stays their own.")
    elif Invitation.objects.filter(person=imported).exists():
        why = _("%(name)s was invited with this account, so it stays their own.")
    elif imported.pk == colleague.pk:
        why = _("That is the same account. Name the account that stays.")
    elif not colleague.is_active:
        why = _("The account of %(colleague)s is closed. Open it first.")
    if why:
        raise Invalid(why % names, field="handle")


@transaction.atomic
def join_people(viewer: Viewer, imported: Person, colleague: Person) -> int:
    """Give everything an imported person wrote and did to the colleague they are, and take their own account away.

    Their wall goes into the colleague's. There is no way back. Returns how many texts came over. Raises what
    `check_same` raises. Cost: some hundred statements, and one reading of the record for people named in it.
    """
    Person.objects.select_for_update().filter(pk__in=[imported.pk, colleague.pk]).count()
    imported, colleague = Person.objects.get(pk=imported.pk), Person.objects.get(pk=colleague.pk)
    check_same(viewer, imported, colleague)
    theirs = list(Item.objects.filter(author=imported).values_list("pk", flat=True))
    _untie(imported, colleague)
    checked = _uncheck(imported, colleague)
    wall_id = _join_walls(imported, colleague)
    point_at(imported, colleague)
    Item.objects.filter(pk__in=theirs).update(version=F("version") + 1)
    _show(imported, colleague, theirs)
    show_checks(checked)
    Person.objects.filter(pk=imported.pk).delete()
    record(viewer, JOINED_PEOPLE, person_id=colleague.pk, detail=SamePerson(imported.pk, wall_id, colleague.pk))
    forget(imported.pk, colleague.pk)
    return len(theirs)


def _untie(imported: Person, colleague: Person) -> None:
    """Take away what would make somebody their own manager or follower, or counted twice in a space."""
    Person.objects.filter(pk=colleague.pk, manager=imported).update(manager=imported.manager)
    Person.objects.filter(pk=colleague.pk, manager=colleague).update(manager=None)
    Person.objects.filter(pk=colleague.pk, sponsor=imported).update(sponsor=None)
    inside = [Standing.MEMBER.value, Standing.HOST.value]
    both = Membership.objects.filter(person=imported, standing__in=inside).values("space_id")
    twice = Membership.objects.filter(person=colleague, space_id__in=both, standing__in=inside).values("space_id")
    Space.objects.filter(pk__in=list(twice.values_list("space_id", flat=True))).update(
        member_count=F("member_count") - 1
    )
    with connection.cursor() as cursor:
        pair = {"a": imported.pk, "b": colleague.pk}
        for statement in (_FOLLOW, *_TIES):
            cursor.execute(statement, pair)
        cursor.execute(_LINKS, pair | {"before": _link(imported), "now": _link(colleague)})
        cursor.execute(_MENTIONS, pair)


def _uncheck(imported: Person, colleague: Person) -> list[int]:
    """Take away what would be a check of one's own words. Returns the items whose checks change, or their names."""
    both = [imported, colleague]
    of_both = Check.objects.filter(person__in=both)
    changed = list(of_both.values_list("item_id", flat=True))
    of_both.filter(item__author__in=both).delete()
    return changed


_FOLLOW = """
delete from social_follow
where (follower_id = %(a)s and person_id = %(b)s) or (follower_id = %(b)s and person_id = %(a)s)
"""
# Two who are tied stand in the order of their numbers, each with their own answer, and nobody is tied to themselves.
_OTHER = "case when t.one_id = %(a)s then t.other_id else t.one_id end"
_IN_ORDER = f"one_id = least(%(b)s, {_OTHER}), other_id = greatest(%(b)s, {_OTHER})"
_OF_BOTH = "%(a)s in (t.one_id, t.other_id)"
_TIES = (
    "delete from recommendations_notforme where person_id = %(b)s and colleague_id = %(a)s",
    f"""delete from social_connection t where {_OF_BOTH} and ({_OTHER} = %(b)s or exists (
        select from social_connection u where u.one_id = least(%(b)s, {_OTHER})
            and u.other_id = greatest(%(b)s, {_OTHER})))""",
    f"""update social_connection t set {_IN_ORDER},
        asker_id = case when t.asker_id = %(a)s then %(b)s else t.asker_id end where {_OF_BOTH}""",
    f"""delete from social_introduction t where {_OF_BOTH} and (%(b)s in ({_OTHER}, t.introducer_id) or exists (
        select from social_introduction u where u.introducer_id = t.introducer_id and u.taken_back_at is null
            and u.one_id = least(%(b)s, {_OTHER}) and u.other_id = greatest(%(b)s, {_OTHER})))""",
    f"""update social_introduction t set {_IN_ORDER},
        one_answer = case when %(b)s < {_OTHER} then mine.answer else mine.theirs end,
        other_answer = case when %(b)s < {_OTHER} then mine.theirs else mine.answer end
        from (select id, case when one_id = %(a)s then one_answer else other_answer end as answer,
                     case when one_id = %(a)s then other_answer else one_answer end as theirs
              from social_introduction) mine where mine.id = t.id and {_OF_BOTH}""",
    """delete from conversations_silence t where (t.person_id, t.about_id) in ((%(a)s, %(b)s), (%(b)s, %(a)s))""",
    # Of two conversations of the same two the one with the imported person goes on as a group, with all its words.
    f"""update conversations_conversation t set one_id = null, other_id = null
        where {_OF_BOTH} and ({_OTHER} = %(b)s or exists (
            select from conversations_conversation u where u.one_id = least(%(b)s, {_OTHER})
                and u.other_id = greatest(%(b)s, {_OTHER})))""",
    f"update conversations_conversation t set {_IN_ORDER} where {_OF_BOTH}",
)


def _link(person: Person) -> str:
    return f'class="mention" href="/people/{person.handle}"'


# Where they were named by their handle, it leads to the colleague.
_LINKS = """
update content_item set version = version + 1, safe_html = replace(safe_html, %(before)s, %(now)s)
where id in (select item_id from activity_activity where detail -> 'mentions' @> to_jsonb(%(a)s::bigint))
"""
# Who was named in a text is the colleague now; who was named twice is named once.
_MENTIONS = """
update activity_activity set detail = jsonb_set(detail, '{mentions}', (
    select coalesce(jsonb_agg(distinct case when m::bigint = %(a)s then %(b)s else m::bigint end), '[]')
    from jsonb_array_elements_text(detail -> 'mentions') m))
where detail -> 'mentions' @> to_jsonb(%(a)s::bigint)
"""


def _join_walls(imported: Person, colleague: Person) -> int:
    """Put what stands on one wall on the other, and return the id of the one that is gone."""
    wall = Space.objects.filter(owner=imported, purpose=Purpose.WALL).first()
    stays = Space.objects.filter(owner=colleague, purpose=Purpose.WALL).first()
    if wall is None or stays is None:
        return 0
    gone = wall.pk
    point_at(wall, stays)
    Space.objects.filter(pk=stays.pk).update(
        item_count=F("item_count") + wall.item_count, question_count=F("question_count") + wall.question_count
    )
    Space.objects.filter(pk=gone).delete()
    return gone


# Question cards keep whose answer was accepted and who accepted it.
_CARDS = """
update content_item q set version = q.version + 1, card = jsonb_set(q.card, '{accepted}', q.card -> 'accepted' || %s)
from questions_question s where s.item_id = q.id and s.accepted_answer_id = any(%s)
"""
_ASKED = """
update content_item q set card = jsonb_set(q.card, '{accepted,by}', to_jsonb(%s::text))
where q.id = any(%s) and q.card -> 'accepted' ->> 'by' = %s
"""


def _show(imported: Person, colleague: Person, theirs: list[int]) -> None:
    face = json.dumps({"name": colleague.name, "handle": colleague.handle, "photo": colleague.photo})
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [face, theirs])
        cursor.execute(_ASKED, [colleague.name, theirs, imported.name])
