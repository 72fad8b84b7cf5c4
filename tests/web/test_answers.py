"""Answering a question, and accepting what solved it."""

from html import unescape

import pytest

from watercooler.kinds.questions.models import Question
from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _quick_writers(settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000


def html(response):
    assert response.status_code == 200, response.content[:300]
    return unescape(response.content.decode())


def test_only_the_asker_and_hosts_are_offered_to_accept(company, sign_in):
    question = company.question()
    company.answer(question, by="priya")
    assert "Accept this answer" in html(sign_in(company.noah).get(question.item.url))
    assert "Accept this answer" in html(sign_in(company.hassan).get(question.item.url))
    assert "Accept this answer" not in html(sign_in(company.elena).get(question.item.url))


def test_accepting_without_script_marks_it_and_offers_undo(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    client = sign_in(company.noah)
    response = client.post(f"/q/{question.pk}/accepted/{answer.pk}")
    assert response.status_code == 302
    page = html(client.get(response.url))
    assert "accepted this answer" in page
    undo = f"/q/{question.pk}/accepted/{answer.pk}/undo"
    assert f'action="{undo}"' in page
    assert client.post(undo).status_code == 302
    assert Question.objects.get().accepted_answer_id is None
    assert "Not solved yet" in html(client.get(question.item.url))


def test_accepting_by_script_returns_the_parts_that_changed(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    part = html(sign_in(company.noah).post(f"/q/{question.pk}/accepted/{answer.pk}", headers=SCRIPT))
    assert "<html" not in part
    for piece in ('id="q-state"', 'id="answers"', "Solved in", "data-toast"):
        assert piece in part


def test_accepting_twice_or_another_answer_changes_nothing(company, sign_in):
    question = company.question()
    first, second = company.answer(question), company.answer(question, "Check the drain.", by="priya")
    client = sign_in(company.noah)
    for answer in (first, first, second):
        client.post(f"/q/{question.pk}/accepted/{answer.pk}")
    assert Question.objects.get().accepted_answer == first
    client.post(f"/q/{question.pk}/accepted/{second.pk}/undo")
    assert Question.objects.get().accepted_answer == first


def test_others_cannot_accept_and_outsiders_find_nothing(company, sign_in):
    question = company.question()
    answer = company.answer(question)
    assert sign_in(company.elena).post(f"/q/{question.pk}/accepted/{answer.pk}").status_code == 403
    hidden = company.question(space=company.medicines, by="fatima")
    inside = company.answer(hidden, by="fatima")
    assert sign_in(company.priya).post(f"/q/{hidden.pk}/accepted/{inside.pk}").status_code == 404
    assert sign_in(company.noah).post(f"/q/{question.pk}/accepted/{inside.pk}").status_code == 404


def test_answering_without_script_leads_to_the_answer(company, sign_in):
    question = company.question()
    client = sign_in(company.priya)
    response = client.post(f"/q/{question.pk}/answers", {"source": "Look at the **coil**.", "key": "7" * 32})
    made = Item.objects.get(kind="answer")
    assert response.url == f"{question.item.url}?at={made.pk}#item-{made.pk}"
    assert "<strong>coil</strong>" in html(client.get(response.url))


def test_an_answer_sent_twice_is_kept_once(company, sign_in):
    question = company.question()
    client = sign_in(company.priya)
    for _time in range(2):
        client.post(f"/q/{question.pk}/answers", {"source": "Look at the coil.", "key": "7" * 32})
    assert Item.objects.filter(kind="answer").count() == 1


def test_answering_by_script_returns_the_answers_and_an_empty_form(company, sign_in):
    question = company.question()
    part = html(sign_in(company.priya).post(f"/q/{question.pk}/answers", {"source": "The coil."}, headers=SCRIPT))
    for piece in ("The coil.", 'id="answers"', 'id="answer"', "1 answer"):
        assert piece in part
    assert "<html" not in part


def test_an_empty_answer_is_refused_beside_the_field_and_the_key_stays(company, sign_in):
    question = company.question()
    client = sign_in(company.priya)
    response = client.post(f"/q/{question.pk}/answers", {"source": "  ", "key": "7" * 32})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Write something first." in page
    assert 'aria-invalid="true"' in page
    assert "7" * 32 in page
    refused = client.post(f"/q/{question.pk}/answers", {"source": ""}, headers=SCRIPT)
    assert refused.status_code == 422
    assert 'data-field="source"' in refused.content.decode()
