"""The pages of a check: who sees it where, who is offered it, and what a stale or foreign form comes to."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.programs import Program, of
from watercooler.kinds.questions.acts import accept
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts
from watercooler.spine.content.checked import show_checks
from watercooler.spine.content.models import Check, Item
from watercooler.spine.social.acts import comment

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
SAFE = "Checked safe by Hassan El-Amin"


def seen(response):
    return unescape(response.content.decode())


@pytest.fixture
def answer(company):
    return company.answer(company.question(), by="priya")


def check(company, item, by="hassan", **more):
    return acts.check(company.viewer(by), Item.objects.get(pk=item.pk), revision=1, **more)


def page_of(company, sign_in, item, who="noah"):
    return seen(sign_in(company.people[who]).get(Item.objects.get(pk=item.pk).url.partition("#")[0], follow=True))


def test_a_host_reads_it_checks_it_and_it_stands_beside_the_answer(company, sign_in, answer):
    browser, address = sign_in(company.hassan), f"/items/{answer.pk}/checked"
    form = seen(browser.get(address))
    assert "Look at the coil first." in form, "what is checked is what is shown"
    assert 'name="revision" value="1"' in form
    done = browser.post(address, {"revision": 1, "attached": "", "months": "6", "note": "By the book."})
    assert (done.status_code, done["Location"]) == (302, answer.url)
    assert "Checked. Priya Raman knows." in seen(browser.get(answer.url, follow=True))
    assert SAFE in page_of(company, sign_in, answer)
    told = seen(sign_in(company.noah).get(address))
    assert "By the book." in told
    assert "check-form" not in told


def test_beside_an_accepted_answer_both_are_said(company, sign_in, answer):
    question = answer.parent.question
    accept(company.viewer("noah"), question, answer)
    check(company, answer)
    page = page_of(company, sign_in, answer)
    assert "Noah Whitfield accepted this answer" in page
    assert SAFE in page


@pytest.mark.parametrize("make", ["post", "article"])
def test_posts_and_articles_say_it_on_their_page_and_card(company, sign_in, make):
    item = company.post(by="priya") if make == "post" else company.article(by="priya")
    assert "Checked" not in page_of(company, sign_in, item)
    check(company, item)
    assert SAFE in page_of(company, sign_in, item)
    assert "Checked safe" in seen(sign_in(company.noah).get(company.heat.url))


def test_the_card_of_the_question_says_it_of_the_answer_that_solved_it(company, sign_in, answer):
    accept(company.viewer("noah"), answer.parent.question, answer)
    space = company.heat.url
    assert "Checked safe" not in seen(sign_in(company.noah).get(space))
    check(company, answer)
    assert "Checked safe" in seen(sign_in(company.noah).get(space))


def test_search_says_it(company, sign_in):
    item = company.article("Trace heater resistance", by="priya")
    check(company, item)
    while follow():
        pass
    assert "checked safe" in seen(sign_in(company.noah).get("/search?q=resistance"))
    assert sign_in(company.noah).get("/search?q=resistance").status_code == 200
    acts.uncheck(company.viewer("hassan"), item)
    assert "checked safe" not in seen(sign_in(company.noah).get("/search?q=resistance"))


def test_an_edit_and_the_last_day_take_the_mark_away_wherever_it_was_kept(company, sign_in, answer):
    check(company, answer)
    assert SAFE in page_of(company, sign_in, answer)
    Check.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    show_checks([answer.pk])
    over = page_of(company, sign_in, answer)
    assert SAFE not in over
    assert "Last checked by Hassan El-Amin" in over
    check(company, answer)
    acts.edit(company.viewer("priya"), Item.objects.get(pk=answer.pk), source="Top it up.", based_on=1)
    edited = page_of(company, sign_in, answer)
    assert SAFE not in edited
    assert "Checked by Hassan El-Amin before its last edit" in edited


def test_a_kept_page_forgets_the_mark_when_its_day_has_passed(company, sign_in, answer, monkeypatch):
    """Nothing is written at midnight: the day itself is part of what the kept HTML is found by."""
    post = company.post(by="priya")
    for item in (answer, post):
        check(company, item, months=3)
    assert SAFE in page_of(company, sign_in, answer)
    assert "Checked safe" in seen(sign_in(company.noah).get(company.heat.url))
    later = timezone.localdate() + timedelta(days=93)
    monkeypatch.setattr(timezone, "localdate", lambda *given, **named: later)
    assert SAFE not in page_of(company, sign_in, answer)
    assert "Checked safe" not in seen(sign_in(company.noah).get(company.heat.url))


@pytest.mark.parametrize(("who", "offered"), [("hassan", True), ("elena", True), ("ines", True), ("noah", False)])
def test_the_menu_offers_it_to_those_who_may(company, sign_in, answer, who, offered):
    assert ("Mark as checked" in page_of(company, sign_in, answer, who)) == offered


def test_nobody_is_offered_to_check_themselves_or_a_question(company, sign_in):
    answer = company.answer(company.question(), by="hassan")
    assert "Mark as checked" not in page_of(company, sign_in, answer, "hassan")


@pytest.mark.parametrize(("who", "sentence"), [("noah", "Only a host"), ("sam", "Only a host"), ("priya", "Somebody")])
def test_who_may_not_is_told_why(company, sign_in, answer, who, sentence):
    refused = sign_in(company.people[who]).post(f"/items/{answer.pk}/checked", {"revision": 1})
    assert refused.status_code == 403
    assert sentence in seen(refused)
    assert not Check.objects.exists()


def test_what_is_hidden_or_removed_is_not_there(company, sign_in, answer):
    secret = company.post("Nobody knows.", by="ruth", space=company.council)
    gone = company.post("Never mind.", by="priya")
    acts.remove(company.viewer("priya"), gone)
    for item in (secret, gone):
        for who in ("hassan", "ines"):
            browser, address = sign_in(company.people[who]), f"/items/{item.pk}/checked"
            assert browser.get(address).status_code == 404
            for path in ("", "/undo", "/hassan/taken-away"):
                assert browser.post(address + path, {"revision": 1, "reason": "x"}).status_code == 404


def test_a_stale_form_shows_the_new_text_and_keeps_what_was_typed(company, sign_in, answer):
    browser, address = sign_in(company.hassan), f"/items/{answer.pk}/checked"
    acts.edit(company.viewer("priya"), answer, source="Top it up.", based_on=1)
    stale = browser.post(address, {"revision": 1, "months": "24", "note": "Read it twice."})
    page = seen(stale)
    assert stale.status_code == 409
    assert not Check.objects.exists()
    assert "changed while you were reading" in page
    assert "Top it up." in page
    assert 'name="revision" value="2"' in page
    assert "Read it twice." in page
    assert browser.post(address, {"revision": 2, "attached": "7"}).status_code == 409, "a file that is not there"
    script = browser.post(address, {"revision": 1}, headers=SCRIPT)
    assert script.status_code == 409
    assert "data-refused" in seen(script)
    assert browser.post(address, {"revision": 2, "months": "24"}).status_code == 302
    assert Check.objects.get().revision == 2


@pytest.mark.parametrize(
    "typed", [{}, {"revision": "x"}, {"revision": 1, "months": "7"}, {"revision": 1, "note": "x" * 301}]
)
def test_a_bent_form_is_refused_beside_its_field(company, sign_in, answer, typed):
    refused = sign_in(company.hassan).post(f"/items/{answer.pk}/checked", typed)
    assert refused.status_code == 422
    assert not Check.objects.exists()


def test_a_script_gets_the_changed_mark_and_the_way_back(company, sign_in, answer):
    browser, address = sign_in(company.hassan), f"/items/{answer.pk}/checked"
    done = seen(browser.post(address, {"revision": 1}, headers=SCRIPT))
    assert f'id="checked-{answer.pk}"' in done
    assert SAFE in done
    assert f"{address}/undo" in done
    shown = seen(browser.get(address, headers=SCRIPT))
    assert "<html" not in shown
    assert "Take it back" in shown
    back = seen(browser.post(f"{address}/undo", headers=SCRIPT))
    assert f'id="checked-{answer.pk}"></span>' in back, "the mark goes"
    assert SAFE not in page_of(company, sign_in, answer)


def test_a_colleague_takes_it_away_and_the_checker_reads_why(company, sign_in, answer):
    check(company, answer)
    address = f"/items/{answer.pk}/checked/hassan/taken-away"
    assert sign_in(company.noah).post(address, {"reason": "No."}).status_code == 403
    lead = sign_in(company.elena)
    unsaid = lead.post(address, {"reason": " "})
    assert unsaid.status_code == 422
    assert "Tell them why, in a sentence." in seen(unsaid)
    assert lead.post(f"/items/{answer.pk}/checked/noah/taken-away", {"reason": "x"}).status_code == 404
    assert lead.post(address, {"reason": "The rules changed in May."}).status_code == 302
    while follow():
        pass
    inbox = seen(sign_in(company.hassan).get("/inbox"))
    assert "took your check of" in inbox
    assert "The rules changed in May." in inbox


def test_the_inbox_tells_authors_and_checkers(company, sign_in, answer):
    check(company, answer, note="By the book.")
    Check.objects.update(ends_on=timezone.localdate() + timedelta(days=3))
    acts.remind_of_checks()
    while follow():
        pass
    author = seen(sign_in(company.priya).get("/inbox"))
    assert "checked what you wrote" in author
    assert "By the book." in author
    checker = sign_in(company.hassan)
    assert "ends soon. Read it again, or let it end" in seen(checker.get("/inbox"))
    line = company.hassan.notifications.get(kind="recheck")
    assert checker.get(f"/inbox/{line.pk}")["Location"].endswith(f"/items/{answer.pk}/checked")


def test_a_thread_with_checks_is_still_two_queries(company, sign_in, count_queries):
    question = company.question()
    for by in ("priya", "tomasz"):
        check(company, company.answer(question, by=by))
    browser = sign_in(company.noah)
    browser.get(question.item.url)
    with count_queries() as queries:
        page = seen(browser.get(question.item.url))
    assert page.count(SAFE) == 2
    assert len(queries) == 2, queries


def test_programs_read_it_do_it_and_take_it_back(company, answer):
    host = Program(company, "hassan")
    path = f"/items/{answer.pk}/checked"
    of(host.put(path, {"revision": 1, "months": 24, "note": "By the book."}), 204)
    told = of(host.get(path))
    assert [(one["handle"], one["stands"], one["note"]) for one in told["checks"]] == [("hassan", True, "By the book.")]
    assert of(host.get(f"/items/{answer.pk}"))["details"]["checked"]["handle"] == "hassan"
    of(host.put(path, {"revision": 2}), 409)
    of(host.put(path, {"revision": 1, "files": [1]}), 409)
    of(host.put(path, {"revision": 1, "months": 7}), 422)
    of(host.delete(path), 204)
    assert of(host.get(path)) == {"checks": [], "may_check": True}
    assert not of(Program(company, "noah").get(path))["may_check"]
    assert Activity.objects.filter(verb="checked").count() == 2


def test_who_could_check_is_said_only_of_what_can_be_checked(company, sign_in, answer):
    talk = comment(company.viewer("noah"), answer, "Which coil?")
    browser = sign_in(company.noah)
    assert "Hosts of Heat Pump Engineers" in seen(browser.get(f"/items/{answer.pk}/checked"))
    page = seen(browser.get(f"/items/{talk.pk}/checked"))
    assert "Nobody has checked this yet." in page
    assert "Hosts of" not in page


def test_the_answers_on_a_profile_say_what_was_checked(company, sign_in, answer):
    noah, page = sign_in(company.noah), "/people/priya/answers"
    assert "Checked safe" not in seen(noah.get(page))
    check(company, answer)
    assert "Checked safe" in seen(noah.get(page))
    Check.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    show_checks([answer.pk])
    assert "Checked safe" not in seen(noah.get(page))
