"""How much of many spaces reaches one: a page that somebody in hundreds of them can use."""

import re
from html import unescape

import pytest
from django.utils import timezone

from watercooler.spine.spaces.models import Level, Membership, Space
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


def many_spaces(company):
    made = [
        Space(slug=f"room-{n}", name=f"Room {n:03}", objective="Work.", owner=company.hassan, made_at=timezone.now())
        for n in range(90)
    ]
    rooms = Space.objects.bulk_create(made)
    Membership.objects.bulk_create(
        [Membership(space=room, person=company.noah, since=timezone.now(), standing="member") for room in rooms]
    )
    return rooms


def test_many_levels_come_a_page_at_a_time_with_ones_own_choices_first(company, sign_in):
    rooms, client = many_spaces(company), sign_in(company.noah)
    client.post("/inbox/levels", {f"level-{rooms[70].pk}": "all"})

    def names(page):
        return re.findall(r"<span>(Room \d{3})", page.partition("<h1>")[2])

    page = client.get("/inbox/levels").text
    assert names(page)[0] == "Room 070"
    assert "your own choice" in page
    seen, pages = [], 0
    while True:
        seen += names(page)
        pages += 1
        assert len(names(page)) <= 20
        more = re.search(r'href="([^"]*spaces=[^"]*)"', page)
        if more is None:
            break
        page = client.get("/inbox/levels" + unescape(more[1])).text
    assert pages == 5
    assert sorted(seen) == [room.name for room in rooms]
    assert names(client.get("/inbox/levels?q=room 05").text) == [f"Room 05{n}" for n in range(10)]
    assert client.get("/inbox/levels?spaces=nonsense&follows=x&muted=9").status_code == 200
    answer = client.post("/inbox/levels?q=room 05", {f"level-{rooms[50].pk}": "muted"})
    assert answer.url.endswith("q=room%2005")
    assert Membership.objects.get(person=company.noah, space=rooms[50]).level == Level.MUTED
    assert "Nothing of that name" in client.get("/inbox/levels?q=zebra").text


def test_levels_cost_the_same_with_many_spaces(company, sign_in, count_queries):
    client = sign_in(company.noah)
    client.get("/inbox/levels")
    with count_queries() as few:
        client.get("/inbox/levels")
    many_spaces(company)
    kept.clear()
    client.get("/inbox/levels")
    with count_queries() as many:
        client.get("/inbox/levels")
    assert len(many) == len(few)
