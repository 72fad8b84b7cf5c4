"""Recommending something to a person or a space, and what becomes of it."""

from html import unescape

import pytest

from watercooler.spine.content.models import Item
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Recommendation

pytestmark = pytest.mark.django_db


def seen(response):
    """Return the page as a browser reads it, with its escapes resolved."""
    return unescape(response.content.decode())


def standing(model):
    return model.objects.count()


def test_recommending_to_a_person_by_name_or_handle(company, sign_in):
    post, client = company.post(), sign_in(company.priya)
    address = f"/items/{post.pk}/recommend"
    for typed, receiver in (
        ("noah whitfield", "noah"),
        ("@Elena", "elena"),
        ("Tomasz Zieliński (@tomasz)", "tomasz"),
        ("Fatima", "fatima"),
    ):
        response = client.post(address, {"to": typed, "note": "You asked on Tuesday."})
        assert response.status_code == 302, typed
        assert Recommendation.objects.latest("pk").to_person == getattr(company, receiver)
    client.post(address, {"to": "@noah", "note": "Again."})
    assert standing(Recommendation) == 4
    assert Item.objects.get(pk=post.pk).share_count == 4


def test_the_sender_sees_what_became_of_it(company, sign_in):
    post, client = company.post(), sign_in(company.priya)
    address = f"/items/{post.pk}/recommend"
    social.recommend(company.viewer("priya"), post, company.noah, "You asked on Tuesday.")
    assert "Not opened yet" in seen(client.get(address))
    social.opened(company.viewer("noah"), post)
    page = seen(client.get(address))
    assert "Opened" in page
    assert "You asked on Tuesday." in page
    social.helped(company.viewer("noah"), post)
    assert "It helped" in seen(client.get(address))
    assert "It helped" not in seen(sign_in(company.elena).get(address))


def test_a_recommendation_is_taken_back_by_its_sender_alone(company, sign_in):
    post = company.post()
    made = social.recommend(company.viewer("priya"), post, company.noah)
    undo = f"/items/{post.pk}/recommend/{made.pk}/undo"
    assert sign_in(company.elena).post(undo).status_code == 404
    client = sign_in(company.priya)
    for _time in range(2):
        assert client.post(undo).status_code == 302
    made.refresh_from_db()
    assert made.taken_back_at is not None
    assert Item.objects.get(pk=post.pk).share_count == 0


def test_recommending_to_a_space_one_is_in(company, sign_in):
    post, client = company.post(space=company.noah.owned_spaces.get(purpose="wall"), by="noah"), sign_in(company.noah)
    assert client.post(f"/items/{post.pk}/recommend", {"to": "heat pump engineers"}).status_code == 302
    assert Recommendation.objects.get().to_space == company.heat
    page = seen(client.get(f"/items/{post.pk}/recommend"))
    assert "Heat Pump Engineers" in page


@pytest.mark.parametrize("typed", ["", "Nobody At All", "@nobody", "@noah", "Medicines"])
def test_who_is_meant_must_be_clear_and_able_to_open_it(company, sign_in, typed):
    hidden = company.post(space=company.council, by="ruth")
    client = sign_in(company.ruth)
    refused = client.post(f"/items/{hidden.pk}/recommend", {"to": typed, "note": "Keep these words."})
    assert refused.status_code == 422
    page = seen(refused)
    assert 'aria-invalid="true"' in page
    assert "Keep these words." in page
    assert standing(Recommendation) == 0


def test_a_name_that_means_several_people_asks_which(company, sign_in):
    refused = sign_in(company.ruth).post(f"/items/{company.post().pk}/recommend", {"to": "a"})
    assert refused.status_code == 422
    assert "More than one:" in seen(refused)


def test_the_offers_hold_only_people_who_could_open_it(company, sign_in):
    open_post, hidden = company.post(), company.post(space=company.medicines, by="fatima")
    client = sign_in(company.fatima)
    assert "@noah" in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to=noa"))
    assert "@noah" in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to=whit"))
    assert "<option" not in seen(client.get(f"/items/{hidden.pk}/recommend/offers?to=noa"))
    assert "<option" not in seen(client.get(f"/items/{open_post.pk}/recommend/offers?to="))
    assert sign_in(company.noah).get(f"/items/{hidden.pk}/recommend/offers?to=f").status_code == 404


def test_a_guest_is_offered_only_people_of_the_space(company, sign_in):
    post, client = company.post(), sign_in(company.sam)
    assert "@noah" in seen(client.get(f"/items/{post.pk}/recommend/offers?to=noah"))
    assert "@fatima" not in seen(client.get(f"/items/{post.pk}/recommend/offers?to=fatima"))
    assert client.post(f"/items/{post.pk}/recommend", {"to": "@fatima"}).status_code == 422


def test_the_form_can_begin_with_somebody(company, sign_in):
    page = seen(sign_in(company.priya).get(f"/items/{company.post().pk}/recommend?to=@hassan"))
    assert 'value="@hassan"' in page
