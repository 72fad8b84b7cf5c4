"""Places are never over-booked: whatever happens in whatever order, and when two answers come at once."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.company import found
from watercooler.foundation.base.errors import Refused
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.acts import by_the_clock
from watercooler.places.mentoring.models import OPEN, Mentoring, MentorProfile, State
from watercooler.spine.people.models import Person

MENTORS = st.sampled_from(["tomasz", "fatima"])
MENTEES = st.sampled_from(["elena", "ines", "noah", "priya"])
TERMS = {"goals": ["Lead a job"], "rhythm": "weekly", "minutes": 30, "months": 3}
TAKES = {"agreeing", "running"}


class Places(RuleBasedStateMachine):
    """Two mentors, four who look for one. The model: how many places each offers, who pauses, and each pair's state."""

    company = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.viewers = {name: self.company.viewer(name) for name in self.company.people}
        self.places = {"tomasz": 1, "fatima": 2}
        self.resting: set[str] = set()
        self.pairs: dict[tuple[str, str], str] = {}
        self.versions: dict[tuple[str, str], str] = {}
        for name, places in self.places.items():
            acts.offer(self.viewers[name], helps_with=["Talking"], rhythm="weekly", places=places)
        for name in ("elena", "ines", "noah", "priya"):
            acts.wish(self.viewers[name], wants=["Talking"], with_own_line=True)

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def taken(self, mentor):
        return sum(state in TAKES for (of, _mentee), state in self.pairs.items() if of == mentor)

    def newest(self, mentor, mentee):
        ours = Mentoring.objects.filter(mentor=self.company.people[mentor], mentee=self.company.people[mentee])
        return ours.order_by("-pk").first()

    def attempt(self, may, act):
        """Do something, and let it be refused exactly where the model says so."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            assert not may, "Refused what is allowed."
            return False
        assert may, "Allowed what is to be refused."
        return True

    @rule(mentor=MENTORS, mentee=MENTEES)
    def ask(self, mentor, mentee):
        waiting = sum(state == "asked" for (_of, who), state in self.pairs.items() if who == mentee)
        free = self.taken(mentor) < self.places[mentor] and mentor not in self.resting
        may = free and waiting < 3 and (mentor, mentee) not in self.pairs
        viewer, person = self.viewers[mentee], self.company.people[mentor]
        if self.attempt(may, lambda: acts.ask(viewer, person, "Please.")):
            self.pairs[mentor, mentee] = "asked"

    @rule(mentor=MENTORS, mentee=MENTEES, is_yes=st.booleans())
    def answer(self, mentor, mentee, is_yes):
        one = self.newest(mentor, mentee)
        if one is None:
            return
        may = self.pairs.get((mentor, mentee)) == "asked"
        if is_yes:
            room = self.taken(mentor) < self.places[mentor]
            if self.attempt(may and room, lambda: acts.accept(self.viewers[mentor], one)):
                self.pairs[mentor, mentee] = "agreeing"
        elif self.attempt(may, lambda: acts.decline(self.viewers[mentor], one)):
            del self.pairs[mentor, mentee]

    @rule(mentor=MENTORS, mentee=MENTEES)
    def withdraw(self, mentor, mentee):
        one = self.newest(mentor, mentee)
        may = self.pairs.get((mentor, mentee)) == "asked"
        if one is not None and self.attempt(may, lambda: acts.withdraw(self.viewers[mentee], one)):
            del self.pairs[mentor, mentee]

    @rule(mentor=MENTORS, mentee=MENTEES, by_mentor=st.booleans())
    def propose_and_agree(self, mentor, mentee, by_mentor):
        one = self.newest(mentor, mentee)
        if one is None:
            return
        may = self.pairs.get((mentor, mentee)) in TAKES
        writes, agrees = (mentor, mentee) if by_mentor else (mentee, mentor)
        based_on = one.agreements.count()
        if self.attempt(may, lambda: acts.propose(self.viewers[writes], one, **TERMS, based_on=based_on)):
            acts.agree(self.viewers[agrees], one, based_on + 1)
            self.pairs[mentor, mentee] = "running"

    @rule(mentor=MENTORS, mentee=MENTEES, by_mentor=st.booleans(), ending=st.sampled_from(["finished", "early"]))
    def close(self, mentor, mentee, by_mentor, ending):
        one = self.newest(mentor, mentee)
        may = self.pairs.get((mentor, mentee)) in TAKES
        viewer = self.viewers[mentor if by_mentor else mentee]
        if one is not None and self.attempt(may, lambda: acts.close(viewer, one, ending)):
            del self.pairs[mentor, mentee]

    @rule(mentor=MENTORS, places=st.integers(0, 9))
    def change_places(self, mentor, places):
        may = max(1, self.taken(mentor)) <= places <= 8
        offered = {"helps_with": ["Talking"], "rhythm": "weekly", "places": places}
        if self.attempt(may, lambda: acts.offer(self.viewers[mentor], **offered)):
            self.places[mentor] = places

    @rule(mentor=MENTORS, on=st.booleans())
    def pause_or_go_on(self, mentor, on):
        (acts.pause if on else acts.go_on)(self.viewers[mentor])
        (self.resting.add if on else self.resting.discard)(mentor)

    @rule(name=st.one_of(MENTORS, MENTEES))
    def leave(self, name):
        acts.end_all_of(self.viewers["ines"], self.company.people[name])
        self.pairs = {pair: state for pair, state in self.pairs.items() if name not in pair}

    @rule()
    def let_time_pass(self):
        """Two weeks: what was asked lapses. A yes waits a month for an agreement."""
        Mentoring.objects.filter(state=State.ASKED).update(asked_at="2001-01-01T00:00Z")
        by_the_clock.lapse_unanswered()
        self.pairs = {pair: state for pair, state in self.pairs.items() if state != "asked"}

    @invariant()
    def the_places_are_as_counted(self):
        for profile in MentorProfile.objects.select_related("person"):
            name = profile.person.handle
            assert profile.taken == self.taken(name) <= profile.places == self.places[name]

    @invariant()
    def the_pairs_are_as_told(self):
        standing = Mentoring.objects.filter(state__in=OPEN).values_list("mentor__handle", "mentee__handle", "state")
        assert {(mentor, mentee): state for mentor, mentee, state in standing} == self.pairs


@pytest.mark.django_db
def test_no_order_of_acts_books_a_place_twice():
    Places.company = found()
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Places, settings=settings(max_examples=25, stateful_step_count=25, suppress_health_check=checks)
    )


@pytest.mark.django_db
def test_the_database_refuses_one_more_than_there_are(company):
    acts.offer(company.viewer("tomasz"), helps_with=["Talking"], rhythm="weekly", places=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorProfile.objects.update(taken=2)


@pytest.mark.django_db(transaction=True)
def test_of_answers_at_once_only_as_many_count_as_there_are_places():
    """Four requests, two places, four yeses in the same moment on connections of their own."""
    company = found()
    tomasz = company.viewer("tomasz")
    acts.offer(tomasz, helps_with=["Talking"], rhythm="weekly", places=2)
    asked = [acts.ask(company.viewer(name), company.tomasz, "Please.") for name in ("elena", "ines", "fatima", "ruth")]
    outcomes = at_once([lambda one=one: acts.accept(tomasz, one) for one in asked])
    assert outcomes == Counter(done=2, refused=2)
    assert MentorProfile.objects.get().taken == 2
    assert Mentoring.objects.filter(state=State.AGREEING).count() == 2
    assert Mentoring.objects.filter(state=State.ASKED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_at_once_one_counts():
    company = found()
    tomasz, elena = company.viewer("tomasz"), company.viewer("elena")
    acts.offer(tomasz, helps_with=["Talking"], rhythm="weekly", places=1)
    one = acts.ask(elena, company.tomasz, "Please.")
    outcomes = at_once([lambda: acts.accept(tomasz, one), lambda: acts.withdraw(elena, one)])
    assert outcomes == Counter(done=1, refused=1)
    one.refresh_from_db()
    assert MentorProfile.objects.get().taken == (one.state == State.AGREEING)


@pytest.mark.django_db(transaction=True)
def test_closing_twice_at_once_gives_one_place_back():
    company = found()
    tomasz = company.viewer("tomasz")
    acts.offer(tomasz, helps_with=["Talking"], rhythm="weekly", places=2)
    first, second = (acts.ask(company.viewer(name), company.tomasz, "Please.") for name in ("elena", "ines"))
    acts.accept(tomasz, first)
    acts.accept(tomasz, second)
    outcomes = at_once([lambda: acts.close(tomasz, first), lambda: acts.close(company.viewer("elena"), first)])
    assert outcomes == Counter(done=1, refused=1)
    assert MentorProfile.objects.get().taken == 1


def at_once(doings):
    """Do all of them in the same moment, each in a thread with its own connection. Returns how they went."""
    start, outcomes = Barrier(len(doings)), []

    def run(doing):
        try:
            start.wait(timeout=30)
            doing()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Person.objects.exists()
    return Counter(outcomes)
