"""Whatever happens in whatever order, the number beside Inbox is what a simple model says."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.company import found
from watercooler.places.inbox.reads import chrome
from watercooler.projections.notifications import acts, reads
from watercooler.projections.notifications.models import Notification
from watercooler.projections.notifications.projection import Notifications
from watercooler.spine.activity.projections import rebuild
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import remove, restore
from watercooler.spine.social import acts as social

THREADS = st.sampled_from([0, 1])
OTHERS = st.sampled_from(["noah", "tomasz", "hassan"])


class Inbox(RuleBasedStateMachine):
    """Priya has two posts. Others comment, are helped, and take it back; she reads, mutes and marks in between.

    The model: line → the acts standing in it, each with its place in time; and line → how far it was read.
    """

    company = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.priya = self.company.viewer("priya")
        self.posts = [self.company.post("First frost."), self.company.post("Second frost.")]
        self.time = 0
        self.standing: dict[tuple[str, int], dict[object, int]] = {}
        self.read_to: dict[tuple[str, int], int] = {}
        self.muted: set[int] = set()
        self.comments: list[tuple[object, str, int, bool]] = []
        self.shown: tuple[int, int] | None = None
        follow()
        acts.read_all(self.priya, 10**12)

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def told(self, kind, thread, act):
        self.time += 1
        if thread not in self.muted:
            self.standing.setdefault((kind, thread), {})[act] = self.time

    @rule(by=OTHERS, thread=THREADS)
    def comment(self, by, thread):
        made = social.comment(self.company.viewer(by), self.posts[thread], "Same here.")
        self.comments.append((made, by, thread, True))
        self.told("reply", thread, made.pk)
        follow()

    @precondition(lambda self: self.comments)
    @rule(data=st.data())
    def remove_or_restore(self, data):
        place = data.draw(st.integers(0, len(self.comments) - 1))
        made, by, thread, is_live = self.comments[place]
        viewer = self.company.viewer(by)
        remove(viewer, made) if is_live else restore(viewer, made)
        self.comments[place] = (made, by, thread, not is_live)
        lines, gone = self.standing.setdefault(("reply", thread), {}), self.standing.setdefault(("gone", 0), {})
        source, target = (lines, gone) if is_live else (gone, lines)
        if made.pk in source:
            target[made.pk] = source.pop(made.pk)
        follow()

    @rule(by=OTHERS, thread=THREADS)
    def help_or_not(self, by, thread):
        viewer, post = self.company.viewer(by), self.posts[thread]
        if social.helped(viewer, post):
            self.told("helped", thread, by)
        else:
            social.not_helped(viewer, post)
            self.standing.get(("helped", thread), {}).pop(by, None)
        follow()

    @rule(kind=st.sampled_from(["reply", "helped"]), thread=THREADS)
    def read_one(self, kind, thread):
        line = Notification.objects.filter(person=self.company.priya, key=f"{kind}:{self.posts[thread].pk}").first()
        if line:
            acts.read(self.priya, line)
        self.read(kind, thread)

    @rule(thread=THREADS)
    def open_thread(self, thread):
        acts.read_thread(self.priya, self.posts[thread].pk)
        for kind in ("reply", "helped"):
            self.read(kind, thread)

    def read(self, kind, thread):
        newest = max(self.standing.get((kind, thread), {}).values(), default=0)
        self.read_to[kind, thread] = max(newest, self.read_to.get((kind, thread), 0))

    @rule()
    def look(self):
        lines = reads.inbox(self.priya)
        told = ((key, max(acts.values(), default=0)) for key, acts in self.standing.items() if key[0] != "gone")
        unread = (time for key, time in told if time > self.read_to.get(key, 0))
        self.shown = (lines[0].newest if lines else 0, max(unread, default=0))

    @precondition(lambda self: self.shown is not None)
    @rule()
    def mark_all_shown(self):
        up_to, time = self.shown
        acts.read_all(self.priya, up_to)
        for key, standing in self.standing.items():
            newest = max(standing.values(), default=0)
            if newest <= time:
                self.read_to[key] = max(newest, self.read_to.get(key, 0))

    @rule(thread=THREADS)
    def mute_or_not(self, thread):
        if thread in self.muted:
            acts.unmute_thread(self.priya, self.posts[thread])
            self.muted.remove(thread)
        else:
            acts.mute_thread(self.priya, self.posts[thread])
            self.muted.add(thread)
            for kind in ("reply", "helped"):
                self.read(kind, thread)

    @rule()
    def rebuild(self):
        rebuild(Notifications())

    @invariant()
    def count_is_right(self):
        expected = sum(
            max(standing.values(), default=0) > self.read_to.get(key, 0)
            for key, standing in self.standing.items()
            if key[0] != "gone"
        )
        shown = sum(line.is_unread for line in reads.inbox(self.priya, limit=100))
        assert shown == expected
        assert chrome(self.priya).unread == expected
        assert reads.unread_of([self.priya.person_id]) == {self.priya.person_id: expected}


@pytest.mark.django_db
def test_the_unread_count_is_always_right():
    Inbox.company = found()
    run_state_machine_as_test(
        Inbox,
        settings=settings(max_examples=25, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
