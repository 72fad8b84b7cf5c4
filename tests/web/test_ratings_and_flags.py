"""Rating what somebody wrote, and asking a host to look at it."""

from html import unescape

import pytest

from watercooler.spine.content.models import Item
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Flag, Rating

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def seen(response):
    """Return the page as a browser reads it, with its escapes resolved."""
    return unescape(response.content.decode())


def test_a_rating_says_what_is_wrong_and_can_be_changed(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    address = f"/items/{post.pk}/rate"
    empty = client.post(address, {})
    assert empty.status_code == 422
    assert "Answer at least one of the three." in seen(empty)
    unsaid = client.post(address, {"correct": "no"})
    assert unsaid.status_code == 422
    assert "Say what is wrong" in seen(unsaid)
    assert client.post(address, {"correct": "no", "reason": "It is 35 minutes."}).status_code == 302
    rating = Rating.objects.get()
    assert (rating.useful, rating.correct, rating.applied) == (None, False, None)
    page = seen(client.get(address))
    assert "It is 35 minutes." in page
    assert "Change my rating" in page
    client.post(address, {"useful": "yes", "correct": "yes", "applied": "no"})
    rating = Rating.objects.get()
    assert (rating.useful, rating.correct, rating.applied) == (True, True, False)
    assert Item.objects.get(pk=post.pk).rating_count == 1


def test_a_refused_rating_tells_a_script_which_field(company, sign_in):
    post = company.post()
    refused = sign_in(company.noah).post(f"/items/{post.pk}/rate", {"correct": "no"}, headers=SCRIPT)
    assert refused.status_code == 422
    assert 'data-field="reason"' in seen(refused)
    assert "<html" not in seen(refused)


def test_ratings_are_read_by_the_author_and_the_hosts_and_nobody_else(company, sign_in):
    post = company.post()
    social.rate(company.viewer("noah"), post, useful=True, correct=False, reason="It is 35 minutes.")
    address = f"/items/{post.pk}/rate"
    for reader, sees in ((company.priya, True), (company.hassan, True), (company.elena, False), (company.sam, False)):
        page = seen(sign_in(reader).get(address))
        assert ("It is 35 minutes." in page) == sees, reader
        assert ("Noah Whitfield" in page) == sees, reader


def test_flagging_shows_the_ground_rules_and_needs_a_reason(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    address = f"/items/{post.pk}/flag"
    assert "Say what you tried." in seen(client.get(address))
    for typed in ({}, {"reason": "ugly"}):
        refused = client.post(address, {**typed, "note": "The door number shows."})
        assert refused.status_code == 422
        assert "Choose a reason." in seen(refused)
        assert "The door number shows." in seen(refused)
    client.post(address, {"reason": "private", "note": "The door number shows."})
    flag = Flag.objects.get()
    assert (flag.reason, flag.note, flag.person) == ("private", "The door number shows.", company.noah)
    assert "You flagged this." in seen(client.get(address))
    assert "You flagged this." not in seen(sign_in(company.elena).get(address))
