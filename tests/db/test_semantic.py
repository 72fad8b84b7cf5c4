"""Search by meaning: kept up with what is said, made anew for another model, and never needed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.meaning import Concepts, by_meaning, found, index, skip_without_vectors
from watercooler.config.evaluation.meaning import Meaning
from watercooler.projections.experts import acts
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.reads import who_knows
from watercooler.projections.experts.similar import nearest
from watercooler.projections.search import reads as search
from watercooler.projections.search import statistics
from watercooler.projections.search.query import parse
from watercooler.spine.activity.worker import follow

pytestmark = pytest.mark.django_db


def test_what_means_the_same_is_found_though_no_word_is_shared(story):
    assert found(story, "frozen furnace") == []
    with by_meaning():
        index()
        assert found(story, "furnace humming") == [story.boiler.item_id]
        assert set(found(story, "frozen furnace")) == {story.boiler.item_id, story.frost.pk}
        assert found(story, "furnace", kind="article") == []
        assert found(story, "furnace", space="works-council") == []
        assert found(story, "furnace", space=story.heat.slug) == [story.boiler.item_id]
        assert found(story, "furnace -hums") == []
        assert found(story, 'furnace "bleed the pump"') == [story.boiler.item_id]


def test_what_has_nothing_to_do_with_it_is_not_found(story):
    with by_meaning():
        index()
        assert found(story, "violin concerto tickets") == []


def test_what_says_the_words_stays_in_front_of_what_only_means_them(story):
    heater = story.article("Heater manual", source="Turn it on.")
    with by_meaning():
        follow()
        index()
        statistics.count_words()
        assert found(story, "boiler") == [story.boiler.item_id, heater.pk]
        assert found(story, "heater") == [heater.pk, story.boiler.item_id]


def test_what_says_some_words_and_means_them_all_stands_before_what_says_them_more_often(story):
    street = story.article("Noise", source="Noise in streets, noise in towns, noise in yards.")
    heater = story.article("Noise of the heater", source="The heater.")
    follow()
    statistics.count_words()
    assert found(story, "furnace noise")[0] == street.pk
    with by_meaning():
        index()
        assert found(story, "furnace noise")[0] == heater.pk


def test_a_model_to_which_all_is_alike_changes_nothing(story):
    class Dull(Concepts):
        def _vector(self, text):
            return [1.0, *[0.0] * (self.dimensions - 1)]

    with by_meaning(Dull()):
        index()
        assert found(story, "boiler") == [story.boiler.item_id]


def test_a_search_stays_one_query(story, count_queries):
    with by_meaning():
        index()
        found(story, "furnace")
        viewer, query = story.viewer("priya"), parse("furnace humming")
        found(story, "humming")  # the stems of a word that is new to the process are asked for once
        with count_queries() as queries:
            assert search.seek(viewer, query, now=timezone.now(), chosen={}).near
    assert len(queries) == 1


def test_the_page_shows_it_in_two_queries(story, sign_in, count_queries):
    browser = sign_in(story.priya)
    with by_meaning():
        index()
        browser.get("/search", {"q": "furnace"})
        with count_queries() as queries:
            page = browser.get("/search", {"q": "furnace"})
    assert b"Boiler makes a noise" in page.content
    assert len([each for each in queries if "search_vainsearch" not in each]) <= 2


def test_what_was_asked_before_is_found_in_other_words(story):
    about = Asked("Furnaces")
    assert nearest(story.viewer("priya"), about, ["question"]) == []
    with by_meaning():
        index()
        assert [one.id for one in nearest(story.viewer("priya"), about, ["question"])] == [story.boiler.item_id]
        assert nearest(story.viewer("priya"), about, ["question"], but=story.boiler.item_id) == []
        assert nearest(story.viewer("priya"), Asked("Violin concerto tickets"), ["question"]) == []


def named(company, words, by="noah"):
    return [one.handle for one in who_knows(company.viewer(by), words).knowers]


def test_who_knows_names_those_whose_answers_mean_the_like_though_no_word_is_shared(story):
    cold = story.question("Cold boiler", source="Since this morning.")
    story.answer(cold, "Bleed it.", by="priya")
    follow()
    assert named(story, "furnaces") == []
    with by_meaning():
        index()
        [knower] = who_knows(story.viewer("noah"), "furnaces").knowers
        assert (knower.handle, knower.alike) == ("priya", 1)
        assert [proof.title for proof in knower.evidence] == ["Cold boiler"]
        assert named(story, "frozen") == ["tomasz"], "An article speaks for its author too."
        assert named(story, "violin concerto tickets") == []
        assert who_knows(story.viewer("sam"), "furnaces").knowers == [], "Guests are told nobody."
    assert named(story, "furnaces") == []


def test_what_means_the_like_makes_somebody_known_before_who_shares_a_word(company):
    skip_without_vectors()
    heater = company.question("Heater noise", source="It hums.")
    company.answer(heater, "Bleed the pump.", by="tomasz")
    noise = company.question("Street noise", source="Lorries pass by all night.")
    company.answer(noise, "Close the window, noise or not.", by="priya")
    follow()
    assert named(company, "boiler noise") == ["priya", "tomasz"]
    with by_meaning():
        index()
        assert named(company, "boiler noise") == ["tomasz", "priya"]


def test_what_means_the_like_counts_only_for_who_may_read_it_and_never_for_who_stays_out(story):
    secret = story.question("Frozen budget", source="Who decides?", by="ruth", space=story.council)
    story.answer(secret, "The council votes.", by="ruth")
    follow()
    with by_meaning():
        index()
        assert set(named(story, "frost", by="ruth")) == {"ruth", "tomasz"}
        assert named(story, "frost") == ["tomasz"]
        acts.choose(story.viewer("tomasz"), is_out=True, takes_nudges=True)
        assert named(story, "frost") == named(story, "furnaces") == []


@pytest.mark.parametrize("words", ["\ud800", "\x00\x01 a", "the of and " * 900, "日本語" * 3000, "\u202e\u200b"])
def test_who_knows_by_meaning_takes_whatever_is_typed(story, words):
    assert named(story, words) == named(story, words)


def test_who_knows_by_meaning_stays_within_its_queries(story, count_queries):
    viewer = story.viewer("noah")

    def asked(words):
        with count_queries() as queries:
            assert who_knows(viewer, words).knowers
        return len(queries)

    by_words = asked("boiler noise")
    with by_meaning():
        index()
        who_knows(viewer, "boiler")
        assert asked("boiler noise") == by_words


def test_in_a_replay_a_text_is_found_by_meaning_once_it_is_written(story):
    extra = Meaning(Concepts())  # type: ignore[arg-type]
    with by_meaning():
        extra.index(is_replay=True)
        assert found(story, "frozen furnace") == []
        extra.let_know(story.boiler.item.published_at)
        assert found(story, "frozen furnace") == []
        extra.let_know(timezone.now())
        assert set(found(story, "frozen furnace")) == {story.boiler.item_id, story.frost.pk}
