"""Keeping a search from its page, one's own page of them, and the line in the inbox."""

import re
from html import unescape

import pytest

from watercooler.projections.search import jobs
from watercooler.projections.search.models import SavedSearch
from watercooler.spine.activity.worker import follow

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true"}


def read(response):
    return unescape(response.content.decode())


def test_a_search_is_kept_with_its_filters_and_opens_again(company, sign_in):
    client = sign_in(company.priya)
    company.question()
    follow()
    html = read(client.get("/search", {"q": "cold mornings", "space": "heat-pump-engineers"}))
    where = re.search(r'hx-get="(/me/searches/beside\?[^"]+)"', html)[1]
    part = read(client.get(where, **PART))
    assert 'value="cold mornings · Heat Pump Engineers"' in part
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part))
    answer = client.post("/me/searches", {**fields, "name": "Cold", "tells": "at_once"})
    assert answer["Location"] == "/search?q=cold+mornings&space=heat-pump-engineers"
    assert "Saved" in read(client.get(where, **PART))
    mine = read(client.get("/me/searches"))
    assert "Cold" in mine
    assert "cold mornings · Heat Pump Engineers" in mine
    saved = SavedSearch.objects.get()
    assert client.get(f"/me/searches/{saved.pk}")["Location"] == "/search?q=cold+mornings&space=heat-pump-engineers"


def test_the_list_costs_the_same_however_many_there_are(company, sign_in, count_queries):
    client = sign_in(company.priya)
    client.post("/me/searches", {"q": "frost", "space": "heat-pump-engineers"})
    client.get("/me/searches")
    with count_queries() as few:
        client.get("/me/searches")
    for words in ("ice", "snow", "rain"):
        client.post("/me/searches", {"q": words, "space": "heat-pump-engineers"})
    with count_queries() as more:
        assert read(client.get("/me/searches")).count("· Heat Pump Engineers") >= 4
    assert len(more) == len(few)


def test_without_script_there_is_a_page_with_the_form(company, sign_in):
    client = sign_in(company.priya)
    answer = client.get("/me/searches/beside", {"q": "frost"})
    assert answer["Location"] == "/me/searches/new?q=frost"
    assert 'value="frost"' in read(client.get(answer["Location"]))


def test_renaming_choosing_when_to_hear_and_letting_go(company, sign_in):
    client = sign_in(company.priya)
    client.post("/me/searches", {"q": "frost"})
    saved = SavedSearch.objects.get()
    client.post(f"/me/searches/{saved.pk}", {"name": "Ice"})
    client.post(f"/me/searches/{saved.pk}", {"tells": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.tells) == ("Ice", "never")
    client.post(f"/me/searches/{saved.pk}/remove")
    assert "No saved searches yet" in read(client.get("/me/searches"))


def test_the_inbox_says_what_was_found_and_leads_to_it(company, sign_in):
    client = sign_in(company.fatima)
    client.post("/me/searches", {"q": "frost", "tells": "at_once", "name": "Frost <b>"})
    company.question("Frost on the coil?")
    while follow():
        pass
    jobs.look_for_saved()
    raw = client.get("/inbox").content.decode()
    assert "1 new for your search <b>Frost &lt;b&gt;</b>" in raw
    assert "Frost on the coil?" in raw
    assert "You saved this search and asked to hear of new ones." in raw
    line = re.search(r'href="(/inbox/\d+)"', raw)[1]
    saved = SavedSearch.objects.get()
    assert client.get(line)["Location"] == f"/me/searches/{saved.pk}"
    assert client.get(f"/me/searches/{saved.pk}")["Location"] == "/search?q=frost&sort=newest"
    client.post(f"/me/searches/{saved.pk}/remove")
    assert "A search you no longer keep found something" in read(client.get("/inbox"))
    assert client.get("/me/searches").status_code == 200
