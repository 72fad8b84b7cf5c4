"""Profiles and the directory: what is shown, to whom, and at what cost."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from watercooler.places.person import directory
from watercooler.spine.people.reads import forget_organisation, organisation
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db

TABS = ["", "/wall", "/answers", "/articles"]


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    kept.clear()
    forget_organisation()
    directory.forget_facets()
    yield
    forget_organisation()
    directory.forget_facets()


@pytest.mark.parametrize("tab", TABS)
def test_a_profile_shows_real_identity(company, sign_in, tab):
    page = sign_in(company.priya).get(f"/people/tomasz{tab}").content.decode()
    assert "Tomasz Zieliński" in page
    assert "Senior heat pump engineer" in page


@pytest.mark.parametrize("tab", TABS)
def test_a_profile_costs_two_queries(company, sign_in, count_queries, tab):
    for _ in range(3):
        company.answer(company.question())
        company.article()
        company.post()
    client = sign_in(company.priya)
    client.get(f"/people/tomasz{tab}")
    organisation()
    with count_queries() as seen:
        assert client.get(f"/people/tomasz{tab}").status_code == 200
    assert len(seen) <= 2, seen


def test_the_directory_costs_two_queries(company, sign_in, count_queries):
    client = sign_in(company.priya)
    client.get("/people?q=tomas")
    with count_queries() as seen:
        assert client.get("/people?q=tomas").status_code == 200
    assert len(seen) <= 2, seen


@pytest.mark.parametrize("typed", ["Tomasz", "tomaz", "Zielinski", "zielinksi", "tomasz z", "heat pump", "tomasz"])
def test_people_are_found_however_spelt(company, sign_in, typed):
    page = sign_in(company.priya).get("/people", {"q": typed}).content.decode()
    assert "Tomasz Zieliński" in page


def test_settings_page(company, sign_in):
    page = sign_in(company.priya).get("/me/settings").content.decode()
    assert "From the directory" in page
