"""What hot pages read stays the same when an organisation grows: counted in rows that are looked at and looked for,
not in seconds.

Blocks would say more, but other tests leave dead rows in them.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from watercooler.foundation.base.pages import chrome
from watercooler.foundation.database import hot
from watercooler.places.person.reads import profile
from watercooler.places.space.reads import show
from watercooler.projections.feed.reads import Place
from watercooler.projections.notifications.reads import opened
from watercooler.spine.activity.worker import follow
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import helped
from watercooler.spine.spaces.models import Membership, Standing

pytestmark = pytest.mark.django_db

COLLEAGUES = 4_000
ANSWERS = 60
MORE = 120
"""Rows that pages may look at more, their lists being full now."""


def rows_seen(read) -> int:
    """Return how many rows the statements of a read look at, planned as the product plans them: once for all values."""
    asked = []
    rows = hot.rows

    def noted(sql, *into, **values):
        asked.append((sql, values))
        return rows(sql, *into, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hot, "rows", noted)
        assert read()
    return sum(_touched(*each) for each in asked)


def _touched(sql: str, values: dict[str, object]) -> int:
    numbered, names = hot._numbered(sql)
    sent = [hot._sent(values[name]) for name in names]
    pgconn = connection.connection.pgconn
    pgconn.prepare(b"flat", numbered, [oid for oid, _value in sent])
    quoted = ", ".join("null" if v is None else "'" + v.decode().replace("'", "''") + "'" for _oid, v in sent)
    with connection.cursor() as cursor:
        cursor.execute("set local plan_cache_mode = force_generic_plan")
        cursor.execute(f"explain (analyze, format json) execute flat({quoted})")
        found = cursor.fetchone()[0]
        cursor.execute("deallocate flat")
    return _looked_at((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])


def _looked_at(plan: dict[str, Any]) -> int:
    left_out = sum(plan.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Join Filter", "Index Recheck"))
    own = (plan["Actual Rows"] + left_out) * plan["Actual Loops"] + plan.get("Index Searches", 0)
    return round(own + sum(_looked_at(part) for part in plan.get("Plans", ())))


def grow(company) -> None:
    """Let thousands join the space, a hundred wait to be let in, and one colleague answer very much."""
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(handle=f"colleague{n}", name=f"Colleague {n}", email=f"c{n}@fernway.example", joined_at=now)
        for n in range(COLLEAGUES)
    )
    Membership.objects.bulk_create(
        Membership(
            space=company.medicines if n % 40 else company.heat,
            person=person,
            standing=Standing.MEMBER if n % 40 else Standing.REQUESTED,
            since=now,
        )
        for n, person in enumerate(people)
    )
    Membership.objects.bulk_create(
        Membership(space=company.heat, person=person, standing=Standing.MEMBER, since=now)
        for n, person in enumerate(people)
        if n % 40
    )
    for days in range(ANSWERS):
        answer = company.answer(company.asked, "And the drain.", at=now - timedelta(days=days + 1))
        helped(company.viewer("hassan"), answer)
    while follow():
        pass


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("analyze")


@pytest.fixture
def pages(company):
    company.asked = company.question("Why does the coil ice up?", topics=["Defrost"])
    company.answer(company.asked, "The drain's heater.")
    while follow():
        pass
    viewer = company.viewer("noah")
    return {
        "space": lambda: show(viewer, company.heat.slug, "nothing", Place.read(None)),
        "inbox": lambda: opened(viewer),
        "profile": lambda: profile(viewer, "tomasz", "about"),
        "frame": lambda: chrome(viewer),
    }


def test_pages_read_as_much_of_four_thousand_colleagues_as_of_ten(company, pages):
    analyze()
    before = {name: rows_seen(read) for name, read in pages.items()}
    grow(company)
    analyze()
    after = {name: rows_seen(read) for name, read in pages.items()}
    grown = {name: (before[name], after[name]) for name in pages if after[name] > before[name] + MORE}
    assert not grown, f"Rows before and after: {grown}"
