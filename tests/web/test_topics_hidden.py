"""A topic that stands only on what somebody may not read is named to them nowhere."""

from __future__ import annotations

import pytest

from tests.programs import Program, of
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import count_topics
from watercooler.spine.content.models import Topic
from watercooler.spine.social.models import Follow

pytestmark = pytest.mark.django_db
PAGES = [
    "/complete?kind=topic&q=sever",
    "/start",
    "/teams/skills?add=sever",
    "/who-knows",
    "/topics/severance",
    "/search/suggest?q=sever",
    "/search?q=sever",
    "/library",
]


@pytest.fixture
def filled(company):
    company.question("Why does it lock out?", topics=["Severe frost"])
    company.post("Minutes", by="ruth", space=company.council, topics=["Severance", "Severe frost"])
    company.post("More minutes", by="ruth", space=company.council, topics=["Severance", "Severe frost"])
    follow()
    return company


@pytest.mark.parametrize("path", PAGES)
def test_a_hidden_topic_is_named_on_no_page(filled, sign_in, path):
    assert b"Severance" not in sign_in(filled.priya).get(path).content


def test_a_hidden_topic_is_not_named_where_its_number_is_picked(filled, sign_in):
    def shown(person):
        picked = {"topic": Topic.objects.get(slug="severance").pk}
        return sign_in(person).get("/start/suggested", picked, headers={"HX-Request": "true"}).content

    assert b"Severance" not in shown(filled.priya)
    assert b"Severance" in shown(filled.ruth)


def test_programs_are_not_told_either(filled):
    priya = Program(filled, "priya")
    for path in ("/me/first-steps", "/topics?q=sever", "/search/suggest?q=sever"):
        assert "Severance" not in str(of(priya.get(path)))


def test_who_may_read_it_is_told(filled, sign_in):
    rows = sign_in(filled.ruth).get("/complete?kind=topic&q=sever").json()
    assert {row["label"]: row["sub"] for row in rows} == {"Severe frost": "3", "Severance": "2"}
    assert b"Severance" in sign_in(filled.ruth).get("/who-knows").content


def test_what_is_hidden_is_not_counted(filled, sign_in):
    rows = sign_in(filled.priya).get("/complete?kind=topic&q=sever").json()
    assert [(row["label"], row["sub"]) for row in rows] == [("Severe frost", "1")]


def test_topics_are_sorted_by_what_may_be_read(filled, sign_in):
    """Severe frost stands on more things than any other, but on fewer that everybody reads."""
    filled.question("When does it thaw?", topics=["Severe thaw"])
    filled.question("How does it thaw?", topics=["Severe thaw"])
    follow()
    count_topics()
    for person in ("priya", "sam"):
        rows = sign_in(filled.people[person]).get("/complete?kind=topic&q=sever").json()
        assert [row["label"] for row in rows] == ["Severe thaw", "Severe frost"], person
    for path in ("/library", "/who-knows", "/teams/skills?add=severe", "/start"):
        html = sign_in(filled.priya).get(path).content.decode()
        assert 0 < html.index("Severe thaw") < html.index("Severe frost"), path
    named = [one["name"] for one in of(Program(filled, "priya").get("/topics?q=sever"))["topics"]]
    assert named == ["Severe thaw", "Severe frost"]


def test_a_hidden_topic_is_not_learnt_of_by_following_its_number(filled, sign_in):
    hidden = Topic.objects.get(slug="severance")
    client = sign_in(filled.priya)
    client.post("/start", {"topic": [hidden.pk, Topic.objects.get(slug="severe-frost").pk]})
    assert [follow.topic.slug for follow in Follow.objects.filter(topic__isnull=False)] == ["severe-frost"]
