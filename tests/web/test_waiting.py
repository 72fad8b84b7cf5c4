"""What is hidden, scheduled or a draft: its author reads it, with the reason; for everybody else it is not there."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from watercooler.kinds.articles.acts import write
from watercooler.spine.content import acts
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.social import acts as social

pytestmark = pytest.mark.django_db
OTHERS = ("priya", "hassan", "elena", "ines", "sam")


def made(company, kind):
    by = {"post": company.post, "article": company.article}
    return company.question(by="noah").item if kind == "question" else by[kind](by="noah")


@pytest.mark.parametrize("kind", ["post", "question", "article"])
def test_its_author_reads_a_hidden_thing_and_why_it_is_hidden(company, sign_in, kind):
    item = made(company, kind)
    acts.hold(company.viewer("hassan"), item, "Please take the customer’s address out.")
    page = sign_in(company.noah).get(item.url)
    assert page.status_code == 200
    assert "Please take the customer’s address out." in unescape(page.text)
    assert "Only you and the hosts of Heat Pump Engineers see it" in page.text
    assert f'href="/items/{item.pk}/edit"' in page.text
    for name in OTHERS:
        assert sign_in(company.people[name]).get(item.url).status_code == 404, name
        assert sign_in(company.people[name]).get(f"/items/{item.pk}").status_code == 404, name


def test_its_author_reads_a_hidden_answer_by_its_own_address(company, sign_in):
    question = company.question(by="priya")
    answer = company.answer(question, "Bypass the switch.", by="noah")
    acts.hold(company.viewer("hassan"), answer, "Somebody will try this.")
    page = sign_in(company.noah).get(f"/items/{answer.pk}")
    assert "Bypass the switch." in page.text
    assert "Somebody will try this." in page.text
    assert f'href="{question.item.url}"' in unescape(page.text)
    assert sign_in(company.priya).get(f"/items/{answer.pk}").status_code == 404


def test_who_was_hidden_by_many_flags_reads_that(company, sign_in):
    post = company.post(by="noah")
    for name in ("priya", "elena", "tomasz"):
        social.flag(company.viewer(name), post, "unkind")
    assert "3 people flagged this" in sign_in(company.noah).get(post.url).text


def test_its_author_changes_a_hidden_thing_and_a_host_brings_the_change_back(company, sign_in):
    post = company.post("Ring Mrs Shaw on 0113 496 0000.", by="noah")
    acts.hold(company.viewer("hassan"), post, "Please take the number out.")
    changed = {"source": "Ring Mrs Shaw.", "based_on": Item.objects.get(pk=post.pk).revision}
    assert sign_in(company.noah).post(f"/items/{post.pk}/edit", changed).status_code == 302
    acts.restore(company.viewer("hassan"), Item.objects.get(pk=post.pk))
    now = Item.objects.get(pk=post.pk)
    assert (now.state, now.source) == (State.LIVE, "Ring Mrs Shaw.")


def test_its_author_reads_a_scheduled_article(company, sign_in):
    item = write(
        company.viewer("noah"), company.heat, "Next week", "Not yet.", publish_at=timezone.now() + timedelta(days=7)
    )
    page = sign_in(company.noah).get(item.url)
    assert "Not yet." in page.text
    assert "Until then only you see it." in page.text
    for name in OTHERS:
        assert sign_in(company.people[name]).get(item.url).status_code == 404, name


def test_an_address_of_another_kind_shows_nothing(company, sign_in):
    post = company.post(by="noah")
    acts.hold(company.viewer("hassan"), post, "Look at it again.")
    assert sign_in(company.noah).get(f"/q/{post.pk}/anything").status_code == 404


@pytest.mark.parametrize("kind", ["post", "question", "article"])
def test_its_author_brings_back_what_they_removed_from_its_own_address(company, sign_in, kind):
    """However long ago that was: the toast that offers to undo it is gone with the next page."""
    item = made(company, kind)
    acts.remove(company.viewer("noah"), item)
    noah = sign_in(company.noah)
    page = unescape(noah.get(item.url).content.decode())
    assert "You removed this." in page
    assert f'action="/items/{item.pk}/restore"' in page
    assert sign_in(company.priya).get(item.url).status_code == 404
    sign_in(company.noah).post(f"/items/{item.pk}/restore")
    assert Item.objects.get(pk=item.pk).state == State.LIVE


def test_what_a_host_took_away_says_why_and_offers_nothing(company, sign_in):
    item = made(company, "post")
    acts.remove(company.viewer("hassan"), item, "A customer's address stood in it.")
    page = unescape(sign_in(company.noah).get(item.url).content.decode())
    assert "A customer's address stood in it." in page
    assert "/restore" not in page
