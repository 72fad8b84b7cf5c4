"""Private messages: who sees what, what counts as unread, and that one conversation is one."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.together import at_once
from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale, TooMany
from watercooler.foundation.base.pages import new_key
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.acts import join_people
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Conversation, Message, Participant
from watercooler.spine.spaces.models import Membership
from watercooler.spine.spaces.newcomers import add_person

pytestmark = pytest.mark.django_db


def talk(company, *names, by="priya"):
    viewer = company.viewer(by)
    if len(names) == 1:
        return acts.begin(viewer, company.people[names[0]])
    return acts.begin_group(viewer, [company.people[name] for name in names], "Leeds on-call")


def say(company, by, conversation, words="Morning!", **more):
    return acts.send(company.viewer(by), conversation, words, **more)


def words(company, name, conversation):
    return [line.excerpt for line in reads.said(company.viewer(name), conversation.pk) if line.kind == "said"]


def unread(company, name, conversation):
    place = Participant.objects.get(conversation=conversation, person=company.people[name])
    assert place.left_at is not None or place.unread == acts.recount(place, place.read_up_to)
    return place.unread


def test_two_people_have_one_conversation(company):
    first = talk(company, "noah")
    assert talk(company, "priya", by="noah") == first
    say(company, "noah", first, "Third one this week.")
    assert words(company, "priya", first) == ["Third one this week."]
    assert unread(company, "priya", first) == 1
    assert unread(company, "noah", first) == 0
    assert reads.unread(company.viewer("priya")) == 1
    assert reads.between(company.viewer("priya"), company.noah.pk) == first.pk


def test_the_record_says_only_that_one_was_sent(company):
    made = say(company, "noah", talk(company, "noah"), "My bank details are secret.")
    recorded = Activity.objects.get(verb="sent_message")
    assert (recorded.actor, recorded.person, recorded.item, recorded.space) == (company.noah, None, None, None)
    assert recorded.detail == {"conversation_id": made.conversation_id, "message_id": made.pk}


def test_nobody_else_reads_or_writes_not_even_an_administrator(company):
    here = talk(company, "noah")
    made = say(company, "noah", here)
    for name in ("ines", "hassan", "sam"):
        viewer = company.viewer(name)
        assert reads.head(viewer, here.pk) is None
        assert reads.said(viewer, here.pk) == []
        assert reads.rows(viewer) == []
        for act in (
            lambda v=viewer: acts.send(v, here, "Hello"),
            lambda v=viewer: acts.read(v, here, 1),
            lambda v=viewer: acts.mute(v, here),
            lambda v=viewer: acts.edit(v, made, "Other words"),
            lambda v=viewer: acts.remove(v, made),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_message_sent_twice_is_kept_once(company):
    here, key = talk(company, "noah"), new_key()
    first = say(company, "priya", here, "Once.", key=key)
    assert say(company, "priya", here, "Once.", key=key) == first
    assert unread(company, "noah", here) == 1


def test_who_comes_later_sees_what_is_said_from_then_on(company):
    group = talk(company, "noah", "tomasz")
    say(company, "noah", group, "Before Hassan came.")
    acts.add(company.viewer("noah"), group, [company.hassan])
    say(company, "tomasz", group, "Welcome.")
    assert words(company, "hassan", group) == ["Welcome."]
    assert unread(company, "hassan", group) == 1
    assert words(company, "priya", group) == ["Before Hassan came.", "Welcome."]
    assert [line.kind for line in reads.said(company.viewer("hassan"), group.pk)] == ["added", "said"]


def test_who_leaves_sees_nothing_more_and_their_words_stay(company):
    group = talk(company, "noah", "tomasz")
    say(company, "noah", group, "I said this.")
    acts.leave(company.viewer("noah"), group)
    say(company, "tomasz", group, "He is gone.")
    assert reads.head(company.viewer("noah"), group.pk) is None
    assert words(company, "noah", group) == []
    assert "I said this." in words(company, "priya", group)
    with pytest.raises(NotAllowed):
        say(company, "noah", group)
    acts.add(company.viewer("priya"), group, [company.noah])
    say(company, "priya", group, "Back again.")
    assert words(company, "noah", group) == ["Back again."]
    assert unread(company, "noah", group) == 1


def test_removing_takes_it_from_what_is_unread_and_undoing_brings_it_back(company):
    here = talk(company, "noah")
    made = say(company, "priya", here, "Wrong window.")
    viewer = company.viewer("priya")
    assert acts.remove(viewer, made)
    assert not acts.remove(viewer, made)
    assert unread(company, "noah", here) == 0
    assert [(line.is_removed, line.safe_html, line.source) for line in reads.said(company.viewer("noah"), here.pk)] == [
        (True, "", "")
    ]
    assert acts.restore(viewer, made)
    assert unread(company, "noah", here) == 1
    assert words(company, "noah", here) == ["Wrong window."]
    standing = Activity.objects.filter(verb="sent_message", undoes=None, undone_by=None)
    assert standing.count() == 1


def test_what_was_removed_is_emptied_after_a_day(company):
    made = say(company, "priya", talk(company, "noah"), "Wrong window.")
    acts.remove(company.viewer("priya"), made)
    assert acts.empty_removed() == 0
    assert acts.empty_removed(timezone.now() + timedelta(days=1, minutes=1)) == 1
    made.refresh_from_db()
    assert (made.source, made.safe_html, made.excerpt) == ("", "", "")
    with pytest.raises(Stale):
        acts.restore(company.viewer("priya"), made)


def test_a_muted_conversation_does_not_count(company):
    here = talk(company, "noah")
    acts.mute(company.viewer("priya"), here)
    say(company, "noah", here)
    assert unread(company, "priya", here) == 1
    assert reads.unread(company.viewer("priya")) == 0
    acts.unmute(company.viewer("priya"), here)
    assert reads.unread(company.viewer("priya")) == 1


def test_guests_write_to_those_they_share_a_space_with(company):
    sam = company.viewer("sam")
    say(company, "sam", acts.begin(sam, company.noah), "Hello from Kestrel.")
    with pytest.raises(Invalid, match="shares no space"):
        acts.begin(sam, company.fatima)
    with pytest.raises(Invalid, match="shares no space"):
        acts.begin(company.viewer("fatima"), company.sam)
    with pytest.raises(Invalid, match="shares no space"):
        acts.begin_group(company.viewer("noah"), [company.sam, company.fatima])
    group = acts.begin_group(company.viewer("noah"), [company.fatima, company.priya])
    with pytest.raises(Invalid, match="shares no space"):
        acts.add(company.viewer("noah"), group, [company.sam])


def test_a_guest_who_left_the_spaces_of_a_group_writes_there_no_more(company):
    group = acts.begin_group(company.viewer("noah"), [company.sam, company.priya])
    say(company, "sam", group, "Still in.")
    Membership.objects.filter(person=company.sam).delete()
    with pytest.raises(Invalid, match="shares no space"):
        say(company, "sam", group)
    say(company, "noah", group, "The others go on.")


def test_who_has_left_is_not_written_to_and_their_words_stay(company):
    here = talk(company, "noah")
    say(company, "noah", here, "I am off.")
    company.noah.is_active = False
    company.noah.save()
    with pytest.raises(Invalid, match="has left"):
        say(company, "priya", here)
    with pytest.raises(Invalid, match="has left"):
        talk(company, "noah")
    assert words(company, "priya", here) == ["I am off."]


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "\x00", "x" * 10_001])
def test_nothing_and_too_much_are_refused(company, text):
    here = talk(company, "noah")
    with pytest.raises(Invalid):
        say(company, "priya", here, text)
    assert not Message.objects.exists()


def test_what_cannot_be_seen_is_taken_out_and_nothing_runs(company):
    made = say(company, "priya", talk(company, "noah"), "a\x07b \u202eevil <script>alert(1)</script>")
    assert "\x07" not in made.source
    assert "\u202e" not in made.source
    assert "<script" not in made.safe_html


def test_nobody_writes_faster_than_a_person(company, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 2
    here = talk(company, "noah")
    say(company, "priya", here)
    say(company, "priya", here)
    with pytest.raises(TooMany):
        say(company, "priya", here)


def test_a_link_to_an_item_becomes_a_card_for_who_may_read_it(company):
    secret = company.post("For the council.", by="ruth", space=company.council)
    made = say(company, "ruth", talk(company, "noah", by="ruth"), f"See {secret.url} and [it](/p/{secret.pk})")
    assert made.item_ids == [secret.pk]
    for name, count in (("ruth", 1), ("noah", 0)):
        viewer = company.viewer(name)
        lines = reads.said(viewer, made.conversation_id)
        assert len(reads.cards(viewer, lines)) == count


def test_the_list_is_newest_first_and_flat(company, django_assert_num_queries):
    for name in ("noah", "tomasz", "hassan"):
        say(company, name, talk(company, name), f"From {name}.")
    say(company, "noah", talk(company, "noah"), "Once more.")
    found = reads.rows(company.viewer("priya"))
    assert [row.last_words for row in found] == ["Once more.", "From hassan.", "From tomasz."]
    last = found[0]
    older = reads.rows(company.viewer("priya"), before=(last.active_at, last.id))
    assert [row.id for row in older] == [row.id for row in found[1:]]


def test_reading_goes_forward_only(company):
    here = talk(company, "noah")
    for _ in range(3):
        say(company, "noah", here)
    priya = company.viewer("priya")
    assert acts.read(priya, here, 2)
    assert unread(company, "priya", here) == 1
    assert not acts.read(priya, here, 1)
    assert acts.read(priya, here, 99)
    assert unread(company, "priya", here) == 0
    assert Participant.objects.get(conversation=here, person=company.priya).read_up_to == 3


def test_a_group_has_a_name_and_two_have_none(company):
    group = talk(company, "noah", "tomasz")
    assert acts.rename(company.viewer("noah"), group, " F-gas \n group ")
    assert not acts.rename(company.viewer("noah"), group, "F-gas group")
    with pytest.raises(Invalid):
        acts.rename(company.viewer("noah"), group, "x" * 81)
    for act in (acts.rename, acts.add):
        with pytest.raises(NotAllowed):
            act(company.viewer("priya"), talk(company, "noah"), "x" if act is acts.rename else [company.hassan])
    with pytest.raises(NotAllowed):
        acts.leave(company.viewer("priya"), talk(company, "noah"))


def test_the_database_knows_two_people_once(company):
    low, high = sorted([company.noah.pk, company.priya.pk])
    facts = {"made_by": company.noah, "made_at": timezone.now()}
    Conversation.objects.create(one_id=low, other_id=high, **facts)
    for one, other, name in ((low, high, ""), (high, low, ""), (low, None, ""), (low, high, "named")):
        with pytest.raises(Exception, match="conversation_of_two"), transaction.atomic():
            Conversation.objects.create(one_id=one, other_id=other, name=name, **facts)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_get_the_same_one(company):
    noah, priya = company.viewer("noah"), company.viewer("priya")
    begun = at_once(
        *[lambda: acts.send(noah, acts.begin(noah, company.priya), "From Noah").conversation_id] * 3,
        *[lambda: acts.send(priya, acts.begin(priya, company.noah), "From Priya").conversation_id] * 3,
    )
    assert len(set(begun)) == 1
    assert sorted(Message.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    for name in ("noah", "priya"):
        assert unread(company, name, Conversation.objects.get()) == 3


@pytest.mark.django_db(transaction=True)
def test_reading_sending_and_removing_at_once_count_right(company):
    noah, priya = company.viewer("noah"), company.viewer("priya")
    here = acts.begin(noah, company.priya)
    gone = [acts.send(noah, here, f"Goes {n}") for n in range(3)]
    at_once(
        *[lambda n=n: acts.send(noah, here, f"Comes {n}") for n in range(4)],
        *[lambda n=n: acts.read(priya, here, n) for n in (1, 2, 4)],
        *[lambda m=m: acts.remove(noah, m) for m in gone],
    )
    assert unread(company, "priya", here) >= 0
    with connection.cursor() as cursor:
        cursor.execute("select last_number from conversations_conversation")
        assert cursor.fetchone()[0] == 7


def test_who_turns_out_to_be_a_colleague_brings_the_words_written_to_them(company):
    otto = add_person(handle="otto", name="Otto Falk", joined_at=timezone.now(), is_imported=True)
    for name in ("priya", "noah", "ruth"):
        say(company, name, acts.begin(company.viewer(name), otto), f"To Otto from {name}")
    say(company, "priya", talk(company, "noah"), "To Noah")
    join_people(company.viewer("ines"), otto, company.noah)
    noah = company.viewer("noah")
    found = {row.last_words: (row.is_group, row.person_count) for row in reads.rows(noah)}
    assert found == {
        "To Otto from priya": (True, 1),
        "To Otto from ruth": (False, 1),
        "To Otto from noah": (True, 0),
        "To Noah": (False, 1),
    }
    assert acts.begin(noah, company.ruth).pk == reads.between(noah, company.ruth.pk)
