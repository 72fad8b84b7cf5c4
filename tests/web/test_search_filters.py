"""Filters in the search box: alone, by name, in another language, mistaken; and taken off again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from tests.programs import Program, of
from watercooler.kinds.questions.acts import accept
from watercooler.projections.search import listing, reads, statistics
from watercooler.projections.search.days import day_called
from watercooler.projections.search.query import parse
from watercooler.projections.search.saved.asked import chosen_of
from watercooler.spine.activity.worker import follow
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.models import Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(company):
    question = company.question("Low-pressure lockout on the first cold morning", topics=["Cold snaps"])
    company.answer(question, "Force a defrost and wait twenty minutes.")
    company.article("Defrost for bakers", by="hassan")
    company.post("Minutes about redundancies", by="ruth", space=company.council, topics=["Severance"])
    follow()
    return company


def page(client, q, **more):
    return re.sub("</?mark>", "", unescape(client.get("/search", {"q": q, **more}).content.decode()))


def shown(client, q, **more):
    return re.findall(r'<h2><a href="(/[qap]/\d+)', page(client, q, **more))


def test_filters_alone_list_what_they_leave_newest_first(filled, sign_in):
    client = sign_in(filled.priya)
    assert len(shown(client, "from:tomasz")) == 1
    assert "twenty minutes" in page(client, "from:tomasz")
    assert len(shown(client, "in:heat-pump-engineers")) == 2
    assert "Defrost for bakers" in page(client, "kind:article")
    assert len(shown(client, "topic:cold-snaps")) == 1
    assert shown(client, "is:solved kind:question") == []
    assert shown(client, "after:2000")
    assert not shown(client, "before:2000")


def test_threads_of_all_kinds_come_newest_first_and_replies_where_they_are_asked_for(filled, sign_in):
    filled.post("Minutes about lunch", by="hassan")
    question = filled.question("Newest of all?", topics=["Cold snaps"])
    filled.answer(question, "Nobody knows yet.")
    follow()
    client = sign_in(filled.priya)
    order = [address[:3] for address in shown(client, "after:2000")]
    assert order == ["/q/", "/p/", "/a/", "/q/"]
    assert "Nobody knows yet" in page(client, "kind:answer")
    assert len(shown(client, "kind:answer")) == 2
    assert len(shown(client, "kind:answer in:heat-pump-engineers after:2000")) == 2
    assert shown(client, "kind:answer before:2000") == []
    assert len(shown(client, "topic:cold-snaps in:heat-pump-engineers kind:question")) == 2


def test_hidden_replies_push_no_others_off_the_list(filled, sign_in, monkeypatch):
    for number in range(3):
        comment(filled.viewer("ruth"), filled.post(f"Pay {number}", by="ruth", space=filled.council), "Not yet.")
    monkeypatch.setattr(listing, "REPLIES", listing.REPLIES.replace(str(listing.MOST_REPLIES), "3"))
    for kept in (listing.found, listing.listing):
        kept.cache_clear()
    follow()
    assert len(shown(sign_in(filled.priya), "kind:answer")) == 1
    assert len(shown(sign_in(filled.ruth), "kind:comment")) == 3
    for kept in (listing.found, listing.listing):
        kept.cache_clear()


@pytest.mark.parametrize("q", ["in:works-council", "from:ruth", "topic:severance", "kind:post", "after:2000"])
def test_filters_alone_show_nothing_hidden(filled, sign_in, q):
    html = page(sign_in(filled.priya), q)
    assert "redundancies" not in html
    assert "Works council" not in html


def work(viewer, q):
    """Return what each step of the listing read: (what it is, from where, how many rows, by how many turns)."""
    query = parse(q)
    asked, values = listing.asking(viewer, query, chosen_of(query, {}))
    with connection.cursor() as cursor:
        cursor.execute("analyze content_item, search_searchentry, spaces_space")  # or what earlier tests left decides
        # As where there is much: tables of a few rows are read whole.
        for other in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"set local enable_{other} = off")
        cursor.execute(f"explain (analyze, format json) {listing.listing(asked)}", {**values, "many": 21})
        plan = cursor.fetchone()[0][0]["Plan"]
    return list(_steps(plan))


def _steps(plan):
    # That a space with such an address is there, the one row of its index tells.
    if not plan.get("Index Name", "").startswith("spaces_space_slug"):
        yield plan["Node Type"], plan.get("Index Name", ""), plan["Actual Rows"], plan.get("Rows Removed by Filter", 0)
    for below in plan.get("Plans", []):
        yield from _steps(below)


def test_a_space_that_one_may_not_read_costs_what_one_that_is_not_there_costs(filled):
    for number in range(20):
        filled.answer(filled.question(f"Pay {number}?", by="ruth", space=filled.council), "Not yet.", by="ruth")
    follow()
    for name in ("priya", "sam"):
        for more in ("", " kind:answer", " kind:question", " is:open", " topic:severance"):
            hidden = work(filled.viewer(name), f"in:{filled.council.slug}{more}")
            assert hidden == work(filled.viewer(name), f"in:nowhere{more}"), (name, more)
    assert work(filled.viewer("ruth"), f"in:{filled.council.slug}") != work(filled.viewer("ruth"), "in:nowhere")


@pytest.mark.parametrize("q", ["kind:answer", "kind:answer after:2000", "after:2000", "is:open"])
def test_a_guest_s_list_reads_nothing_of_what_they_may_not_read(filled, q):
    for number in range(20):
        question = filled.question(f"Dose {number}?", by="fatima", space=filled.medicines)
        filled.answer(question, "Half.", by="fatima")
        filled.post(f"Lunch {number}.", by="hassan", space=Space.objects.get(purpose="wall", owner=filled.hassan))
    follow()
    assert max(sum(step[2:]) for step in work(filled.viewer("sam"), q)) <= 10


@pytest.mark.parametrize("q", ["is:solved", "is:solved kind:question", "is:open"])
def test_solved_questions_are_listed_without_reading_the_open_ones(filled, q):
    for number in range(20):
        question = filled.question(f"Pressure {number}?", by="hassan")
        if q == "is:open":
            accept(filled.viewer("hassan"), question, filled.answer(question, "Two bar.", by="hassan"))
    follow()
    steps = work(filled.viewer("noah"), q)
    assert "item_state_newest" in [step[1] for step in steps]
    assert max(sum(step[2:]) for step in steps) <= 4


def test_answers_are_listed_by_what_their_question_is_about(filled, sign_in):
    assert "twenty minutes" in page(sign_in(filled.priya), "kind:answer topic:cold-snaps")
    assert "twenty minutes" in page(sign_in(filled.priya), "from:tomasz topic:cold-snaps")
    assert "twenty minutes" not in page(sign_in(filled.priya), "kind:answer topic:severance")


def test_a_hidden_space_or_topic_is_answered_like_none(filled, sign_in):
    client = sign_in(filled.priya)
    for filter_name, hidden in (("in", filled.council.slug), ("topic", "severance")):
        there = page(client, f"{filter_name}:{hidden}").replace(hidden, "X")
        not_there = page(client, f"{filter_name}:nowhere").replace("nowhere", "X")
        assert there == not_there


@pytest.mark.parametrize(
    "q",
    [
        'in:"Heat pump engineers" lockout',
        'from:"noah whitfield" lockout',
        'topic:"Cold snaps" lockout',
        "kind:Frage lockout",
        "kind:questions lockout",
        "after:yesterday lockout",
        "before:31.12.2999 lockout",
    ],
)
def test_names_and_words_of_the_house_are_understood(filled, sign_in, q):
    assert "first cold morning" in page(sign_in(filled.priya), q)


@pytest.fixture
def solved(filled):
    question = filled.question("Lockout after the defrost?")
    accept(filled.viewer("noah"), question, filled.answer(question, "Bleed it after every lockout."))
    follow()
    return filled


@pytest.mark.parametrize("said", ["solved:no", "is:open", "solved:nein", "is:offen", "is:unsolved"])
@pytest.mark.parametrize("words", ["", " lockout", " minutes"])
def test_questions_without_an_accepted_answer(solved, sign_in, said, words):
    client = sign_in(solved.priya)
    assert len(shown(client, said + words)) == 1
    assert "first cold morning" in page(client, said + words)
    assert shown(client, said + words + " kind:article") == []


@pytest.mark.parametrize("said", ["solved:yes", "is:solved", "is:gelöst"])
def test_an_answer_is_solved_as_its_question_is(solved, sign_in, said):
    client = sign_in(solved.priya)
    for words in ("kind:answer", "twenty minutes", "from:tomasz"):
        assert "twenty minutes" not in page(client, f"{said} {words}").partition('class="col"')[2]
    assert len(shown(client, f"{said} kind:answer")) == 1
    assert "Bleed it" in page(client, f"{said} bleed")
    assert "twenty minutes" in page(client, "is:open kind:answer")


def test_open_questions_are_a_facet_that_is_taken_off_again(solved, sign_in):
    client = sign_in(solved.priya)
    html = page(client, "lockout")
    facet = re.search(r'href="([^"]+)">Open questions', html)
    assert facet
    narrowed = unescape(client.get(facet[1]).content.decode())
    assert len(re.findall(r'<h2><a href="/q/', narrowed)) == 1
    assert "solved=0" not in re.search(r'Open questions.*?href="([^"]+)"', narrowed, re.S)[1]
    assert shown(client, "lockout", solved="banana") == shown(client, "lockout")


def test_programs_ask_for_open_questions_and_keep_that(solved):
    priya = Program(solved, "priya")
    for asked in ("solved=false&q=lockout", "solved=false&q=kind:question", "q=is:open"):
        assert len(of(priya.get(f"/search?{asked}"))["hits"]) == 1, asked
    assert len(of(priya.get("/search?q=lockout&kind=question"))["hits"]) == 2
    kept = of(priya.post("/me/searches", {"q": "lockout", "solved": False}), 201)
    assert (kept["solved"], kept["name"]) == (False, "lockout · open")


@pytest.mark.parametrize("q", ["author:tomasz", "von:tomasz", "by:tomasz kind:answer", "author:@tomasz art:Antwort"])
def test_filters_have_other_names_too(filled, sign_in, q):
    html = page(sign_in(filled.priya), q)
    assert "twenty minutes" in html
    assert "is no filter" not in html


@pytest.mark.parametrize(
    "q", ["autor:tomasz", "https://x.example/lockout", "std::vector", "lockout 10:30", '"autor:x"']
)
def test_nobody_is_said_to_have_meant_another_filter(filled, sign_in, q):
    statistics.count_words()
    html = page(sign_in(filled.priya), q)
    assert "Did you mean" not in html
    assert ("is no filter" in html) == (q == "autor:tomasz")


def test_a_star_is_a_beginning(filled, sign_in, monkeypatch):
    filled.post("Devro, devro, devro.")
    filled.post("Devro again.")
    follow()
    statistics.count_words()
    client = sign_in(filled.priya)
    for q in ("defro*", "defro* bakers", "bakers defro*", "bakers DEFRO* for"):
        html = page(client, q)
        assert "Defrost for bakers" in html, q
        assert "Did you mean" not in html
        assert "Devro" not in html
    assert "Did you mean" in page(client, "defro bakers")
    monkeypatch.setattr(reads, "MOST_BEGUN", 0)
    assert "Too much begins with “defro”" in page(client, "defro* bakers")


def test_from_me_is_oneself(filled, sign_in):
    assert "first cold morning" in page(sign_in(filled.noah), "from:me")


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("from:nobody lockout", "Nobody you can see is called “nobody”."),
        ("in:nowhere lockout", "You can see no space called “nowhere”."),
        ("topic:nothing lockout", "Nothing you can see has the topic “nothing”."),
        ("kind:banana lockout", "Nothing here is a “banana”. There are: question"),
        ("before:sometime lockout", "“sometime” is no day."),
        ("solved:perhaps lockout", "You can ask for “is:solved” or “is:open”"),
        ("autor:tomasz lockout", "“autor:” is no filter and was looked for as a word. There are: from:, in:"),
        ("lock*out", "A star stands for the end of a word"),
        ("*lockout", "A star stands for the end of a word"),
        ("is:banana", "You can ask for “is:solved” or “is:open”"),
    ],
)
def test_what_cannot_be_understood_is_said(filled, sign_in, q, sentence):
    assert sentence in page(sign_in(filled.priya), q)


def test_a_typed_filter_can_be_taken_off_by_its_chip(filled, sign_in):
    client = sign_in(filled.priya)
    html = page(client, "defrost from:hassan before:2999")
    chip = re.search(r'<p class="row-x wrap-x applied">.*?href="([^"]+)"', html, re.S)
    assert chip
    assert "from" not in chip[1]
    assert len(re.findall(r'<h2><a href="/[qap]/', unescape(client.get(chip[1]).content.decode()))) == 2
    assert "before" in chip[1]


def test_a_kind_that_is_none_can_be_taken_off_too(filled, sign_in):
    client = sign_in(filled.priya)
    chip = re.search(r'<p class="row-x wrap-x applied">.*?href="([^"]+)"', page(client, "lockout kind:banana"), re.S)
    assert chip
    assert "banana" not in chip[1]
    assert "Low-pressure lockout" in re.sub("</?mark>", "", client.get(chip[1]).content.decode())
    assert " applied" not in page(client, "lockout kind:answer")


def test_what_narrows_a_search_is_called_by_its_name(filled, sign_in):
    client = sign_in(filled.priya)
    for asked in (
        {"q": "defrost in:heat-pump-engineers from:tomasz"},
        {"q": "in:heat-pump-engineers topic:cold-snaps"},
    ):
        chips = page(client, **asked).split(' applied">')[1].split("</p>")[0]
        assert ">Heat Pump Engineers" in chips
        assert "@tomasz" in chips if "from" in asked["q"] else "#cold-snaps" in chips
    assert ">Cold snaps<" in page(client, "cold topic:cold-snaps").split(' applied">')[1].split("</p>")[0]
    hidden = page(client, "defrost in:works-council").split(' applied">')[1].split("</p>")[0]
    assert "works-council" in hidden
    assert "Works council" not in hidden


def test_a_page_of_filters_alone_costs_two_queries(filled, sign_in, count_queries):
    client = sign_in(filled.priya)
    client.get("/search", {"q": "from:tomasz"})
    with count_queries() as counted:
        assert client.get("/search", {"q": "from:hassan"}).status_code == 200
    assert len(counted) <= 2


def test_programs_get_the_same(filled):
    priya = Program(filled, "priya")
    assert [hit["kind"] for hit in of(priya.get("/search?q=from:tomasz"))["hits"]] == ["answer"]
    said = of(priya.get("/search?q=from:nobody+lockout"))
    assert said["hits"] == []
    assert said["unclear"] == ["Nobody you can see is called “nobody”."]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("2026-11", date(2026, 11, 1)),
        ("2026", date(2026, 1, 1)),
        ("30.11.2026", date(2026, 11, 30)),
        ("2026-13", None),
        ("31.2.2026", None),
        ("0000", None),
        ("soon", None),
    ],
)
def test_days_are_read_as_people_type_them(said, day):
    assert day_called(said) == day
    assert day_called("Yesterday") == timezone.localdate() - timedelta(days=1)
