"""The spine: acts write once and record once, and one rule says who reads what."""

import pytest

from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale
from watercooler.kinds.questions import acts as questions
from watercooler.kinds.questions.models import Question
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import edit, publish, remove, restore
from watercooler.spine.content.models import Item, Revision
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import accept_rules, change_space, join, leave
from watercooler.spine.spaces.models import Space, Standing

pytestmark = pytest.mark.django_db


def recorded(verb):
    return Activity.objects.filter(verb=verb).count()


def test_a_second_acceptance_changes_nothing(company):
    question = company.question()
    first, second = company.answer(question), company.answer(question, "Check the trace heater.", by="priya")
    noah = company.viewer("noah")
    assert questions.accept(noah, question, first)
    assert not questions.accept(noah, question, second)
    assert Question.objects.get().accepted_answer == first
    assert recorded("accepted") == 1
    card = Item.objects.get(pk=question.pk).card
    assert card["solved"]
    assert card["accepted"]["handle"] == "tomasz"


def test_only_the_asker_or_a_host_accepts(company):
    question = company.question()
    answer = company.answer(question, by="priya")
    with pytest.raises(NotAllowed):
        questions.accept(company.viewer("priya"), question, answer)
    assert questions.accept(company.viewer("tomasz"), question, answer)


def test_helped_counts_people_once_and_can_be_taken_back(company):
    post = company.post()
    noah = company.viewer("noah")
    assert social.helped(noah, post)
    assert not social.helped(noah, post)
    post.refresh_from_db()
    assert post.helped_count == 1
    assert social.not_helped(noah, post)
    post.refresh_from_db()
    assert post.helped_count == 0
    undo = Activity.objects.get(verb="helped", undoes__isnull=False)
    assert undo.sign == -1
    with pytest.raises(NotAllowed):
        social.helped(company.viewer("priya"), post)


def test_reactions_are_counted_by_kind(company):
    post = company.post()
    noah, tomasz = company.viewer("noah"), company.viewer("tomasz")
    social.react(noah, post, "heart")
    social.react(tomasz, post, "heart")
    social.react(tomasz, post, "clap")
    social.unreact(tomasz, post, "heart")
    social.unreact(tomasz, post, "clap")
    post.refresh_from_db()
    assert post.reactions == {"heart": 1}


def test_what_is_sent_twice_is_kept_once(company):
    key = "7e7b0f0e-7d8a-4c5a-9d3f-1f3a5b6c7d8e"
    first, second = company.post(key=key), company.post(key=key)
    assert first.pk == second.pk
    assert recorded("posted") == 1


def test_a_stale_save_is_refused_and_nothing_is_lost(company):
    article = company.article()
    tomasz, hassan = company.viewer("tomasz"), company.viewer("hassan")
    edit(tomasz, article, title="Reading superheat", source="Wait thirty minutes.", based_on=1)
    with pytest.raises(Stale):
        edit(hassan, article, title="Reading superheat", source="Wait ten minutes.", based_on=1)
    article.refresh_from_db()
    assert article.source == "Wait thirty minutes."
    assert Revision.objects.get(item=article).source == "Wait twenty minutes."


def test_removing_a_question_hides_its_thread_and_undo_brings_all_back(company):
    question = company.question()
    answer = company.answer(question)
    comment = social.comment(company.viewer("priya"), answer, "Can confirm.")
    noah, priya = company.viewer("noah"), company.viewer("priya")
    remove(noah, question.item)
    assert not Item.objects.visible_to(priya).filter(pk__in=[question.pk, answer.pk, comment.pk]).exists()
    assert Item.objects.get(pk=question.pk).source == ""
    restore(noah, question.item)
    assert Item.objects.visible_to(priya).filter(pk__in=[question.pk, answer.pk, comment.pk]).count() == 3
    assert Item.objects.get(pk=question.pk).title.startswith("Why does it")


def test_closed_and_secret_spaces_are_read_by_insiders_only(company):
    inside = company.article("Double signatures", by="fatima", space=company.medicines)
    secret = company.post("Draft agenda", by="ruth", space=company.council)
    seen = Item.objects.visible_to(company.viewer("priya"))
    assert not seen.filter(pk__in=[inside.pk, secret.pk]).exists()
    assert Item.objects.visible_to(company.viewer("fatima")).filter(pk=inside.pk).exists()
    assert not Item.objects.visible_to(company.viewer("ines")).filter(pk=secret.pk).exists()


def test_a_guest_reads_only_the_spaces_they_joined(company):
    wall_post = company.post("On my wall", by="priya", space=company.priya.owned_spaces.get(purpose="wall"))
    heat_post = company.post()
    seen = Item.objects.visible_to(company.viewer("sam"))
    assert seen.filter(pk=heat_post.pk).exists()
    assert not seen.filter(pk=wall_post.pk).exists()


def test_joining_a_closed_space_asks_first(company):
    priya = company.viewer("priya")
    assert join(priya, company.medicines) == Standing.REQUESTED
    assert company.medicines.pk not in company.viewer("priya").space_ids
    with pytest.raises(NotAllowed):
        join(priya, company.council)
    with pytest.raises(NotAllowed):
        company.post(by="priya", space=company.medicines)
    assert leave(company.viewer("noah"), company.heat)


def test_the_sequencer_gives_gapless_positions_once(company):
    company.post()
    first, last = sequence()
    assert last - first + 1 == Activity.objects.count()
    assert sequence() is None
    company.post("Second", by="noah")
    assert sequence() == (last + 1, last + 1)


def test_over_long_and_empty_texts_are_refused_with_their_field(company):
    for title, source, field in (
        ("", "text", "title"),
        ("t" * 201, "text", "title"),
        ("fine", "x" * 100_001, "source"),
    ):
        with pytest.raises(Invalid) as refused:
            company.question(title, source=source)
        assert refused.value.field == field
    with pytest.raises(Invalid):
        company.post("\u200b\u202e \n")


def test_what_hangs_below_a_removed_answer_stays_away_when_the_question_comes_back(company):
    question = company.question()
    answer = company.answer(question)
    comment = social.comment(company.viewer("priya"), answer, "Can confirm.")
    noah, tomasz = company.viewer("noah"), company.viewer("tomasz")
    remove(tomasz, answer)
    remove(noah, question.item)
    restore(noah, question.item)
    seen = Item.objects.visible_to(noah)
    assert seen.filter(pk=question.pk).exists()
    assert not seen.filter(pk__in=[answer.pk, comment.pk]).exists()
    restore(tomasz, Item.objects.get(pk=answer.pk))
    assert seen.filter(pk__in=[answer.pk, comment.pk]).count() == 2


def test_one_host_takes_back_what_another_decided_and_the_record_says_who(company):
    question = company.question()
    answer = company.answer(question, by="priya")
    questions.accept(company.viewer("noah"), question, answer)
    assert questions.unaccept(company.viewer("hassan"), question)
    undo = Activity.objects.get(verb="accepted", undoes__isnull=False)
    assert undo.actor == company.hassan
    assert undo.undoes.actor == company.noah


def test_changed_ground_rules_are_accepted_before_anything_is_made(company):
    question, draft = company.question(), company.article("Not yet", by="priya", is_draft=True)
    change_space(company.viewer("hassan"), company.heat, rules=["Ask early.", "Name the unit."])
    priya = company.viewer("priya")
    for make in (
        lambda: company.post(by="priya"),
        lambda: company.question(by="priya"),
        lambda: company.article(by="priya"),
        lambda: company.article(by="priya", is_draft=True),
        lambda: company.answer(question, by="priya"),
        lambda: social.comment(priya, question.item, "Same here."),
        lambda: publish(priya, draft),
    ):
        with pytest.raises(Invalid) as refused:
            make()
        assert refused.value.field == "rules"
    assert company.post(by="hassan"), "who wrote them has read them"
    assert company.post(by="priya", space=Space.objects.get(pk=priya.wall_id)), "a wall has none"
    accept_rules(priya, company.heat)
    assert company.answer(question, by="priya")
    assert publish(priya, draft)
