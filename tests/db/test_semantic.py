"""Search by meaning: kept up with what is said, made anew for another model, and never needed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from tests.meaning import Concepts, by_meaning, folder, index, skip_without_vectors
from watercooler.config.evaluation.meaning import Meaning
from watercooler.projections.experts import acts
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.reads import who_knows
from watercooler.projections.experts.similar import nearest
from watercooler.projections.search import reads as search
from watercooler.projections.search import statistics
from watercooler.projections.search.query import parse
from watercooler.projections.semantic import column, entries, jobs, loaded, reads
from watercooler.projections.semantic.models import Entry, Model
from watercooler.projections.semantic.projection import Semantic
from watercooler.spine.activity.projections import advance, catch_up, rebuild
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import edit, move, remove, restore
from watercooler.spine.social.acts import comment, helped

pytestmark = pytest.mark.django_db

VECTOR = "select vector::text from semantic_entry where item_id = %s"


@pytest.fixture
def story(company):
    """A few things said, some of which mean the same in other words."""
    skip_without_vectors()
    company.boiler = company.question("Boiler makes a noise", source="It hums all night.")
    company.answer(company.boiler, "Bleed the pump and listen again.")
    company.frost = company.article("Frost", source="Wrap the pipes.")
    company.post("Lunch is at noon today.")
    comment(company.viewer("priya"), company.boiler.item, "Mine too.")
    follow()
    statistics.count_words()
    return company


def found(company, words, by="priya", **chosen):
    return [
        hit.thread_id for hit in search.find(company.viewer(by), parse(words), now=timezone.now(), chosen=chosen).hits
    ]


def vector(item) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(VECTOR, [item.pk])
        row = cursor.fetchone()
    return row[0] if row else None


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


def test_a_rebuild_gives_the_same_rows_however_it_is_read(story):
    remove(story.viewer("tomasz"), story.frost)
    edit(story.viewer("noah"), story.boiler.item, title="Furnace noise", source="It hums.", based_on=1)
    move(story.viewer("hassan"), story.boiler.item, story.heat)
    sequence()
    catch_up(Semantic())
    live = Semantic().snapshot()
    assert any(live.values())
    rebuild(Semantic())
    assert Semantic().snapshot() == live
    Semantic().clear()
    from watercooler.spine.activity.models import Cursor

    Cursor.objects.filter(pk="semantic").update(position=0)
    while advance(Semantic(), limit=2):
        pass
    assert Semantic().snapshot() == live


def test_only_a_text_that_changed_gets_another_vector(story):
    with by_meaning():
        index()
        assert not Entry.objects.filter(is_due=True).exists()
        assert Entry.objects.count() == 4, "Comments have none."
        helped(story.viewer("hassan"), story.frost)
        move(story.viewer("hassan"), story.frost, story.heat)
        sequence()
        catch_up(Semantic())
        assert not Entry.objects.filter(is_due=True).exists()
        before = vector(story.frost)
        edit(story.viewer("tomasz"), story.frost, title="Boiler", source="Another thing.", based_on=1)
        edit(story.viewer("noah"), story.boiler.item, title="Furnace", source="It hums.", based_on=1)
        sequence()
        catch_up(Semantic())
        # An answer is read with its question's title, and is due with it.
        assert Entry.objects.filter(is_due=True).count() == 3
        jobs.embed()
        assert vector(story.frost) != before


def test_what_was_said_asks_once_for_the_job_and_the_job_for_itself_while_more_waits(story, monkeypatch):
    catch_up(Semantic())
    story.post("One more thing.")
    sequence()
    catch_up(Semantic())
    assert waiting() == 1
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    with by_meaning():
        monkeypatch.setattr(jobs, "SECONDS", -1.0)
        jobs.embed()
        assert waiting() == 1
        jobs.look()
        assert waiting() == 1


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'semantic.embed'")
        return cursor.fetchone()[0]


def test_what_is_removed_leaves_no_vector_and_comes_back_with_one(story):
    with by_meaning():
        index()
        remove(story.viewer("tomasz"), story.frost)
        sequence()
        index()
        assert vector(story.frost) is None
        restore(story.viewer("tomasz"), story.frost)
        sequence()
        index()
        assert vector(story.frost) is not None


def test_a_text_edited_while_its_vector_is_made_stays_due(story):
    with by_meaning():
        index()
        Entry.objects.filter(item=story.frost.pk).update(is_due=True)
        texts = entries.due(5)
        edit(story.viewer("tomasz"), story.frost, title="Boiler", source="Another thing.", based_on=1)
        assert entries.keep(texts, Concepts().texts([each.text for each in texts])) == 0
        assert Entry.objects.get(pk=story.frost.pk).is_due


def test_another_model_makes_every_vector_anew(story):
    class Other(Concepts):
        fingerprint = "others"
        dimensions = 200

    with by_meaning():
        index()
    with by_meaning(Other()):
        assert found(story, "furnace") == [], "Another model's vectors say nothing to this one."
        jobs.embed()
        assert not Entry.objects.filter(is_due=True).exists()
        assert Model.objects.get().dimensions == 200
        reads.forget()
        assert found(story, "furnace") == [story.boiler.item_id]


def test_it_goes_on_where_it_was_broken_off(story):
    with by_meaning():
        catch_up(Semantic())
        embedder = jobs.ready()
        texts = entries.due(1)
        entries.keep(texts, embedder.texts([each.text for each in texts]))
        assert Entry.objects.filter(is_due=True).count() == 3
        jobs.embed()
        assert not Entry.objects.filter(is_due=True).exists()


class Bilingual(Concepts):
    fingerprint = "bilingual"
    languages = ("en", "de")


def test_in_a_language_that_the_model_does_not_know_words_alone_are_searched(story):
    german = story.article("Heizung", source="Der furnace ist laut und wir haben es auch in der Nacht nicht warm.")
    follow()
    statistics.count_words()
    with by_meaning():
        index()
        assert Model.objects.get().languages == ["en"]
        assert vector(german) is None
        assert not Entry.objects.filter(is_due=True).exists(), "It does not wait for one either."
        assert found(story, "heater") == [story.boiler.item_id]
        assert found(story, "Was ist mit der heater?") == [], "A question in German."
        assert found(story, "Was ist mit der Heizung?") == [german.pk]
        assert nearest(story.viewer("priya"), Asked("Wie ist die heater?"), ["question"]) == []
    with by_meaning(Bilingual()):
        index()
        reads.forget()
        assert vector(german) is not None
        assert set(found(story, "heater")) == {story.boiler.item_id, german.pk}
        assert story.boiler.item_id in found(story, "Was ist mit der heater?")
        assert nearest(story.viewer("priya"), Asked("Wie ist die heater?"), ["question"])


def test_a_text_that_is_translated_loses_its_vector(story):
    with by_meaning():
        index()
        assert vector(story.frost) is not None
        edit(story.viewer("tomasz"), story.frost, title="Frost", source="Wir haben es nicht warm.", based_on=1)
        sequence()
        index()
        assert vector(story.frost) is None


@pytest.mark.parametrize(
    ("offered", "reason"),
    [
        ("select default_version, installed_version from pg_available_extensions where name = 'no such'", "not offer"),
        ("select '0.5.1', null", "0.5.1; 0.7 or newer"),
    ],
)
def test_without_the_extension_words_are_searched_as_always(story, monkeypatch, offered, reason):
    said = []
    monkeypatch.setattr(column, "AVAILABLE", offered)
    monkeypatch.setattr(loaded.log, "warning", lambda words, reason: said.append(reason))
    monkeypatch.setattr(loaded, "_said", set())
    with by_meaning():
        index()
        index()
        assert found(story, "boiler") == [story.boiler.item_id]
    assert len(said) == 1
    assert reason in said[0]
    assert not Model.objects.exists()


def test_without_the_right_to_make_it_words_are_searched_as_always(story):
    with connection.cursor() as cursor:
        cursor.execute("create role plain nologin; grant all on all tables in schema public to plain; set role plain")
    try:
        with by_meaning(), pytest.raises(column.NoVectors, match="create extension vector"):
            column._have_extension()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset role")


def test_without_a_model_words_are_searched_as_always(story, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(loaded.log, "warning", lambda words, reason: said.append(reason))
    monkeypatch.setattr(loaded, "_said", set())
    loaded.use(None)
    broken = folder(tmp_path, {"[UNK]": (1.0, 0.0)})
    (broken / "tokenizer.json").unlink()
    with override_settings(MEANING="watercooler.projections.semantic.reads.meaning", SEMANTIC=str(broken)):
        catch_up(Semantic())
        jobs.embed()
        jobs.embed()
        assert found(story, "boiler") == [story.boiler.item_id]
    loaded.use(None)
    assert said == [f"{broken} holds no tokenizer.json."]


def test_switched_off_nothing_is_followed_kept_or_asked(story, settings, count_queries):
    assert settings.SEMANTIC == settings.MEANING == ""
    assert not any("semantic" in path for path in settings.PROJECTIONS)
    assert not Entry.objects.exists()
    with count_queries() as queries:
        found(story, "boiler")
    assert not any("semantic_entry" in each for each in queries)
