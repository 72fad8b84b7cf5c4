"""Who knows: from evidence alone, as far as the one who asks may read it; and the router that nudges them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from watercooler.kinds.questions.acts import accept
from watercooler.projections.experts import acts, reads
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.known_for import known_for
from watercooler.projections.experts.load import least_loaded
from watercooler.projections.experts.models import Entry, Nudge, Stem
from watercooler.projections.experts.ranking import LIVELY, Ranked, Wanted, rank
from watercooler.projections.experts.similar import similar
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import change_access, move, remove, restore
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Site
from watercooler.spine.social.acts import helped
from watercooler.spine.spaces.acts import join
from watercooler.spine.spaces.models import Access

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=200)


def caught_up() -> None:
    while follow():
        pass


def names(found: reads.Found) -> list[str]:
    return [one.handle for one in found.knowers]


@pytest.fixture
def known(company):
    """Tomasz answered about defrosting, accepted; Priya about radiators; Hassan wrote about superheat."""
    old = timezone.now() - timedelta(days=3)
    defrost = company.question(
        "Why does the coil ice up before defrost?", source="Ice on the fins.", topics=["Defrost"], at=old
    )
    answer = company.answer(defrost, "The trace heater of the drain had failed. Measure its resistance.", at=old)
    accept(company.viewer("noah"), defrost, answer)
    radiators = company.question("Which radiator for a small hall?", source="It is cold there.", at=old)
    company.answer(radiators, "A convector of 800 watts.", by="priya", at=old)
    company.article("Reading superheat", by="hassan", source="Wait twenty minutes at the suction line.", at=old)
    caught_up()
    company.defrost, company.best = defrost, answer
    return company


def test_who_answered_the_like_is_named_with_a_reason_and_the_evidence(known):
    found = reads.who_knows(known.viewer("elena"), "trace heater drain")
    assert names(found)[0] == "tomasz"
    first = found.knowers[0]
    assert first.accepted == 1
    assert "accepted" in first.reason
    assert first.evidence[0].url.endswith(f"#item-{known.best.pk}")
    assert first.evidence[0].is_accepted


def test_a_topic_named_in_words_finds_people_without_those_words(known):
    Topic.objects.filter(name="Defrost").update(slug="frosting", name="Frosting")
    assert names(reads.who_knows(known.viewer("elena"), "frosting")) == ["tomasz"]


def test_who_answers_under_a_topic_comes_before_who_wrote_its_name_once(company):
    """Asked "Spreadsheets", the analyst whose answers say sums and sheets, and not who found a drill by way of one."""
    old = timezone.now() - timedelta(days=30)
    weeks = company.question("How do I see hours by week?", topics=["Spreadsheets"], at=old)
    company.answer(weeks, "Put the week in a column of its own.", by="elena", at=old)
    company.answer(weeks, "And the year beside it.", by="elena", at=old)
    drill = company.question("Where is the core drill?", at=old)
    company.answer(drill, "The spreadsheet says van nine.", by="hassan", at=old)
    caught_up()
    for words in ("Spreadsheets", "spreadsheets "):
        assert names(reads.who_knows(company.viewer("noah"), words)) == ["elena", "hassan"]
    assert names(reads.who_knows(company.viewer("noah"), "spreadsheet of van nine"))[0] == "hassan"


def test_nobody_is_named_when_nothing_fits(known):
    assert reads.who_knows(known.viewer("elena"), "sourdough baking").count == 0
    assert reads.who_knows(known.viewer("elena"), "  ").count == 0


def test_a_page_speaks_for_its_author_and_a_question_for_nobody(known):
    assert names(reads.who_knows(known.viewer("elena"), "superheat suction")) == ["hassan"]
    assert "noah" not in names(reads.who_knows(known.viewer("elena"), "coil ice defrost"))


def test_fresh_answers_count_more(company):
    for by, age in (("priya", LONG_AGO), ("tomasz", timedelta(days=2))):
        at = timezone.now() - age
        company.answer(company.question("Buffer tank size?", at=at, source=by), "Ten litres a kilowatt.", by=by, at=at)
    caught_up()
    assert names(reads.who_knows(company.viewer("elena"), "buffer tank"))[0] == "tomasz"


def _alike(company, space, *people):
    """Let these answer the same with the same words, and the last of them much else there since."""
    at = timezone.now() - timedelta(days=30)
    for by in people:
        company.answer(company.question("Buffer tank size?", at=at), "Ten litres a kilowatt.", by=by, at=at)
    for number in range(3):
        other = company.question(f"Gutter {number}?", by=people[-1], space=space)
        company.answer(other, "Sweep it.", by=people[-1])
    caught_up()


def test_of_two_who_said_the_same_who_is_active_in_the_space_comes_first(company):
    _alike(company, company.heat, "priya", "tomasz")
    viewer, now = company.viewer("elena"), timezone.now()
    here = rank(viewer, Asked("buffer tank", space_id=company.heat.pk), now)
    assert [one.person_id for one in here] == [company.tomasz.pk, company.priya.pk]
    assert here[0].score - here[1].score == pytest.approx(LIVELY * 3 / (3 + 2 * 2.5**-1.5), rel=0.01)
    anywhere = rank(viewer, Asked("buffer tank"), now)
    assert anywhere[0].score == pytest.approx(anywhere[1].score, rel=0.01)


def test_who_is_only_active_in_the_space_is_not_named(company):
    _alike(company, company.heat, "priya")
    for number in range(3):
        company.answer(company.question(f"Gate {number}?"), "Oil it.", by="tomasz")
    caught_up()
    about = Asked("buffer tank", space_id=company.heat.pk)
    assert [one.person_id for one in rank(company.viewer("elena"), about, timezone.now())] == [company.priya.pk]


@pytest.mark.parametrize(("who", "is_counted"), [("elena", False), ("ruth", True)])
def test_who_is_active_counts_only_for_who_reads_the_space(company, who, is_counted):
    join(company.viewer("ruth"), company.heat)
    _alike(company, company.council, "tomasz", "ruth")
    about = Asked("buffer tank", space_id=company.council.pk)
    scores = [one.score for one in rank(company.viewer(who), about, timezone.now())]
    assert sum(scores) == pytest.approx(1 + LIVELY * is_counted)


def test_guests_are_told_nobody(known):
    assert reads.who_knows(known.viewer("sam"), "trace heater drain").count == 0
    assert reads.who_may_know(known.viewer("sam"), known.defrost.pk) == []
    assert known_for(known.viewer("sam"), known.tomasz.pk) == []


def test_what_is_known_in_a_closed_space_is_known_only_inside(company):
    fatima = company.viewer("fatima")
    question = company.question("Which thickener with carbamazepine?", by="fatima", space=company.medicines)
    company.answer(question, "The starch one.", by="fatima")
    caught_up()
    assert names(reads.who_knows(company.viewer("elena"), "carbamazepine thickener")) == []
    asking = Asked("carbamazepine thickener")
    assert [one.person_id for one in rank(fatima, asking, timezone.now())] == [company.fatima.pk]
    change_access(fatima, company.medicines, Access.OPEN)
    caught_up()
    assert names(reads.who_knows(company.viewer("elena"), "carbamazepine thickener")) == ["fatima"]


def test_removed_answers_speak_for_nobody_until_they_are_back(known):
    tomasz = known.viewer("tomasz")
    remove(tomasz, known.best)
    assert names(reads.who_knows(known.viewer("elena"), "trace heater resistance")) == []  # before any worker ran
    caught_up()
    assert names(reads.who_knows(known.viewer("elena"), "trace heater resistance")) == []
    known.best.refresh_from_db()
    restore(tomasz, known.best)
    caught_up()
    assert names(reads.who_knows(known.viewer("elena"), "trace heater resistance")) == ["tomasz"]


def test_opting_out_is_honoured_everywhere(known):
    acts.choose(known.viewer("tomasz"), is_out=True, takes_nudges=True)
    viewer = known.viewer("elena")
    assert "tomasz" not in names(reads.who_knows(viewer, "trace heater drain"))
    assert "tomasz" not in [one.handle for one in reads.who_may_know(viewer, known.defrost.pk)]
    assert known_for(viewer, known.tomasz.pk) == []
    asked = known.question("The trace heater of the drain again", by="elena")
    caught_up()
    assert not Nudge.objects.filter(item=asked.item, person=known.tomasz).exists()


def test_a_hidden_topic_is_hidden_everywhere(known):
    viewer, topic = known.viewer("elena"), Topic.objects.get(name="Defrost")
    assert [claim.name for claim in known_for(viewer, known.tomasz.pk)] == ["Defrost"]
    acts.hide(known.viewer("tomasz"), topic)
    assert known_for(viewer, known.tomasz.pk) == []
    assert "tomasz" not in names(reads.who_knows(viewer, "trace heater drain"))
    acts.unhide(known.viewer("tomasz"), topic)
    assert [claim.name for claim in known_for(viewer, known.tomasz.pk)] == ["Defrost"]


def test_a_claim_lists_its_evidence_as_far_as_one_may_read(known):
    helped(known.viewer("noah"), known.best)
    claim = known_for(known.viewer("elena"), known.tomasz.pk)[0]
    assert (claim.accepted, claim.helped) == (1, 1)
    assert claim.proofs[0][0] == "Why does the coil ice up before defrost?"
    join(known.viewer("tomasz"), known.heat)
    move(known.viewer("noah"), known.defrost.item, _wall(known.noah))
    assert known_for(known.viewer("sam"), known.tomasz.pk) == []


def _wall(person):
    return person.owned_spaces.get(purpose="wall")


def test_free_and_near_and_language_narrow_it_down(known):
    viewer, now = known.viewer("elena"), timezone.now()
    bradford = Site.objects.create(name="Bradford", town="Bradford")
    known.tomasz.site, known.tomasz.languages = bradford, ["Polish"]
    known.tomasz.save()
    asking = Asked("trace heater drain")

    def found(**wanted):
        return [one.person_id for one in rank(viewer, asking, now, wanted=Wanted(**wanted))]

    assert found(site=bradford.pk) == [known.tomasz.pk]
    assert found(site=bradford.pk + 1000) == []
    assert known.tomasz.pk in found(speaks="Polish")
    assert found(speaks="Welsh") == []
    assert found(only_free=True) == []
    assert reads.who_knows(viewer, "trace heater drain").sites == [("Bradford", 1)]


def test_asked_before_is_found_by_the_text_and_by_its_answers(known):
    found = similar(known.viewer("elena"), "question", "Condensate freezes somewhere", "resistance of the trace heater")
    assert [one.id for one in found] == [known.defrost.pk]
    assert similar(known.viewer("elena"), "question", "Coil ice") == []  # below twelve characters


def test_control_characters_and_long_texts_are_only_words(known):
    for text in ("\x00\x01 trace heater", "heater ' & | ! :* (", "heater " * 3000, "\ud800 heater"):
        assert reads.who_knows(known.viewer("elena"), text).count <= 1


# The router.


def test_a_new_question_is_put_before_who_may_know_and_they_are_told_why(known):
    asked = known.question("Trace heater at 62 ohms", by="elena", source="The drain freezes by morning.")
    caught_up()
    assert [n.person_id for n in Nudge.objects.filter(item=asked.item)] == [known.tomasz.pk]
    line = Notification.objects.get(person=known.tomasz, key=f"nudge:{asked.pk}")
    assert (line.because, line.because_id, line.actor_ids) == ("nudged", 1, [known.elena.pk])


def test_one_nudge_a_day(known):
    first = known.question("Trace heater at 62 ohms", by="elena")
    caught_up()
    second = known.question("Trace heater at 70 ohms", by="elena")
    caught_up()
    assert Nudge.objects.filter(person=known.tomasz).count() == 1
    Nudge.objects.update(at=timezone.now() - timedelta(days=1, minutes=1))
    third = known.question("Trace heater at 80 ohms", by="elena")
    caught_up()
    nudged = set(Nudge.objects.filter(person=known.tomasz).values_list("item", flat=True))
    assert nudged == {first.pk, third.pk}
    assert second.pk not in nudged


def test_who_wants_no_nudges_gets_none_but_is_found(known):
    acts.choose(known.viewer("tomasz"), is_out=False, takes_nudges=False)
    known.question("Trace heater at 62 ohms", by="elena")
    caught_up()
    assert not Nudge.objects.exists()
    assert names(reads.who_knows(known.viewer("elena"), "trace heater")) == ["tomasz"]


def test_not_me_counts_against_the_like_and_can_be_taken_back(known):
    from watercooler.projections.experts.router import choose

    asked = known.question("Trace heater at 62 ohms", by="elena", topics=["Defrost"])
    caught_up()
    Nudge.objects.update(at=timezone.now() - timedelta(days=8))
    topics = tuple(asked.item.topic_ids)
    about = Asked("Trace heater at 70 ohms", topic_ids=topics, space_id=known.heat.pk)

    def score():
        return choose(known.viewer("elena"), about, 0, timezone.now())[0].score

    before = score()
    assert acts.not_me(known.viewer("tomasz"), asked.pk)
    assert score() == pytest.approx(before / 2, rel=0.01)
    assert not acts.not_me(known.viewer("tomasz"), asked.pk)
    acts.after_all(known.viewer("tomasz"), asked.pk)
    assert score() == pytest.approx(before, rel=0.01)


def test_old_and_imported_questions_nudge_nobody(known):
    known.question("Trace heater at 62 ohms", by="elena", at=timezone.now() - timedelta(days=2))
    fresh = known.question("Trace heater at 63 ohms", by="elena")
    Activity.objects.filter(item=fresh.item, verb="asked").update(is_imported=True)
    caught_up()
    assert not Nudge.objects.exists()


def test_a_rebuild_nudges_nobody_again(known):
    known.question("Trace heater at 62 ohms", by="elena")
    caught_up()
    before = Activity.objects.count()
    Nudge.objects.update(at=timezone.now() - timedelta(days=3))
    rebuild(next(p for p in registered() if p.name == "experts"))
    caught_up()
    assert (Activity.objects.count(), Nudge.objects.count()) == (before, 1)


def test_load_takes_from_the_score_and_a_full_day_takes_out():
    def one(person: int, score: float) -> Ranked:
        return Ranked(person, score, [], 1, 0, 0, None)

    ranked = [one(1, 1.0), one(2, 0.95), one(3, 0.9), one(4, 0.5), one(5, 0.4)]
    assert [r.person_id for r in least_loaded(ranked, {1: 4}, frozenset())] == [2, 3, 1]
    assert [r.person_id for r in least_loaded(ranked, {}, frozenset({2}))] == [1, 3, 4]


# A stranger learns nothing from what is hidden.

WORDS = ("coil", "defrost", "drain", "heater", "valve", "filter", "tank", "glycol")


@settings(max_examples=6)
@given(seed=st.integers(0, 10_000))
def test_hidden_items_change_neither_whom_a_stranger_finds_nor_the_order(company, seed):
    """The same open questions, with and without closed ones beside them: identical, to the last digit of the score."""
    with transaction.atomic():
        _compare_with_hidden(company, random.Random(seed))
        transaction.set_rollback(True)


def _compare_with_hidden(company, chance: random.Random) -> None:
    viewer, now = company.viewer("elena"), timezone.now()
    longer = Asked("coil defrost drain", "heater valve", space_id=company.heat.pk)

    def talk(space, people: list[str], count: int) -> None:
        for days in range(2, count + 2):
            text, topics, at = " ".join(chance.choices(WORDS, k=4)), chance.choices(WORDS), now - timedelta(days=days)
            question = company.question(f"About {text}", source=text, by=people[0], space=space, topics=topics, at=at)
            company.answer(question, " ".join(chance.choices(WORDS, k=5)), by=chance.choice(people), at=at)

    def seen() -> list[object]:
        asking = [*(Asked(word) for word in WORDS), longer]
        ranked = [[(r.person_id, r.score, r.items, r.alike) for r in rank(viewer, a, now)] for a in asking]
        known = [known_for(viewer, person.pk) for person in company.people.values()]
        return [ranked, known, [similar(viewer, "question", f"About {a} {b}") for a in WORDS for b in WORDS[:2]]]

    talk(company.heat, ["noah", "tomasz", "priya", "hassan"], 5)
    caught_up()
    without = seen()
    assert any(without[0])
    talk(company.council, ["ruth"], 6)
    talk(company.medicines, ["fatima"], 4)
    caught_up()
    assert seen() == without


def test_counts_of_words_leave_hidden_ones_out(company):
    company.question("Unheard of zyzzyva", by="ruth", space=company.council)
    caught_up()
    assert Entry.objects.count() == 1
    assert not Stem.objects.filter(entries__gt=0).exists()
