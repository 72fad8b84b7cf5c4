"""An imported person is joined with the colleague they are: everything becomes the colleague's, and nothing is lost."""

from __future__ import annotations

import pytest
from django.db import models
from django.utils import timezone

from tests import dump as small
from tests.db.test_importing_stackexchange import item, load, person
from tests.db.test_known import shown
from watercooler.doors.importing.models import Badge
from watercooler.foundation.base import pointing
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.kinds.posts.acts import post
from watercooler.kinds.questions.acts import answer
from watercooler.kinds.questions.models import Question
from watercooler.projections.contributions.models import Contribution
from watercooler.projections.experts import known
from watercooler.projections.experts.known_for import known_for
from watercooler.projections.experts.models import KnownTopic
from watercooler.projections.recommendations.acts import not_for_me
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import join_people
from watercooler.spine.content.models import Item, Revision
from watercooler.spine.people.acts import invite
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as ties
from watercooler.spine.social.models import Connection, Introduction, Saved
from watercooler.spine.spaces.acts import join
from watercooler.spine.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def otto(company, tmp_path):
    """Somebody imported who asked nothing, answered, edited, and saved."""
    load(small.write(tmp_path / "bees.example"))
    while follow():
        pass
    return person("user/2")


def test_everything_they_wrote_and_did_becomes_the_colleagues(otto, company):
    accepted = item("post/12")
    count = join_people(company.viewer("ines"), otto, company.noah)
    accepted.refresh_from_db()
    assert (count, accepted.author) == (1, company.noah)
    assert Revision.objects.get(item=item("post/10")).author == company.noah
    assert Saved.objects.get(item=item("post/10")).person == company.noah
    assert person("user/2") == company.noah
    assert not Person.objects.filter(pk=otto.pk).exists()
    assert not Activity.objects.filter(actor_id=otto.pk).exists()
    assert not Item.objects.filter(author=None).exists()
    card = Item.objects.get(pk=item("post/10").pk).card["accepted"]
    assert (card["name"], card["handle"]) == ("Noah Whitfield", "noah")


def test_what_they_were_known_for_the_colleague_is_known_for(otto, company):
    known.sum_up(known.waiting(100))
    assert KnownTopic.objects.filter(person_id=otto.pk).exists()
    join_people(company.viewer("ines"), otto, company.noah)
    while follow():
        pass
    claims = known_for(company.viewer("elena"), company.noah.pk)
    assert claims
    assert shown(company, company.noah) == claims
    assert not KnownTopic.objects.filter(person_id=otto.pk).exists()


def test_who_is_tied_to_them_is_tied_to_the_colleague_once_and_nobody_to_themselves(otto, company):
    priya, ruth, noah = (company.viewer(name) for name in ("priya", "ruth", "noah"))
    ties.connect(priya, otto, "Hello")
    ties.connect(ruth, otto, "Hello too")
    ties.connect(ruth, company.noah, "First")
    ties.connect(noah, otto, "Is it you?")
    brought = ties.introduce(ruth, otto, company.priya, "Meet.")
    ties.meet(priya, brought)
    ties.introduce(noah, otto, company.hassan, "Meet.")
    not_for_me(noah, otto)
    join_people(company.viewer("ines"), otto, company.noah)
    asked = {(tie.asker_id, tie.note) for tie in Connection.objects.all()}
    assert asked == {(company.priya.pk, "Hello"), (company.ruth.pk, "First")}
    assert all(company.noah.pk in (tie.one_id, tie.other_id) for tie in Connection.objects.all())
    (left,) = Introduction.objects.all()
    answers = {left.one_id: left.one_answer, left.other_id: left.other_answer}
    assert answers == {company.noah.pk: "", company.priya.pk: "yes"}
    assert ties.meet(noah, left), "Who is joined can answer what waited."
    assert not NotForMe.objects.exists()


def test_answers_stay_with_who_gave_them_whoever_was_here_first(otto, company):
    ruth = company.viewer("ruth")
    after = next(each for each in (company.hassan, company.elena, company.ines) if each.pk > company.noah.pk)
    assert company.priya.pk < company.noah.pk
    for other in (company.priya, after):
        ties.meet(company.viewer(other.handle), ties.introduce(ruth, otto, other, "Meet."))
    join_people(company.viewer("ines"), otto, company.noah)
    for one in Introduction.objects.all():
        assert one.one_id < one.other_id
        answers = {one.one_id: one.one_answer, one.other_id: one.other_answer}
        assert answers.pop(company.noah.pk) == ""
        assert list(answers.values()) == ["yes"]
    assert Introduction.objects.count() == 2


def test_it_is_recorded_who_joined_them(otto, company):
    wall = Space.objects.get(owner=otto, purpose="wall").pk
    join_people(company.viewer("ines"), otto, company.noah)
    act = Activity.objects.get(verb="joined_people")
    assert (act.actor, act.person) == (company.ines, company.noah)
    assert act.detail == {"gone_id": otto.pk, "gone_wall_id": wall, "person_id": company.noah.pk}


def test_who_asked_is_shown_with_the_name_of_the_colleague(otto, company):
    join_people(company.viewer("ines"), person("user/1"), company.noah)
    question = Question.objects.get(pk=item("post/10").pk)
    assert question.item.card["accepted"]["by"] == "Noah Whitfield"
    assert Badge.objects.get().person == company.noah


def test_projections_follow_and_rebuild_to_the_same(otto, company):
    answer(company.viewer("priya"), Question.objects.get(pk=item("post/13").pk), "Any paint.")
    post(company.viewer("priya"), Space.objects.get(owner=otto, purpose="wall"), "Welcome.")
    while follow():
        pass
    for gone in (otto, person("user/3")):
        join_people(company.viewer("ines"), gone, company.noah)
        while follow():
            pass
    assert SearchEntry.objects.get(item=item("post/12")).author_id == company.noah.pk
    assert any(each.accepted for each in Contribution.objects.filter(person=company.noah))
    assert not Contribution.objects.filter(person_id=otto.pk).exists()
    for projection in registered():
        before = projection.snapshot()
        rebuild(projection)
        assert projection.snapshot() == before, projection.name


def test_who_was_in_a_space_twice_is_counted_once(otto, company):
    bees = Space.objects.get(name="Bees")
    join(company.viewer("noah"), bees)
    before = Space.objects.get(pk=bees.pk).member_count
    join_people(company.viewer("ines"), otto, company.noah)
    assert Membership.objects.filter(space=bees, person=company.noah).count() == 1
    assert Space.objects.get(pk=bees.pk).member_count == before - 1


def test_a_later_dump_brings_what_is_new_to_the_colleague(otto, company, tmp_path):
    join_people(company.viewer("ines"), otto, company.noah)
    files = small.all_files()
    files["Posts"].append({"Id": 99, "PostTypeId": 2, "ParentId": 13, "CreationDate": small.DAY.format(9), "Score": 0,
                           "Body": "<p>Wax.</p>", "OwnerUserId": 2})  # fmt: skip
    load(small.write(tmp_path / "bees.example", files))
    assert item("post/99").author == company.noah
    company.noah.refresh_from_db()
    assert company.noah.name == "Noah Whitfield"


def test_an_account_of_somebody_stays_their_own(otto, company):
    ines = company.viewer("ines")
    with pytest.raises(Invalid, match="was not imported"):
        join_people(ines, company.priya, company.noah)
    with pytest.raises(Invalid, match="same account"):
        join_people(ines, otto, otto)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        join_people(company.viewer("noah"), otto, company.noah)
    invite(ines, person("user/1"))
    with pytest.raises(Invalid, match="was invited with this account"):
        join_people(ines, person("user/1"), company.noah)
    Person.objects.filter(pk=otto.pk).update(last_login=timezone.now())
    with pytest.raises(Invalid, match="has signed in"):
        join_people(ines, otto, company.noah)
    Person.objects.filter(pk=company.noah.pk).update(is_active=False)
    with pytest.raises(Invalid, match="is closed"):
        join_people(ines, person("user/3"), company.noah)


def test_every_key_that_leads_to_a_person_is_known():
    """Raw columns included: whoever adds a table with a person in it, and no foreign key, has to think of this."""
    keys = {f"{field.model._meta.db_table}.{field.column}" for field in pointing._keys(Person)}
    assert {"content_item.author_id", "activity_activity.actor_id", "people_person.manager_id"} <= keys
    assert all(isinstance(field, models.ForeignKey) for field in pointing._keys(Person))


def test_the_page_asks_twice(otto, company, sign_in):
    client = sign_in(company.ines)
    address = f"/studio/people/{otto.handle}/same"
    assert address in client.get(f"/studio/people/{otto.handle}").content.decode()
    assert client.get(address).status_code == 200
    shown = client.get(address, {"handle": "noah"}).content.decode()
    assert "One text becomes Noah Whitfield’s" in shown
    assert client.post(address, {"handle": "noah"}).status_code == 422
    assert Person.objects.filter(pk=otto.pk).exists()
    answer = client.post(address, {"handle": "@noah", "sure": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/studio/people/noah")
    assert item("post/12").author == company.noah


def test_the_page_says_why_not(otto, company, sign_in):
    client = sign_in(company.ines)
    for handle, why in (("nobody-at-all", "There is nobody called"), (otto.handle, "same account")):
        answer = client.get(f"/studio/people/{otto.handle}/same", {"handle": handle})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert "/same" not in client.get("/studio/people/noah").content.decode()
