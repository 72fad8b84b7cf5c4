"""The invented company that most tests begin with is put back as the product's own acts would build it."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests import kept
from tests.company import build_anew, found
from watercooler.spine.people.models import Person

NAMES = """
select 'p' || id, handle from people_person union all select 's' || id, slug from spaces_space
union all select 'i' || id, name from people_site union all select 'u' || id, name from people_unit
"""
TIMES: list[datetime] = []
POINTING = {
    "p": ("person_id", "owner_id", "actor_id", "manager_id", "sponsor_id", "invited_by_id"),
    "s": ("space_id",),
    "i": ("site_id",),
    "u": ("unit_id",),
}


def _told(began: datetime) -> dict[str, list[dict[str, object]]]:
    """Return every row that was made, with names in place of ids and times in whole minutes since `began`."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        names = dict(cursor.fetchall())
        tables = {}
        for table, count in kept.counts().items():
            if count and not table.startswith(("django_", "auth_")):
                cursor.execute(f"select to_jsonb(t) from {table} t order by id")
                tables[table] = [_row(row[0], names, began) for row in cursor.fetchall()]
        return tables


def _row(row: object, names: dict[str, str], began: datetime) -> dict[str, object]:
    told = json.loads(row) if isinstance(row, str) else row
    for letter, columns in POINTING.items():
        told |= {column: names.get(f"{letter}{told[column]}") for column in columns if column in told}
    for column, value in told.items():
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
            told[column] = round((datetime.fromisoformat(value) - began) / timedelta(minutes=1))
            TIMES.append(datetime.fromisoformat(value))
    return {column: value for column, value in told.items() if column not in ("id", "uuid", "password")}


@pytest.mark.django_db
def test_what_is_put_back_is_what_would_be_built_whenever_it_is(monkeypatch):
    with transaction.atomic():
        now = timezone.now()
        build_anew(now)
        built = _told(now)
        transaction.set_rollback(True)
    with transaction.atomic():
        found()  # at the latest now they are kept
        transaction.set_rollback(True)
    now = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: now)
    company = found()
    TIMES.clear()
    assert _told(now) == built
    assert max(TIMES) <= now, "Something that is put back is still to come."
    assert company.people["tomasz"].manager is company.people["hassan"]
    assert company.people["sam"].sponsor is company.people["hassan"]
    assert company.priya.site == company.noah.site
    assert company.heat.slug == "heat-pump-engineers"


@pytest.mark.django_db
def test_beside_what_is_there_already_it_is_built_anew(company):
    Person.objects.filter(handle="sam").update(name="Somebody else")
    with transaction.atomic(), pytest.raises(Exception, match="handle"):
        found()
    assert Person.objects.get(handle="sam").name == "Somebody else"
