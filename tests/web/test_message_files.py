"""Files of private messages: who sees the message sees them, and nobody else, in any role."""

import pytest

from tests.pictures import upload
from watercooler.spine.content.models import Attachment
from watercooler.spine.conversations import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(company, sign_in):
    """A group of Priya, Noah and Tomasz, the message with her picture, and what asks for it as somebody."""
    group = acts.begin_group(company.viewer("priya"), [company.noah, company.tomasz], "Leeds on-call")
    sign_in(company.priya).post(group.url, {"source": "Look.", "files": [upload("coil.png")]})
    picture = Attachment.objects.get()

    def seen(name):
        client = sign_in(company.people[name])
        return [
            client.get(address).status_code for address in (picture.url, f"/api/v1/attachments/{picture.pk}/content")
        ]

    return group, picture.message, seen


def test_nobody_outside_has_them(shared):
    _, _, seen = shared
    assert seen("noah") == [200, 200]
    for name in ("ines", "hassan", "sam"):
        assert seen(name) == [404, 404]


def test_who_left_has_them_no_more(company, shared):
    group, _, seen = shared
    acts.leave(company.viewer("noah"), group)
    assert seen("noah") == [404, 404]
    assert seen("tomasz") == [200, 200]


def test_who_came_later_has_those_from_then_on(company, shared):
    group, _, seen = shared
    acts.add(company.viewer("noah"), group, [company.hassan])
    assert seen("hassan") == [404, 404]


def test_those_of_a_removed_message_are_gone(company, shared):
    _, made, seen = shared
    acts.remove(company.viewer("priya"), made)
    assert seen("noah") == [404, 404]
