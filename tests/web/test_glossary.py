"""The glossary: everybody reads it, some keep it, and search finds each thing by all its words."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.together import at_once
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.projections.search import jobs, reads, statistics
from watercooler.projections.search.acts import save_search
from watercooler.projections.search.glossary import grams
from watercooler.projections.search.models import SavedFind
from watercooler.projections.search.query import parse
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import change_term, explain_term, glossary, remove_term
from watercooler.spine.content.acts.glossary import key_of
from watercooler.spine.content.models import Term

pytestmark = pytest.mark.django_db


def explain(company, name="Heat pump", meaning="Moves heat from outside in.", others=("HP", "ASHP"), by="elena"):
    return explain_term(company.viewer(by), name, meaning, others)


def find(company, words, by="priya", **chosen):
    while follow():
        pass
    return reads.find(company.viewer(by), parse(words), now=timezone.now(), chosen=chosen)


def titles(company, words):
    return {str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in find(company, words).hits}


@pytest.fixture
def three(company):
    """Three articles that say the same thing by three words, and two that hold a part of them."""
    company.article("Our heat pump", source="It hums.")
    company.article("An ASHP on the wall", source="It hums.")
    company.article("HP in the cellar", source="It hums.")
    company.article("Heat from the oven", source="It bakes.")
    company.article("A pump for water", source="It drips.")
    return company


@pytest.mark.parametrize("words", ["heat pump", "HP", "ashp", "Heat Pumps"])
def test_each_word_finds_all_others_both_ways(three, words):
    explain(three)
    found = titles(three, f"{words} hums")
    assert {"Our heat pump", "An ASHP on the wall", "HP in the cellar"} <= found or words == "Heat Pumps"
    assert "Our heat pump" in found


def test_a_term_of_two_words_counts_only_as_a_whole(three):
    explain(three)
    assert "An ASHP on the wall" not in titles(three, "pump drips")
    found = find(three, "ashp")
    assert not {"Heat from the oven", "A pump for water"} & {str(hit.title) for hit in found.hits}


def test_without_the_glossary_they_are_three_things(three):
    assert titles(three, "ashp hums") != titles(three, "heat pump hums")
    assert "An ASHP on the wall" not in titles(three, "heat pump")


def test_other_words_are_marked_and_not_taken_for_slips(three):
    explain(three, others=("HP", "ASHP", "oevn"))
    assert any("<mark>ASHP</mark>" in str(hit.title) for hit in find(three, "heat pump").hits)
    assert find(three, "oevn").instead == ""
    marked = {str(hit.title) for hit in find(three, "ashp hums").hits}
    assert "Our <mark>heat pump</mark>" in marked


def test_what_was_a_slip_finds_something_else_once_it_is_a_word(three):
    three.article("Another oven", source="It bakes too.")
    find(three, "oven")
    statistics.count_words()
    assert find(three, "oevn").instead == "oven"
    assert "Another oven" in titles(three, "oevn")
    explain(three, others=["oevn"])
    assert "Our heat pump" in titles(three, "oevn")
    assert "Another oven" not in titles(three, "oevn")


def test_exactly_a_term_shows_its_meaning(three):
    explain(three)
    for words in ("heat pump", "HEAT  PUMP", '"heat pump"', "hp", "Ashp"):
        assert [one.name for one in find(three, words).meanings] == ["Heat pump"], words
    for words in ("heat", "heat pump hums", "pump heat"):
        assert find(three, words).meanings == [], words


def test_the_page_shows_the_card_even_where_nothing_is_found(company, sign_in):
    explain(company, "SCOP", "How much heat <b>a year</b> for the power of a year.", ["seasonal performance"])
    html = sign_in(company.priya).get("/search", {"q": "scop"}).content.decode()
    assert "How much heat &lt;b&gt;a year" in html
    assert "also seasonal performance" in unescape(html)


def test_accents_cases_and_signs_make_no_other_word():
    assert key_of("  Wärme-Pumpe ") == "warme pumpe" == key_of("WÄRME PUMPE")
    assert key_of("E-1043") == "e 1043"
    found = grams(["e-1043", "wärme", "pumpe"])
    pairs = set(zip(found["gram_terms"], found["grams"], strict=True))
    assert {("e-1043", "e 1043"), ("wärme", "warme pumpe"), ("pumpe", "warme pumpe")} <= pairs
    assert len(grams([str(n) for n in range(500)])["grams"]) < 200


def test_a_word_is_no_other_word_for_itself(company):
    assert explain(company, others=("heat-PUMP", "HP", "hp", " ")).others == ["hp"]


def test_no_word_belongs_to_two_terms(company):
    explain(company)
    with pytest.raises(Invalid, match="Heat pump") as refused:
        explain(company, "Boiler", "Burns.", ["hp"])
    assert refused.value.field == "others"
    with pytest.raises(Invalid) as refused:
        explain(company, "ASHP", "Burns.", [])
    assert refused.value.field == "name"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_explain_a_word_at_once_one_wins(company):
    works = [
        lambda name=name: explain(company, name, others=["HP"]) for name in ("Heat pump", "Horse power", "Hot pipe")
    ]
    results = at_once(*works)
    assert [type(result) for result in results if isinstance(result, Exception)] == [Invalid, Invalid], results
    assert Term.objects.count() == 1


def test_learning_leads_and_administrators_keep_it(company):
    with pytest.raises(NotAllowed):
        explain(company, by="hassan")
    term = explain(company, by="ines")
    with pytest.raises(NotAllowed):
        change_term(company.viewer("priya"), term, "x", "y")
    with pytest.raises(NotAllowed):
        remove_term(company.viewer("priya"), term)
    change_term(company.viewer("elena"), term, "Heat pump", "Better words.", [])
    remove_term(company.viewer("elena"), Term.objects.get())
    verbs = Activity.objects.filter(verb__endswith="_term").order_by("pk").values_list("verb", "detail__name")
    assert list(verbs) == [(verb, "Heat pump") for verb in ("explained_term", "explained_term", "removed_term")]


@pytest.mark.parametrize(
    ("name", "meaning", "others", "field"),
    [
        ("", "x", [], "name"), ("?!", "x", [], "name"), ("x" * 81, "x", [], "name"), ("x", " ", [], "meaning"),
        ("x", "y" * 601, [], "meaning"), ("x", "y", [f"w{n}" for n in range(13)], "others"),
        ("x", "y", ["z" * 81], "others"), ("\ufdfa" * 5, "x", [], "name"), ("x", "y", ["\ufdfa" * 5], "others"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_where(company, name, meaning, others, field):
    with pytest.raises(Invalid) as refused:
        explain(company, name, meaning, others)
    assert refused.value.field == field


def test_the_glossary_ends_somewhere(company, monkeypatch):
    monkeypatch.setattr(glossary, "MOST_TERMS", 1)
    explain(company)
    with pytest.raises(Invalid, match="1 words at most"):
        explain(company, "Boiler", "Burns.", [])


def test_pages_list_explain_change_and_remove(company, sign_in):
    client = sign_in(company.elena)
    assert "No words here yet" in client.get("/library/glossary").content.decode()
    sent = {"name": "Heat pump", "meaning": "Moves heat.", "others": "HP, ASHP; Wärmepumpe"}
    answer = client.post("/library/glossary/new", sent)
    term = Term.objects.get()
    assert answer["Location"] == f"/library/glossary#term-{term.pk}"
    assert term.others == ["HP", "ASHP", "Wärmepumpe"]
    assert client.post("/library/glossary/new", {**sent, "name": "hp"}).status_code == 422
    assert "Heat pump" in client.get("/library/glossary", {"q": "ärmep"}).content.decode()
    assert "Nobody explained that word" in client.get("/library/glossary", {"q": "boiler"}).content.decode()
    client.post(f"/library/glossary/{term.pk}", {**sent, "meaning": "Moves it in."})
    assert "Moves it in." in sign_in(company.sam).get("/library/glossary").content.decode()
    sign_in(company.elena).post(f"/library/glossary/{term.pk}/remove")
    assert not Term.objects.exists()


def test_a_saved_search_hears_of_new_words(company):
    saved = save_search(company.viewer("fatima"), {"q": "heat pump"}, tells="at_once")
    explain(company)
    while follow():
        pass
    jobs.reckon_saved()
    post = company.post("The ashp hums.")
    while follow():
        pass
    jobs.look_for_saved()
    assert list(SavedFind.objects.filter(search=saved).values_list("item_id", flat=True)) == [post.pk]
    assert timezone.now() - saved.made_at < timedelta(minutes=5)
