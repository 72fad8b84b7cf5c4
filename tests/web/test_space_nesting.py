"""What a space is part of, changed in its settings: no circles, an undo, and nothing said of a hidden parent."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from tests.doors import commits
from tests.together import at_once
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.spine.activity.models import Activity
from watercooler.spine.spaces.acts import archive, change_standing, join, leave, make_space
from watercooler.spine.spaces.models import Access, Membership, Space, Standing
from watercooler.spine.spaces.nesting import parents_for, put_back, put_in

__all__ = ["commits"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


def text(response):
    return unescape(response.content.decode())


def opened(company, name, by="tomasz", **more):
    return make_space(company.viewer(by), name=name, objective="Better.", **more)


def parent_of(space):
    return Space.objects.values_list("parent__slug", flat=True).get(pk=space.pk)


def test_a_host_moves_a_space_below_another_and_undoes_it(company, sign_in):
    tools, client = opened(company, "Tools"), sign_in(company.tomasz)
    page = text(client.get("/spaces/tools/settings"))
    assert '<option value="heat-pump-engineers">Heat Pump Engineers</option>' in page
    assert '<option value="tools"' not in page
    client.post("/spaces/tools/parent", {"parent": "heat-pump-engineers"})
    assert parent_of(tools) == "heat-pump-engineers"
    page = text(client.get("/spaces/tools/settings"))
    assert "Tools is part of Heat Pump Engineers now" in page
    assert 'action="/spaces/tools/parent/undo"' in page
    assert '<option value="heat-pump-engineers" selected>' in page
    assert "Part of Heat Pump Engineers" in page
    assert Activity.objects.filter(verb="changed_space", space=tools, detail__fields=["parent"]).count() == 1
    client.post("/spaces/tools/parent/undo")
    client.post("/spaces/tools/parent/undo")
    assert parent_of(tools) is None
    assert Activity.objects.filter(verb="changed_space", space=tools, undoes__isnull=False).count() == 1
    client.post("/spaces/tools/parent", {"parent": "heat-pump-engineers"})
    client.post("/spaces/tools/parent", {"parent": ""})
    assert parent_of(tools) is None
    assert "Tools stands alone now" in text(client.get("/spaces/tools/settings"))


def test_no_space_becomes_part_of_itself(company):
    tomasz = company.viewer("tomasz")
    top = opened(company, "Top")
    middle = opened(company, "Middle", parent=top)
    low = opened(company, "Low", parent=middle)
    tomasz = company.viewer("tomasz")
    assert not {top.pk, middle.pk, low.pk} & set(parents_for(tomasz, top).values_list("pk", flat=True))
    for parent in (top, middle, low):
        with pytest.raises(Invalid):
            put_in(tomasz, top, parent)
    assert put_in(tomasz, low, top)
    assert not put_in(tomasz, low, top)
    assert parent_of(low) == "top"


def test_an_undo_makes_no_circle_either(company):
    top, other = opened(company, "Top"), opened(company, "Other")
    tomasz = company.viewer("tomasz")
    put_in(tomasz, other, top)
    put_in(tomasz, other, None)
    put_in(tomasz, top, other)
    with pytest.raises(Invalid):
        put_back(tomasz, other)
    assert (parent_of(top), parent_of(other)) == ("other", None)


def test_only_its_hosts_move_a_space_and_only_to_where_they_are(company, sign_in):
    tools, ours = opened(company, "Tools"), opened(company, "Ours", by="priya")
    join(company.viewer("noah"), tools)
    with pytest.raises(NotAllowed):
        put_in(company.viewer("noah"), tools, company.heat)
    with pytest.raises(NotAllowed):
        put_back(company.viewer("noah"), tools)
    refused = sign_in(company.tomasz).post("/spaces/tools/parent", {"parent": "ours"})
    assert refused.status_code == 422
    old = opened(company, "Old")
    archive(company.viewer("tomasz"), old)
    assert old not in parents_for(company.viewer("tomasz"), tools)
    assert ours not in parents_for(company.viewer("tomasz"), tools)
    assert parent_of(tools) is None


def test_somebody_elses_move_is_not_undone(company):
    tools = opened(company, "Tools")
    join(company.viewer("hassan"), tools)
    change_standing(company.viewer("tomasz"), tools, company.hassan, Standing.HOST)
    put_in(company.viewer("tomasz"), tools, company.heat)
    assert not put_back(company.viewer("hassan"), tools)
    assert parent_of(tools) == "heat-pump-engineers"


def test_a_secret_parent_stays_hidden_from_whoever_is_not_in_it(company, sign_in):
    """Not on its page, in the directory, in the choices of a host who is not in it, nor in what refusals say."""
    secret = opened(company, "Redundancies", by="hassan", access=Access.SECRET)
    tools = opened(company, "Tools", by="hassan")
    join(company.viewer("tomasz"), tools)
    change_standing(company.viewer("hassan"), tools, company.tomasz, Standing.HOST)
    put_in(company.viewer("hassan"), tools, secret)
    client = sign_in(company.tomasz)
    for address in ("/spaces/tools/", "/spaces/tools/about", "/spaces/tools/settings", "/spaces?q=tools"):
        page = text(client.get(address))
        assert "edundancies" not in page, address
    asked = {"path": "/spaces/tools/parent", "headers": {"Accept": "application/json"}}
    as_if_none, hidden = (client.post(**asked, data={"parent": slug}) for slug in ("no-such-space", secret.slug))
    assert (hidden.status_code, hidden.json()) == (as_if_none.status_code, as_if_none.json())
    assert "edundancies" in text(sign_in(company.hassan).get("/spaces/tools/settings"))


def test_what_is_below_a_space_is_read_by_the_same_people_as_before(company):
    secret = opened(company, "Redundancies", access=Access.SECRET)
    closed = opened(company, "Closed", access=Access.CLOSED, by="hassan")
    put_in(company.viewer("tomasz"), secret, company.heat)
    assert not Space.objects.listed_for(company.viewer("noah")).filter(pk=secret.pk).exists()
    assert not Space.objects.readable_by(company.viewer("noah")).filter(pk__in=[secret.pk, closed.pk]).exists()


def test_a_move_back_below_what_one_has_left_names_nothing(company, sign_in):
    secret = opened(company, "Redundancies", by="hassan", access=Access.SECRET)
    Membership.objects.create(
        space=secret, person=company.tomasz, standing=Standing.MEMBER, since=secret.made_at, rules_version=1
    )
    tools = opened(company, "Tools")
    put_in(company.viewer("tomasz"), tools, secret)
    client = sign_in(company.tomasz)
    client.post("/spaces/tools/parent", {"parent": ""})
    leave(company.viewer("tomasz"), secret)
    page = text(client.post("/spaces/tools/parent/undo", follow=True))
    assert "It is where it was before" in page
    assert "edundancies" not in page
    assert parent_of(tools) == secret.slug


def test_after_ten_minutes_a_move_stands(company):
    tools = opened(company, "Tools")
    tomasz = company.viewer("tomasz")
    put_in(tomasz, tools, company.heat)
    moves = Activity.objects.filter(verb="changed_space", space=tools)
    moves.update(at=moves.get().at - timedelta(minutes=10, seconds=1))
    assert not put_back(tomasz, tools)
    assert parent_of(tools) == company.heat.slug


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_no_circle(company):
    one, other = opened(company, "One"), opened(company, "Other")
    tomasz = company.viewer("tomasz")
    for _again in range(5):
        told = at_once(lambda: put_in(tomasz, one, other), lambda: put_in(tomasz, other, one))
        assert sorted(type(answer).__name__ for answer in told) == ["Invalid", "bool"]
        Space.objects.filter(pk__in=[one.pk, other.pk]).update(parent=None)
