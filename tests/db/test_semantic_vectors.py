"""Which texts have vectors, of which model and in which languages, and what holds without any."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings

from tests.meaning import Concepts, by_meaning, folder, found, index, vector
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.similar import nearest
from watercooler.projections.search import statistics
from watercooler.projections.semantic import column, entries, jobs, loaded, reads
from watercooler.projections.semantic.models import Entry, Model
from watercooler.projections.semantic.parts import parts
from watercooler.projections.semantic.projection import Semantic
from watercooler.spine.activity.projections import advance, catch_up, rebuild
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import edit, move, remove, restore
from watercooler.spine.social.acts import helped

pytestmark = pytest.mark.django_db


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
        assert entries.keep(texts, vectors(texts)) == 0
        assert Entry.objects.get(item=story.frost.pk).is_due


def vectors(texts, embedder=None):
    embedder = embedder or Concepts()
    return [embedder.texts(parts(text.title, text.html, embedder)) for text in texts]


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
        entries.keep(texts, vectors(texts, embedder))
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
