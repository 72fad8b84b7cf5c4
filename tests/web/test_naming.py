"""Naming a colleague in a form: who is offered while it is typed, and whom it means in the end."""

import re
from html import unescape

import pytest
from django import forms
from django.utils import timezone

from watercooler.foundation.base.errors import Invalid
from watercooler.spine.people.models import Person
from watercooler.spine.people.naming import ColleagueField, one_named
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.newcomers import add_person
from watercooler.spine.spaces.viewer import build

pytestmark = pytest.mark.django_db


def add(handle, name):
    return add_person(handle=handle, name=name, joined_at=timezone.now())


def offered(client, typed):
    page = unescape(client.get("/colleagues/offers", {"manager": typed}).text)
    return re.findall(r'<option value="[^"]* \(@([^)]*)\)"', page)


@pytest.mark.parametrize(
    ("typed", "handles"),
    [
        ("noah", ["noah"]),
        ("NOAH W", ["noah"]),  # a name begins so
        ("whit", ["noah"]),  # a word of it does
        ("zah", ["fatima"]),
        ("hitf", []),  # not the middle of a word
        ("mo", ["kit"]),
        ("ki", ["kit"]),  # only the handle begins so
        ("@ki", ["kit"]),
        ("okafor", []),  # a guest
        ("", []),
        (" ", []),
    ],
)
def test_who_is_offered_begins_as_typed(company, sign_in, typed, handles):
    add("kit", "Christine Moon")
    assert offered(sign_in(company.ines), typed) == handles


def test_offers_leave_out_who_left_and_begin_with_those_one_knows(company, sign_in):
    noelle = add("nell", "Noelle Abel")
    client = sign_in(company.priya)
    assert offered(client, "no") == ["noah", "nell"]
    social.connect(company.viewer("priya"), noelle, "Hello")
    social.connect(build(noelle.pk), company.priya, "")
    assert offered(client, "no") == ["nell", "noah"]
    Person.objects.filter(pk=noelle.pk).update(is_active=False)
    assert offered(client, "no") == ["noah"]


def test_a_guest_is_offered_only_whom_they_meet(company, sign_in):
    client = sign_in(company.sam)
    assert offered(client, "noah") == ["noah"]
    assert offered(client, "fatima") == []


@pytest.mark.parametrize("typed", ["kit", "KIT", "@Kit", "Christine Moon (@KIT)", "christine moon", "moon"])
def test_a_handle_or_a_name_means_one_colleague(company, typed):
    kit = add("kit", "Christine Moon")
    add("kitty", "Anna Kitson")
    assert ColleagueField().clean(typed) == kit


def test_a_whole_name_goes_before_a_part_of_one(company):
    short = add("short", "Noah Whit")
    assert ColleagueField().clean("noah whit") == short
    assert one_named(Person.objects.all(), "noah whit") == short


def test_two_of_one_name_are_told_apart_by_handle(company):
    add("kit", "Christine Moon")
    add("chris", "Christine Moon")
    with pytest.raises(Invalid, match=r"Christine Moon \(@chris\)") as refused:
        one_named(Person.objects.order_by("handle"), "Christine Moon")
    assert "(@kit)" in str(refused.value)
    assert ColleagueField().clean("Christine Moon (@chris)").handle == "chris"


@pytest.mark.parametrize("typed", ["sam", "@sam", "Sam Okafor", "Sam Okafor (@sam)", "kit", "@kit", "Moon", "x" * 201])
def test_a_guest_and_who_left_are_nobody_s_manager(company, typed):
    Person.objects.filter(pk=add("kit", "Christine Moon").pk).update(is_active=False)
    with pytest.raises(forms.ValidationError):
        ColleagueField().clean(typed)


def test_nothing_typed_means_nobody(company):
    assert ColleagueField(required=False).clean("  ") is None
