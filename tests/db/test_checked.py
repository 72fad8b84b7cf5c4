"""Vouching for what somebody wrote: who may, what it rests on, how it lapses, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import dump as small
from tests.db.test_importing_stackexchange import item as imported_item
from tests.db.test_importing_stackexchange import load, person
from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale
from watercooler.foundation.base.text import months_after
from watercooler.kinds.questions.acts import accept, unaccept
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts
from watercooler.spine.content.checked import checked, show_checks
from watercooler.spine.content.models import Attachment, Check, Item
from watercooler.spine.people.acts import change_profile
from watercooler.spine.social.acts import comment, mute
from watercooler.spine.spaces.acts import change_standing
from watercooler.spine.spaces.models import Space, Standing
from watercooler.spine.spaces.newcomers import change_entry
from watercooler.spine.spaces.viewer import forget

pytestmark = pytest.mark.django_db


def check(company, item, by="hassan", **more):
    item = Item.objects.get(pk=item.pk)
    return acts.check(company.viewer(by), item, **{"revision": item.revision, **more})


def mark(item):
    return checked(Item.objects.get(pk=item.pk).card)


def told(company, name):
    while follow():
        pass
    lines = Notification.objects.filter(person=company.people[name], position__gt=0)
    return {(line.kind, line.because) for line in lines if line.is_unread}


def rewrite(company, item, by="tomasz", source="Top it up."):
    now = Item.objects.get(pk=item.pk)
    return acts.edit(company.viewer(by), now, title=now.title, source=source, based_on=now.revision)


@pytest.fixture
def answer(company):
    return company.answer(company.question(), by="priya")


def attached(company, item, name="coil.txt"):
    row = {"name": name, "stored": name, "content_type": "text/plain", "size_bytes": 1, "sha256": "0" * 64}
    return Attachment.objects.create(item=item, person=company.priya, made_at=timezone.now(), **row)


def test_a_host_vouches_for_an_answer_for_a_year_and_it_is_recorded(company, answer):
    row = check(company, answer, note="  Followed it step by step. ")
    assert (row.revision, row.note) == (1, "Followed it step by step.")
    assert row.ends_on == months_after(timezone.localdate(), 12)
    act = Activity.objects.get(verb="checked")
    assert (act.actor, act.item_id, act.space_id) == (company.hassan, answer.pk, company.heat.pk)
    assert act.detail == {"revision": 1, "until": row.ends_on.isoformat(), "note": "Followed it step by step."}
    assert (mark(answer).name, mark(answer).handle, mark(answer).stands) == ("Hassan El-Amin", "hassan", True)
    assert Item.objects.get(pk=answer.pk).version > answer.version, "kept cards are found by the version"


@pytest.mark.parametrize("by", ["hassan", "tomasz", "elena", "ines"])
def test_hosts_learning_leads_and_administrators_may(company, answer, by):
    assert acts.may_check(company.viewer(by), answer)
    assert check(company, answer, by=by)


@pytest.mark.parametrize(("by", "why"), [("noah", "Only a host"), ("ruth", "Only a host"), ("sam", "Only a host")])
def test_others_may_not(company, answer, by, why):
    with pytest.raises(NotAllowed, match=why):
        check(company, answer, by=by)
    assert not acts.may_check(company.viewer(by), answer)
    assert not Check.objects.exists()
    assert not Activity.objects.filter(verb="checked").exists()


@pytest.mark.parametrize("by", ["hassan", "elena", "ines"])
def test_nobody_vouches_for_themselves(company, by):
    wall = Space.objects.get(pk=company.viewer(by).wall_id)
    item = company.post("Mine.", by=by, space=wall if by == "ines" else company.heat)
    with pytest.raises(NotAllowed, match="Somebody else checks"):
        check(company, item, by=by)
    assert not Check.objects.exists()


def test_an_owner_of_a_wall_is_nobody_who_was_named_to_look_after_it(company):
    wall = Space.objects.get(pk=company.viewer("noah").wall_id)
    item = company.post("Happy birthday.", by="priya", space=wall)
    with pytest.raises(NotAllowed, match="Only a host"):
        check(company, item, by="noah")
    assert check(company, item, by="elena")


def test_a_guest_who_hosts_may_not(company, answer):
    company.sam.memberships.filter(space=company.heat).update(standing=Standing.HOST)
    forget(company.sam.pk)
    with pytest.raises(NotAllowed):
        check(company, answer, by="sam")


def test_what_may_not_be_read_is_not_checked(company):
    secret = company.post("Nobody knows.", by="ruth", space=company.council)
    for by in ("ines", "elena"):
        with pytest.raises(NotAllowed):
            check(company, secret, by=by)
    gone = company.post("Never mind.", by="priya")
    before = Item.objects.get(pk=gone.pk)
    acts.remove(company.viewer("priya"), gone)
    for item in (before, gone):
        with pytest.raises(NotAllowed):
            acts.check(company.viewer("hassan"), item, revision=1)
    assert not Check.objects.exists()


def test_questions_and_comments_are_not_checked(company):
    question = company.question().item
    for item in (question, comment(company.viewer("noah"), question, "Yes.")):
        with pytest.raises(NotAllowed, match="can be checked"):
            check(company, item)


@pytest.mark.parametrize("months", [0, 1, 11, 120, -12])
def test_it_stands_for_one_of_a_few_lengths(company, answer, months):
    with pytest.raises(Invalid):
        check(company, answer, months=months)
    assert check(company, answer, months=3).ends_on == months_after(timezone.localdate(), 3)


def test_what_was_changed_meanwhile_is_not_vouched_for(company, answer):
    rewrite(company, answer, by="priya")
    with pytest.raises(Stale):
        acts.check(company.viewer("hassan"), answer, revision=1)
    assert not Check.objects.exists()
    check(company, answer, revision=2)
    assert mark(answer).stands


def test_files_that_came_meanwhile_are_not_vouched_for(company, answer):
    seen = [attached(company, answer).pk]
    attached(company, answer, "other.txt")
    with pytest.raises(Stale):
        check(company, answer, files=seen)
    assert check(company, answer, files=[*Attachment.objects.values_list("pk", flat=True)])


def test_an_edit_lapses_it_and_another_check_lets_it_stand_again(company, answer):
    check(company, answer)
    rewrite(company, answer, by="priya")
    assert (mark(answer).is_edited, mark(answer).stands) == (True, False)
    rewrite(company, answer, by="priya", source=answer.source)
    assert not mark(answer).stands, "the same words again are a text nobody has read"
    check(company, answer)
    assert mark(answer).stands
    assert Activity.objects.filter(verb="checked", undoes=None, undone_by=None).count() == 1


def test_files_that_come_change_or_go_lapse_it(company, answer):
    priya = company.viewer("priya")
    file = attached(company, answer)
    check(company, answer)
    acts.describe(priya, file, "")
    assert mark(answer).stands, "nothing changed"
    acts.describe(priya, file, "Bridge the fuse.")
    assert not mark(answer).stands
    check(company, answer)
    acts.take_off(priya, file)
    assert not mark(answer).stands
    check(company, answer)
    new, now = attached(company, None), Item.objects.get(pk=answer.pk)
    acts.edit(priya, now, source=now.source, based_on=now.revision, attachments=[new.pk])
    assert not mark(answer).stands


def test_it_is_over_after_its_last_day(company, answer):
    check(company, answer)
    for days, stands in ((0, True), (-1, False)):
        Check.objects.update(ends_on=timezone.localdate() + timedelta(days=days))
        show_checks([answer.pk])
        assert mark(answer).stands == stands
    assert mark(answer).is_over


def test_of_two_checks_the_one_that_stands_longest_is_shown(company, answer):
    check(company, answer, by="elena", months=24)
    check(company, answer, by="hassan", months=3)
    assert mark(answer).handle == "elena"
    assert acts.uncheck(company.viewer("elena"), answer)
    assert mark(answer).handle == "hassan"
    rewrite(company, answer, by="priya")
    check(company, answer, by="tomasz", months=3)
    assert mark(answer).handle == "tomasz"


def test_it_is_taken_back_once(company, answer):
    check(company, answer)
    assert acts.uncheck(company.viewer("hassan"), answer)
    assert not acts.uncheck(company.viewer("hassan"), answer)
    assert not acts.uncheck(company.viewer("tomasz"), answer)
    assert mark(answer) is None
    assert Activity.objects.filter(verb="checked", undoes__isnull=False).count() == 1


def test_a_colleagues_check_is_taken_away_with_a_reason(company, answer):
    row = check(company, answer)
    with pytest.raises(NotAllowed):
        acts.take_check_away(company.viewer("noah"), answer, row, "I say so.")
    with pytest.raises(NotAllowed):
        acts.take_check_away(company.viewer("priya"), answer, row, "It is mine.")
    with pytest.raises(Invalid):
        acts.take_check_away(company.viewer("tomasz"), answer, row, " ")
    assert acts.take_check_away(company.viewer("tomasz"), answer, row, "The rules changed in May.")
    assert not acts.take_check_away(company.viewer("tomasz"), answer, row, "The rules changed in May.")
    assert mark(answer) is None
    act = Activity.objects.get(verb="unchecked")
    assert act.detail == {"person_id": company.hassan.pk, "reason": "The rules changed in May."}
    assert Activity.objects.get(verb="checked", undoes__isnull=False).actor == company.tomasz
    assert ("recheck", "checked") in told(company, "hassan")


def test_the_question_it_solved_shows_it_too(company):
    question = company.question()
    solved, other = company.answer(question, by="priya"), company.answer(question, "Ring me.", by="tomasz")
    check(company, solved)
    check(company, other)
    accept(company.viewer("noah"), question, solved)

    def shown():
        return checked(Item.objects.get(pk=question.pk).card.get("accepted", {}))

    assert shown().stands
    rewrite(company, solved, by="priya")
    assert shown().is_edited
    check(company, solved)
    assert shown().stands
    acts.uncheck(company.viewer("hassan"), solved)
    assert shown() is None
    assert Item.objects.get(pk=question.pk).card["accepted"]["id"] == solved.pk
    unaccept(company.viewer("noah"), question)
    accept(company.viewer("noah"), question, other)
    assert shown().stands, "also where it was checked before it was accepted"


def test_the_author_is_told_and_hears_nothing_of_what_was_taken_back(company, answer):
    check(company, answer)
    assert ("checked", "author") in told(company, "priya")
    acts.uncheck(company.viewer("hassan"), answer)
    assert ("checked", "author") not in told(company, "priya")


def test_the_checker_is_told_of_the_first_change_alone(company, answer):
    check(company, answer)
    assert ("recheck", "checked") not in told(company, "hassan")
    rewrite(company, answer, by="priya")
    assert ("recheck", "checked") in told(company, "hassan")
    Notification.objects.update(read_position=1_000_000)
    rewrite(company, answer, by="priya", source="Or not.")
    assert ("recheck", "checked") not in told(company, "hassan")


def test_the_checker_is_reminded_once_before_it_ends(company, answer):
    check(company, answer)
    far = company.post("Salt on the blades.", by="priya")
    check(company, far)
    Check.objects.filter(item=answer).update(ends_on=timezone.localdate() + timedelta(days=14))
    assert acts.remind_of_checks() == 1
    assert acts.remind_of_checks() == 0
    line = Notification.objects.filter(kind="recheck")
    assert ("recheck", "checked") in told(company, "hassan")
    assert [each.person for each in line] == [company.hassan]
    check(company, answer)
    assert Check.objects.get(item=answer).reminded_at is None


@pytest.mark.parametrize("what", ["removed", "edited", "over", "far off", "left"])
def test_nobody_is_reminded_of_what_needs_no_check(company, answer, what):
    check(company, answer)
    today = timezone.localdate()
    days = {"over": -1, "far off": 15}.get(what, 3)
    Check.objects.update(ends_on=today + timedelta(days=days))
    if what == "removed":
        acts.remove(company.viewer("priya"), answer)
    if what == "edited":
        rewrite(company, answer, by="priya")
    if what == "left":
        type(company.hassan).objects.filter(pk=company.hassan.pk).update(is_active=False)
    assert acts.remind_of_checks() == 0


def test_who_muted_it_is_not_reminded(company, answer):
    check(company, answer)
    Check.objects.update(ends_on=timezone.localdate())
    mute(company.viewer("hassan"), Item.objects.get(pk=answer.root_id))
    acts.remind_of_checks()
    assert ("recheck", "checked") not in told(company, "hassan")


def test_projections_follow_and_rebuild_to_the_same(company, answer):
    check(company, answer)
    row = check(company, answer, by="tomasz")
    rewrite(company, answer, by="priya")
    check(company, answer)
    acts.take_check_away(company.viewer("elena"), answer, row, "Twice is enough.")
    Check.objects.update(ends_on=timezone.localdate())
    acts.remind_of_checks()
    while follow():
        pass
    for projection in registered():
        before = projection.snapshot()
        rebuild(projection)
        assert projection.snapshot() == before, projection.name


def test_a_host_who_stops_hosting_keeps_what_they_said_and_says_no_more(company, answer):
    check(company, answer, by="tomasz")
    change_standing(company.viewer("hassan"), company.heat, company.tomasz, Standing.MEMBER)
    assert mark(answer).stands
    with pytest.raises(NotAllowed):
        check(company, answer, by="tomasz")


def test_what_one_wrote_elsewhere_is_not_checked_by_oneself(company, tmp_path):
    load(small.write(tmp_path / "bees.example"))
    otto, text = person("user/2"), imported_item("post/12")
    acts.check(company.viewer("elena"), text, revision=text.revision)
    acts.check(company.viewer("ines"), text, revision=text.revision)
    acts.join_people(company.viewer("ines"), otto, company.elena)
    assert [row.person for row in Check.objects.all()] == [company.ines]
    assert mark(text).handle == "ines"


def test_a_checker_who_is_joined_is_shown_by_the_name_they_have(company, tmp_path):
    load(small.write(tmp_path / "bees.example"))
    otto, text = person("user/2"), imported_item("post/10")
    text = company.post("Wax.", by="priya")
    check(company, text)
    Check.objects.update(person=otto)
    acts.join_people(company.viewer("ines"), otto, company.noah)
    assert mark(text).name == "Noah Whitfield"


def test_a_new_name_stands_at_once_on_cards_that_keep_it(company, answer):
    question = Item.objects.get(pk=answer.root_id)
    accept(company.viewer("noah"), question.question, answer)
    check(company, answer)
    before = Item.objects.get(pk=question.pk)
    ines = company.viewer("ines")
    change_entry(ines, company.hassan, name="Hassan Amin")
    change_entry(ines, company.priya, name="Priya Okafor-Raman")
    now = Item.objects.get(pk=question.pk)
    assert now.version > before.version, "kept cards are found by the version"
    assert now.card["accepted"]["name"] == "Priya Okafor-Raman"
    assert now.card["accepted"]["checked"]["name"] == mark(answer).name == "Hassan Amin"
    assert now.card["accepted"]["words"] == before.card["accepted"]["words"]
    change_profile(company.viewer("priya"), photo="priya.webp")
    assert Item.objects.get(pk=question.pk).card["accepted"]["photo"] == "priya.webp"
    version = Item.objects.get(pk=question.pk).version
    change_profile(company.viewer("priya"), status="Back on Monday")
    assert Item.objects.get(pk=question.pk).version == version
