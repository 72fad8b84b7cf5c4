"""Who may write to whom: chosen by who would be written to, said to the other before they type, and never why."""

from html import unescape

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import STRANGER
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Conversation, Participant
from watercooler.spine.conversations.openness import refusing, silenced
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.models import Membership

pytestmark = pytest.mark.django_db
FROM = "/inbox/messages/from"


def text(response):
    return unescape(response.content.decode())


def begins(company, by, to):
    """Say whether somebody may begin to talk with another; any refusal but by the one sentence counts as a yes."""
    try:
        acts.begin(company.viewer(by), company.people[to])
    except Invalid as refused:
        return refused.sentence != acts.no_new(company.people[to].name)
    return True


def test_nobody_new_and_those_who_talk_already_go_on(company):
    noah = company.viewer("noah")
    here = acts.begin(noah, company.priya)
    acts.send(noah, here, "Morning!")
    acts.open_to(company.viewer("priya"), "nobody")
    assert begins(company, "noah", "priya")
    acts.send(noah, here, "Still there?")
    for name in ("tomasz", "hassan", "ines", "ruth"):
        assert not begins(company, name, "priya")
        with pytest.raises(Invalid, match="takes no new messages"):
            acts.begin_group(company.viewer(name), [company.priya, company.noah])
    group = acts.begin_group(company.viewer("hassan"), [company.tomasz])
    with pytest.raises(Invalid, match="takes no new messages"):
        acts.add(company.viewer("hassan"), group, [company.priya])
    assert acts.begin(company.viewer("priya"), company.tomasz)


def test_known_are_those_of_a_space_those_followed_and_those_connected(company):
    acts.open_to(company.viewer("noah"), "known")
    assert begins(company, "priya", "noah")  # both are in Heat Pump Engineers
    assert not begins(company, "fatima", "noah")
    social.follow(company.viewer("fatima"), company.noah)
    assert not begins(company, "fatima", "noah")
    social.follow(company.viewer("noah"), company.fatima)
    assert begins(company, "fatima", "noah")
    assert not begins(company, "ines", "noah")
    social.connect(company.viewer("ines"), company.noah, "Hello")
    assert not begins(company, "ines", "noah")
    social.connect(company.viewer("noah"), company.ines, "")
    assert begins(company, "ines", "noah")


def test_a_block_ends_writing_both_ways_and_is_never_named(company, sign_in):
    noah, priya = company.viewer("noah"), company.viewer("priya")
    here = acts.begin(noah, company.priya)
    acts.send(noah, here, "Morning!")
    client = sign_in(company.priya)
    assert client.post(f"{FROM}/noah", {"how": "blocked", "back": here.url}).url == here.url
    page = text(client.get(here.url))
    assert "You blocked Noah Whitfield" in page
    assert 'id="composer"' not in page
    with pytest.raises(Invalid, match="You blocked"):
        acts.send(priya, here, "No.")
    client = sign_in(company.noah)
    page = text(client.get(here.url))
    assert "takes no new messages" in page
    assert "block" not in page.split('class="msg-thread"')[1].split('class="msg-side"')[0].lower()
    assert 'id="composer"' not in page
    assert client.post(here.url, {"source": "Why?"}).status_code == 422
    assert not begins(company, "noah", "priya")
    assert "Morning!" in page
    sign_in(company.priya).post(f"{FROM}/noah/undo")
    acts.send(noah, here, "Thank you.")


def test_what_a_muted_person_begins_does_not_count(company):
    tomasz = company.viewer("tomasz")
    acts.silence(company.viewer("priya"), company.tomasz, is_blocked=False)
    acts.send(tomasz, acts.begin(tomasz, company.priya), "Hello")
    group = acts.begin_group(tomasz, [company.priya, company.noah])
    acts.send(tomasz, group, "Hello both")
    other = acts.begin_group(company.viewer("noah"), [company.tomasz, company.hassan])
    acts.add(tomasz, other, [company.priya])
    acts.send(tomasz, other, "Hello all")
    assert reads.unread(company.viewer("priya")) == 0
    assert Participant.objects.filter(person=company.priya, is_muted=True).count() == 3
    noah = company.viewer("noah")
    acts.send(noah, acts.begin(noah, company.priya), "Hello")
    assert reads.unread(company.viewer("priya")) == 1


def test_it_is_said_before_anything_is_typed(company, sign_in):
    acts.open_to(company.viewer("priya"), "nobody")
    client = sign_in(company.tomasz)
    page = text(client.get("/people/priya"))
    assert "Takes no new messages" in page
    assert "/inbox/messages/new?to=priya" not in page
    page = text(client.get("/inbox/messages/new?to=priya"))
    assert acts.no_new("Priya Raman") in page
    assert 'value="priya" disabled' in page
    assert 'value="priya" disabled' in text(client.get("/inbox/messages/new?q=priya&several"))
    answer = client.post("/inbox/messages/new", {"to": "priya", "source": "Half an hour of words."})
    assert answer.status_code == 422
    assert "Half an hour of words." in text(answer)
    assert not Conversation.objects.exists()


def test_one_chooses_and_takes_back_on_one_page(company, sign_in):
    client = sign_in(company.priya)
    assert client.post(FROM, {"who": "known"}).url == FROM
    assert 'value="known" checked' in text(client.get(FROM))
    assert client.post(FROM, {"who": "me"}).status_code == 422
    client.post(f"{FROM}/tomasz", {"how": "muted"})
    client.post(f"{FROM}/tomasz", {"how": "blocked"})
    page = text(client.get(FROM))
    assert "Tomasz" in page
    assert "Blocked</span>" in page
    assert client.post(f"{FROM}/tomasz/undo", {"back": "https://evil.example/"}).url == FROM
    assert "Tomasz" not in text(client.get(FROM)).split('id="silenced"')[1].split("</section>")[0]
    assert client.post(f"{FROM}/priya", {"how": "blocked"}).status_code == 422


WHO = st.sampled_from(["all", "known", "nobody"])
NAMES = ("priya", "noah", "fatima")


@given(st.tuples(WHO, WHO, WHO), st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans())))
@settings(max_examples=25)
def test_pages_and_acts_refuse_the_same(company, chosen, silences):
    from django.db import transaction

    with transaction.atomic():
        for name, who in zip(NAMES, chosen, strict=True):
            acts.open_to(company.viewer(name), who)
        blocks = {}
        for one, other, is_blocked in sorted(silences):
            if one != other:
                acts.silence(company.viewer(one), company.people[other], is_blocked=is_blocked)
                blocks[one, other] = is_blocked
        for by in NAMES:
            viewer = company.viewer(by)
            closed = refusing(viewer, [company.people[name].pk for name in NAMES if name != by])
            for to in NAMES:
                if by == to or blocks.get((by, to)):
                    continue
                assert begins(company, by, to) == (company.people[to].pk not in closed)
                known = {by, to} == {"priya", "noah"}
                who = chosen[NAMES.index(to)]
                wanted = not blocks.get((to, by)) and (who == "all" or (who == "known" and known))
                assert wanted == (company.people[to].pk not in closed)
        transaction.set_rollback(True)


def test_known_are_not_those_who_only_asked_or_muted(company):
    acts.open_to(company.viewer("noah"), "known")
    Membership.objects.create(space=company.heat, person=company.fatima, standing="requested", since=timezone.now())
    assert not begins(company, "fatima", "noah")
    acts.open_to(company.viewer("fatima"), "known")
    assert not begins(company, "noah", "fatima")
    social.mute(company.viewer("noah"), company.fatima)
    assert not begins(company, "fatima", "noah")


def test_choosing_says_whether_it_changed_something(company):
    priya = company.viewer("priya")
    assert not acts.open_to(priya, "all")
    assert acts.open_to(priya, "known")
    assert not acts.open_to(priya, "known")
    assert acts.open_to(company.viewer("noah"), "nobody")
    assert acts.silence(priya, company.tomasz, is_blocked=False)
    assert not acts.silence(priya, company.tomasz, is_blocked=False)
    assert acts.silence(priya, company.tomasz, is_blocked=True)
    assert acts.unsilence(priya, company.tomasz)
    assert not acts.unsilence(priya, company.tomasz)


def test_a_stranger_chooses_nothing(company):
    for act in (
        lambda: acts.open_to(STRANGER, "known"),
        lambda: acts.silence(STRANGER, company.priya, is_blocked=True),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_silences_are_ones_own_and_a_muted_person_may_be_written_to(company):
    priya, noah = company.viewer("priya"), company.viewer("noah")
    acts.silence(priya, company.tomasz, is_blocked=False)
    acts.silence(noah, company.tomasz, is_blocked=True)
    assert [each.about for each in silenced(priya)] == [company.tomasz]
    assert acts.begin(priya, company.tomasz)
    assert acts.unsilence(priya, company.tomasz)
    assert [each.about for each in silenced(noah)] == [company.tomasz]
    assert not begins(company, "tomasz", "noah")
