"""How many people read a thread: different people, never its author, counted when the page tells."""

import pytest

from watercooler.spine.content.models import Item
from watercooler.spine.social import acts
from watercooler.spine.social.models import Viewed

pytestmark = pytest.mark.django_db


def test_different_people_are_counted_and_never_the_author(company, sign_in):
    question = company.question(by="noah")
    for name in ("noah", "priya", "priya", "tomasz"):
        sign_in(company.people[name]).post(f"/items/{question.pk}/seen", {"newest": question.pk})
    assert Item.objects.get(pk=question.pk).read_count == 2
    assert "read by 2 people" in sign_in(company.hassan).get(question.item.url).text


@pytest.mark.parametrize("kind", ["post", "article"])
def test_a_post_and_an_article_say_it_above_their_comments(company, sign_in, kind):
    item = getattr(company, kind)(by="tomasz")
    assert "Read by" not in sign_in(company.priya).get(item.url).text
    acts.read(company.viewer("priya"), item)
    assert "Read by 1 person" in sign_in(company.priya).get(item.url).text


def test_reading_makes_no_kept_card_anew(company):
    post = company.post()
    version = Item.objects.get(pk=post.pk).version
    acts.read(company.viewer("noah"), post)
    assert Item.objects.get(pk=post.pk).version == version


def test_who_took_part_is_taken_for_a_reader_once(company):
    question = company.question(by="noah")
    answer = company.answer(question, by="tomasz")
    acts.comment(company.viewer("priya"), answer, "Thank you.")
    acts.helped(company.viewer("priya"), question.item)
    acts.read(company.viewer("elena"), question.item)
    for _again in range(2):
        acts.read_by_who_took_part()
        assert Item.objects.get(pk=question.pk).read_count == 3  # tomasz, priya, elena
    assert Item.objects.get(pk=answer.pk).read_count == 0
    assert set(Viewed.objects.filter(person=company.priya).values_list("seen_id", flat=True)) == {0}
