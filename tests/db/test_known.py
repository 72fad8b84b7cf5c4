"""What people are known for is kept, and yet never older than its evidence."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conformance.test_projections import a_week
from watercooler.doors.importing.following import parted
from watercooler.kinds.questions.acts import accept, unaccept
from watercooler.places.person.reads import profile
from watercooler.projections.experts import acts, known
from watercooler.projections.experts.jobs import sum_up
from watercooler.projections.experts.known_for import claims, known_for
from watercooler.projections.experts.models import Entry, KnownPerson
from watercooler.spine.activity.projections import followers, rebuild, registered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import change_access, move, remove, restore, tag
from watercooler.spine.content.acts.topics import merge, named
from watercooler.spine.content.models import Topic
from watercooler.spine.social.acts import helped, not_helped
from watercooler.spine.spaces.models import Access

pytestmark = pytest.mark.django_db

LOOKING = ("elena", "fatima", "ruth")


def caught_up() -> None:
    while follow():
        pass


def shown(company, person, looking="elena"):
    return claims(profile(company.viewer(looking), person.handle, "about").facts["known_for"])


@pytest.fixture
def kept(company):
    """Tomasz is known for Defrost in the open, Fatima for Dysphagia among the medicines; all of it is kept."""
    company.thread = company.question("Why does the coil ice up?", topics=["Defrost"])
    company.best = company.answer(company.thread, "The drain's heater.")
    accept(company.viewer("noah"), company.thread, company.best)
    closed = company.question("Which thickener?", by="fatima", space=company.medicines, topics=["Dysphagia"])
    company.secret = company.answer(closed, "The starch one.", by="fatima")
    helped(company.viewer("fatima"), company.best)
    accept(company.viewer("fatima"), closed, company.secret)
    caught_up()
    return company


def test_a_kept_profile_says_what_a_fresh_one_says(company):
    a_week(company, random.Random(5))
    assert not KnownPerson.objects.filter(is_stale=True).exists()
    told = 0
    for looking in LOOKING:
        for person in company.people.values():
            fresh = known_for(company.viewer(looking), person.pk)
            assert shown(company, person, looking) == fresh
            told += len(fresh)
    assert told


def test_a_kept_profile_reads_no_entries(kept):
    Entry.objects.all().delete()
    assert [claim.name for claim in shown(kept, kept.tomasz)] == ["Defrost"]


def test_only_those_who_read_a_space_see_what_is_known_there(kept):
    assert shown(kept, kept.fatima, "elena") == []
    assert [claim.name for claim in shown(kept, kept.fatima, "fatima")] == ["Dysphagia"]
    assert shown(kept, kept.tomasz, "sam") == []


def test_what_is_known_in_secret_adds_nothing_in_the_open(kept):
    asked = kept.question("Which drink?", topics=["Dysphagia"])
    helped(kept.viewer("noah"), kept.answer(asked, "The thick one.", by="fatima"))
    caught_up()
    assert [(claim.accepted, claim.helped) for claim in shown(kept, kept.fatima, "elena")] == [(0, 1)]
    assert [(claim.accepted, claim.helped) for claim in shown(kept, kept.fatima, "fatima")] == [(1, 1)]


def _merged(company):
    merge(company.viewer("ines"), Topic.objects.get(name="Defrost"), named(["Frost"])[0])


CHANGES = {
    "a colleague was helped": lambda c: helped(c.viewer("elena"), c.best),
    "a thank-you was taken back": lambda c: not_helped(c.viewer("fatima"), c.best),
    "another answer was accepted": lambda c: unaccept(c.viewer("noah"), c.thread),
    "an answer went": lambda c: remove(c.viewer("tomasz"), c.best),
    "the thread went": lambda c: remove(c.viewer("noah"), c.thread.item),
    "the thread got another topic": lambda c: tag(c.viewer("noah"), c.thread.item, "Winter"),
    "the thread moved": lambda c: move(c.viewer("noah"), c.thread.item, c.noah.owned_spaces.get(purpose="wall")),
    "the closed space opened": lambda c: change_access(c.viewer("fatima"), c.medicines, Access.OPEN),
    "two topics became one": _merged,
    "somebody hid a topic": lambda c: acts.hide(c.viewer("tomasz"), Topic.objects.get(name="Defrost")),
    "somebody wants not to be found": lambda c: acts.choose(c.viewer("tomasz"), is_out=True, takes_nudges=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_happens_is_seen_at_once(kept, change):
    CHANGES[change](kept)
    caught_up()
    for person in (kept.tomasz, kept.fatima):
        assert shown(kept, person) == known_for(kept.viewer("elena"), person.pk)


def test_what_is_gone_is_no_proof_even_before_anybody_followed(kept):
    remove(kept.viewer("tomasz"), kept.best)
    assert shown(kept, kept.tomasz) == []
    kept.best.refresh_from_db()
    restore(kept.viewer("tomasz"), kept.best)
    assert [claim.name for claim in shown(kept, kept.tomasz)] == ["Defrost"]


def test_after_much_at_once_the_job_sums_up(kept, monkeypatch):
    monkeypatch.setattr(known, "AT_ONCE", 0)
    helped(kept.viewer("elena"), kept.best)
    caught_up()
    assert known.waiting(100) == [kept.tomasz.pk]
    assert shown(kept, kept.tomasz)[0].helped == 1
    sum_up()
    assert known.waiting(100) == []
    assert shown(kept, kept.tomasz)[0].helped == 2


def test_a_rebuild_leaves_nobody_to_wait_for_the_job(kept, monkeypatch):
    monkeypatch.setattr(known, "AT_ONCE", 0)
    rebuild(known.Known())
    assert known.waiting(100) == []
    assert [claim.name for claim in shown(kept, kept.tomasz)] == ["Defrost"]


def test_an_import_sums_up_what_is_there_already():
    heavy, others = ([each.name for each in these] for these in parted())
    assert sorted([*heavy, *others]) == sorted(each.name for each in (*registered(), *followers()))
    assert heavy.index("experts") < heavy.index("known")


def test_what_faded_is_summed_up_again(kept):
    KnownPerson.objects.filter(person=kept.tomasz).update(at=timezone.now() - timedelta(days=8))
    assert known.waiting(100) == [kept.tomasz.pk]
