"""How results look is kept; what they show is never old, and what is kept costs nothing to read."""

from html import unescape

import pytest

from watercooler.kinds.questions.acts import accept
from watercooler.projections.search import results
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, move
from watercooler.spine.people.acts import change_person, change_profile
from watercooler.spine.social.acts import helped
from watercooler.spine.spaces.acts import change_space, join

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    results._results.clear()
    results._pages.clear()


@pytest.fixture
def asked(company):
    question = company.question("Lockout on cold mornings")
    answer = company.answer(question, "Force a defrost of the coil.")
    follow()
    return company, question, answer


def page(sign_in, person, q="lockout", **more):
    return unescape(sign_in(person).get("/search", {"q": q, **more}).content.decode()).replace("/", "/")


def test_a_kept_result_changes_with_all_it_shows(asked, sign_in):
    company, question, answer = asked
    assert "cold mornings" in page(sign_in, company.priya)
    edit(company.viewer("noah"), question.item, title="Lockout in frost", source="Since Monday.", based_on=1)
    assert "in frost" in page(sign_in, company.priya)
    assert "helped" not in page(sign_in, company.priya, "defrost coil").split("srs")[1].split("ask-instead")[0]
    helped(company.viewer("priya"), answer)
    assert "helped 1" in page(sign_in, company.priya, "defrost coil")
    assert "Best answer" not in page(sign_in, company.priya, "defrost coil")
    accept(company.viewer("noah"), question, answer)
    assert "Best answer" in page(sign_in, company.priya, "defrost coil")
    assert "solved" in page(sign_in, company.priya)
    change_person(company.viewer("ines"), company.noah, name="Noah of Leeds")
    assert "Noah of Leeds" in page(sign_in, company.priya)
    change_space(company.viewer("tomasz"), company.heat, name="Heat and cold")
    assert "Heat and cold" in page(sign_in, company.priya)


def test_the_words_of_each_search_are_marked_anew(asked, sign_in):
    company, _question, _answer = asked
    assert "<mark>Lockout</mark>" in page(sign_in, company.priya)
    html = page(sign_in, company.priya, "mornings")
    assert "<mark>mornings</mark>" in html
    assert "<mark>Lockout</mark>" not in html


def test_each_language_has_its_own_page(asked, sign_in):
    company, _question, _answer = asked
    assert "Best first" in page(sign_in, company.priya) or "Ask it" in page(sign_in, company.priya)
    change_profile(company.viewer("tomasz"), language="de")
    assert "Ask it" not in page(sign_in, company.tomasz)


def test_a_kept_page_shows_nobody_what_they_may_not_see(asked, sign_in):
    company, _question, _answer = asked
    join(company.viewer("ruth"), company.heat)
    post = company.post("Zanzibar spices", by="ruth")
    follow()
    assert f"/p/{post.pk}" in page(sign_in, company.priya, "zanzibar")
    move(company.viewer("ruth"), post, company.council)
    assert "/p/" not in page(sign_in, company.priya, "zanzibar")
    assert "who-knows" not in page(sign_in, company.sam)


def test_texts_are_read_once_and_never_by_a_query_of_their_own(asked, sign_in, count_queries):
    company, _question, _answer = asked
    client = sign_in(company.priya)
    client.get("/search", {"q": "nothing"})
    with count_queries() as first:
        client.get("/search", {"q": "lockout"})
    with count_queries() as again:
        client.get("/search", {"q": "lockout"})
    # The stems of a word that the process has not met are asked for once.
    assert len([sql for sql in first if "unheard" not in sql]) == len(again) == 2
    assert sum("safe_html" in sql for sql in first) == 1
    assert not any("safe_html" in sql for sql in again)


def test_what_stands_for_results_cannot_be_typed(asked, sign_in):
    company, _question, _answer = asked
    html = page(sign_in, company.priya, "lockout \x00 cold")
    assert 'class="srs"' in html.split("</main>")[0].split("sr-find")[1].split("</form>")[1]
    assert html.count('class="sr"') == 1
    assert "\x00" not in html


def test_the_search_field_above_every_page_holds_what_was_typed(asked, sign_in):
    company, _question, _answer = asked
    for words in ("lockout", '"><b>', "frost"):
        bar = sign_in(company.priya).get("/search", {"q": words}).content.decode().split("data-find>")[1]
        assert f'value="{words}"' in unescape(bar.split("<kbd")[0])
        assert "<b>" not in bar.split("<kbd")[0]
    assert 'value=""' in sign_in(company.priya).get("/inbox").content.decode().split("data-find>")[1].split("<kbd")[0]
