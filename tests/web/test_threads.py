"""Thread pages: a question with its answers, a post, an article; each at most two queries whatever its length."""

from html import unescape

import pytest

from watercooler.kinds.questions import acts as questions
from watercooler.kinds.questions.reads import took
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, remove
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Recommendation, Viewed
from watercooler.spine.social.reads import talk, with_contents

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _quick_writers(settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000


def html(response):
    assert response.status_code == 200, response.content[:300]
    return unescape(response.content.decode())


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_question_shows_its_answers_most_useful_first_and_who_says_them(company, sign_in):
    question = company.question(topics=["Defrost"])
    first, better = company.answer(question), company.answer(question, "Check the drain.", by="priya")
    social.helped(company.viewer("noah"), better)
    page = html(sign_in(company.elena).get(question.item.url))
    in_order(
        page, question.item.title, "Three call-outs", "2 answers", f'id="item-{better.pk}"', f'id="item-{first.pk}"'
    )
    assert "Senior heat pump engineer" in page
    assert "Waiting for an answer" not in page
    assert 'href="/topics/defrost"' in page
    assert f'data-live-thread="{question.pk}"' in page
    assert "data-new-answers" in page


def test_newest_first_when_asked_for(company, sign_in):
    question = company.question()
    first, second = company.answer(question), company.answer(question, "Check the drain.", by="priya")
    social.helped(company.viewer("noah"), first)
    page = html(sign_in(company.elena).get(f"{question.item.url}?order=newest"))
    in_order(page, f'id="item-{second.pk}"', f'id="item-{first.pk}"')


@pytest.mark.parametrize("order", ["", "?order=newest"])
def test_the_accepted_answer_comes_first_and_is_marked_with_who_accepted_it(company, sign_in, order):
    question = company.question()
    chosen, helpful = company.answer(question), company.answer(question, "Check the drain.", by="priya")
    social.helped(company.viewer("noah"), helpful)
    questions.accept(company.viewer("noah"), question, chosen)
    page = html(sign_in(company.elena).get(question.item.url + order))
    in_order(page, "Noah Whitfield accepted this answer", f'id="item-{helpful.pk}"')
    assert page.count(f'id="item-{chosen.pk}"') == 1
    assert "Solved in 1 minute" in page


def test_a_host_who_accepts_is_named_as_the_one_who_did(company, sign_in):
    question = company.question()
    questions.accept(company.viewer("hassan"), question, company.answer(question))
    assert "Hassan El-Amin accepted this answer" in html(sign_in(company.elena).get(question.item.url))


@pytest.mark.parametrize("make", ["question", "article"])
def test_a_wrong_slug_leads_to_the_right_one_for_good(company, sign_in, make):
    made = getattr(company, make)()
    item = getattr(made, "item", made)
    client = sign_in(company.priya)
    start = item.url.rsplit("/", 1)[0]
    for wrong in (f"{start}/old-title", start, f"{start}/old-title?order=newest"):
        response = client.get(wrong)
        assert response.status_code == 301
        assert response.url.partition("?")[0] == item.url
        assert response.url.partition("?")[2] == wrong.partition("?")[2]


def test_a_title_in_another_script_has_a_working_address(company, sign_in):
    question = company.question("Чому блокується взимку?")
    client = sign_in(company.priya)
    response = client.get(f"/q/{question.pk}/x", follow=True)
    assert response.status_code == 200
    assert len(response.redirect_chain) == 1


def test_a_question_titled_answers_can_be_read(company, sign_in):
    question = company.question("Answers")
    assert question.item.url.endswith("/answers")
    assert "Three call-outs" in html(sign_in(company.priya).get(question.item.url))


@pytest.mark.parametrize(
    "path",
    ["/q/{q}/x", "/q/{q}", "/items/{q}", "/items/{q}/beside", "/items/{a}", "/p/{p}", "/a/{t}/x", "/items/{t}/alike"],
)
def test_outsiders_find_nothing(company, sign_in, path):
    space = company.medicines
    question = company.question(space=space, by="fatima")
    ids = {
        "q": question.pk,
        "a": company.answer(question, by="fatima").pk,
        "p": company.post(space=space, by="fatima").pk,
        "t": company.article(space=space, by="fatima").pk,
    }
    address = path.format(**ids)
    assert sign_in(company.priya).get(address).status_code == 404
    assert sign_in(company.fatima).get(address).status_code in {200, 301, 302}


def test_a_guest_reads_only_what_is_in_their_spaces(company, sign_in):
    inside = company.question()
    outside = company.post(by="ruth", space=Person.objects.get(handle="ruth").owned_spaces.get(purpose="wall"))
    client = sign_in(company.sam)
    assert client.get(inside.item.url).status_code == 200
    assert client.get(outside.url).status_code == 404


def test_strangers_are_sent_to_sign_in(company, client):
    question = company.question()
    assert client.get(question.item.url).url.startswith("/sign-in?next=/q/")


@pytest.mark.parametrize("number", ["99999999999999999999999", "9223372036854775808", "0"])
def test_numbers_no_item_has_find_nothing(company, sign_in, number):
    client = sign_in(company.priya)
    for path in ("/q/{}/x", "/p/{}", "/a/{}/x", "/items/{}", "/items/{}/helped"):
        assert client.get(path.format(number)).status_code == 404
    post = company.post()
    assert client.get(f"{post.url}?after={number}&at={number}").status_code == 200


def test_something_removed_is_gone_with_what_is_below_it(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    comment = social.comment(company.viewer("noah"), answer, "Thank you.")
    remove(company.viewer("tomasz"), answer)
    client = sign_in(company.noah)
    assert "Look at the coil" not in html(client.get(question.item.url))
    assert client.get(f"/items/{comment.pk}").status_code == 404


def thread_of(company, answers):
    question = company.question(topics=["Defrost"])
    for n in range(answers):
        answer = company.answer(question, f"Answer {n}.", by="tomasz")
        for _m in range(2):
            social.comment(company.viewer("noah"), answer, "And then?")
    return question


@pytest.mark.parametrize("answers", [2, 50])
def test_a_thread_is_two_queries_however_long_it_is(company, sign_in, count_queries, answers):
    question = thread_of(company, answers)
    client = sign_in(company.priya)
    client.get(question.item.url)
    with count_queries() as queries:
        page = html(client.get(question.item.url))
    assert len(queries) == 2, queries
    assert page.count('aria-label="Answer by') == answers


@pytest.mark.parametrize("comments", [2, 60])
@pytest.mark.parametrize("make", ["post", "article"])
def test_posts_and_articles_are_two_queries_however_much_is_said(company, sign_in, count_queries, make, comments):
    item = getattr(company, make)()
    for n in range(comments):
        social.comment(company.viewer("noah"), item, f"Comment {n}.")
    client = sign_in(company.priya)
    client.get(item.url)
    with count_queries() as queries:
        page = html(client.get(item.url))
    assert len(queries) == 2, queries
    assert page.count("<li id=") == min(comments, 50)


def test_more_answers_are_on_the_next_page_and_none_twice(company, sign_in):
    question = company.question()
    made = [company.answer(question, f"Answer {n}.", by="tomasz") for n in range(53)]
    social.helped(company.viewer("noah"), made[52])
    questions.accept(company.viewer("noah"), question, made[30])
    client = sign_in(company.priya)
    for order in ("useful", "newest"):
        page = html(client.get(f"{question.item.url}?order={order}"))
        more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        further = html(client.get(more))
        shown = [a.pk for a in made if f'id="item-{a.pk}"' in page]
        rest = [a.pk for a in made if f'id="item-{a.pk}"' in further]
        assert not set(shown) & set(rest)
        assert {*shown, *rest} == {a.pk for a in made}
        in_order(page, f'id="item-{made[30].pk}"', f'id="item-{made[52].pk}"')


def test_three_comments_are_shown_and_the_rest_on_asking(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    made = [social.comment(company.viewer("noah"), answer, f"Comment {n}.") for n in range(5)]
    client = sign_in(company.priya)
    page = html(client.get(question.item.url))
    assert "Comment 2." in page
    assert "Comment 3." not in page
    assert "2 more comments" in page
    part = html(client.get(f"/items/{answer.pk}/comments", headers=SCRIPT))
    assert part.lstrip().startswith("<div")
    assert all(f'id="item-{one.pk}"' in part for one in made)
    assert client.get(f"/items/{answer.pk}/comments").url == f"{question.item.url}#comments-{answer.pk}"
    last = client.get(f"/items/{made[4].pk}")
    assert last.url == f"{question.item.url}?at={made[4].pk}#item-{made[4].pk}"
    assert "Comment 4." in html(client.get(last.url))


def test_a_link_to_a_late_answer_shows_it(company, sign_in):
    question = company.question()
    made = [company.answer(question, f"Answer {n}.", by="tomasz") for n in range(53)]
    client = sign_in(company.priya)
    assert f'id="item-{made[52].pk}"' not in html(client.get(question.item.url))
    page = html(client.get(client.get(f"/items/{made[52].pk}").url))
    assert page.count(f'id="item-{made[52].pk}"') == 1
    assert "More answers" in page


def test_a_link_to_a_late_comment_opens_the_page_it_is_on(company, sign_in):
    post = company.post()
    made = [social.comment(company.viewer("noah"), post, f"Comment {n}.") for n in range(60)]
    client = sign_in(company.priya)
    page = html(client.get(client.get(f"/items/{made[55].pk}").url))
    assert "Comment 55." in page
    assert "From the first comment" in page
    early = html(client.get(client.get(f"/items/{made[5].pk}").url))
    assert "Comment 0." in early
    first = html(client.get(post.url))
    assert "More comments" in first
    assert "Comment 50." not in first


def test_items_lead_to_their_own_page(company, sign_in):
    question = company.question()
    answer, post = company.answer(question), company.post()
    client = sign_in(company.priya)
    assert client.get(f"/items/{question.pk}").url == question.item.url
    assert client.get(f"/items/{answer.pk}").url == f"{question.item.url}#item-{answer.pk}"
    assert client.get(f"/items/{post.pk}").url == post.url


def test_what_was_read_is_remembered_only_when_the_page_tells(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    client = sign_in(company.priya)
    client.get(question.item.url)
    assert not Viewed.objects.exists()
    assert client.post(f"/items/{question.pk}/seen", {"newest": answer.pk}).status_code == 204
    assert Viewed.objects.get().seen_id == answer.pk
    client.post(f"/items/{question.pk}/seen", {"newest": "nonsense"})
    assert Viewed.objects.get().seen_id == answer.pk
    later = company.answer(question, "Check the drain.", by="hassan")
    page = html(client.get(question.item.url))
    assert "1 new reply since you were here" in page
    assert f'href="#item-{later.pk}"' in page


def test_opening_tells_the_one_who_recommended_it(company, sign_in):
    post = company.post()
    social.recommend(company.viewer("priya"), post, company.noah)
    client = sign_in(company.noah)
    client.get(post.url)
    client.post(f"/items/{post.pk}/seen")
    assert Recommendation.objects.get().opened_at is not None


def test_beside_a_question_stand_people_whose_answers_are_near_to_it(company, sign_in, count_queries):
    question = company.question(topics=["Defrost"])
    before = company.question("Unit trips at six", topics=["Defrost"], by="priya")
    good = company.answer(before, by="hassan")
    company.answer(before, "No idea.", by="elena")
    questions.accept(company.viewer("priya"), before, good)
    other = company.question("Bread will not rise", source="The dough stays flat.", topics=["Bakery"], by="priya")
    social.helped(company.viewer("noah"), company.answer(other, "Warmer water.", by="fatima"))
    while follow():
        pass
    client = sign_in(company.tomasz)
    part = html(client.get(f"/items/{question.pk}/beside", headers=SCRIPT))
    assert "<html" not in part
    assert "Hassan El-Amin" in part
    assert "An answer of theirs to something like this was accepted." in part
    assert "Unit trips at six" in part
    assert "Fatima" not in part
    assert "Bread will not rise" not in part
    assert "<html" in html(client.get(f"/items/{question.pk}/beside"))


def test_beside_shows_nothing_of_spaces_one_is_not_in(company, sign_in):
    question = company.question(topics=["Doses"])
    hidden = company.question("Which dose for Mr Ives?", topics=["Doses"], space=company.medicines, by="fatima")
    answer = company.answer(hidden, by="fatima")
    questions.accept(company.viewer("fatima"), hidden, answer)
    part = html(sign_in(company.priya).get(f"/items/{question.pk}/beside", headers=SCRIPT))
    assert "Fatima" not in part
    assert "Mr Ives" not in part


def test_an_article_has_a_contents_list_and_its_headings_begin_at_two(company, sign_in):
    article = company.article(source="## Before you start\n\nText.\n\n## Readings\n\n### Low side\n\nMore.")
    page = html(sign_in(company.priya).get(article.url))
    assert '<h2 id="part-1">Before you start</h2>' in page
    assert 'href="#part-2"' in page
    assert "<h3>Low side</h3>" in page
    assert "1 minute to read" in page


def test_headings_keep_their_order_whatever_level_an_author_begins_with():
    text, contents = with_contents("<h4>One &amp; two</h4><p>x</p><h5>Three</h5>")
    assert text == '<h2 id="part-1">One &amp; two</h2><p>x</p><h3>Three</h3>'
    assert [(anchor, str(words)) for anchor, words in contents] == [("part-1", "One &amp; two")]


def test_an_edited_item_says_so(company, sign_in):
    post = company.post()
    edit(company.viewer("priya"), post, source="First frost. Carry grit.", based_on=1)
    assert "edited" in html(sign_in(company.noah).get(post.url))


def test_nothing_people_write_runs_on_the_page(company, sign_in):
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "><b>'
    question = company.question("<script>alert(2)</script>", source=hostile, topics=["<b>x"])
    answer = company.answer(question, hostile)
    social.comment(company.viewer("noah"), answer, hostile)
    page = sign_in(company.elena).get(f"/items/{question.pk}", follow=True).content.decode()
    assert page.count("&lt;script&gt;alert(1)") == 3
    for bad in ("<script>alert", "onerror=alert(1)>", 'href="javascript'):
        assert bad not in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "1 minute"),
        (41, "41 minutes"),
        (89, "89 minutes"),
        (90, "2 hours"),
        (300, "5 hours"),
        (2160, "2 days"),
        (10080, "7 days"),
    ],
)
def test_time_taken_is_said_as_people_say_it(minutes, words):
    assert took(minutes) == words


def test_talk_is_none_for_another_kind(company):
    post = company.post()
    viewer = company.viewer("noah")
    assert talk(viewer, post.pk, "post") is not None
    assert talk(viewer, post.pk, "article") is None


def test_a_recommended_answer_counts_as_opened_once_it_was_on_the_page(company, sign_in):
    question = company.question()
    first, second = company.answer(question), company.answer(question, "And the valve.", by="hassan")
    social.recommend(company.viewer("priya"), second, company.noah)
    client = sign_in(company.noah)
    client.post(f"/items/{question.item.pk}/seen", {"newest": str(first.pk)})
    assert Recommendation.objects.get().opened_at is None
    client.post(f"/items/{question.item.pk}/seen", {"newest": str(second.pk)})
    assert Recommendation.objects.get().opened_at is not None
