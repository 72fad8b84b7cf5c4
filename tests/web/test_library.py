"""The library: what is worth keeping, narrowed, ordered, and only what one may read."""

from html import unescape

import pytest
from django.utils import timezone

from tests.db.test_feed import follow
from watercooler.kinds.questions.acts import accept
from watercooler.spine.social import acts as social

pytestmark = pytest.mark.django_db


def text(response):
    return unescape(response.content.decode())


def titles(page):
    return [part.split("</a>")[0].split(">")[-1] for part in page.split("<h3>")[1:]]


@pytest.fixture
def shelves(company):
    """One article, one solved and one open question, one post; the solved question helped most."""
    solved = company.question("Solved?", topics=["Defrost"])
    accept(company.viewer("noah"), solved, company.answer(solved))
    company.question("Open?", topics=["Kit"])
    article = company.article("Reading superheat", topics=["Defrost"])
    company.post("First frost in Leeds.")
    social.helped(company.viewer("priya"), solved.item)
    social.helped(company.viewer("hassan"), solved.item)
    social.helped(company.viewer("hassan"), article)
    follow()
    return company


def test_a_stranger_is_shown_the_door(client):
    assert client.get("/library")["Location"].startswith("/sign-in?next=")


def test_what_helped_most_comes_first_or_the_newest(shelves, sign_in):
    browser = sign_in(shelves.priya)
    assert titles(text(browser.get("/library")))[:2] == ["Solved?", "Reading superheat"]
    assert titles(text(browser.get("/library?order=newest")))[0] == "First frost in Leeds."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=article", {"Reading superheat"}),
        ("kind=solved", {"Solved?"}),
        ("kind=question", {"Open?"}),
        ("kind=solved&kind=article", {"Solved?", "Reading superheat"}),
        ("topic=defrost", {"Solved?", "Reading superheat"}),
        ("topic=defrost&kind=article", {"Reading superheat"}),
        ("space=heat-pump-engineers&kind=post", {"First frost in Leeds."}),
        (
            "kind=nonsense&topic=&space=works-council&order=x",
            {"Solved?", "Open?", "Reading superheat", "First frost in Leeds."},
        ),
    ],
)
def test_facets_add_up_inside_and_narrow_each_other(shelves, sign_in, query, found):
    assert set(titles(text(sign_in(shelves.priya).get(f"/library?{query}")))) == found


def test_each_applied_filter_can_be_taken_off(shelves, sign_in):
    page = text(sign_in(shelves.priya).get("/library?kind=article&topic=defrost&order=newest"))
    assert 'href="/library?topic=defrost&order=newest"' in page
    assert 'href="/library?kind=article&order=newest"' in page
    assert "Not what you needed?" in text(sign_in(shelves.priya).get("/library?kind=article&topic=kit"))


def test_only_what_one_may_read_stands_there(shelves, sign_in):
    shelves.article("Double signatures", by="fatima", space=shelves.medicines, topics=["Night round"])
    shelves.post("On my wall", space=shelves.priya.owned_spaces.get(purpose="wall"))
    follow()
    assert "Double signatures" not in text(sign_in(shelves.priya).get("/library"))
    assert "Night round" not in text(sign_in(shelves.priya).get("/library?tab=topics"))
    assert "Night round" in text(sign_in(shelves.fatima).get("/library?tab=topics"))
    guest = titles(text(sign_in(shelves.sam).get("/library")))
    assert "On my wall" not in guest
    assert "Reading superheat" in guest
    assert titles(text(sign_in(shelves.sam).get("/library?space=medicines"))) == guest


def test_saved_things_are_ones_own(shelves, sign_in):
    article = shelves.article("Kept")
    social.save(shelves.viewer("noah"), article)
    assert titles(text(sign_in(shelves.noah).get("/library?tab=saved"))) == ["Kept"]
    assert "Nothing saved yet" in text(sign_in(shelves.priya).get("/library?tab=saved"))


def test_topics_are_found_and_followed(shelves, sign_in):
    page = text(sign_in(shelves.priya).get("/library?tab=topics"))
    assert page.index("Defrost") < page.index(">Kit<")
    assert "/topics/defrost/followed" in page
    found = text(sign_in(shelves.priya).get("/library?tab=topics&q=defr"))
    assert ">Kit<" not in found
    assert "No topic like that" in text(sign_in(shelves.priya).get("/library?tab=topics&q=%25"))


def test_the_library_costs_the_same_for_two_things_and_for_sixty(shelves, sign_in, count_queries):
    browser = sign_in(shelves.noah)
    browser.get("/library")
    with count_queries() as few:
        browser.get("/library?topic=defrost")
    for number in range(60):
        shelves.article(f"Article {number}", topics=["Defrost"], at=timezone.now())
    follow()
    with count_queries() as many:
        browser.get("/library?topic=defrost")
    assert len(few) == len(many) <= 4
    seen, address = [], "/library?kind=article"
    while address:
        page = text(browser.get(address))
        seen += titles(page)
        address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
    assert len(seen) == len(set(seen)) == 61
