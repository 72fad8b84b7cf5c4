"""Guests of a group whom its people meet in no space any more: they see nothing that is said from then on."""

import pytest

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Role
from watercooler.projections.search.messages.reads import found
from watercooler.projections.search.query import parse
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Message, Participant
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Membership
from watercooler.spine.spaces.newcomers import add_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(company):
    """Noah, Priya and Sam of Kestrel, who meet in one space; Sam was written to and took part."""
    made = acts.begin_group(company.viewer("noah"), [company.sam, company.priya], "Training")
    acts.send(company.viewer("noah"), made, "Welcome, Sam.")
    acts.send(company.viewer("sam"), made, "Glad to be here.")
    return made


def visiting(company):
    return {"sponsor": company.noah, "ends_on": company.sam.ends_on}


def out(*people):
    Membership.objects.filter(person__in=people).delete()


def kinds(company, name, group):
    return [line.kind for line in reads.said(company.viewer(name), group.pk)]


@pytest.mark.parametrize("act", ["send", "edit", "rename", "add", "remove"])
def test_whatever_is_done_next_they_do_not_see(company, group, act):
    noah = company.viewer("noah")
    out(company.sam)
    sam = company.viewer("sam")
    assert kinds(company, "sam", group) == ["said", "said"]
    {
        "send": lambda: acts.send(noah, group, "Sam’s offer is too high, secretly."),
        "edit": lambda: acts.edit(noah, Message.objects.get(number=1), "The price is secret."),
        "rename": lambda: acts.rename(noah, group, "Without Sam"),
        "add": lambda: acts.add(noah, group, [company.fatima]),
        "remove": lambda: acts.remove(noah, Message.objects.get(number=1)),
    }[act]()
    assert reads.head(sam, group.pk) is None
    assert reads.said(sam, group.pk) == []
    assert reads.rows(sam) == []
    assert reads.unread(sam) == 0
    assert found(sam, parse("secret")) == []
    assert Participant.objects.get(conversation=group, person=company.sam).unread == 0
    assert "apart" in kinds(company, "priya", group)
    with pytest.raises(NotAllowed):
        acts.send(sam, group, "Hello?")


def test_the_page_says_404_and_the_others_are_told(company, group, sign_in):
    client = sign_in(company.sam)
    assert client.get(group.url).status_code == 200
    out(company.sam)
    assert sign_in(company.noah).post(group.url, {"source": "Only us now."}).status_code == 302
    page = sign_in(company.priya).get(group.url).content.decode()
    assert "Sam Okafor shares no space with all of you any more" in page
    client = sign_in(company.sam)
    for address in ("", "/details", "/2/edit", "?before=3"):
        assert client.get(f"{group.url}{address}").status_code == 404
    assert "Only us now." not in client.get("/inbox/messages").content.decode()


def test_one_shared_space_with_each_is_enough(company, group):
    acts.send(company.viewer("noah"), group, "All still here.")
    assert kinds(company, "sam", group) == ["said"] * 3


def test_another_guest_stays_who_is_apart_from_nobody_but_them(company, group):
    kim = add_person(handle="kim", name="Kim Guest", role=Role.GUEST, joined_at=group.made_at, **visiting(company))
    Membership.objects.create(person=kim, space=company.heat, standing="member", since=group.made_at)
    acts.add(company.viewer("noah"), group, [kim])
    out(company.sam)
    acts.send(company.viewer("noah"), group, "Only Sam went.")
    inside = Participant.objects.filter(conversation=group, left_at=None)
    assert set(inside.values_list("person__handle", flat=True)) == {"noah", "priya", "kim"}


def test_a_guest_who_is_apart_writes_renames_and_changes_nothing_but_may_leave(company, group):
    out(company.sam)
    sam = company.viewer("sam")
    for act in (
        lambda: acts.send(sam, group, "Hello?"),
        lambda: acts.rename(sam, group, "Mine"),
        lambda: acts.edit(sam, Message.objects.get(number=2), "Other words"),
    ):
        with pytest.raises(Invalid, match="shares no space"):
            act()
    assert acts.leave(sam, group)
    assert kinds(company, "priya", group) == ["said", "said", "left"]


def test_of_two_nothing_new_passes_by_changing_old_words(company):
    noah = company.viewer("noah")
    here = acts.begin(noah, company.sam)
    made = acts.send(noah, here, "Morning!")
    out(company.sam)
    with pytest.raises(Invalid, match="shares no space"):
        acts.edit(noah, made, "The price is secret.")
    assert kinds(company, "sam", here) == ["said"]


def test_who_meets_them_again_adds_them_and_they_see_what_is_said_from_then_on(company, group):
    memberships = list(Membership.objects.filter(person=company.sam))
    out(company.sam)
    acts.send(company.viewer("noah"), group, "Without Sam.")
    with pytest.raises(Invalid, match="shares no space"):
        acts.add(company.viewer("noah"), group, [company.sam])
    Membership.objects.bulk_create(memberships)
    acts.add(company.viewer("noah"), group, [company.sam])
    acts.send(company.viewer("noah"), group, "Back again.")
    said = reads.said(company.viewer("sam"), group.pk)
    assert [(line.kind, line.excerpt) for line in said] == [("added", ""), ("said", "Back again.")]


@pytest.mark.parametrize("why", ["apart", "apart in a group", "blocked", "left"])
def test_what_was_removed_comes_back_only_to_whom_one_could_write(company, group, why):
    sam, noah = company.viewer("sam"), company.viewer("noah")
    here = group if why == "apart in a group" else acts.begin(sam, company.noah)
    said = acts.send(sam, here, "Our price is 100.")
    acts.remove(sam, said)
    acts.restore(sam, said)
    acts.remove(sam, said)
    if why == "blocked":
        acts.silence(noah, company.sam, is_blocked=True)
    elif why == "left":
        Person.objects.filter(pk=company.noah.pk).update(is_active=False)
    else:
        out(company.sam)
    with pytest.raises((Invalid, NotAllowed)):
        acts.restore(company.viewer("sam"), said)
    said.refresh_from_db()
    assert said.removed_at is not None
