"""Private messages as pages: written, read, removed, with and without script, by nobody but those who take part."""

import re
from html import unescape

import pytest

from tests.pictures import upload
from watercooler.foundation.base.pages import new_key
from watercooler.spine.content.models import Attachment
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Conversation, Message, Participant

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def two(company):
    """Noah and Priya, with two messages of Noah's that Priya has not read."""
    noah = company.viewer("noah")
    here = acts.begin(noah, company.priya)
    acts.send(noah, here, "Morning! Third one this week.")
    acts.send(noah, here, "Low pressure, then it just works?")
    return here


def text(response):
    return unescape(response.content.decode())


def test_the_list_and_the_numbers_beside_it(company, sign_in, two):
    client = sign_in(company.priya)
    page = text(client.get("/inbox/messages"))
    assert "Noah Whitfield" in page
    assert "Low pressure, then it just works?" in page
    assert re.search(r'data-unread="messages"><span data-count>1<', page)
    assert re.search(r'class="count" data-unread><span class="vh">, </span><span data-count>1<', page)
    text(client.get(two.url))
    assert re.search(r'data-unread="messages" hidden', text(client.get("/inbox/messages")))


def test_nothing_yet_offers_to_write(company, sign_in):
    page = text(sign_in(company.hassan).get("/inbox/messages"))
    assert "No messages yet" in page
    assert "/inbox/messages/new" in page


def test_reading_is_known_to_the_other_of_two(company, sign_in, two):
    assert Participant.objects.get(conversation=two, person=company.priya).unread == 2
    page = text(sign_in(company.priya).get(two.url))
    assert "Third one this week." in page
    assert Participant.objects.get(conversation=two, person=company.priya).unread == 0
    page = text(sign_in(company.noah).get(two.url))
    assert page.count("Read <time") == 1
    assert page.index("it just works?") < page.index("Read <time")


def test_writing_without_script_and_twice(company, sign_in, two):
    client, key = sign_in(company.priya), new_key()
    for _ in range(2):
        answer = client.post(two.url, {"source": "What is it like **outside**?", "key": key})
        assert answer.status_code == 302
    assert Message.objects.filter(author=company.priya).count() == 1
    assert "<strong>outside</strong>" in text(client.get(two.url))


def test_writing_with_script_brings_the_lines_from_where_the_page_begins(company, sign_in, two):
    client = sign_in(company.priya)
    part = text(client.post(two.url, {"source": "Ha.", "from": "2"}, headers=SCRIPT))
    assert 'id="m-1"' not in part
    assert 'id="m-2"' in part
    assert 'id="m-3"' in part
    assert 'id="message-key"' in part
    assert 'id="conversations"' in part
    assert 'data-messages="0"' in part


@pytest.mark.parametrize(("source", "status"), [("", 422), ("x" * 10_001, 422)])
def test_what_is_refused_stays_in_the_form(company, sign_in, two, source, status):
    answer = sign_in(company.priya).post(two.url, {"source": source})
    assert answer.status_code == status
    assert 'role="alert"' in text(answer)
    if source:
        assert source in text(answer)


def test_a_photo_is_seen_by_who_takes_part_and_by_nobody_else(company, sign_in, two):
    client = sign_in(company.noah)
    picture = upload("coil.png")
    assert client.post(two.url, {"source": "", "files": [picture]}).status_code == 302
    made = Attachment.objects.get()
    assert made.message.conversation == two
    assert Message.objects.get(pk=made.message_id).excerpt == "coil.png"
    assert made.url in text(client.get(two.url))
    assert sign_in(company.priya).get(made.url).status_code == 200
    for other in (company.ines, company.hassan, company.sam, company.elena):
        assert sign_in(other).get(made.url).status_code == 404
    client = sign_in(company.noah)
    assert client.post(f"/attachments/{made.pk}/undo").status_code == 403
    client.post(f"{two.url}/{made.message.number}/remove")
    assert client.get(made.url).status_code == 404


def test_nobody_else_finds_the_conversation(company, sign_in, two):
    for other in (company.ines, company.hassan, company.sam):
        client = sign_in(other)
        for address in ("", "/details", "/1/edit"):
            assert client.get(f"{two.url}{address}").status_code == 404
        for address in ("", "/read", "/muted", "/muted/undo", "/people", "/name", "/left", "/1/remove", "/1/restore"):
            assert client.post(f"{two.url}{address}", {"source": "Hi", "to": "hassan"}).status_code == 404, address


def test_beginning_with_one_goes_on_where_the_two_talked(company, sign_in, two):
    client = sign_in(company.priya)
    assert client.get("/inbox/messages/new?to=noah").url.startswith(two.url)
    page = text(client.get("/inbox/messages/new?to=tomasz"))
    assert 'value="tomasz" checked' in page
    answer = client.post("/inbox/messages/new", {"to": "tomasz", "source": "Wednesday in the van?", "key": new_key()})
    made = Conversation.objects.latest("pk")
    assert answer.url == made.url
    assert not made.is_group
    assert client.get("/inbox/messages/new?to=nobody").status_code == 404


def test_beginning_a_group_twice_makes_one(company, sign_in):
    client, key = sign_in(company.priya), new_key()
    for _ in range(2):
        sent = {"to": ["noah", "tomasz"], "name": "Leeds on-call", "source": "Who has the press jaws?", "key": key}
        assert client.post("/inbox/messages/new", sent).status_code == 302
    group = Conversation.objects.get()
    assert group.is_group
    assert group.participants.count() == 3
    assert "Leeds on-call" in text(client.get("/inbox/messages"))


def test_an_empty_beginning_leaves_nothing_behind(company, sign_in):
    client = sign_in(company.priya)
    for sent in ({"to": "noah", "source": ""}, {"source": "Hello"}):
        assert client.post("/inbox/messages/new", sent).status_code == 422
    assert not Conversation.objects.exists()


def test_guests_find_and_write_to_those_of_their_spaces(company, sign_in):
    client = sign_in(company.sam)
    page = text(client.get("/inbox/messages/new?q=a"))
    assert "Noah" in page
    assert "Fatima" not in page
    assert client.get("/inbox/messages/new?to=fatima").status_code == 404
    assert client.post("/inbox/messages/new", {"to": "fatima", "source": "Hi"}).status_code == 422
    assert client.post("/inbox/messages/new", {"to": "noah", "source": "Hi"}).status_code == 302


def test_one_edits_removes_and_brings_back_ones_own(company, sign_in, two):
    client = sign_in(company.noah)
    assert client.post(f"{two.url}/1/edit", {"source": "Morning!"}).status_code == 302
    page = text(client.get(two.url))
    assert "edited" in page
    assert "Third one" not in page
    assert client.post(f"{two.url}/1/remove").status_code == 302
    page = text(client.get(two.url))
    assert "Removed" in page
    assert "Morning!" not in page
    assert f"{two.url}/1/restore" in page
    part = text(client.post(f"{two.url}/1/restore", headers=SCRIPT))
    assert 'id="m-1"' in part
    assert "data-toast" in part
    assert "Morning!" in text(client.get(two.url))
    client = sign_in(company.priya)
    for address in ("edit", "remove", "restore"):
        assert client.post(f"{two.url}/1/{address}", {"source": "Mine"}).status_code == 404


def test_a_group_says_who_came_and_shows_nothing_from_before(company, sign_in):
    priya = company.viewer("priya")
    group = acts.begin_group(priya, [company.noah], "Leeds on-call")
    acts.send(priya, group, "Before anybody came.")
    client = sign_in(company.priya)
    assert client.post(f"{group.url}/people", {"to": "Tomasz Zieliński (@tomasz)"}).status_code == 302
    assert "Priya Raman added Tomasz" in text(client.get(group.url))
    client.post(f"{group.url}/name", {"name": "Night shift"})
    page = text(sign_in(company.tomasz).get(group.url))
    assert "Before anybody came." not in page
    assert "You came here later" in page
    assert "Night shift" in page
    client = sign_in(company.tomasz)
    assert client.post(f"{group.url}/left").status_code == 302
    assert client.get(group.url).status_code == 404


def test_earlier_ones_come_page_by_page_and_each_has_an_address(company, sign_in, two):
    noah = company.viewer("noah")
    for n in range(3, 71):
        acts.send(noah, two, f"Number {n}", at=two.made_at)
    client = sign_in(company.priya)
    page = text(client.get(two.url))
    assert 'id="m-70"' in page
    assert 'id="m-40"' not in page
    assert f'href="{two.url}?before=41"' in page
    older = text(client.get(f"{two.url}?before=41", headers=SCRIPT))
    assert 'id="m-40"' in older
    assert 'id="m-41"' not in older
    assert 'id="m-5"' in text(client.get(f"{two.url}?at=5"))


def test_a_card_only_for_who_may_read_the_item(company, sign_in):
    secret = company.post("For the council alone.", by="ruth", space=company.council)
    ruth = company.viewer("ruth")
    here = acts.begin(ruth, company.noah)
    acts.send(ruth, here, f"Look: http://testserver{secret.url} or [here]({secret.url})")
    assert "msg-card" in text(sign_in(company.ruth).get(here.url))
    page = text(sign_in(company.noah).get(here.url))
    assert "msg-card" not in page
    assert "For the council alone." not in page


def test_a_page_costs_the_same_for_two_lines_and_for_fifty(company, sign_in, two, count_queries):
    client = sign_in(company.priya)
    client.get(two.url)
    with count_queries() as few:
        client.get(two.url)
    noah = company.viewer("noah")
    for _ in range(28):
        acts.send(noah, two, "One more", at=two.made_at)
    client.get(two.url)
    with count_queries() as many:
        client.get(two.url)
    assert len(many) == len(few) == 4
    with count_queries() as listed:
        client.get("/inbox/messages")
    assert len(listed) == 2
