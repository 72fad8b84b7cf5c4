"""The demo organisation as the product holds it after loading."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from watercooler.demo import load as loading
from watercooler.demo.cast import FLAG_REASONS, REACTIONS
from watercooler.demo.read import read
from watercooler.kinds.questions.models import Question
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Attachment, Check, Highlight, Item, Revision, Topic
from watercooler.spine.content.visibility import State
from watercooler.spine.people import portraits
from watercooler.spine.people.models import Person
from watercooler.spine.social.models import Flag, Helped, Reaction, Recommendation
from watercooler.spine.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told():
    return read()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load once for all tests here, and take it back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load()
        yield
        transaction.set_rollback(True)


def _helped(item):
    return {*item.helped, *(row.to for row in item.recommended if row.used)}


def test_everything_in_the_files_is_there(loaded, told):
    assert Person.objects.count() == len(told.people)
    assert Space.objects.filter(purpose="space").count() == len(told.spaces)
    assert Item.objects.count() == len(told.items)
    assert Question.objects.exclude(accepted_answer=None).count() == sum(i.is_accepted for i in told.items.values())
    assert Helped.objects.count() == sum(len(_helped(i)) for i in told.items.values())
    assert Membership.objects.count() == sum(len(s.members) for s in told.spaces.values())
    assert Highlight.objects.count() == sum(len(s.pinned) for s in told.spaces.values())
    assert Check.objects.count() == sum(len(i.checks) for i in told.items.values())
    assert Check.objects.filter(lapsed_at=None).exists()
    assert Check.objects.exclude(lapsed_at=None).exists()
    assert Flag.objects.count() == sum(len(i.flags) for i in told.items.values())
    assert Topic.objects.filter(synonym_of=None).count() == len(told.topics)
    assert Revision.objects.count() == sum(len(i.edits) for i in told.items.values())
    assert Attachment.objects.exclude(item=None).exclude(alt="").count() == sum(
        len(i.pictures) for i in told.items.values()
    )
    assert Recommendation.objects.filter(used_at__isnull=False).exists()


def test_every_act_has_its_own_time_and_none_is_still_to_come(loaded):
    ahead = Activity.objects.filter(at__gt=timezone.now())
    assert not ahead.exists()
    positions = Activity.objects.order_by("position").values_list("at", flat=True)
    assert list(positions) == sorted(positions)
    newest = Item.objects.filter(state=State.LIVE).latest("published_at")
    assert (timezone.now() - newest.published_at).total_seconds() < 1800
    assert Revision.objects.earliest("at").at < timezone.now() - timedelta(days=10)


def test_nothing_of_a_closed_space_is_open(loaded, told):
    for plan in told.spaces.values():
        audiences = set(Item.objects.filter(space__slug=plan.slug).values_list("audience", flat=True))
        assert audiences <= ({0} if plan.access == "open" else {Space.objects.get(slug=plan.slug).pk})


def test_the_real_clock_runs_again(loaded):
    assert abs((timezone.now() - datetime.now(UTC)).total_seconds()) < 1


def test_the_sign_ins_work(loaded):
    for _role, name, handle, password in loading.sign_ins():
        person = Person.objects.get(handle=handle)
        assert person.name == name
        assert person.check_password(password)


def test_the_files_know_the_products_words():
    assert set(REACTIONS) == set(Reaction.SIGNS)
    assert set(FLAG_REASONS) == set(dict(Flag.REASONS))


def test_everybody_has_a_photo_on_disc(loaded):
    for address in Person.objects.values_list("photo", flat=True):
        assert (portraits.folder() / address.removeprefix("/portraits/")).is_file()


def test_nobody_begins_with_a_full_inbox(loaded, told):
    unread = Notification.objects.filter(read_position__lt=F("position")).values_list("person__handle", flat=True)
    counted = Counter(unread)
    assert counted["priya"] >= 2
    assert max(counted.values()) <= 6
