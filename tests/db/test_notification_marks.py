"""Reading, hearing less, and that a rebuild tells nobody twice."""

import pytest

from tests.inboxes import lines, reply, settled, unread
from watercooler.kinds.questions import acts as questions
from watercooler.places.inbox.reads import chrome
from watercooler.projections.notifications import acts, reads
from watercooler.projections.notifications.models import Notification
from watercooler.projections.notifications.projection import Notifications
from watercooler.spine.activity.projections import rebuild
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import hold, remove, restore
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import join, let_in, set_level
from watercooler.spine.spaces.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(company):
    return settled(company)


def test_marking_all_leaves_what_arrived_meanwhile(company):
    post, other = company.post(by="priya"), company.post("Second.", by="priya")
    social.helped(company.viewer("noah"), post)
    follow()
    shown = reads.inbox(company.viewer("priya"))[0].newest
    social.helped(company.viewer("noah"), other)
    social.helped(company.viewer("tomasz"), post)
    follow()
    acts.read_all(company.viewer("priya"), shown)
    assert unread(company, "priya") == 2
    acts.read_all(company.viewer("priya"), reads.inbox(company.viewer("priya"))[0].newest)
    assert unread(company, "priya") == 0


def test_a_page_open_since_before_an_answer_does_not_read_it(company):
    question = company.question(by="noah")
    first = company.answer(question)
    company.answer(question, "Check the trace heater.", by="priya")
    follow()
    noah = company.viewer("noah")
    acts.read_thread(noah, question.pk, seen_id=first.pk)
    assert reads.unread(noah) == 1
    acts.read_thread(noah, question.pk)
    assert reads.unread(noah) == 0


def test_nobody_marks_anothers_line(company):
    post = company.post(by="priya")
    social.helped(company.viewer("noah"), post)
    follow()
    line = Notification.objects.get(person=company.priya)
    acts.read(company.viewer("tomasz"), line)
    acts.read_all(company.viewer("tomasz"), line.position)
    assert unread(company, "priya") == 1


@pytest.mark.parametrize(
    ("start", "because"),
    [("person", "follows_person"), ("space", "follows_space"), ("level", "level"), ("item", "follows_item")],
)
def test_less_stops_the_reason_and_can_be_taken_back(company, start, because):
    noah = company.viewer("noah")
    question = company.question(by="priya")
    if start == "level":
        set_level(noah, company.heat, Level.ALL)
    else:
        social.follow(
            noah, {"person": company.priya, "space": company.heat, "item": question.item}[start], level=Level.ALL
        )

    def happen(text):
        company.answer(question, text) if start == "item" else company.post(text, by="priya")
        follow()
        return Notification.objects.filter(person=company.noah, position__gt=0).order_by("-position").first()

    line = happen("One")
    assert line.because == because
    acts.less(noah, line)
    assert happen("Two").position == line.position
    acts.as_before(noah, line)
    assert happen("Three").position > line.position


def busy_day(company):
    """A bit of everything, with undos, removals and reading in between."""
    noah, priya, hassan = (company.viewer(n) for n in ("noah", "priya", "hassan"))
    social.follow(priya, company.noah)
    question = company.question(by="noah", source="@tomasz do you know?")
    answer = company.answer(question)
    social.follow(company.viewer("ruth"), question.item)
    other = company.answer(question, "Check the trace heater.", by="priya")
    follow()
    acts.read_thread(noah, question.pk)
    questions.accept(noah, question, answer)
    social.helped(priya, answer)
    social.helped(noah, answer)
    social.not_helped(noah, answer)
    comment = reply(company, "noah", other)
    follow()
    remove(noah, comment)
    social.mute(priya, question.item)
    reply(company, "tomasz", other)
    hold(hassan, other, "Please check the number.")
    join(noah, company.medicines)
    follow()
    restore(hassan, other)
    social.unfollow(company.viewer("ruth"), question.item)
    let_in(company.viewer("fatima"), company.medicines, company.noah)
    remove(noah, question.item)
    follow()


def test_a_rebuild_gives_the_same_rows(company):
    projection = Notifications()
    busy_day(company)
    live = projection.snapshot()
    assert any(live.values())
    rebuild(projection)
    assert projection.snapshot() == live


def test_a_rebuild_does_not_tell_again_nor_forget_what_was_read(company):
    question = company.question(by="noah")
    company.answer(question)
    follow()
    acts.read_thread(company.viewer("noah"), question.pk)
    social.follow(company.viewer("ruth"), question.item)
    rebuild(Notifications())
    assert unread(company, "noah") == 0
    assert len(lines(company, "noah")) == 1
    assert lines(company, "ruth") == []


def test_the_counts_of_page_inbox_and_stream_agree(company):
    busy_day(company)
    people = [person.pk for person in company.people.values()]
    streamed = reads.unread_of(people)
    for name, person in company.people.items():
        viewer = company.viewer(name)
        shown = sum(line.is_unread for line in reads.inbox(viewer, limit=100))
        assert shown == reads.unread(viewer) == chrome(viewer).unread == streamed[person.pk], name
        assert len(reads.inbox(viewer, only_unread=True, limit=100)) == shown
