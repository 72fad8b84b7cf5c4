"""Old lines of the inbox go, unread ones later, and no rebuild brings them back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from watercooler.places.inbox.reads import chrome
from watercooler.projections.notifications import acts, prune, reads
from watercooler.projections.notifications.models import Notification, Told
from watercooler.projections.notifications.projection import Notifications
from watercooler.spine.activity.projections import rebuild
from watercooler.spine.activity.worker import follow
from watercooler.spine.social import acts as social

pytestmark = pytest.mark.django_db

DAYS = 180


@pytest.fixture
def company(company):
    """The cast, with everything that founding it told read and gone, and two answers that Noah was told of."""
    follow()
    Notification.objects.all().delete()
    company.one, company.two = (company.question(f"Question {n}", by="noah") for n in (1, 2))
    for question in (company.one, company.two):
        company.answer(question, by="tomasz")
    follow()
    return company


def threads(company):
    return {line.root_id for line in reads.inbox(company.viewer("noah"))}


def read(company, question):
    acts.read(company.viewer("noah"), Notification.objects.get(person=company.noah, item=question.item))


def after(days):
    return prune.prune(timezone.now() + timedelta(days=days), DAYS)


def test_read_lines_go_and_unread_ones_stay(company):
    read(company, company.one)
    assert after(DAYS - 1) == 0
    assert after(DAYS + 1) == 1
    assert threads(company) == {company.two.pk}
    assert reads.unread(company.viewer("noah")) == 1
    assert chrome(company.viewer("noah"), []).unread == 1


def test_what_nobody_read_in_a_year_goes_too(company):
    assert after(364) == 0
    assert after(366) == 2
    assert threads(company) == set()
    assert reads.unread(company.viewer("noah")) == 0
    assert not Told.objects.exists()


def test_what_nobody_read_stays_as_long_as_what_somebody_did(company):
    read(company, company.one)
    assert prune.prune(timezone.now() + timedelta(days=380), 400) == 0
    assert prune.prune(timezone.now() + timedelta(days=401), 400) == 2


def test_a_rebuild_brings_nothing_back_and_tells_nobody_again(company):
    read(company, company.one)
    after(DAYS + 1)
    live, projection = Notifications().snapshot(), Notifications()
    assert live["notifications_notification"]
    rebuild(projection)
    assert projection.snapshot() == live


def test_a_thread_that_goes_on_begins_a_new_line(company):
    read(company, company.one)
    after(DAYS + 1)
    social.comment(company.viewer("priya"), company.one.item, "Still so?")
    follow()
    line = next(line for line in reads.inbox(company.viewer("noah")) if line.root_id == company.one.pk)
    assert [actor["handle"] for actor in line.actors] == ["priya"]
    assert reads.unread(company.viewer("noah")) == 2


def test_small_batches_drop_the_same(company, monkeypatch):
    monkeypatch.setattr(prune, "AT_ONCE", 1)
    read(company, company.one)
    assert after(DAYS + 1) == 1


def test_0_days_keep_everything(company):
    assert prune.prune(timezone.now() + timedelta(days=9999), 0) == 0
    assert threads(company) == {company.one.pk, company.two.pk}


def test_a_line_from_which_all_was_taken_back_goes(company):
    Told.objects.filter(notification__item=company.one.item).delete()
    Notification.objects.filter(item=company.one.item).update(position=0, at=None)
    assert after(0) == 1
    assert threads(company) == {company.two.pk}
