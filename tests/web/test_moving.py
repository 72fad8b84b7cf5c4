"""Taking something to another space from its menu, with all that was said below it, and back again."""

from html import unescape

import pytest

from watercooler.foundation.base.errors import NotAllowed
from watercooler.kinds.questions.acts import accept
from watercooler.spine.content import acts
from watercooler.spine.spaces.acts import join, let_in, make_space
from watercooler.spine.spaces.models import Access, Space

pytestmark = pytest.mark.django_db


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def tools(company):
    """A closed space that Noah and Priya are in."""
    space = make_space(company.viewer("noah"), name="Tools", objective="Sharp ones.", access=Access.CLOSED)
    join(company.viewer("priya"), space)
    let_in(company.viewer("noah"), space, company.priya)
    return space


def test_the_author_moves_a_thread_and_takes_it_back(company, sign_in, tools):
    question = company.question(by="noah")
    company.answer(question, by="priya")
    noah, at = sign_in(company.noah), f"/items/{question.pk}/moved"
    assert at in text(noah.get(question.item.url))
    page = text(noah.get(at))
    assert '<option value="tools">Tools · Closed</option>' in page
    assert "My wall and blog" in page
    assert f'value="{company.heat.slug}"' not in page
    answer = noah.post(at, {"space": "tools"})
    assert answer["Location"] == question.item.url
    assert "It is in Tools now." in text(noah.get(answer["Location"]))
    assert sign_in(company.priya).get(question.item.url).status_code == 200
    for gone in ("tomasz", "sam"):
        assert sign_in(company.people[gone]).get(question.item.url).status_code == 404
    assert sign_in(company.priya).post(f"{at}/undo").status_code == 404
    sign_in(company.noah).post(f"{at}/undo")
    assert sign_in(company.tomasz).get(question.item.url).status_code == 200


def test_counts_of_both_spaces_go_along(company, tools):
    question = company.question(by="noah")
    answer = company.answer(question, by="priya")
    accept(company.viewer("noah"), question, answer)
    before = Space.objects.get(pk=company.heat.pk)
    item = type(question.item).objects.get(pk=question.pk)
    acts.move(company.viewer("noah"), item, tools)
    here, there = Space.objects.get(pk=company.heat.pk), Space.objects.get(pk=tools.pk)
    assert (there.item_count, there.question_count, there.solved_count) == (1, 1, 1)
    assert before.solved_count - here.solved_count == before.question_count - here.question_count == 1


def test_a_host_moves_but_takes_nobodys_words_home(company, sign_in, tools):
    post = company.post("Whose ladder?", by="noah")
    make_space(company.viewer("tomasz"), name="Vans", objective="Fewer miles.")
    host = sign_in(company.tomasz)
    page = text(host.get(f"/items/{post.pk}/moved"))
    assert '<option value="vans">Vans</option>' in page
    assert "My wall and blog" not in page
    wall = Space.objects.get(owner=company.tomasz, purpose="wall")
    with pytest.raises(NotAllowed):
        acts.move(company.viewer("tomasz"), post, wall)
    refused = host.post(f"/items/{post.pk}/moved", {"space": wall.slug})
    assert refused.status_code == 422
    assert "Choose where it should go." in text(refused)


def test_where_there_is_no_other_space_the_page_says_so(company, sign_in):
    post = company.post("Whose ladder?", by="noah")
    assert "There is nowhere else to move it" in text(sign_in(company.tomasz).get(f"/items/{post.pk}/moved"))


def test_who_neither_wrote_it_nor_looks_after_it_is_offered_nothing(company, sign_in):
    post = company.post("Whose ladder?", by="noah")
    priya = sign_in(company.priya)
    assert f"/items/{post.pk}/moved" not in text(priya.get(post.url))
    assert priya.get(f"/items/{post.pk}/moved").status_code == 403
