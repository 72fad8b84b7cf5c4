"""Home: four lists, two queries, a reason for everything, and pages that lose and repeat nothing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.db.test_feed import follow
from watercooler.foundation.base.pages import chrome
from watercooler.places.home import reads
from watercooler.projections.feed.reads import PAGE, Place
from watercooler.spine.content.acts import merge, remove
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import join, make_space
from watercooler.spine.spaces.models import Space

pytestmark = pytest.mark.django_db


def shown(viewer, tab="for-you", after=""):
    return reads.page(viewer, tab, Place.read(after))


def why(viewer, page):
    return page.reasons(chrome(viewer, listed=page.listed).cards)


def all_pages(viewer, tab, between=lambda: None):
    seen, after = [], ""
    while True:
        page = shown(viewer, tab, after)
        seen += [card.id for card in page.listed]
        if not page.next:
            return seen
        after = page.next
        between()


def test_a_stranger_is_shown_the_door(client):
    assert client.get("/home")["Location"].startswith("/sign-in?next=")
    assert client.get("/home/rail").status_code == 302


@pytest.mark.parametrize("tab", ["", "following", "help-out", "saved", "nonsense"])
def test_every_tab_answers_before_anything_was_written(company, sign_in, tab):
    page = sign_in(company.priya).get(f"/home?tab={tab}").content.decode()
    assert '<div class="empty">' in page
    assert "<h1>" in page


def test_home_takes_two_queries_for_two_cards_and_for_fifty(company, sign_in, count_queries):
    browser = sign_in(company.noah)
    for number in range(50):
        company.post(f"Frost report {number}.", at=timezone.now() - timedelta(hours=number))
        if number == 1:
            follow()
            browser.get("/home")
            with count_queries() as few:
                page = browser.get("/home")
            assert page.content.count(b'class="post"') == 2
    follow()
    for tab in ("for-you", "following", "help-out", "saved"):
        with count_queries() as many:
            browser.get(f"/home?tab={tab}")
        assert len(many) == len(few) == 2


def test_each_card_says_why_it_is_there(company):
    priya = company.viewer("priya")
    on_topic = company.question("Why?", by="noah", topics=["Defrost"], space=_wall(company, "noah"))
    by_friend = company.post("Thank you all.", by="ruth", space=_wall(company, "ruth"))
    in_space = company.post("Van is free.", by="noah")
    other = company.post("Bread is out.", by="fatima", space=_wall(company, "fatima"))
    social.follow(priya, company.ruth)
    social.follow(priya, Topic.objects.get(slug="defrost"))
    follow()
    reasons = why(priya, shown(priya))
    assert reasons[on_topic.pk] == "You follow Defrost"
    assert reasons[by_friend.pk] == "You follow Ruth Adeyemi"
    assert reasons[in_space.pk] == "You are in Heat Pump Engineers"
    assert reasons[other.pk] == "New, and open to everybody"


def test_a_question_near_my_skills_comes_first_until_somebody_answers(company):
    Person.objects.filter(pk=company.tomasz.pk).update(offers=["Fault finding"])
    now = timezone.now()
    question = company.question("Which sensor?", topics=["fault finding"], at=now - timedelta(hours=20))
    newer = company.post("Van is free.", by="priya", at=now - timedelta(hours=1))
    follow()
    page = shown(company.viewer("tomasz"))
    assert [card.id for card in page.listed] == [question.pk, newer.pk]
    assert why(company.viewer("tomasz"), page)[question.pk] == "You offer fault finding, and nobody has answered yet"
    assert page.help_count == 1
    company.answer(question, by="hassan")
    follow()
    page = shown(company.viewer("tomasz"))
    assert [card.id for card in page.listed] == [newer.pk, question.pk]
    assert page.help_count == 0


def test_help_out_says_how_many_it_lists(company, sign_in):
    tomasz = company.viewer("tomasz")
    asked = [company.question(f"Why number {number}?") for number in range(17)]
    elsewhere = make_space(company.viewer("fatima"), name="Elsewhere", objective="Other things.")
    Person.objects.filter(pk=company.tomasz.pk).update(offers=["Defrost"])
    company.question("About skills?", by="fatima", space=elsewhere, topics=["Defrost"])
    company.question("About nothing?", by="fatima", space=elsewhere)
    social.mute(tomasz, asked[0].item)
    follow()
    for tab in ("for-you", "following", "help-out", "saved"):
        assert shown(tomasz, tab).help_count == len(all_pages(tomasz, "help-out")) == 17
    for number in range(5):
        company.question(f"And why {number}?")
    follow()
    assert shown(tomasz).help_count == 20
    assert len(all_pages(tomasz, "help-out")) == 22
    assert "20+" in sign_in(company.tomasz).get("/home").text


def test_for_you_shows_nothing_from_spaces_that_are_not_mine(company):
    company.article("Double signatures", by="fatima", space=company.medicines)
    company.post("Draft agenda", by="ruth", space=company.council)
    seen = company.post()
    on_wall = company.post("On my wall", space=_wall(company, "priya"))
    follow()
    assert {card.id for card in shown(company.viewer("noah")).listed} == {seen.pk, on_wall.pk}
    assert {card.id for card in shown(company.viewer("sam")).listed} == {seen.pk}
    assert {card.id for card in shown(company.viewer("ines")).listed} == {seen.pk, on_wall.pk}


def test_what_is_removed_goes_at_once_even_before_the_feed_follows(company):
    post = company.post()
    follow()
    remove(company.viewer("priya"), post)
    assert not shown(company.viewer("noah")).listed


def test_ones_own_post_is_there_before_the_feed_follows(company):
    post = company.post()
    assert [card.id for card in shown(company.viewer("priya")).listed] == [post.pk]
    follow()
    assert [card.id for card in shown(company.viewer("priya")).listed] == [post.pk]


def test_what_is_muted_stays_away(company):
    post, other = company.post(), company.post("Second.", by="noah")
    social.mute(company.viewer("tomasz"), company.priya)
    follow()
    assert [card.id for card in shown(company.viewer("tomasz")).listed] == [other.pk]
    assert post.pk not in all_pages(company.viewer("tomasz"), "following")


def test_following_lists_people_topics_and_spaces_newest_first(company):
    fatima = company.viewer("fatima")
    now = timezone.now()
    ignored = company.post("Ignored.", by="elena", space=_wall(company, "elena"), at=now)
    by_friend = company.post("One.", by="ruth", space=_wall(company, "ruth"), at=now - timedelta(hours=3))
    on_topic = company.post("Two.", by="noah", topics=["Frost"], at=now - timedelta(hours=2))
    social.follow(fatima, company.ruth)
    social.follow(fatima, Topic.objects.get(slug="frost"))
    mine = company.article("Three", by="fatima", space=company.medicines, at=now - timedelta(hours=1))
    follow()
    assert all_pages(fatima, "following") == [mine.pk, on_topic.pk, by_friend.pk]
    social.unfollow(fatima, company.ruth)
    assert all_pages(fatima, "following") == [mine.pk, on_topic.pk]
    assert ignored.pk not in all_pages(fatima, "following")


def test_following_a_word_that_was_merged_follows_the_other(company):
    post = company.post("Van ice.", by="noah", topics=["Heat pumps"], space=_wall(company, "noah"))
    company.post("x", by="noah", topics=["Heatpumps"], space=_wall(company, "noah"))
    old, new = Topic.objects.get(slug="heatpumps"), Topic.objects.get(slug="heat-pumps")
    social.follow(company.viewer("fatima"), old)
    merge(company.viewer("hassan"), old, new)
    follow()
    assert post.pk in all_pages(company.viewer("fatima"), "following")


def test_saved_shows_threads_latest_saved_first(company):
    first, question = company.post(), company.question()
    answer = company.answer(question)
    noah = company.viewer("noah")
    for item in (first, answer):
        social.save(noah, item)
    assert all_pages(noah, "saved") == [question.pk, first.pk]
    social.unsave(noah, first)
    assert all_pages(noah, "saved") == [question.pk]


def test_more_is_added_in_place_and_by_address(company, sign_in):
    for number in range(PAGE + 3):
        company.post(f"Frost report {number}.", at=timezone.now() - timedelta(hours=number))
    follow()
    browser = sign_in(company.noah)
    first = unescape(browser.get("/home").content.decode())
    more = re.search(r'href="(/home\?tab=for-you[^"]+)" rel="next"', first)[1]
    whole = browser.get(more).content.decode()
    part = browser.get(more, headers={"HX-Request": "true"}).content.decode()
    assert whole.count('class="post"') == part.count('class="post"') == 3
    assert "<html" in whole
    assert "<html" not in part
    ids = re.findall(r'id="item-(\d+)"', first + part)
    assert len(ids) == len(set(ids)) == PAGE + 3


@pytest.mark.parametrize("text", ["x", "1", "1.", ".5", "9" * 40 + ".1", "1.1'; drop table", "-5.2"])
def test_a_broken_place_in_an_address_is_no_error(company, sign_in, text):
    assert sign_in(company.noah).get("/home", {"after": text}).status_code == 200
    assert sign_in(company.noah).get("/home", {"after": text, "tab": "following"}).status_code == 200


@settings(max_examples=12)
@given(
    ages=st.lists(st.integers(0, 400), min_size=25, max_size=50),
    arrivals=st.lists(st.integers(0, 3), min_size=4, max_size=4),
    tab=st.sampled_from(["for-you", "following"]),
)
def test_paging_loses_and_repeats_nothing_while_posts_arrive(company, ages, arrivals, tab):
    """Whatever arrives between two pages, everything that was there is shown once."""
    from django.db import transaction

    with transaction.atomic():
        now = timezone.now()
        noah = company.viewer("noah")
        names = ["priya", "tomasz", "elena", "hassan"]
        social.follow(noah, company.priya)
        there = {
            company.post(f"Report {n}", by=names[n % 4], at=now - timedelta(hours=age)).pk for n, age in enumerate(ages)
        }
        follow()
        coming = iter(arrivals)

        def between():
            for _ in range(next(coming, 0)):
                company.post("Just in.", by="tomasz", at=timezone.now())
            follow()

        seen = all_pages(noah, tab, between)
        assert len(seen) == len(set(seen))
        assert there <= set(seen)
        transaction.set_rollback(True)


def test_the_rail_names_questions_people_and_spaces_with_a_reason(company, sign_in):
    company.question("Which sensor?", by="priya")
    answer = company.answer(company.question("Solved?", by="priya"))
    social.helped(company.viewer("noah"), answer)
    follow()
    page = sign_in(company.noah).get("/home/rail", headers={"HX-Request": "true"}).content.decode()
    assert "Which sensor?" in page
    assert "Their words helped you once" in page
    assert "Tomasz" in page
    page = sign_in(company.elena).get("/home/rail", headers={"HX-Request": "true"}).content.decode()
    assert "Helped 1 person in your spaces" in page
    assert sign_in(company.noah).get("/home/rail").status_code == 302


def test_the_rail_names_newcomers_to_colleagues_and_not_to_guests(company, sign_in):
    now = timezone.now()
    Person.objects.filter(pk=company.ines.pk).update(offers=["Working at height"], joined_at=now - timedelta(days=3))
    rail = sign_in(company.noah).get("/home/rail", headers={"HX-Request": "true"}).content.decode()
    assert "New here; knows Working at height" in rail
    assert (
        "Working at height"
        not in sign_in(company.sam).get("/home/rail", headers={"HX-Request": "true"}).content.decode()
    )


def test_somebody_in_no_space_is_told_where_to_begin(company, sign_in):
    company.post()
    follow()
    page = sign_in(company.ines).get("/home").content.decode()
    assert "Find your spaces" in page
    assert 'class="post"' in page
    rail = sign_in(company.ines).get("/home/rail", headers={"HX-Request": "true"}).content.decode()
    assert "Heat Pump Engineers" in rail
    assert "Works council" not in rail


def test_following_is_listed_both_ways_and_ended_in_one_press(company, sign_in):
    priya = company.viewer("priya")
    trial = make_space(company.viewer("fatima"), name="Sourdough lab", objective="Better bread.")
    social.follow(priya, company.ruth)
    social.follow(priya, trial)
    social.follow(priya, company.question().item)
    social.follow(company.viewer("noah"), company.priya)
    browser = sign_in(company.priya)
    people = unescape(browser.get("/me/following").content.decode())
    assert "Ruth Adeyemi" in people
    assert "/people/ruth/followed/undo" in people
    assert "Sourdough lab" in browser.get("/me/following?tab=spaces").content.decode()
    assert "Why does it lock out" in browser.get("/me/following?tab=items").content.decode()
    assert "Noah Whitfield" in browser.get("/me/following?tab=followers").content.decode()
    assert "Nothing here yet" in browser.get("/me/following?tab=topics").content.decode()


def test_a_followed_space_that_closed_is_not_named(company, sign_in):
    social.follow(company.viewer("fatima"), company.heat)
    Space.objects.filter(pk=company.heat.pk).update(access="secret")
    assert "Heat Pump" not in sign_in(company.fatima).get("/me/following?tab=spaces").content.decode()


def test_joining_a_space_brings_its_posts_to_following(company):
    post = company.post()
    follow()
    assert all_pages(company.viewer("fatima"), "following") == []
    join(company.viewer("fatima"), company.heat)
    assert all_pages(company.viewer("fatima"), "following") == [post.pk]


def _wall(company, name):
    return company.people[name].owned_spaces.get(purpose="wall")
