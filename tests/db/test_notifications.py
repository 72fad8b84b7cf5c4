"""Who is told what: one line a thread and kind, respecting levels, mutes and who may read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.inboxes import lines, reply, settled, unread
from watercooler.foundation.base.errors import NotAllowed
from watercooler.kinds.questions import acts as questions
from watercooler.places.inbox.reads import chrome
from watercooler.projections.notifications import acts, reads
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import change_access, edit, highlight, remove, restore
from watercooler.spine.content.acts.make import make
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.social.kind import COMMENT
from watercooler.spine.spaces.acts import change_standing, invite, join, leave, let_in, set_level, turn_away
from watercooler.spine.spaces.models import Access, Level, Membership, Space, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(company):
    return settled(company)


def test_who_was_told_is_found_among_those_who_listen(company):
    follow()
    before = Activity.objects.order_by("-position").values_list("position", flat=True)[0]
    company.post("Morning @noah and @hassan", by="priya")
    follow()
    noah, hassan, ruth = (company.people[name].pk for name in ("noah", "hassan", "ruth"))
    assert sorted(reads.reached(before + 1, before + 9, {noah, hassan, ruth})) == sorted([noah, hassan])
    assert reads.reached(before + 1, before + 9, {noah, ruth}) == [noah]
    assert reads.reached(before, before, {noah, hassan, ruth}) == []


def test_unread_lines_are_counted_up_to_one_more_than_pages_say(company, monkeypatch):
    for number in range(3):
        company.post(f"{number}, @noah", by="priya")
    follow()
    noah, ruth = company.noah.pk, company.ruth.pk
    assert reads.unread_of([noah, ruth]) == {noah: 3, ruth: 0}
    monkeypatch.setattr(reads, "UNREAD_OF", reads.UNREAD_OF.replace(f"limit {reads.MOST_ON_PAGES}", "limit 2"))
    assert reads.unread_of([noah]) == {noah: 2}


def test_more_lines_than_pages_count_are_counted_for_who_asks_and_each_is_heard_of(company):
    for number in range(reads.MOST_ON_PAGES + 2):
        company.post(f"{number}, @noah", by="priya")
    follow()
    viewer, noah = company.viewer("noah"), company.noah.pk
    assert chrome(viewer).unread == reads.MOST_ON_PAGES
    assert reads.unread(viewer) == reads.MOST_ON_PAGES + 2
    lines, newest = reads.waiting_for([noah])[noah]
    assert (lines, newest) == (reads.MOST_ON_PAGES, reads.inbox(viewer)[0].position)
    company.post("One more, @noah", by="priya")
    follow()
    assert reads.waiting_for([noah])[noah][1] > newest
    acts.read_all(viewer, up_to=reads.inbox(viewer)[0].newest)
    assert reads.waiting_for([noah]) == {noah: (0, 0)}


def test_replies_in_a_thread_are_one_line_with_distinct_people(company):
    question = company.question(by="noah")
    answer = company.answer(question, by="tomasz")
    company.answer(question, "Check the trace heater.", by="priya")
    reply(company, "priya", question.item)
    assert lines(company, "noah") == [("reply", 2, "author")]
    reply(company, "noah", answer)
    assert lines(company, "tomasz") == [("reply", 1, "author")]
    line = reads.inbox(company.viewer("noah"))[0]
    assert [person["handle"] for person in line.actors] == ["priya", "tomasz"]


def test_nobody_is_told_of_their_own_acts(company):
    question = company.question(by="noah", source="@noah @priya look at this")
    company.answer(question, by="noah")
    assert lines(company, "noah") == []
    assert lines(company, "priya") == [("mention", 1, "mentioned")]


def test_a_mention_in_an_answer_to_oneself_is_one_line(company):
    question = company.question(by="noah")
    company.answer(question, "@noah look at the coil", by="tomasz")
    assert lines(company, "noah") == [("mention", 1, "mentioned")]


def test_a_mention_added_later_tells_only_the_new_one(company):
    post = company.post("First frost, @noah.", by="priya")
    assert lines(company, "noah") == [("mention", 1, "mentioned")]
    edit(company.viewer("priya"), post, source="First frost, @noah @tomasz.", based_on=1)
    assert lines(company, "tomasz") == [("mention", 1, "mentioned")]
    assert lines(company, "noah") == [("mention", 1, "mentioned")]
    assert Notification.objects.get(person=company.noah).told.count() == 1


def test_those_who_commented_hear_what_follows_below_the_same_thing(company):
    post = company.post(by="priya")
    reply(company, "noah", post, "Which coil?")
    reply(company, "tomasz", post, "The outdoor one.")
    assert lines(company, "noah") == [("reply", 1, "commented")]


def test_accepted_helped_rated_highlighted_and_recommended(company):
    question = company.question(by="noah")
    answer = company.answer(question, by="priya")
    noah, tomasz = company.viewer("noah"), company.viewer("tomasz")
    social.follow(company.viewer("elena"), question.item)
    questions.accept(noah, question, answer)
    social.helped(noah, answer)
    social.helped(tomasz, answer)
    social.rate(tomasz, answer, useful=True, reason="Clear.")
    highlight(tomasz, question.item, note="Read this.")
    social.recommend(tomasz, question.item, company.ruth, "For the board.")
    assert lines(company, "priya") == [("rated", 1, "author"), ("helped", 2, "author"), ("accepted", 1, "author")]
    assert ("highlighted", 1, "author") in lines(company, "noah")
    assert lines(company, "ruth") == [("recommended", 1, "sent")]
    assert lines(company, "elena") == [("solved", 1, "follows_item")]


def test_new_things_reach_those_who_asked_for_them(company):
    social.follow(company.viewer("ruth"), company.priya)
    set_level(company.viewer("noah"), company.heat, Level.ALL)
    post = company.post("Ice again.", by="priya", topics=["Defrost"])
    assert lines(company, "ruth") == [("new", 1, "follows_person")]
    assert lines(company, "noah") == [("new", 1, "level")]
    assert lines(company, "tomasz") == []
    social.follow(company.viewer("tomasz"), post.taggings.get().topic, level=Level.ALL)
    company.post("More ice.", by="noah", topics=["Defrost"])
    assert lines(company, "tomasz") == [("new", 1, "follows_topic")]


def test_followers_of_a_thread_hear_its_replies(company):
    question = company.question(by="noah")
    social.follow(company.viewer("ruth"), question.item)
    answer = company.answer(question, by="tomasz")
    reply(company, "priya", answer)
    assert lines(company, "ruth") == [("thread", 2, "follows_item")]


@pytest.mark.parametrize("what", ["item", "person", "space", "level"])
def test_muted_wins(company, what):
    question = company.question(by="noah")
    noah = company.viewer("noah")
    if what == "level":
        set_level(noah, company.heat, Level.MUTED)
    else:
        social.mute(noah, {"item": question.item, "person": company.tomasz, "space": company.heat}[what])
    company.answer(question, "@noah look at the coil", by="tomasz")
    assert lines(company, "noah") == []


def test_who_cannot_read_is_not_told(company):
    inside = company.article("Double signatures", by="fatima", space=company.medicines, source="@priya @sam look")
    reply(company, "fatima", inside, "@priya again")
    wall = Space.objects.get(owner=company.noah, purpose="wall")
    company.post("@sam hello", by="noah", space=wall)
    assert lines(company, "priya") == []
    assert lines(company, "sam") == []
    company.post("@sam hello", by="noah")
    assert lines(company, "sam") == [("mention", 1, "mentioned")]


def test_those_who_left_the_organisation_are_told_nothing(company):
    Person.objects.filter(pk=company.priya.pk).update(is_active=False)
    Person.objects.filter(pk=company.sam.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    question = company.question(by="noah")
    company.answer(question, by="tomasz")
    make(company.viewer("tomasz"), COMMENT, company.heat, source="@sam @priya", parent=question.item)
    follow()
    assert not Notification.objects.filter(person__in=[company.priya, company.sam], kind="mention").exists()


def test_what_is_imported_notifies_nobody(company):
    question = company.question(by="noah")
    make(company.viewer("priya"), COMMENT, company.heat, source="@tomasz", parent=question.item, is_imported=True)
    assert lines(company, "noah") == []
    assert lines(company, "tomasz") == []


def test_an_undo_takes_the_actor_out_and_the_line_with_the_last(company):
    post = company.post(by="priya")
    noah, tomasz = company.viewer("noah"), company.viewer("tomasz")
    social.helped(noah, post)
    social.helped(tomasz, post)
    assert lines(company, "priya") == [("helped", 2, "author")]
    social.not_helped(tomasz, post)
    assert lines(company, "priya") == [("helped", 1, "author")]
    social.not_helped(noah, post)
    assert lines(company, "priya") == []
    assert unread(company, "priya") == 0
    social.helped(noah, post)
    assert lines(company, "priya") == [("helped", 1, "author")]
    assert unread(company, "priya") == 1


def test_read_stays_read_when_something_newer_is_taken_back(company):
    post = company.post(by="priya")
    social.helped(company.viewer("noah"), post)
    follow()
    acts.read_thread(company.viewer("priya"), post.pk)
    social.helped(company.viewer("tomasz"), post)
    assert unread(company, "priya") == 1
    social.not_helped(company.viewer("tomasz"), post)
    assert unread(company, "priya") == 0


def test_what_is_removed_is_no_news_until_it_comes_back(company):
    question = company.question(by="noah")
    first = company.answer(question, by="tomasz")
    company.answer(question, "Check the trace heater.", by="priya")
    assert lines(company, "noah") == [("reply", 2, "author")]
    remove(company.viewer("tomasz"), first)
    assert lines(company, "noah") == [("reply", 1, "author")]
    restore(company.viewer("tomasz"), first)
    assert lines(company, "noah") == [("reply", 2, "author")]
    remove(company.viewer("hassan"), question.item, "Twice asked.")
    assert lines(company, "noah") == [("care", 1, "author")]
    assert unread(company, "noah") == 1
    restore(company.viewer("hassan"), question.item)
    assert lines(company, "noah") == [("reply", 2, "author")]


def test_an_inbox_shows_only_what_may_still_be_read(company):
    question = company.question(by="noah")
    social.follow(company.viewer("ruth"), question.item)
    company.answer(question)
    assert unread(company, "ruth") == 1
    change_access(company.viewer("hassan"), company.heat, Access.CLOSED)
    assert lines(company, "ruth") == []
    assert unread(company, "ruth") == chrome(company.viewer("ruth")).unread == 0
    assert reads.unread_of([company.ruth.pk]) == {company.ruth.pk: 0}
    change_access(company.viewer("hassan"), company.heat, Access.OPEN)
    assert unread(company, "ruth") == 1


def test_hosts_hear_of_requests_until_one_of_them_decided(company):
    priya = company.viewer("priya")
    change_standing_to_host(company, "elena")
    join(priya, company.medicines, "I deliver on Tuesdays.")
    assert lines(company, "fatima") == lines(company, "elena") == [("join_request", 1, "host")]
    let_in(company.viewer("fatima"), company.medicines, company.priya)
    assert lines(company, "elena") == []
    assert lines(company, "priya") == [("let_in", 1, "asked")]


def change_standing_to_host(company, name):
    Membership.objects.create(
        space=company.medicines, person=company.people[name], standing=Standing.HOST, since=timezone.now()
    )


def test_a_request_turned_away_or_taken_back_is_settled(company):
    for name in ("priya", "noah"):
        join(company.viewer(name), company.medicines)
    assert lines(company, "fatima") == [("join_request", 2, "host")]
    turn_away(company.viewer("fatima"), company.medicines, company.noah)
    assert lines(company, "fatima") == [("join_request", 1, "host")]
    leave(company.viewer("priya"), company.medicines)
    assert lines(company, "fatima") == []


def test_an_invitation_is_there_until_answered(company):
    invite(company.viewer("fatima"), company.medicines, [company.noah])
    assert lines(company, "noah") == [("invited", 1, "sent")]
    join(company.viewer("noah"), company.medicines)
    assert lines(company, "noah") == []


def test_new_followers_and_new_hosts(company):
    social.follow(company.viewer("noah"), company.tomasz)
    social.follow(company.viewer("ruth"), company.tomasz)
    change_standing(company.viewer("hassan"), company.heat, company.priya, Standing.HOST)
    assert lines(company, "tomasz") == [("follower", 2, "followed")]
    assert lines(company, "priya") == [("standing", 1, "sent")]


def test_flags_reach_hosts_and_the_decision_reaches_author_and_flagger(company):
    post = company.post("Bypass the switch.", by="noah")
    social.flag(company.viewer("priya"), post, "unsafe")
    assert lines(company, "hassan") == [("flagged", 1, "host")]
    assert lines(company, "ines") == []
    social.decide(company.viewer("hassan"), post, "held", "Please take the second line out.")
    assert lines(company, "noah") == [("care", 1, "author")]
    assert lines(company, "priya") == [("flag", 1, "flagged")]
    social.undecide(company.viewer("hassan"), post)
    assert lines(company, "noah") == lines(company, "priya") == []


def test_what_a_host_wrote_goes_to_another_host_and_what_is_on_a_wall_to_the_office(company):
    wall = Space.objects.get(owner=company.noah, purpose="wall")
    post = company.post("Nonsense.", by="noah", space=wall)
    social.flag(company.viewer("priya"), post, "unkind")
    assert lines(company, "noah") == []
    assert lines(company, "ines") == [("flagged", 1, "office")]


def test_three_flags_hide_and_a_host_brings_back(company):
    post = company.post("Bypass the switch.", by="noah")
    for name in ("priya", "elena", "ruth"):
        social.flag(company.viewer(name), post, "unsafe")
    post.refresh_from_db()
    assert not post.is_live
    assert lines(company, "noah") == [("care", 1, "rule")]
    assert not reads.inbox(company.viewer("noah"))[0].detail["reason"].startswith("Ruth")
    with pytest.raises(NotAllowed):
        restore(company.viewer("ruth"), post)
    social.decide(company.viewer("tomasz"), post, "kept")
    post.refresh_from_db()
    assert post.is_live
