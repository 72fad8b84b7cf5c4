"""Searches in vain are kept for whoever looks for gaps: what was missing, and never who missed it."""

import pytest

from watercooler.projections.search import vain
from watercooler.projections.search.models import VainSearch
from watercooler.spine.activity.worker import follow
from watercooler.spine.social.acts import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits():
    vain._waiting.clear()
    yield
    vain._waiting.clear()


def kept():
    return sorted(VainSearch.objects.values_list("words", "found"))


def test_what_is_not_there_is_remembered_without_a_name(company, sign_in):
    sign_in(company.priya).get("/search", {"q": "unobtainium in:heat-pump-engineers"})
    assert vain.write() == 1
    row = VainSearch.objects.get()
    assert (row.words, row.found, row.space_id) == ("unobtainium", 0, company.heat.pk)
    assert not [field for field in VainSearch._meta.fields if "person" in field.name]


def test_a_search_whose_result_was_opened_was_not_in_vain(company, sign_in):
    question = company.question()
    follow()
    client = sign_in(company.priya)
    client.get("/search", {"q": "lock cold mornings"})
    read(company.viewer("priya"), question.item)
    assert vain.write(everything=True) == 0
    client.get("/search", {"q": "lock cold mornings"})
    assert vain.write() == 0
    assert vain.write(everything=True) == 1
    assert kept() == [("lock cold mornings", 1)]


def test_a_search_put_in_other_words_counts_once(company, sign_in):
    client = sign_in(company.priya)
    client.get("/search", {"q": "unobtanium"})
    client.get("/search", {"q": "unobtainium"})
    vain.write()
    assert kept() == [("unobtainium", 0)]


def test_private_searches_keep_no_words(company, sign_in, settings):
    settings.PRIVATE_SEARCHES = True
    sign_in(company.priya).get("/search", {"q": "my boss bullies me"})
    vain.write()
    assert kept() == [("", 0)]


def test_what_cannot_be_written_ends_no_thread(monkeypatch):
    def break_down() -> None:
        raise RuntimeError("of a kind that nobody thought of")

    monkeypatch.setattr(vain, "write", break_down)
    vain._write_if_that_goes()
