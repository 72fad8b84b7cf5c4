"""Reports of messages, rule by rule: what is handed on and to whom, and that one decision stands."""

import re
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.together import at_once
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.models import Activity
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Message, Report, ReportedLine
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(company):
    return acts.begin(company.viewer("noah"), company.priya)


@pytest.fixture
def made(company, here):
    """Something of Noah's that Priya would report."""
    return acts.send(company.viewer("noah"), here, "Hurry up.")


def report(company, made, by="priya", **more):
    acts.report(company.viewer(by), made, more.pop("reason", "unkind"), **more)
    return Report.objects.filter(person=company.people[by]).latest("pk")


def administrators(company, *names):
    Person.objects.filter(pk__in=[company.people[name].pk for name in names]).update(role=Role.ADMINISTRATOR)
    return [company.viewer(name) for name in names]


@pytest.mark.parametrize(
    ("facts", "reads"), [({"is_active": False}, False), ({"days": -1}, False), ({"days": 0}, True)]
)
def test_only_an_administrator_who_is_still_here_would_read_it(company, made, facts, reads):
    if "days" in facts:
        facts = {"ends_on": timezone.localdate() + timedelta(days=facts["days"])}
    Person.objects.filter(pk=company.ines.pk).update(**facts)
    assert bool(acts.carers(company.viewer("priya"), made)) == reads


def test_neither_who_reports_nor_who_wrote_it_is_named_as_a_reader(company, made):
    administrators(company, "noah", "priya")
    assert acts.carers(company.viewer("priya"), made) == [company.ines]


def test_of_what_went_before_only_what_stands_and_was_said_goes_along(company):
    noah = company.viewer("noah")
    group = acts.begin_group(noah, [company.priya])
    said = [acts.send(noah, group, f"Number {n}") for n in range(6)]
    acts.rename(noah, group, "Night shift")
    acts.remove(noah, said[4])
    report(company, acts.send(noah, group, "Lazy, all of you."))
    assert list(ReportedLine.objects.order_by("number").values_list("number", flat=True)) == [3, 4, 6, 8]


def test_what_cannot_be_reported_is_refused(company, here, made):
    priya = company.viewer("priya")
    own = acts.send(priya, here, "No.")
    for message, reason, said in ((own, "unkind", "somebody else"), (made, "boring", "Choose a reason")):
        with pytest.raises(Invalid, match=said):
            acts.report(priya, message, reason)
    acts.remove(company.viewer("noah"), made)
    with pytest.raises(Invalid, match="somebody else"):
        acts.report(priya, made, "unkind")
    with pytest.raises(NotAllowed):
        acts.report(company.viewer("hassan"), made, "unkind")
    assert not Report.objects.exists()


def test_a_report_is_recorded_once_and_taken_back_by_who_made_it(company):
    noah = company.viewer("noah")
    group = acts.begin_group(noah, [company.priya, company.tomasz])
    made = acts.send(noah, group, "Lazy, all of you.")
    assert acts.report(company.viewer("priya"), made, "unkind", "x" * 600)
    assert not acts.report(company.viewer("priya"), made, "unsafe")
    report(company, made, by="tomasz")
    assert len(Report.objects.get(person=company.priya).note) == 500
    recorded = Activity.objects.filter(verb="reported_message", undoes=None)
    assert recorded.count() == 2
    assert acts.unreport(company.viewer("priya"), made)
    assert not acts.unreport(company.viewer("priya"), made)
    assert Report.objects.get().person == company.tomasz
    assert recorded.get(undone_by=None).actor == company.tomasz


def test_what_was_decided_is_not_taken_back_by_who_reported(company, made):
    acts.decide_report(company.viewer("ines"), report(company, made), "kept")
    assert not acts.unreport(company.viewer("priya"), made)
    assert Report.objects.get().outcome == "kept"


def test_a_decision_closes_every_report_and_tells_each_reporter(company):
    noah = company.viewer("noah")
    group = acts.begin_group(noah, [company.priya, company.tomasz])
    made = acts.send(noah, group, "Lazy, all of you.")
    first = report(company, made)
    report(company, made, by="tomasz")
    assert acts.decide_report(company.viewer("ines"), first, "helped", "Noah, " + "x" * 600) == 2
    assert {each.outcome for each in Report.objects.all()} == {"helped"}
    assert {len(each.outcome_note) for each in Report.objects.all()} == {500}
    told = Activity.objects.filter(verb="decided_report").values_list("person", flat=True)
    assert sorted(told) == sorted([company.priya.pk, company.tomasz.pk])
    assert Activity.objects.get(verb="cared_for_message").person == company.noah


def test_a_decision_must_be_one_of_three_and_what_is_kept_keeps_no_note(company, made):
    waiting, ines = report(company, made), company.viewer("ines")
    with pytest.raises(Invalid, match="Choose what to do"):
        acts.decide_report(ines, waiting, "burnt", "Because.")
    assert acts.decide_report(ines, waiting, "kept", "A thought of mine.") == 1
    assert Report.objects.get().outcome_note == ""
    assert not Activity.objects.filter(verb="cared_for_message").exists()
    assert acts.decide_report(ines, waiting, "removed", "Late.") == 0
    with pytest.raises(NotAllowed):
        acts.decide_report(company.viewer("hassan"), waiting, "kept")


def test_removing_is_told_at_once_and_taken_back_in_the_record(company, made):
    acts.decide_report(company.viewer("ines"), report(company, made), "removed", "Not kind.")
    made.refresh_from_db()
    assert made.removed_by == company.ines
    assert Activity.objects.filter(verb="changed_conversation", actor=company.ines).exists()
    sent = Activity.objects.get(verb="sent_message", undoes=None)
    assert sent.undone_by.actor == company.ines


def test_who_is_slower_changes_nothing(company, made, monkeypatch):
    """Ruth has read what waits, and Inés decides before Ruth's own decision is written."""
    (ruth,) = administrators(company, "ruth")
    module = sys.modules[acts.decide_report.__module__]
    waiting, clean_line = report(company, made), module.clean_line

    def meanwhile(text):
        monkeypatch.undo()
        assert acts.decide_report(company.viewer("ines"), waiting, "kept") == 1
        return clean_line(text)

    monkeypatch.setattr(module, "clean_line", meanwhile)
    assert acts.decide_report(ruth, waiting, "removed", "Not kind.") == 0
    assert Message.objects.get(pk=made.pk).removed_at is None
    assert not Activity.objects.filter(verb="cared_for_message", detail__message_id=made.pk).exists()


BLOCKED = "select exists (select from pg_locks where not granted)"


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_being_decided_is_not_taken_back(company, made):
    waiting, priya, ines = report(company, made), company.viewer("priya"), company.viewer("ines")
    has_decided, tries = threading.Event(), threading.Event()

    def decide():
        with transaction.atomic():
            closed = acts.decide_report(ines, waiting, "kept")
            has_decided.set()
            with connection.cursor() as cursor:
                while not tries.is_set() and not cursor.execute(BLOCKED).fetchone()[0]:
                    pass
            return closed

    def take_back():
        has_decided.wait(30)
        try:
            return acts.unreport(priya, made)
        finally:
            tries.set()

    assert at_once(decide, take_back) == [1, False]
    assert Report.objects.get().outcome == "kept"


def test_nobody_decides_or_reads_what_they_reported_themselves(company, made, sign_in):
    ruth, priya = administrators(company, "ruth", "priya")
    waiting = report(company, made)
    assert "Hurry up." not in sign_in(company.priya).get("/studio/care/messages").text
    with pytest.raises(NotAllowed):
        acts.decide_report(priya, waiting, "kept")
    assert acts.decide_report(ruth, waiting, "kept") == 1


def test_an_administrator_is_not_shown_what_was_decided_about_their_own_words(company, made, sign_in):
    administrators(company, "noah")
    waiting = report(company, made)
    acts.decide_report(company.viewer("ines"), waiting, "helped", "Noah, please stop.")
    assert "Noah, please stop." in sign_in(company.ines).get("/studio/care/messages").text
    client = sign_in(company.noah)
    assert "Noah Whitfield" not in client.get("/studio/care/messages").text.partition('id="main"')[2]
    address = f"/studio/care/messages/{waiting.pk}"
    assert client.post(address, {"outcome": "kept"}).status_code == 404
    assert sign_in(company.hassan).post(address, {"outcome": "kept"}).status_code == 404


def test_the_oldest_report_stands_first_but_for_the_one_that_was_asked_for(company, here, made, sign_in):
    second = acts.send(company.viewer("noah"), here, "Faster.")
    report(company, made)
    later = report(company, second)
    client = sign_in(company.ines)
    for query, is_later in (("", False), (f"?report={later.pk}", True)):
        page = client.get(f"/studio/care/messages{query}").text
        numbers = re.findall(r'action="/studio/care/messages/(\d+)"', page)
        assert (numbers[0] == str(later.pk)) == is_later
