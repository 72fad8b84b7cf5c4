"""Commenting on anything, with and without script."""

from html import unescape

import pytest

from watercooler.spine.content.models import Item
from watercooler.spine.social import acts as social

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def seen(response):
    """Return the page as a browser reads it, with its escapes resolved."""
    return unescape(response.content.decode())


def test_commenting_without_script_leads_to_the_comment_with_undo(company, sign_in):
    question, client = company.question(), sign_in(company.priya)
    response = client.post(f"/items/{question.pk}/comments", {"source": "Which model?"})
    made = Item.objects.get(kind="comment")
    assert response.url == f"{question.item.url}?at={made.pk}#item-{made.pk}"
    page = seen(client.get(response.url))
    assert "Which model?" in page
    assert f'action="/items/{made.pk}/remove"' in page


def test_commenting_by_script_returns_the_comments_of_that_item(company, sign_in):
    question, client = company.question(), sign_in(company.priya)
    answer = company.answer(question)
    part = seen(client.post(f"/items/{answer.pk}/comments", {"source": "Thank you."}, headers=SCRIPT))
    assert f'id="comments-{answer.pk}"' in part
    assert "Thank you." in part
    assert "<html" not in part


@pytest.mark.parametrize("make", ["post", "article"])
def test_a_whole_comment_form_gets_the_talk_and_itself_empty_again(company, sign_in, make):
    item, client = getattr(company, make)(), sign_in(company.noah)
    part = seen(client.post(f"/items/{item.pk}/comments", {"source": "Same here.", "whole": "1"}, headers=SCRIPT))
    assert 'id="replies"' in part
    assert 'id="reply"' in part
    assert "Same here." in part
    assert "1 comment" in part


def test_a_comment_on_a_comment_stands_beside_it(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    first = social.comment(company.viewer("tomasz"), post, "Same in Glasgow.")
    client.post(f"/items/{first.pk}/comments", {"source": "How cold?"})
    assert Item.objects.get(source="How cold?").parent_id == post.pk
    assert Item.objects.get(pk=post.pk).comment_count == 2


def test_a_comment_sent_twice_is_kept_once_and_an_empty_one_not_at_all(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    for _time in range(2):
        client.post(f"/items/{post.pk}/comments", {"source": "Same here.", "key": "3" * 32})
    assert Item.objects.filter(kind="comment").count() == 1
    refused = client.post(f"/items/{post.pk}/comments", {"source": " "}, headers=SCRIPT)
    assert refused.status_code == 422
    assert 'data-field="source"' in seen(refused)
    assert client.post(f"/items/{post.pk}/comments", {"source": "x", "key": "nonsense"}).status_code == 302


def test_comments_on_what_cannot_be_read_are_not_taken(company, sign_in):
    hidden = company.post(space=company.medicines, by="fatima")
    client = sign_in(company.noah)
    assert client.post(f"/items/{hidden.pk}/comments", {"source": "Hello."}).status_code == 404
    assert client.get(f"/items/{hidden.pk}/comments", headers=SCRIPT).status_code == 404
