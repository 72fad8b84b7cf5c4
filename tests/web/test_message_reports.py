"""Reported messages: handed on in so many words, to administrators alone, and only until they have decided."""

from html import unescape

import pytest

from tests.pictures import upload
from tests.together import at_once
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Attachment
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Message, Report, ReportedLine
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db
DESK = "/studio/care/messages"
LONG = " I will not." * 60


@pytest.fixture
def said(company):
    """Noah and Priya talk; the fifth and last message is one of Noah's that Priya would report."""
    noah, priya = company.viewer("noah"), company.viewer("priya")
    here = acts.begin(noah, company.priya)
    for viewer, words in (
        (noah, "One"),
        (priya, "Two"),
        (noah, "Three"),
        (priya, "Stop it, please."),
        (noah, "No!" + LONG),
    ):
        made = acts.send(viewer, here, words)
    return made


def text(response):
    return unescape(response.content.decode())


def report(company, said, by="priya", note="I asked twice."):
    acts.report(company.viewer(by), said, "unwanted", note)
    return Report.objects.filter(person=company.people[by]).latest("pk")


def test_who_reports_reads_before_what_goes_where(company, sign_in, said):
    client = sign_in(company.priya)
    assert f"{said.conversation.url}/5/report" in text(client.get(said.conversation.url))
    page = text(client.get(f"{said.conversation.url}/5/report"))
    assert "Inés" in page
    assert "will read exactly this" in page
    for words in ("Two", "Three", "Stop it, please.", f"No!{LONG}"):
        assert f"<p>{words}</p>" in page  # the whole of it, as they will
    assert "<p>One</p>" not in page
    assert client.post(f"{said.conversation.url}/5/report", {}).status_code == 422
    sent = {"reason": "unwanted", "note": "I asked twice."}
    assert client.post(f"{said.conversation.url}/5/report", sent).url == said.url
    assert [line.number for line in ReportedLine.objects.order_by("number")] == [2, 3, 4, 5]
    assert "You reported this." in text(client.get(f"{said.conversation.url}/5/report"))
    client.post(f"{said.conversation.url}/5/report/undo")
    assert not Report.objects.exists()
    assert not ReportedLine.objects.exists()


def test_only_administrators_read_it_and_only_what_was_handed_on(company, sign_in, said):
    made = report(company, said)
    page = text(sign_in(company.ines).get(DESK))
    for words in ("No!", "Stop it, please.", "I asked twice.", "Noah", "Priya"):
        assert words in page
    assert "One</p>" not in page
    assert reads.head(company.viewer("ines"), said.conversation_id) is None
    assert sign_in(company.ines).get(said.conversation.url).status_code == 404
    for other in (company.hassan, company.noah, company.priya, company.sam, company.elena):
        client = sign_in(other)
        assert client.get(DESK).status_code == 404
        assert client.post(f"{DESK}/{made.pk}", {"outcome": "kept"}).status_code == 404
        with pytest.raises(NotAllowed):
            acts.decide_report(company.viewer(other.handle), made, "kept")


def test_no_administrator_decides_about_their_own_words_or_report(company, sign_in):
    ines, priya = company.viewer("ines"), company.viewer("priya")
    here = acts.begin(ines, company.priya)
    hers, mine = acts.send(ines, here, "Hurry up."), acts.send(priya, here, "No.")
    with pytest.raises(Invalid, match="Nobody else"):
        acts.report(priya, hers, "unkind")
    with pytest.raises(Invalid, match="Nobody else"):
        acts.report(ines, mine, "unkind")
    company.ruth.role = Role.ADMINISTRATOR
    company.ruth.save()
    made = report(company, hers)
    assert "Hurry up." not in text(sign_in(company.ines).get(DESK))
    assert sign_in(company.ines).post(f"{DESK}/{made.pk}", {"outcome": "kept"}).status_code == 404
    assert "Hurry up." in text(sign_in(company.ruth).get(DESK))


@pytest.mark.parametrize("outcome", ["kept", "helped", "removed"])
def test_a_decision_closes_all_reports_and_deletes_the_copies(company, sign_in, said, outcome):
    made = report(company, said)
    client = sign_in(company.ines)
    if outcome != "kept":
        assert client.post(f"{DESK}/{made.pk}", {"outcome": outcome}).status_code == 422
    assert client.post(f"{DESK}/{made.pk}", {"outcome": outcome, "note": "Noah, please stop."}).status_code == 302
    assert not ReportedLine.objects.exists()
    page = text(client.get(DESK))
    assert "No!" not in page
    assert "Inés" in page
    follow()
    told = text(sign_in(company.priya).get("/inbox"))
    assert {"kept": "it stays", "helped": "wrote to the author", "removed": "removed the message you"}[outcome] in told
    told = text(sign_in(company.noah).get("/inbox"))
    assert ("Noah, please stop." in told) == (outcome != "kept")
    assert "Priya" not in told.split('id="main"')[1]
    assert client.post(f"{DESK}/{made.pk}", {"outcome": outcome, "note": "Again"}).status_code in (302, 404)


def test_what_was_removed_after_a_report_stays_away(company, sign_in, said):
    acts.decide_report(company.viewer("ines"), report(company, said), "removed", "Please stop.")
    for name in ("noah", "priya"):
        page = text(sign_in(company.people[name]).get(said.conversation.url))
        assert "Removed after a report" in page
        assert "No!" not in page
    assert sign_in(company.noah).post(f"{said.conversation.url}/5/restore").status_code == 403
    with pytest.raises(NotAllowed):
        acts.restore(company.viewer("noah"), said)


def test_changing_or_removing_it_changes_nothing_of_the_report(company, sign_in, said):
    report(company, said)
    noah = company.viewer("noah")
    acts.edit(noah, said, "I never said that.")
    acts.remove(noah, said)
    page = text(sign_in(company.ines).get(DESK))
    assert "No!" in page
    assert "I never said that." not in page


def test_a_reported_picture_is_seen_while_the_report_is_open(company, sign_in, said):
    client = sign_in(company.noah)
    client.post(said.conversation.url, {"source": "", "files": [upload("coil.png")]})
    made, picture = Message.objects.latest("pk"), Attachment.objects.get()
    assert sign_in(company.ines).get(picture.url).status_code == 404
    waiting = report(company, made)
    assert sign_in(company.ines).get(picture.url).status_code == 200
    assert sign_in(company.hassan).get(picture.url).status_code == 404
    acts.decide_report(company.viewer("ines"), waiting, "kept")
    assert sign_in(company.ines).get(picture.url).status_code == 404


def test_administrators_are_told_without_a_word_of_it(company, sign_in, said):
    report(company, said)
    follow()
    page = text(sign_in(company.ines).get("/inbox"))
    assert "A private message was reported" in page
    assert "No!" not in page
    assert "Priya" not in page.split('id="main"')[1]
    for other in (company.noah, company.priya, company.hassan):
        assert "A private message was reported" not in text(sign_in(other).get("/inbox"))
    page = text(sign_in(company.ines).get("/studio/care"))
    assert 'Reported messages <span class="count">1</span>' in page


def test_who_came_later_hands_on_nothing_from_before(company):
    noah = company.viewer("noah")
    group = acts.begin_group(noah, [company.priya], "Night shift")
    acts.send(noah, group, "Before Tomasz came.")
    acts.add(noah, group, [company.tomasz])
    made = acts.send(noah, group, "Lazy, all of you.")
    report(company, made, by="tomasz")
    assert [line.safe_html for line in ReportedLine.objects.all()] == [made.safe_html]


def test_removing_ones_own_is_said_to_the_others_at_once(company, said):
    from watercooler.spine.activity.models import Activity

    acts.remove(company.viewer("noah"), said)
    newest = Activity.objects.filter(verb="changed_conversation").latest("pk")
    assert newest.detail["conversation_id"] == said.conversation_id


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides(company, said):
    Person.objects.filter(pk=company.hassan.pk).update(role=Role.ADMINISTRATOR)
    ines, hassan = company.viewer("ines"), company.viewer("hassan")
    for message in Message.objects.filter(author=company.noah):
        waiting = report(company, message)
        closed = at_once(
            *[lambda w=waiting: acts.decide_report(ines, w, "kept")] * 3,
            *[lambda w=waiting: acts.decide_report(hassan, w, "removed", "Please be kind.")] * 3,
        )
        assert sorted(closed) == [0, 0, 0, 0, 0, 1]
        message.refresh_from_db()
        waiting.refresh_from_db()
        assert (message.removed_at is not None) == (waiting.outcome == "removed")
