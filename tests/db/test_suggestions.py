"""Suggestions: picked from what somebody took part in, each with a reason, and never of what was refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import STRANGER
from watercooler.places.home import reads as home
from watercooler.places.inbox.reads import chrome
from watercooler.projections.feed.reads import Place
from watercooler.projections.recommendations import acts, jobs, reads, shelf, suggest
from watercooler.projections.recommendations.models import Engagement, NotForMe, Shelf
from watercooler.projections.recommendations.picks import picks
from watercooler.projections.recommendations.related import related
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import merge, move, remove
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import invite, join, make_space
from watercooler.spine.spaces.models import Access, Space

pytestmark = pytest.mark.django_db
AGO = timedelta(days=2)


def caught_up() -> None:
    while follow():
        pass


def why(viewer, page) -> dict[int, str]:
    return page.reasons(chrome(viewer, listed=page.listed).cards)


def picked(viewer) -> list[int]:
    return [pick.item_id for pick in picks(viewer, timezone.now(), 20)]


def wall(company, name) -> Space:
    return Space.objects.get(pk=company.viewer(name).wall_id)


@pytest.fixture
def busy(company):
    """Noah answered about defrosting; another such question waits, and one about something else on Ruth's wall."""
    at = timezone.now() - AGO
    words = "The outdoor coil ices over before each defrost cycle ends."
    company.first = company.question("Why does the coil ice before defrost?", by="priya", source=words, at=at)
    company.answer(company.first, "Measure the trace heater of the drain.", by="noah", at=at)
    company.answer(company.first, "The reversing valve sticks.", by="tomasz", at=at)
    company.like = company.question(
        "Coil ices again after defrost", by="tomasz", source=words, topics=["Defrost"], at=at
    )
    company.other = company.question("Which van?", by="ruth", source="Mine is too small.", space=wall(company, "ruth"))
    caught_up()
    return company


def test_what_is_like_the_things_i_took_part_in_comes_first_with_the_reason(busy):
    found = reads.chosen(busy.viewer("noah"))
    assert [card.id for card in found.cards] == [busy.like.pk]
    assert found.reasons[busy.like.pk] == "Like “Why does the coil ice before defrost?”, where you took part"


def test_nothing_of_ones_own_nor_what_one_was_in_is_picked(busy):
    assert busy.first.pk not in picked(busy.viewer("noah"))
    assert busy.like.pk not in picked(busy.viewer("tomasz"))


def test_taking_part_is_counted_and_taken_back(busy):
    noah = busy.viewer("noah")
    social.save(noah, busy.like.item)
    caught_up()
    row = Engagement.objects.get(person_id=busy.noah.pk, thread_id=busy.like.pk)
    assert (row.acts, row.open_acts) == (1, 0)
    assert busy.like.pk not in picked(noah)
    social.unsave(noah, busy.like.item)
    caught_up()
    row.refresh_from_db()
    assert row.acts == 0
    assert busy.like.pk in picked(noah)


def test_saving_is_told_to_nobody_through_suggestions(busy):
    """What somebody keeps for themselves puts it before none of those they meet elsewhere."""
    quiet = busy.post("On my own wall.", by="ruth", space=wall(busy, "ruth"))
    social.save(busy.viewer("tomasz"), quiet)
    caught_up()
    assert quiet.pk not in picked(busy.viewer("noah"))
    social.helped(busy.viewer("tomasz"), quiet)
    caught_up()
    assert quiet.pk in picked(busy.viewer("noah"))


@pytest.mark.parametrize("what", ["item", "person", "space", "topic"])
def test_not_for_me_holds_everywhere_and_can_be_taken_back(busy, what):
    noah = busy.viewer("noah")
    topic = Topic.objects.get(slug="defrost")
    thing = {"item": busy.like.item, "person": busy.tomasz, "space": busy.heat, "topic": topic}[what]
    shelf.fill(busy.noah.pk)
    assert busy.like.pk in {card.id for card in home.page(noah, "for-you", Place()).listed}
    assert acts.not_for_me(noah, thing)
    assert not acts.not_for_me(noah, thing)
    assert busy.like.pk not in picked(noah)
    assert busy.like.pk not in {card.id for card in home.page(noah, "for-you", Place()).listed}
    assert busy.like.pk not in {near.id for near in related(noah, busy.first.pk)}
    said = Activity.objects.filter(verb="not_for_me", actor=busy.noah)
    assert said.count() == 1
    assert acts.for_me_again(noah, thing)
    assert not acts.for_me_again(noah, thing)
    assert said.filter(undoes=None, undone_by=None).count() == 0
    assert busy.like.pk in picked(noah)
    assert busy.like.pk in {card.id for card in home.page(noah, "for-you", Place()).listed}
    assert busy.like.pk in {near.id for near in related(noah, busy.first.pk)}


def test_what_i_follow_reaches_me_though_i_want_no_suggestions_of_it(busy):
    noah = busy.viewer("noah")
    social.follow(noah, busy.tomasz)
    acts.not_for_me(noah, busy.tomasz)
    assert busy.like.pk in {card.id for card in home.page(noah, "following", Place()).listed}
    assert busy.like.pk not in {card.id for card in home.page(noah, "for-you", Place()).listed}


def test_a_refused_topic_stays_refused_when_it_is_merged(busy):
    noah = busy.viewer("noah")
    acts.not_for_me(noah, Topic.objects.get(slug="defrost"))
    busy.question("Ice?", by="priya", topics=["Ice"])
    merge(busy.viewer("elena"), Topic.objects.get(slug="defrost"), Topic.objects.get(slug="ice"))
    caught_up()
    assert busy.like.pk not in picked(noah)
    assert busy.like.pk not in {card.id for card in home.page(noah, "for-you", Place()).listed}


def test_refusing_needs_somebody_and_somebody_else(busy):
    with pytest.raises(NotAllowed):
        acts.not_for_me(STRANGER, busy.heat)
    with pytest.raises(NotAllowed):
        acts.not_for_me(busy.viewer("noah"), busy.noah)
    assert not NotForMe.objects.exists()


def test_an_old_pick_is_lifted_on_home_with_its_reason_and_only_there(busy):
    now = timezone.now()
    for number in range(30):
        busy.post(f"Fresh {number}", by="priya", at=now - timedelta(hours=30, minutes=number))
    caught_up()
    noah = busy.viewer("noah")
    before = [card.id for card in home.page(noah, "for-you", Place()).listed]
    assert busy.like.pk not in before
    Shelf.objects.create(
        person_id=busy.noah.pk, made_at=now, item_ids=[busy.like.pk], keys=[int(now.timestamp()) + 60], whys=["alike"],
        abouts=[busy.first.pk],
    )  # fmt: skip
    page = home.page(noah, "for-you", Place())
    assert page.listed[0].id == busy.like.pk
    assert why(noah, page)[busy.like.pk].startswith("Like “Why does the coil")
    assert busy.like.pk in page.suggested()
    every, after = [], ""
    while True:
        page = home.page(noah, "for-you", Place.read(after))
        every += [card.id for card in page.listed]
        if not (after := page.next):
            break
    assert len(every) == len(set(every))


def test_the_job_fills_shelves_of_those_who_took_part_and_again_only_when_there_is_cause(busy):
    jobs.fill_shelves()
    assert set(Shelf.objects.values_list("person__handle", flat=True)) == {"noah", "priya", "tomasz", "ruth"}
    assert Shelf.objects.get(person=busy.noah).item_ids[0] == busy.like.pk
    now = timezone.now()
    assert shelf.waiting(now, 10) == []
    assert busy.noah.pk in shelf.waiting(now + shelf.STALE + timedelta(minutes=1), 10)
    Person.objects.filter(pk=busy.noah.pk).update(is_active=False)
    assert busy.noah.pk not in shelf.waiting(now + shelf.STALE + timedelta(minutes=1), 10)
    assert shelf.fill(busy.noah.pk) == []
    assert not Shelf.objects.filter(person=busy.noah).exists()


def test_people_come_with_the_evidence_that_says_most(busy):
    found = {one.handle: one.reason for one in suggest.colleagues(busy.viewer("priya"), 6)}
    assert found == {"noah": "Answered you once", "tomasz": "Answered you once"}
    social.follow(busy.viewer("priya"), busy.tomasz)
    acts.not_for_me(busy.viewer("priya"), busy.noah)
    assert suggest.colleagues(busy.viewer("priya"), 6) == []


def test_a_space_to_join_is_one_i_take_part_in_or_people_i_follow_write_in(busy):
    vans = make_space(busy.viewer("ruth"), name="Vans", objective="Clean ones.")
    question = busy.question("Where is the key?", by="ruth", space=vans)
    busy.answer(question, "On the hook.", by="hassan")
    caught_up()
    noah = busy.viewer("noah")
    assert "Vans" not in {one.name for one in suggest.spaces(noah, 6) if "write" in one.reason}
    social.follow(noah, busy.hassan)
    assert ("Vans", "Somebody you follow writes there") in {(s.name, s.reason) for s in suggest.spaces(noah, 6)}
    busy.answer(question, "In the van.", by="noah")
    caught_up()
    assert ("Vans", "You took part in 1 thread there") in {(s.name, s.reason) for s in suggest.spaces(noah, 6)}
    acts.not_for_me(noah, vans)
    assert "Vans" not in {one.name for one in suggest.spaces(noah, 6)}


def test_a_topic_to_follow_is_one_i_meet_often(busy):
    noah = busy.viewer("noah")
    for number in range(2):
        question = busy.question(f"Valve {number}?", by="priya", topics=["Valves"])
        busy.answer(question, "Turn it.", by="noah")
    caught_up()
    found = {one.name: one.reason for one in suggest.topics(noah, 6)}
    assert found == {"Valves": "You took part in 2 threads about it"}
    acts.not_for_me(noah, Topic.objects.get(slug="valves"))
    assert suggest.topics(noah, 6) == []


# What may not be seen


def everything(viewer) -> tuple:
    """Return all that is suggested to somebody, with every word and number of it."""
    chosen = reads.chosen(viewer)
    return (
        [(card.id, chosen.reasons[card.id]) for card in chosen.cards],
        [(pick.item_id, round(pick.worth, 3)) for pick in picks(viewer, timezone.now(), 20)],
        [(one.handle, one.reason) for one in suggest.colleagues(viewer, 9)],
        [(one.slug, one.reason) for one in suggest.spaces(viewer, 9) if "colleague" not in one.reason],
        [(one.slug, one.reason) for one in suggest.topics(viewer, 9)],
    )


def test_hidden_things_change_neither_what_is_suggested_nor_its_order_nor_a_number(busy):
    noah = busy.viewer("noah")
    social.follow(noah, busy.ruth)
    before = everything(noah), [one.id for one in related(noah, busy.first.pk)]
    for number in range(3):
        words = "The outdoor coil ices over before each defrost cycle ends."
        hidden = busy.question(
            f"Coil ices, secretly {number}", by="ruth", source=words, space=busy.council, topics=["Defrost", "Secret"]
        )
        busy.answer(hidden, "Nobody may know of the trace heater.", by="ruth")
    article = busy.article("Coil and defrost, closed", by="fatima", space=busy.medicines, source="Coil ices over.")
    social.save(busy.viewer("fatima"), article)
    caught_up()
    assert (everything(noah), [one.id for one in related(noah, busy.first.pk)]) == before


def test_a_reason_names_no_thread_that_one_may_read_no_more(busy):
    """Noah was in a secret space; what he answered there is in the record still."""
    council = make_space(busy.viewer("tomasz"), name="Plans", objective="None of yours.", access=Access.SECRET)
    invite(busy.viewer("tomasz"), council, [busy.noah])
    join(busy.viewer("noah"), council)
    words = "The outdoor coil ices over before each defrost cycle ends."
    secret = busy.question("Coil plans nobody knows", by="tomasz", source=words, space=council)
    busy.answer(secret, "The coil needs a heater.", by="noah")
    caught_up()
    shelf.fill(busy.noah.pk)
    Shelf.objects.filter(person=busy.noah).update(
        item_ids=[busy.like.pk], whys=["alike"], abouts=[secret.pk], keys=[int(timezone.now().timestamp())]
    )
    noah = busy.viewer("noah")
    assert "Coil plans" in why(noah, home.page(noah, "for-you", Place()))[busy.like.pk]
    from watercooler.spine.spaces.acts import leave

    leave(noah, council)
    noah = busy.viewer("noah")
    assert why(noah, home.page(noah, "for-you", Place()))[busy.like.pk] == "Like something you took part in"
    assert "plans" not in str(reads.chosen(noah).reasons)


def test_what_is_removed_or_moved_out_of_sight_is_gone_at_once(busy):
    noah = busy.viewer("noah")
    shelf.fill(busy.noah.pk)
    remove(busy.viewer("tomasz"), busy.like.item)
    assert busy.like.pk not in picked(noah)
    assert busy.like.pk not in {card.id for card in home.page(noah, "for-you", Place()).listed}
    assert busy.like.pk not in {near.id for near in related(noah, busy.first.pk)}


def test_a_moved_thread_is_alive_where_it_is_now(busy):
    join(busy.viewer("tomasz"), (vans := make_space(busy.viewer("hassan"), name="Vans", objective="Clean ones.")))
    move(busy.viewer("hassan"), busy.like.item, vans)
    caught_up()
    assert set(Engagement.objects.filter(thread_id=busy.like.pk).values_list("space_id", flat=True)) == {vans.pk}


def test_a_guest_is_suggested_only_what_and_whom_they_may_know(busy):
    sam = busy.viewer("sam")
    busy.answer(busy.first, "I saw this at Kestrel.", by="sam")
    caught_up()
    assert picked(sam) == [busy.like.pk]
    assert suggest.spaces(sam, 6) == []
    assert {one.handle for one in suggest.colleagues(sam, 9)} <= {"noah", "priya", "tomasz", "hassan", "elena"}
