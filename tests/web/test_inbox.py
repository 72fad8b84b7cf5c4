"""The inbox: lines one can trust, with a reason and a way to get less."""

import re
from html import unescape

import pytest

from watercooler.places.inbox.sentences import TILES, _template
from watercooler.projections.notifications import acts as notes
from watercooler.projections.notifications import reads
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import hold, remove
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import invite, join, set_level
from watercooler.spine.spaces.models import Level, Membership, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(company):
    follow()
    Notification.objects.all().delete()
    return company


@pytest.fixture
def question(company):
    """Noah's question with two answers, told and unread."""
    question = company.question(by="noah")
    company.answer(question, "Look at the coil first.", by="tomasz")
    company.answer(question, "Check the trace heater.", by="priya")
    follow()
    return question


def line_of(company, name):
    return Notification.objects.get(person=company.people[name], position__gt=0)


def test_a_line_says_who_what_when_and_why(company, question, sign_in):
    page = sign_in(company.noah).get("/inbox").text
    assert "<b>Priya Raman</b> and <b>Tomasz Zieliński</b> answered" in page
    assert question.item.title in page
    assert "Check the trace heater." in page
    assert "<h2>Today</h2>" in page
    assert "Why did I get this?" in page
    assert "You asked this question." in page
    assert 'class="nt un"' in page


def test_words_of_others_are_escaped(company, sign_in):
    company.tomasz.name = "<i>Tomasz</i>"
    company.tomasz.save()
    question = company.question("Is 5 < 6 & <script>?", by="noah")
    company.answer(question, by="tomasz")
    follow()
    page = sign_in(company.noah).get("/inbox").text
    assert "<script>?" not in page
    assert "<i>Tomasz" not in page
    assert "Is 5 &lt; 6 &amp; &lt;script&gt;?" in page


def test_two_queries_for_two_lines_and_for_many(company, question, sign_in, count_queries):
    client = sign_in(company.noah)
    client.get("/inbox")
    with count_queries() as few:
        client.get("/inbox")
    for number in range(12):
        social.helped(company.viewer("priya"), company.post(f"Post {number}", by="noah"))
    follow()
    with count_queries() as many:
        assert client.get("/inbox").text.count('class="nt un"') == 13
    assert len(few) == len(many) == 2


def test_opening_a_line_reads_it_and_goes_to_the_answer(company, question, sign_in):
    client = sign_in(company.noah)
    line = line_of(company, "noah")
    answer = client.get(f"/inbox/{line.pk}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/q/{question.pk}/why-does-it-lock-out-on-cold-mornings#item-{line.last_item_id}"
    assert reads.unread(company.viewer("noah")) == 0
    assert 'class="nt un"' not in client.get("/inbox").text


def test_the_page_of_a_thread_reads_its_lines(company, question, sign_in):
    client = sign_in(company.noah)
    newest = line_of(company, "noah").last_item_id
    client.post(f"/items/{question.pk}/seen", {"newest": str(newest - 1)})
    assert reads.unread(company.viewer("noah")) == 1
    client.post(f"/items/{question.pk}/seen", {"newest": str(newest)})
    assert reads.unread(company.viewer("noah")) == 0


def test_marking_read_with_script_gives_the_line_and_the_count(company, question, sign_in):
    client = sign_in(company.noah)
    line = line_of(company, "noah")
    part = client.post(f"/inbox/{line.pk}/read", {"up_to": str(line.position)}, headers={"HX-Request": "true"}).text
    assert f'id="line-{line.pk}"' in part
    assert 'class="nt un"' not in part
    assert 'data-now="0"' in part
    part = client.post(f"/inbox/{line.pk}/unread", headers={"HX-Request": "true"}).text
    assert 'class="nt un"' in part
    assert 'data-now="1"' in part


def test_what_arrives_while_reading_stays_unread(company, question, sign_in):
    client = sign_in(company.noah)
    line = line_of(company, "noah")
    company.answer(question, "And the valve.", by="hassan")
    follow()
    client.post(f"/inbox/{line.pk}/read", {"up_to": str(line.position)})
    assert reads.unread(company.viewer("noah")) == 1
    client.post("/inbox/read", {"up_to": str(line.position)})
    assert reads.unread(company.viewer("noah")) == 1
    client.post("/inbox/read", {"up_to": str(line_of(company, "noah").position)})
    assert reads.unread(company.viewer("noah")) == 0


def test_anothers_line_does_not_exist(company, question, sign_in):
    line = line_of(company, "noah")
    client = sign_in(company.priya)
    assert client.get(f"/inbox/{line.pk}").status_code == 404
    for what in ("read", "unread", "muted", "muted/undo", "less", "less/undo"):
        assert client.post(f"/inbox/{line.pk}/{what}").status_code == 404
    assert line_of(company, "noah").read_position == 0


def test_mute_and_hear_again(company, question, sign_in):
    client = sign_in(company.noah)
    line = line_of(company, "noah")
    page = unescape(client.post(f"/inbox/{line.pk}/muted", follow=True).text)
    assert "You hear nothing more of this." in page
    assert f'action="/inbox/{line.pk}/muted/undo"' in page
    assert Follow.objects.get(follower=company.noah).level == Level.MUTED
    assert question.item.title in client.get("/inbox/levels").text
    client.post(f"/inbox/{line.pk}/muted/undo")
    assert not Follow.objects.filter(follower=company.noah).exists()


def test_hearing_again_of_a_thread_one_followed(company, question, sign_in):
    social.follow(company.viewer("elena"), question.item)
    company.answer(question, "And the valve.", by="hassan")
    follow()
    line, client = line_of(company, "elena"), sign_in(company.elena)
    client.post(f"/inbox/{line.pk}/muted")
    client.post(f"/inbox/{line.pk}/muted/undo")
    assert Follow.objects.get(follower=company.elena).level == Level.ALL


def test_a_text_without_a_title_is_not_said_twice(company, sign_in):
    company.post("Ask @noah about the coil.", by="priya")
    follow()
    page = unescape(sign_in(company.noah).get("/inbox").text)
    assert "mentioned you in" in page
    assert page.count("about the coil.") == 1


def test_less_names_the_reason_and_ends_it(company, sign_in):
    social.follow(company.viewer("noah"), company.priya)
    company.post("Ice again.", by="priya")
    follow()
    client = sign_in(company.noah)
    page = client.get("/inbox").text
    assert "You follow Priya Raman." in page
    assert "Stop following Priya Raman" in page
    line = line_of(company, "noah")
    client.post(f"/inbox/{line.pk}/less")
    assert not Follow.objects.filter(follower=company.noah).exists()
    client.post(f"/inbox/{line.pk}/less/undo")
    assert Follow.objects.filter(follower=company.noah).exists()


def test_older_lines_follow_without_repeat(company, sign_in, monkeypatch):
    for number in range(25):
        social.helped(company.viewer("priya"), company.post(f"Post {number}", by="noah"))
    follow()
    client = sign_in(company.noah)
    first = client.get("/inbox").text
    more = unescape(first.split('<a class="btn" href="')[1].split('"')[0])
    second = client.get(more).text
    titles = [f">Post {number}</span>" for number in range(25)]
    assert sorted((t in first) + (t in second) for t in titles) == [1] * 25
    assert "<h2>Today</h2>" not in second
    assert client.get("/inbox?before=nonsense").status_code == 200
    assert client.get("/inbox?before=nan_1").status_code == 200


def test_only_unread(company, question, sign_in):
    client = sign_in(company.noah)
    assert question.item.title in client.get("/inbox?unread=1").text
    client.get(f"/inbox/{line_of(company, 'noah').pk}")
    page = client.get("/inbox?unread=1").text
    assert question.item.title not in page
    assert "Nothing waits for you" in page


def test_requests_and_invitations_are_answered_here(company, sign_in, count_queries):
    join(company.viewer("priya"), company.medicines, "I deliver on Tuesdays.")
    invite(company.viewer("fatima"), company.medicines, [company.noah])
    fatima = sign_in(company.fatima)
    fatima.get("/inbox/requests")
    with count_queries() as queries:
        page = fatima.get("/inbox/requests").text
    assert len(queries) == 3
    assert "Priya Raman" in page
    assert "I deliver on Tuesdays." in page
    asked = Membership.objects.get(person=company.priya, space=company.medicines)
    fatima.post(f"/inbox/requests/{asked.pk}/yes")
    asked.refresh_from_db()
    assert asked.standing == Standing.MEMBER
    invited = Membership.objects.get(person=company.noah, space=company.medicines)
    assert fatima.post(f"/inbox/requests/{invited.pk}/yes").status_code == 404
    noah = sign_in(company.noah)
    assert "Fatima Zahra Benali invites you." in noah.get("/inbox/requests").text
    noah.post(f"/inbox/requests/{invited.pk}/no")
    assert not Membership.objects.filter(pk=invited.pk).exists()


def test_nobody_else_answers_a_request(company, sign_in):
    join(company.viewer("priya"), company.medicines)
    asked = Membership.objects.get(person=company.priya, space=company.medicines)
    for name in ("priya", "noah", "ines", "sam"):
        assert sign_in(company.people[name]).post(f"/inbox/requests/{asked.pk}/yes").status_code == 404
    asked.refresh_from_db()
    assert asked.standing == Standing.REQUESTED


def test_levels_are_kept_a_space(company, sign_in):
    client = sign_in(company.noah)
    assert "Heat Pump Engineers" in client.get("/inbox/levels").text
    mine = Membership.objects.get(person=company.noah, space=company.heat)
    client.post("/inbox/levels", {f"level-{company.heat.pk}": "all", f"level-{company.medicines.pk}": "all"})
    mine.refresh_from_db()
    assert mine.level == Level.ALL
    client.post("/inbox/levels", {f"level-{company.heat.pk}": "nonsense"})
    mine.refresh_from_db()
    assert mine.level == Level.ALL
    assert not Membership.objects.filter(person=company.noah, space=company.medicines).exists()


def test_what_one_follows_comes_to_the_inbox_or_only_to_the_feed(company, sign_in):
    social.follow(company.viewer("noah"), company.priya)
    row = Follow.objects.get(follower=company.noah)
    client = sign_in(company.noah)
    assert "Priya Raman" in client.get("/inbox/levels").text
    client.post("/inbox/levels", {f"follow-{row.pk}": "mentions"})
    company.post("Ice again.", by="priya")
    follow()
    assert reads.unread(company.viewer("noah")) == 0
    client.post("/inbox/levels", {f"follow-{row.pk}": "all"})
    company.post("More ice.", by="priya")
    follow()
    assert reads.unread(company.viewer("noah")) == 1
    sign_in(company.tomasz).post("/inbox/levels", {f"follow-{row.pk}": "mentions"})
    row.refresh_from_db()
    assert row.level == Level.ALL


def test_an_author_reads_why_their_words_are_gone(company, sign_in):
    post = company.post("Bypass the switch.", by="noah")
    hold(company.viewer("hassan"), post, "Please take the second line out.")
    follow()
    client = sign_in(company.noah)
    page = client.get("/inbox").text
    assert "hid what you wrote in <b>Heat Pump Engineers</b> for now" in page
    assert "Please take the second line out." in page
    other = company.post("Nonsense.", by="noah")
    remove(company.viewer("hassan"), other, "Not for here.")
    follow()
    assert "removed what you wrote in <b>Heat Pump Engineers</b>" in client.get("/inbox").text


def test_flaggers_stay_unnamed(company, sign_in):
    post = company.post("Bypass the switch.", by="noah")
    social.flag(company.viewer("priya"), post, "unsafe")
    follow()
    page = sign_in(company.hassan).get("/inbox").text
    assert "Something in <b>Heat Pump Engineers</b> needs a careful look" in page
    assert "Priya" not in page.split('id="lines"')[1]
    for name in ("elena", "ruth"):
        social.flag(company.viewer(name), post, "unsafe")
    follow()
    page = sign_in(company.noah).get("/inbox").text.split('id="lines"')[1]
    assert "are hidden until a host has looked" in page
    assert "Ruth" not in page
    assert "Elena" not in page


def test_every_kind_of_line_has_its_sentence(company):
    class Line:
        because, verb, item_kind, root_kind, actor_count, found = "", "", "", "", 2, {}

    kinds = {*TILES, "reply", "thread", "new"} - {"care", "flag"}
    for kind in kinds:
        Line.kind = kind
        assert "did something" not in _template(Line), kind


def test_a_line_of_a_busy_day_leads_somewhere(company, sign_in):
    """Everything that can be told leads to an address that answers."""
    set_level(company.viewer("noah"), company.heat, Level.ALL)
    invite(company.viewer("fatima"), company.medicines, [company.noah])
    social.follow(company.viewer("priya"), company.noah)
    company.post("New", by="priya")
    follow()
    client = sign_in(company.noah)
    for line in Notification.objects.filter(person=company.noah, position__gt=0):
        assert client.get(f"/inbox/{line.pk}")["Location"].startswith("/")


def test_mark_all_read_can_be_taken_back(company, sign_in):
    """The lines that were read before stay read; what was half read is half read again."""
    first, second = company.post(by="noah"), company.post("Second.", by="noah")
    social.comment(company.viewer("priya"), first, "One.")
    follow()
    client = sign_in(company.noah)
    notes.read_all(company.viewer("noah"), 10**9)
    social.comment(company.viewer("tomasz"), first, "Two.")
    social.comment(company.viewer("priya"), second, "Three.")
    follow()
    before = list(Notification.objects.order_by("pk").values_list("pk", "read_position"))
    newest = reads.inbox(company.viewer("noah"))[0].newest
    page = client.post("/inbox/read", {"up_to": newest}, follow=True).text
    assert "All read." in page
    assert "/inbox/read/undo" in page.replace("&#x2f;", "/")
    assert not any(line.is_unread for line in Notification.objects.filter(person=company.noah))
    client.post("/inbox/read/undo")
    assert list(Notification.objects.order_by("pk").values_list("pk", "read_position")) == before
    client.post("/inbox/read/undo")
    assert list(Notification.objects.order_by("pk").values_list("pk", "read_position")) == before


def test_nothing_to_mark_says_nothing(company, sign_in):
    assert "All read." not in sign_in(company.noah).post("/inbox/read", {"up_to": 5}, follow=True).text


def test_an_empty_inbox_still_counts_who_waits_at_the_door(company, sign_in, count_queries):
    invite(company.viewer("fatima"), company.medicines, [company.ines])
    client = sign_in(company.ines)
    client.get("/inbox")
    with count_queries() as asked:
        page = client.get("/inbox").text
    assert len(asked) <= 2
    assert re.search(r'href="/inbox/requests">Requests <span class="n">1<', page.replace("&#x2f;", "/"))
