"""How much of many spaces reaches one: a page that somebody in hundreds of them can use."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from watercooler.places.inbox import levels
from watercooler.spine.content.models import Topic
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.models import Level, Membership, Space, Standing
from watercooler.spine.spaces.newcomers import add_person
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
    while pages < 9:
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


def room(company, name, standing=Standing.MEMBER, **more):
    made = Space.objects.create(
        slug=name.lower().replace(" ", "-").replace("|", "-"),
        name=name,
        objective="Work.",
        owner=company.hassan,
        made_at=timezone.now(),
        **more,
    )
    Membership.objects.create(space=made, person=company.noah, since=timezone.now(), standing=standing)
    return made


def names_of(few):
    return [row["name"] for row in few.rows]


def walk(find, viewer, words=""):
    """Return the names of every page of a list."""
    pages, after = [], ""
    for _page in range(9):
        few = find(viewer, words, after)
        pages.append(names_of(few))
        if not few.next:
            return pages
        after = few.next
    raise AssertionError("It never ends.")


def test_only_spaces_one_is_inside_that_are_in_use_have_a_level(company, sign_in):
    asked = room(company, "Asked", Standing.REQUESTED)
    room(company, "Over", archived_at=timezone.now())
    assert names_of(levels.few_spaces(company.viewer("noah"))) == ["Heat Pump Engineers"]
    sign_in(company.noah).post("/inbox/levels", {f"level-{asked.pk}": "muted"})
    assert Membership.objects.get(space=asked).level == ""


def test_ones_own_choice_is_another_than_the_space_s(company):
    for name, level in (("Quiet", "muted"), ("As it is", Level.MENTIONS), ("Plain", "")):
        Membership.objects.filter(space=room(company, name, default_level=Level.MENTIONS)).update(level=level)
    shown = {row["name"]: (row["level"], row["is_own"]) for row in levels.rows(company.viewer("noah"))}
    assert shown["Quiet"] == ("muted", True)
    assert shown["As it is"] == (Level.MENTIONS, False)
    assert shown["Plain"] == (Level.MENTIONS, False)
    assert names_of(levels.few_spaces(company.viewer("noah")))[0] == "Quiet"


def test_a_level_that_stays_is_not_kept_as_a_choice(company, sign_in):
    usual = Space.objects.get(pk=company.heat.pk).default_level
    sign_in(company.noah).post("/inbox/levels", {f"level-{company.heat.pk}": usual})
    assert Membership.objects.get(space=company.heat, person=company.noah).level == ""


def test_twenty_are_a_page_and_the_next_begins_after_any_name(company):
    noah = company.viewer("noah")
    for n in range(19):
        room(company, f"a|b|{n:02}")
    assert [len(page) for page in walk(levels.few_spaces, noah)] == [20]
    own = room(company, "A|B", default_level=Level.MENTIONS)
    Membership.objects.filter(space=own, person=company.noah).update(level=Level.ALL)
    names = ["A|B", *(f"a|b|{n:02}" for n in range(19)), "Heat Pump Engineers"]
    assert walk(levels.few_spaces, noah) == [names[:20], names[20:]]
    assert walk(levels.few_spaces, noah, "HEAT") == [["Heat Pump Engineers"]]
    Membership.objects.filter(person=company.noah).update(level=Level.MUTED)  # so that the page ends among one's own
    assert [len(page) for page in walk(levels.few_spaces, noah)] == [20, 1]


def test_what_one_follows_comes_a_page_at_a_time_newest_first(company):
    noah = company.viewer("noah")
    people = [add_person(handle=f"p{n}", name=f"Pat {n:02}", joined_at=timezone.now()) for n in range(20)]
    for one in people:
        social.follow(noah, one)
    assert [len(page) for page in walk(levels.few_follows, noah)] == [20]
    company.question(topics=["Defrost"])
    social.follow(noah, Topic.objects.get())
    newest_first = ["#Defrost", *(f"Pat {n:02}" for n in reversed(range(20)))]
    assert walk(levels.few_follows, noah) == [newest_first[:20], newest_first[20:]]
    assert walk(levels.few_follows, noah, "defr") == [["#Defrost"]]
    assert walk(levels.few_follows, noah, "pat 1") == [[f"Pat {n}" for n in reversed(range(10, 20))]]
    social.follow(company.viewer("priya"), people[0])
    assert sum(map(len, walk(levels.few_follows, noah))) == 21


def test_threads_and_what_is_muted_are_no_follows(company, sign_in):
    noah = company.viewer("noah")
    social.follow(noah, company.question().item)
    social.follow(noah, company.priya)
    social.mute(noah, company.hassan)
    assert names_of(levels.few_follows(noah)) == ["Priya Raman"]
    row = Follow.objects.get(person=company.priya)
    sign_in(company.noah).post("/inbox/levels", {f"follow-{row.pk}": "muted"})
    row.refresh_from_db()
    assert row.level == Level.ALL


def test_what_is_muted_is_named_found_and_heard_of_again(company, sign_in):
    noah, client = company.viewer("noah"), sign_in(company.noah)
    question = company.question("Why the hum?", topics=["Defrost"])
    post = company.post("First frost.")
    for what in (question.item, post, company.priya, Topic.objects.get(), company.heat):
        social.mute(noah, what)
    social.mute(company.viewer("hassan"), company.elena)
    names = ["Heat Pump Engineers", "#Defrost", "Priya Raman", str(post), "Why the hum?"]
    assert walk(levels.few_muted, noah) == [names]
    for words, name in (("hum", "Why the hum?"), ("frost.", str(post)), ("defrost", "#Defrost"), ("heat", names[0])):
        assert walk(levels.few_muted, noah, words) == [[name]]
    for row in levels.few_muted(noah).rows:
        assert client.get(row["url"]).status_code == 200
        assert row["undo"].endswith("/muted/undo")
        assert client.post(row["undo"]).status_code < 400
        assert row["name"] not in names_of(levels.few_muted(noah))
    assert not Follow.objects.filter(follower=company.noah).exists()


def test_what_is_muted_and_seen_no_more_is_not_named(company):
    secret = company.post("Pay talks.", by="ruth", space=company.council)
    inside = Membership.objects.create(space=company.council, person=company.noah, since=timezone.now())
    social.mute(company.viewer("noah"), secret)
    assert walk(levels.few_muted, company.viewer("noah")) == [["Pay talks."]]
    inside.delete()
    assert walk(levels.few_muted, company.viewer("noah")) == [[]]


@pytest.mark.parametrize("digits", [19, 5000])
def test_numbers_nobody_has_are_nobody_s(company, sign_in, digits):
    number = "9" * digits
    for find, after in ((levels.few_spaces, f"0|a|{number}"), (levels.few_follows, number), (levels.few_muted, number)):
        assert find(company.viewer("noah"), "", after)
    client = sign_in(company.noah)
    sent = urlencode({f"level-{number}": "all", f"follow-{number}": "all"})
    assert client.post("/inbox/levels", sent, "application/x-www-form-urlencoded").status_code == 302
