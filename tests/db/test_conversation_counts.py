"""Whatever happens in whatever order, what is unread equals a plain recount, and nobody sees what is not theirs."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from watercooler.spine.conversations import acts, reads

PEOPLE = ("priya", "noah", "tomasz", "hassan")
WHO = st.sampled_from(PEOPLE)


class Group(RuleBasedStateMachine):
    """Priya begins a group with Noah. People say, remove and bring back, read, mute, leave and come.

    The model: the messages as [author, is_live], each seen by those who were inside when it was said; and for each
    person from which message on they see, and how many of all they have read.
    """

    company = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.viewers = {name: self.company.viewer(name) for name in PEOPLE}
        self.group = acts.begin_group(self.viewers["priya"], [self.company.noah])
        self.rows: list[tuple[object, str]] = []
        self.live: dict[int, bool] = {}
        self.inside = {"priya": 0, "noah": 0}
        self.read_to = dict.fromkeys(PEOPLE, 0)
        self.muted: set[str] = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @rule(who=WHO)
    def say(self, who):
        if who in self.inside:
            made = acts.send(self.viewers[who], self.group, "Hello")
            self.rows.append((made, who))
            self.live[made.pk] = True

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def remove_or_restore(self, data):
        made, who = data.draw(st.sampled_from(self.rows))
        if who in self.inside:
            (acts.remove if self.live[made.pk] else acts.restore)(self.viewers[who], made)
            self.live[made.pk] = not self.live[made.pk]

    @rule(who=WHO, back=st.integers(0, 4))
    def read(self, who, back):
        if who in self.inside:
            last = reads.head(self.viewers[who], self.group.pk).last_number
            acts.read(self.viewers[who], self.group, last - back)
            self.read_to[who] = max(self.read_to[who], last - back)

    @rule(who=WHO)
    def leave(self, who):
        if who in self.inside and len(self.inside) > 1:
            acts.leave(self.viewers[who], self.group)
            del self.inside[who]
            self.muted.discard(who)

    @rule(who=WHO, by=WHO)
    def come(self, who, by):
        if by in self.inside and who not in self.inside:
            acts.add(self.viewers[by], self.group, [self.company.people[who]])
            last = reads.head(self.viewers[by], self.group.pk).last_number
            self.inside[who] = self.read_to[who] = last - 1

    @rule(who=WHO)
    def mute_or_not(self, who):
        if who in self.inside:
            (acts.unmute if who in self.muted else acts.mute)(self.viewers[who], self.group)
            self.muted ^= {who}

    @invariant()
    def what_is_unread_is_what_a_recount_says(self):
        for who in PEOPLE:
            viewer = self.viewers[who]
            head = reads.head(viewer, self.group.pk)
            if who not in self.inside:
                assert head is None
                assert reads.said(viewer, self.group.pk, limit=1000) == []
                assert reads.unread(viewer) == 0
                continue
            seen = [(made, by) for made, by in self.rows if made.number > self.inside[who]]
            unread = [made for made, by in seen if by != who and made.number > self.read_to[who] and self.live[made.pk]]
            assert head.unread == len(unread)
            assert reads.unread(viewer) == int(bool(unread) and who not in self.muted)
            shown = [line for line in reads.said(viewer, self.group.pk, limit=1000) if line.kind == "said"]
            assert [line.number for line in shown] == [made.number for made, _by in seen]


@pytest.mark.django_db
def test_what_is_unread_always_equals_a_recount(company):
    Group.company = company
    checks = settings(max_examples=40, stateful_step_count=25)
    run_state_machine_as_test(Group, settings=checks)
