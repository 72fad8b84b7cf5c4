"""A quiet moment is followed by everybody in one transaction; who fails or stands elsewhere goes on alone."""

import threading

import pytest
from django.db import connection

from watercooler.foundation.database import hot, waiting
from watercooler.projections.contributions.projection import Contributions
from watercooler.projections.feed.models import FeedEntry
from watercooler.projections.feed.projection import Feed
from watercooler.projections.notifications.models import Told
from watercooler.projections.recommendations.models import Engagement
from watercooler.spine.activity import projections, worker
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import FEW, followers, registered
from watercooler.spine.activity.worker import advance_all, follow, rehearse
from watercooler.spine.social import acts as social
from watercooler.spine.spaces import acts as spaces

pytestmark = pytest.mark.django_db
EVERYBODY = {each.name for each in (*registered(), *followers())}


def standing():
    """Return follower → how far it has read."""
    return {c.projection: c.position for c in Cursor.objects.all() if c.projection in EVERYBODY}


def last():
    return Activity.objects.order_by("-position").values_list("position", flat=True)[0]


@pytest.fixture
def caught_up(company):
    follow()
    return company


@pytest.fixture
def applied(monkeypatch):
    """Return how many activities each call gave the sums of contributions."""
    seen = []
    real = Contributions.apply
    monkeypatch.setattr(Contributions, "apply", lambda self, batch: (seen.append(len(batch)), real(self, batch)))
    return seen


def test_a_reply_is_read_once_and_everybody_moves_in_one_statement(caught_up, count_queries):
    answer = caught_up.answer(caught_up.question())
    with count_queries() as made:
        follow()
    assert standing() == dict.fromkeys(EVERYBODY, last())
    about_cursors = [sql for sql in made if "activity_cursor" in sql and "any(" in sql]
    assert len(about_cursors) == 2, about_cursors
    assert len([sql for sql in made if "from activity_activity a left join content_item" in sql]) == 1
    assert FeedEntry.objects.get(pk=answer.parent_id).is_unanswered is False


def test_following_a_reply_takes_few_statements(caught_up, count_queries):
    question = caught_up.question()
    follow()
    caught_up.answer(question)
    with count_queries() as made:
        follow()
    print(len(made))
    assert len(made) <= 30, made


def test_one_that_fails_stays_and_holds_up_no_other(caught_up, monkeypatch):
    before = last()
    with monkeypatch.context() as broken:
        broken.setattr(Feed, "apply", lambda self, batch: 1 / 0)
        question = caught_up.question()
        follow()
        assert standing() == dict.fromkeys(EVERYBODY, last()) | {"feed": before}
        caught_up.answer(question)
        follow()
        assert standing() == dict.fromkeys(EVERYBODY, last()) | {"feed": before}
    advance_all()
    assert standing() == dict.fromkeys(EVERYBODY, last())
    assert FeedEntry.objects.get(pk=question.pk).is_unanswered is False


@pytest.mark.django_db(transaction=True)
def test_one_that_failed_for_a_passing_reason_goes_on_though_nobody_does_anything(caught_up, monkeypatch):
    stop, rounds, real = threading.Event(), [], Contributions.apply
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(worker, "rehearse", lambda: None)

    def look() -> None:
        rounds.append(standing()[Contributions.name] == last())
        if len(rounds) == 1:
            monkeypatch.setattr(Contributions, "apply", lambda self, batch: 1 / 0)
            caught_up.answer(caught_up.question())
        elif len(rounds) == 2:
            monkeypatch.setattr(Contributions, "apply", real)
        elif rounds[-1] or len(rounds) > 50:
            stop.set()

    worker.run_forever(stop, look)
    assert rounds[:2] == [True, False]
    assert rounds[-1]


def test_what_the_others_did_beside_one_that_fails_counts_once(caught_up, applied, monkeypatch):
    monkeypatch.setattr(Feed, "apply", lambda self, batch: 1 / 0)
    question = caught_up.question()
    monkeypatch.setattr(worker, "registered", lambda: tuple(reversed(registered())))  # Feed comes last
    follow()
    assert Engagement.objects.get(thread_id=question.pk).acts == 1
    assert len(applied) == 2, "once together, taken back, and once alone"


def test_who_has_read_less_far_catches_up_and_nobody_reads_twice(caught_up, applied):
    question = caught_up.question()
    follow()
    Cursor.objects.filter(pk="feed").update(position=0)
    FeedEntry.objects.all().delete()
    applied.clear()
    caught_up.answer(question)
    follow()
    assert standing() == dict.fromkeys(EVERYBODY, last())
    assert FeedEntry.objects.filter(pk=question.pk).exists()
    assert applied == [1]


def test_much_at_once_is_taken_in_everybodys_own_batches(caught_up, applied, monkeypatch):
    monkeypatch.setattr(projections, "FEW", 3)
    monkeypatch.setattr(Contributions, "batch", 2)
    for number in range(5):
        caught_up.post(f"Frost on coil {number}")
    follow()
    assert standing() == dict.fromkeys(EVERYBODY, last())
    assert max(applied) == 2
    assert FEW == 100


@pytest.mark.parametrize("many", [1, 2, 5])
def test_few_are_read_as_many_are(caught_up, many):
    start = last()
    for number in range(many):
        caught_up.post(f"Frost on coil {number}")
    follow()
    few, all_ = projections.Reading(), projections.Reading()
    assert few.after(start, FEW + 1) == all_.after(start, 1000)
    assert len(few.after(start, 2)) == min(2, many)


def test_a_gap_in_the_record_holds_nobody_up(caught_up):
    caught_up.post("Frost on the coil")
    worker.sequence()
    Activity.objects.filter(position=last()).update(position=last() + 10 * FEW)
    advance_all()
    assert standing() == dict.fromkeys(EVERYBODY, last())


def everything():
    return {each.name: each.snapshot() for each in registered()}, sorted(Told.objects.values_list("pk")), standing()


def test_a_rehearsal_leaves_nothing_behind(caught_up):
    answer = caught_up.answer(caught_up.question(), "Look at the coil, @noah")
    social.helped(caught_up.viewer("priya"), answer)
    follow()
    before = everything()
    assert before[1]
    rehearse()
    assert everything() == before
    caught_up.post("Morning @noah")
    follow()
    assert Told.objects.count() == len(before[1]) + 1


def prepared():
    return {sql for sql, _types in hot._prepared[connection.connection].names}


def test_after_a_rehearsal_following_a_reply_needs_no_new_statement(caught_up, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1000)  # merging what waits is due now and then, not by this reply
    question = caught_up.question()
    caught_up.answer(question, by="hassan")
    follow()
    hot._prepared.clear()
    connection.connection.execute("deallocate all")
    rehearse()
    rehearsed = len(prepared())
    assert rehearsed > 12
    caught_up.answer(question)
    before = prepared()
    follow()
    new = [sql for sql in prepared() - before if b"activity_" not in sql and b"pg_notify" not in sql]
    assert not new, new


def test_one_that_cannot_rehearse_keeps_no_other_from_it(caught_up, applied, monkeypatch):
    caught_up.question()
    follow()
    applied.clear()
    monkeypatch.setattr(Feed, "apply", lambda self, batch: 1 / 0)
    rehearse()
    assert applied


def test_what_was_done_with_whole_spaces_is_not_rehearsed(caught_up, monkeypatch):
    caught_up.question()
    spaces.leave(caught_up.viewer("priya"), caught_up.heat)
    follow()
    rehearsed = []
    monkeypatch.setattr(Feed, "rehearse", lambda self, batch: rehearsed.extend(batch))
    monkeypatch.setattr(Feed, "verbs", frozenset())
    rehearse()
    assert rehearsed
    assert all(activity.item_id for activity in rehearsed)


def test_there_may_be_nothing_to_rehearse():
    rehearse()
