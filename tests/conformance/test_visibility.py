"""The rule of who reads what is said three times, for querysets, in SQL and in memory; they must agree."""

from __future__ import annotations

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.company import found
from watercooler.foundation.base.viewer import Role
from watercooler.foundation.database import hot
from watercooler.kinds.posts.acts import post
from watercooler.spine.content.acts import change_access
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import VISIBLE, State, visible_values
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Access, Membership, Space, Standing
from watercooler.spine.spaces.viewer import build

SQL = f"select i.id from content_item i where {VISIBLE} order by i.id"


class AgreesWithItself(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.company = found()
        authors = {"heat": "hassan", "medicines": "fatima", "council": "ruth"}
        for space, author in authors.items():
            for number in range(2):
                company = cls.company
                company.post(f"{space} {number}", by=author, space=getattr(company, space))
        wall = Space.objects.get(owner=cls.company.priya, purpose="wall")
        post(cls.company.viewer("priya"), wall, "On my wall")

    @settings(max_examples=25)
    @given(data=st.data())
    def test_one_rule(self, data):
        spaces = [self.company.heat, self.company.medicines, self.company.council]
        for space in spaces:
            access = data.draw(st.sampled_from(list(Access)))
            owner = build(Space.objects.get(pk=space.pk).owner_id)
            change_access(owner, Space.objects.get(pk=space.pk), access)
        for item in Item.objects.all():
            Item.objects.filter(pk=item.pk).update(
                state=data.draw(st.sampled_from([State.LIVE, State.LIVE, State.HIDDEN]))
            )
        person = data.draw(st.sampled_from(sorted(self.company.people)))
        joined = data.draw(st.sets(st.sampled_from(range(3))))
        pk = self.company.people[person].pk
        Membership.objects.filter(person_id=pk).delete()
        for index in joined:
            Membership.objects.create(space=spaces[index], person_id=pk, standing=Standing.MEMBER, since=timezone.now())
        viewer = build(pk)
        by_queryset = sorted(Item.objects.visible_to(viewer).values_list("pk", flat=True))
        by_sql = [row.id for row in hot.rows(SQL, **visible_values(viewer))]
        in_memory = sorted(i.pk for i in Item.objects.all() if i.is_live and viewer.reads(i.audience, i.space_id))
        expected = sorted(i.pk for i in Item.objects.select_related("space") if _may(viewer, i, spaces, joined))
        assert by_queryset == by_sql == in_memory == expected


def _may(viewer, item, spaces, joined):
    """Say the rule in the words of the product, without the audience column."""
    if not item.is_live:
        return False
    is_inside = any(item.space_id == spaces[index].pk for index in joined)
    is_member = Person.objects.get(pk=viewer.person_id).role >= Role.MEMBER
    return is_inside or (is_member and item.space.access == Access.OPEN)
