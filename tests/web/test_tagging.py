"""Putting topics on things and taking them off."""

from html import unescape

import pytest

from watercooler.spine.content.acts import merge
from watercooler.spine.content.forms import Topics
from watercooler.spine.content.models import Item, Topic

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def seen(response):
    """Return the page as a browser reads it, with its escapes resolved."""
    return unescape(response.content.decode())


def test_topics_are_added_and_taken_off_with_and_without_script(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    response = client.post(f"/items/{post.pk}/tags", {"topic": "Trace heater"})
    assert response.url == f"/items/{post.pk}/tags"
    page = seen(client.get(response.url))
    assert "Added Trace heater." in page
    assert "added by Noah Whitfield" in page
    part = seen(client.post(f"/items/{post.pk}/tags/trace-heater/undo", headers=SCRIPT))
    assert f'id="topics-{post.pk}"' in part
    assert f'id="tagging-{post.pk}"' in part
    assert "Trace heater</a>" not in part
    again = seen(client.post(f"/items/{post.pk}/tags", {"topic": "#trace heater"}, headers=SCRIPT))
    assert "Trace heater</a>" in again
    assert Topic.objects.count() == 1


def test_an_empty_topic_and_a_ninth_are_refused_beside_the_field(company, sign_in):
    post, client = company.post(topics=[f"t{n}" for n in range(8)]), sign_in(company.noah)
    for typed in ("", "!!!", "one more"):
        refused = client.post(f"/items/{post.pk}/tags", {"topic": typed})
        assert refused.status_code == 422, typed
        assert 'aria-invalid="true"' in seen(refused)


def test_who_may_take_a_topic_off(company, sign_in):
    post = company.post(topics=["Frost"])
    undo = f"/items/{post.pk}/tags/frost/undo"
    assert sign_in(company.noah).post(undo).status_code == 403
    assert "Take off Frost" not in seen(sign_in(company.noah).get(f"/items/{post.pk}/tags"))
    assert "Take off Frost" in seen(sign_in(company.hassan).get(f"/items/{post.pk}/tags"))
    assert sign_in(company.hassan).post(undo).status_code == 302
    assert Item.objects.get(pk=post.pk).topic_ids == []
    assert sign_in(company.hassan).post(undo).status_code == 404


def test_topics_of_things_one_cannot_read_are_not_offered(company, sign_in):
    company.post(space=company.council, by="ruth", topics=["Strike pay"])
    post = company.post(topics=["Stray voltage"])
    offers = seen(sign_in(company.noah).get(f"/items/{post.pk}/tags/offers?topic=str"))
    assert "Stray voltage" in offers
    assert "Strike pay" not in offers
    hidden = company.post(space=company.council, by="ruth")
    for address in ("tags", "tags/offers?topic=s"):
        assert sign_in(company.noah).get(f"/items/{hidden.pk}/{address}").status_code == 404
    assert sign_in(company.noah).post(f"/items/{hidden.pk}/tags", {"topic": "x"}).status_code == 404


def test_a_synonym_offers_the_topic_that_it_stands_for(company, sign_in):
    post = company.post(topics=["Low pressure"])
    company.post(topics=["Pressure loss"])
    low, loss = Topic.objects.get(slug="low-pressure"), Topic.objects.get(slug="pressure-loss")
    merge(company.viewer("ines"), low, loss)
    client = sign_in(company.noah)
    offered = seen(client.get(f"/items/{post.pk}/tags/offers?topic=low"))
    assert '<option value="Pressure loss">Low pressure</option>' in offered
    assert seen(client.get(f"/items/{post.pk}/tags/offers?topic=pres")).count("<option") == 1
    assert "<option" not in seen(client.get(f"/items/{post.pk}/tags/offers?topic=zebra"))


def test_c_and_its_family_are_topics_of_their_own(company, sign_in):
    post, client = company.post(), sign_in(company.noah)
    for typed in ("C", "C#", "#C++", "c#"):
        client.post(f"/items/{post.pk}/tags", {"topic": typed})
    assert sorted(Topic.objects.values_list("name", "slug")) == [("C", "c"), ("C#", "c-sharp"), ("C++", "c-plus-plus")]
    assert client.get("/topics/c-sharp").status_code == 200
    found = seen(client.get("/search?q=topic:c%2B%2B"))
    assert f"/p/{post.pk}" in found


def test_a_sharp_within_a_name_begins_no_new_topic_in_the_composer():
    assert Topics(required=False).clean("C#, #Frost #Ice") == ["C#", "Frost", "Ice"]
