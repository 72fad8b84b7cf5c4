"""Opening a space so that it does not begin empty, and finding it in the directory."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from watercooler.places.space.starters import STARTERS
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def text(response):
    return unescape(response.content.decode())


@pytest.mark.parametrize("start", STARTERS, ids=lambda start: start.name)
def test_no_space_opens_empty(company, sign_in, start):
    browser = sign_in(company.priya)
    form = {"template": start.name, "name": "Underfloor heating", "objective": "Fewer leaks.", "access": "open"}
    assert browser.post("/spaces/new", form)["Location"] == "/spaces/underfloor-heating/"
    space = Space.objects.get(slug="underfloor-heating")
    assert space.owner_id == company.priya.pk
    assert space.rules == [str(rule) for rule in start.rules]
    items = Item.objects.filter(space=space)
    assert items.count() == len(start.first) >= 2
    assert set(items.values_list("author_id", flat=True)) == {company.priya.pk}
    page = text(browser.get("/spaces/underfloor-heating/"))
    assert 'class="post"' in page
    assert 'class="pin"' in page
    assert "Ask or share: you are the first one here" in page


def test_a_space_needs_a_purpose_and_the_form_keeps_what_was_typed(company, sign_in):
    answer = sign_in(company.priya).post("/spaces/new", {"template": "nothing", "name": "Vans", "access": "open"})
    assert answer.status_code == 422
    assert 'value="Vans"' in text(answer)
    assert not Space.objects.filter(name="Vans").exists()


def test_nearly_the_same_name_is_pointed_out_and_still_allowed(company, sign_in):
    browser = sign_in(company.priya)
    typing = text(browser.get("/spaces/new/similar?name=heat pump enginers", headers=HX))
    assert "Heat Pump Engineers" in typing
    assert "Works council" not in text(browser.get("/spaces/new/similar?name=works councils", headers=HX))
    form = {"template": "nothing", "name": "Heat pump engineer", "objective": "Better.", "access": "open"}
    answer = browser.post("/spaces/new", form)
    assert answer.status_code == 422
    assert "There is something like this already" in text(answer)
    assert browser.post("/spaces/new", {**form, "anyway": "yes"}).status_code == 302
    browser.post("/spaces/new", {**form, "anyway": "yes"})
    assert Space.objects.filter(name="Heat pump engineer").count() == 1


def test_a_space_can_be_opened_for_somebody_else_inside_another(company, sign_in):
    browser = sign_in(company.priya)
    form = {"template": "project", "name": "Winter trial", "objective": "Fewer lockouts.", "access": "closed"}
    wrong = browser.post("/spaces/new", {**form, "owner": "nobody"})
    assert "There is nobody called “nobody”" in text(wrong)
    browser.post("/spaces/new", {**form, "owner": "@tomasz", "parent": company.heat.pk})
    space = Space.objects.get(slug="winter-trial")
    assert (space.owner_id, space.parent_id, space.access) == (company.tomasz.pk, company.heat.pk, "closed")
    assert "Winter trial" in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/about"))
    elsewhere = {**form, "name": "Other trial", "parent": company.council.pk}
    assert sign_in(company.priya).post("/spaces/new", elsewhere).status_code == 422


def test_about_names_the_owner_once_and_the_other_hosts_beside(company, sign_in):
    browser = sign_in(company.priya)
    page = text(browser.get("/spaces/heat-pump-engineers/about"))
    rail = page[page.index("It belongs to") :]
    assert rail.count(f'href="/people/{company.heat.owner.handle}"') == 1
    assert rail.count('href="/people/tomasz"') == 1
    Membership.objects.filter(space=company.heat, person=company.tomasz).update(standing="member")
    assert "People who look after it" not in text(browser.get("/spaces/heat-pump-engineers/about"))


def test_the_directory_is_searched_with_a_typing_error_and_narrowed(company, sign_in):
    browser = sign_in(company.priya)
    assert "Medicines</a></h3>" in text(browser.get("/spaces?q=medecines"))
    assert "Heat Pump" not in text(browser.get("/spaces?q=medecines", headers=HX))
    assert "Works council" not in text(browser.get("/spaces?q=council"))
    joined = text(browser.get("/spaces?mine=joined", headers=HX))
    assert "Heat Pump Engineers" in joined
    assert "Medicines" not in joined
    closed = text(browser.get("/spaces?access=closed&size=small", headers=HX))
    assert "Medicines" in closed
    assert "Heat Pump" not in closed
    assert "No space like that" in text(browser.get("/spaces?q=zzzzz&alive=week"))
    assert browser.get("/spaces?access=ajar&q=%25_%5C%00").status_code == 200


def test_spaces_of_close_colleagues_are_suggested(company, sign_in):
    page = text(sign_in(company.ines).get("/spaces"))
    assert "Your colleagues are here" in page
    assert page.index("5 colleagues near you") < page.index("All spaces</h2>")
    near = page[: page.index("All spaces</h2>")]
    assert "Works council" not in near


def test_five_thousand_spaces_cost_the_same_queries_and_all_are_reached(company, sign_in, count_queries):
    now = timezone.now()
    Space.objects.bulk_create(
        [
            Space(
                slug=f"space-{n}",
                name=f"Space number {n}",
                owner=company.ruth,
                made_at=now - timedelta(minutes=n),
                last_item_at=now - timedelta(minutes=n * 7 % 5000) if n % 3 else None,
            )
            for n in range(5000)
        ]
    )
    browser = sign_in(company.noah)
    browser.get("/spaces")
    with count_queries() as queries:
        page = browser.get("/spaces")
    assert len(queries) == 3
    assert page.content.count(b'class="card sp-card"') <= 24 + 4
    with count_queries() as queries:
        found = text(browser.get("/spaces?q=medecines"))
    assert len(queries) == 2
    assert "Medicines" in found
    address, seen = "/spaces", []
    for _ in range(5):
        part = text(browser.get(address, headers=HX))
        seen += [one.split('"')[0] for one in part.split('<h3 class="grow"><a href="/spaces/')[1:]]
        address = part.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 120
