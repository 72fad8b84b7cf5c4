"""What counts as evidence of who knows: in any language, and what somebody said that it helped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.db.test_experts import caught_up, names
from watercooler.kinds.questions.acts import accept
from watercooler.projections.experts import reads
from watercooler.projections.experts.models import Entry, Stem
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.content.acts import remove
from watercooler.spine.social import acts as social
from watercooler.spine.social.acts import helped, not_helped

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "de": (
        "Warum quietschen die Bremsen nach dem Regen und wie kann ich das ändern?",
        "Das ist Wasser auf den Felgen. Die Beläge mit einer Feile anrauen und die Bremse nicht ölen.",
        "Was ist zu tun, wenn die Bremse quietscht?",
        "Wie heißt die Kantine und wo ist sie?",
        "Bremsbelag Bremse",
    ),
    "es": (
        "¿Por qué chirrían los frenos con la lluvia y cómo se puede evitar?",
        "Es agua en las llantas. Hay que lijar las pastillas y no engrasar el freno.",
        "¿Qué se hace con un freno que chirría?",
        "¿Cómo se llama la cantina y dónde está?",
        "pastilla",
    ),
    "pl": (
        "Dlaczego hamulce piszczą po deszczu i jak to można zmienić?",
        "To jest woda na obręczach. Należy przetrzeć klocki i nie smarować, bo hamulce będą ślizgać się.",
        "Co to jest i jak naprawić, gdy hamulce piszczą?",
        "Jak się nazywa stołówka i gdzie to jest?",
        "hamulce",
    ),
}


@pytest.mark.parametrize("language", ELSEWHERE)
def test_people_are_known_for_what_they_say_in_their_own_language(company, language):
    title, said, asked, other, word = ELSEWHERE[language]
    old = timezone.now() - timedelta(days=3)
    question = company.question(title, source=said.split(".")[0], at=old)
    company.answer(question, said, by="priya", at=old)
    canteen = company.question(other, source=other, at=old)
    company.answer(canteen, other, by="hassan", at=old)
    caught_up()
    assert set(Entry.objects.values_list("language", flat=True)) == {language}
    found = reads.who_knows(company.viewer("noah"), asked)
    assert names(found)[0] == "priya"
    assert found.knowers[0].evidence[0].title == title
    # A word tells no language; that of most entries does.
    assert names(reads.who_knows(company.viewer("noah"), word)) == ["priya"]


def test_one_shared_word_is_not_called_something_like_this(company):
    question = company.question("Which valve stops the hammering?", source="It hammers.")
    answer = company.answer(question, "A slow valve, set low.")
    accept(company.viewer("noah"), question, answer)
    caught_up()
    ask = company.viewer("priya")
    (tomasz,) = reads.who_knows(ask, "kumquat valve").knowers
    assert (tomasz.handle, tomasz.accepted) == ("tomasz", 0)
    assert tomasz.reason == "They wrote something with a word of this."
    assert tomasz.evidence[0].url.endswith(f"#item-{answer.pk}")
    for words in ("valve", "valve hammering"):
        (tomasz,) = reads.who_knows(ask, words).knowers
        assert tomasz.reason == "An answer of theirs to something like this was accepted."


def test_a_thread_in_which_somebody_wrote_twice_is_shown_once(company):
    at = timezone.now() - timedelta(days=2)
    post = company.post("Glycol, and an inhibitor for the gaskets.", by="hassan", title="Glycol in the loop", at=at)
    comment = social.comment(company.viewer("hassan"), post, "Inhibitor first, or the gaskets suffer.", at=at)
    caught_up()
    for each in (post, comment):
        helped(company.viewer("noah"), each)
    caught_up()
    (hassan,) = reads.who_knows(company.viewer("priya"), "glycol inhibitor gaskets").knowers
    assert (hassan.alike, hassan.helped) == (2, 2)
    assert [each.title for each in hassan.evidence] == [post.title]


def test_a_comment_or_a_post_speaks_for_its_author_once_it_helped_somebody_else(company):
    at = timezone.now() - timedelta(days=2)
    post = company.post("We changed the mixture.", by="elena", title="Glycol in the buffer loop", at=at)
    comment = social.comment(company.viewer("hassan"), post, "Inhibitor first, or the gaskets suffer.", at=at)
    caught_up()

    def named() -> list[str]:
        return names(reads.who_knows(company.viewer("noah"), "glycol inhibitor gaskets"))

    assert named() == []
    helped(company.viewer("noah"), comment)
    caught_up()
    (hassan,) = reads.who_knows(company.viewer("noah"), "glycol inhibitor gaskets").knowers
    assert (hassan.handle, hassan.helped) == ("hassan", 1)
    assert hassan.evidence[0].url.endswith(f"#item-{comment.pk}")
    assert hassan.evidence[0].title == post.title
    helped(company.viewer("priya"), post)
    caught_up()
    assert sorted(named()) == ["elena", "hassan"]
    _is_as_rebuilt()
    not_helped(company.viewer("noah"), comment)
    remove(company.viewer("elena"), post)
    caught_up()
    assert named() == []
    _is_as_rebuilt()
    assert not Stem.objects.filter(entries__gt=0).exists()


def test_below_a_question_answers_speak_and_comments_do_not(company):
    question = company.question("Glycol in the buffer loop?", by="elena")
    comment = social.comment(company.viewer("hassan"), question.item, "Inhibitor first, or the gaskets suffer.")
    helped(company.viewer("noah"), comment)
    caught_up()
    assert list(Entry.objects.values_list("item_id", flat=True)) == [question.pk]


def _is_as_rebuilt() -> None:
    experts = next(p for p in registered() if p.name == "experts")
    live = experts.snapshot()
    rebuild(experts)
    assert experts.snapshot() == live
