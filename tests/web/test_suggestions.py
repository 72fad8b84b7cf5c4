"""The page of suggestions, what stands beside Home, and "Not for me" with and without script."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.db.test_suggestions import busy as busy  # the same story
from tests.db.test_suggestions import caught_up
from watercooler.projections.recommendations import acts, reads, shelf
from watercooler.projections.recommendations.models import NotForMe

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def words(response) -> str:
    return unescape(response.content.decode())


def test_each_suggestion_has_its_reason_and_a_way_to_refuse_it(busy, sign_in):
    page = words(sign_in(busy.noah).get("/suggestions"))
    assert "Like “Why does the coil ice before defrost?”, where you took part" in page
    assert f'formaction="/items/{busy.like.pk}/not-for-me"' in page
    assert "Answered you" not in page
    page = words(sign_in(busy.priya).get("/suggestions"))
    assert "Answered you once" in page
    assert 'formaction="/people/noah/not-for-me"' in page


def test_somebody_new_is_told_what_to_do(company, sign_in):
    page = words(sign_in(company.ruth).get("/suggestions"))
    assert "Nothing to suggest yet" in page
    page = words(sign_in(company.ruth).get("/me/not-for-me"))
    assert "Nothing here" in page


def test_home_offers_not_for_me_beside_what_is_suggested_and_not_beside_what_is_followed(busy, sign_in):
    shelf.fill(busy.noah.pk)
    page = words(sign_in(busy.noah).get("/home"))
    assert f'formaction="/items/{busy.other.pk}/not-for-me"' in page
    following = words(sign_in(busy.noah).get("/home?tab=following"))
    assert "not-for-me" not in following


def test_the_column_beside_home_suggests_and_leads_to_everything(busy, sign_in):
    part = words(sign_in(busy.priya).get("/home/rail", headers=SCRIPT))
    assert "Answered you once" in part
    assert 'formaction="/people/noah/not-for-me"' in part
    assert 'href="/suggestions"' in part


@pytest.mark.parametrize("thing", ["/items/{item}", "/people/tomasz", "/spaces/{space}", "/topics/defrost"])
def test_not_for_me_without_script_says_so_and_can_be_undone_right_after(busy, sign_in, thing):
    client = sign_in(busy.noah)
    address = thing.format(item=busy.like.pk, space=busy.heat.slug) + "/not-for-me"
    assert client.post(address)["Location"] == "/suggestions"
    page = words(client.get("/suggestions"))
    assert f'action="{address}/undo"' in page
    assert f'formaction="/items/{busy.like.pk}/not-for-me"' not in page
    client.post(f"{address}/undo")
    assert f'formaction="/items/{busy.like.pk}/not-for-me"' in words(client.get("/suggestions"))


def test_a_script_gets_a_toast_with_the_undo(busy, sign_in):
    answer = words(sign_in(busy.noah).post(f"/items/{busy.like.pk}/not-for-me", headers=SCRIPT))
    assert "data-toast" in answer
    assert f'action="/items/{busy.like.pk}/not-for-me/undo"' in answer


def test_the_list_takes_back_also_what_can_no_longer_be_seen_and_only_ones_own(busy, sign_in):
    from watercooler.spine.content.acts import remove

    noah = busy.viewer("noah")
    acts.not_for_me(noah, busy.like.item)
    acts.not_for_me(noah, busy.tomasz)
    remove(busy.viewer("tomasz"), busy.like.item)
    page = words(sign_in(busy.noah).get("/me/not-for-me"))
    assert "Something you can no longer see" in page
    assert "Coil ices again" not in page
    row = NotForMe.objects.get(item=busy.like.item)
    assert sign_in(busy.priya).post(f"/me/not-for-me/{row.pk}/taken-back").status_code == 404
    assert sign_in(busy.noah).post(f"/me/not-for-me/{row.pk}/taken-back").status_code == 302
    assert list(NotForMe.objects.values_list("colleague__handle", flat=True)) == ["tomasz"]


def test_what_one_may_not_know_of_cannot_be_refused_either(busy, sign_in):
    hidden = busy.article("Doses", by="fatima", space=busy.medicines)
    client = sign_in(busy.noah)
    for address in (f"/items/{hidden.pk}", f"/spaces/{busy.council.slug}", "/people/nobody", "/topics/none"):
        assert client.post(f"{address}/not-for-me").status_code == 404
    assert not NotForMe.objects.exists()


def test_a_thread_shows_what_belongs_beside_it(busy, sign_in):
    page = words(sign_in(busy.noah).get(f"/items/{busy.first.pk}/beside"))
    assert "Coil ices again after defrost" in page
    acts.not_for_me(busy.viewer("noah"), busy.like.item)
    page = words(sign_in(busy.noah).get(f"/items/{busy.first.pk}/beside"))
    assert "Coil ices again after defrost" not in page


def test_the_page_costs_the_same_for_two_and_for_many(busy, sign_in, count_queries):
    client = sign_in(busy.noah)
    client.get("/suggestions")
    with count_queries() as few:
        client.get("/suggestions")
    for number in range(12):
        question = busy.question(f"Coil ices, number {number}", by="priya", topics=["Defrost", "Ice"])
        busy.answer(question, "Look at the drain.", by="tomasz")
    caught_up()
    with count_queries() as many:
        client.get("/suggestions")
    assert len(many) <= len(few) <= 9
    with count_queries() as beside:
        client.get("/home/rail", headers=SCRIPT)
    assert len(beside) <= 8


def test_a_few_stand_on_a_page_and_the_others_follow_without_script_too(busy, sign_in):
    for number in range(12):
        question = busy.question(f"Coil ices, number {number}", by="priya", topics=["Defrost", "Ice"])
        busy.answer(question, "Look at the drain.", by="tomasz")
    caught_up()
    client, address, seen = sign_in(busy.noah), "/suggestions", []
    while address:
        found, address = listed(client, address)
        assert 0 < len(found) <= 5
        seen += found
    assert len(seen) == len(set(seen)) > 5
    for odd in ("soon", "1.2.", "\u00b2.1", f"{10**30}", ".".join(["9"] * 500)):
        assert client.get("/suggestions", {"seen": odd}).status_code == 200


def test_what_is_refused_on_a_page_passes_nothing_over_on_the_next(busy, sign_in):
    for number in range(12):
        question = busy.question(f"Coil ices, number {number}", by="priya", topics=["Defrost", "Ice"])
        busy.answer(question, "Look at the drain.", by="tomasz")
    caught_up()
    client = sign_in(busy.noah)
    everything = [card.id for card in reads.chosen(busy.viewer("noah")).cards]
    first, following = listed(client, "/suggestions")
    assert first == everything[:5]
    client.post(f"/items/{first[0]}/not-for-me")
    client.post(f"/items/{first[4]}/not-for-me")
    second, following = listed(client, following)
    assert second == everything[5:10]
    client.post(f"/items/{second[2]}/not-for-me")
    third, following = listed(client, following)
    assert third == everything[10:15]
    assert not following or not set(listed(client, following)[0]) & {*first, *second, *third}


def listed(client, address):
    """Return the ids of the cards on a page, and where the next one is."""
    page = words(client.get(address))
    found = re.findall(r'formaction="/items/(\d+)/not-for-me"', page.split('id="picked"')[1])
    following = re.search(r'class="btn" href="(/suggestions[^"]*)" rel="next"', page)
    return [int(one) for one in found], following[1] if following else ""
