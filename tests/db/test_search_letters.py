"""What has no spaces between its words is found by what stands inside it: Chinese, Japanese, Korean, Thai."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from watercooler.projections.experts.reads import who_knows
from watercooler.projections.search import acts, jobs, letters, reads, statistics
from watercooler.projections.search.models import SavedFind
from watercooler.projections.search.query import parse
from watercooler.projections.search.snippets import Marker
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import explain_term, merge, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(company):
    said = "室外温度零下五度。先除霜？"
    question = company.question("昨天更换水泵以后，热泵报E5故障", source=said, topics=["空气源热泵"])
    company.answer(question, "检查PLC模块，再更换制冷剂。")
    company.article("ポンプの交換", source="冷却水ポンプを交換するときは電源を切る。", by="hassan")
    company.article("펌프를 교체했습니다.", by="hassan")
    company.article("เปลี่ยนปั๊มน้ำแล้ว", by="hassan")
    company.article("Frost at Zürich", source="The pump was replaced.")
    follow()
    statistics.count_words()
    return company


def found(company, words, by="priya"):
    hits = reads.find(company.viewer(by), parse(words), now=timezone.now(), chosen={}).hits
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "")[:4] for hit in hits]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("水泵", "昨天更换"),
        ("更换水泵", "昨天更换"),
        ("水泵 更换", "昨天更换"),
        ("热泵", "昨天更换"),
        ("泵", "昨天更换"),
        ("E5", "昨天更换"),
        ("E5故障", "昨天更换"),
        ("PLC", "昨天更换"),
        ("plc模块", "昨天更换"),
        ("制冷剂", "昨天更换"),
        ('"更换水泵"', "昨天更换"),
        ('"PLC 模块"', "昨天更换"),
        ("空气源", "昨天更换"),
        ("ポンプ", "ポンプの"),
        ("交換", "ポンプの"),
        ("冷却水", "ポンプの"),
        ("펌프", "펌프를 "),
        ("ปั๊มน้ำ", "เปลี"),
        ("Zurich", "Fros"),
    ],
)
def test_what_stands_inside_is_found(filled, words, title):
    assert found(filled, words)[:1] == [title]


@pytest.mark.parametrize("words", ["泵水", '"水泵更换"', "水泵 -更换", "水泵 -水泵", "电脑", "冰"])
def test_what_stands_nowhere_so_is_not_found(filled, words):
    assert "昨天更换" not in found(filled, words)


def test_the_letters_found_are_marked_and_no_others(filled):
    assert Marker(["制冷", "冷剂"]).mark("更换制冷剂，制表") == "更换<mark>制冷剂</mark>，制表"
    assert Marker(["泵"]).mark("水泵") == "水<mark>泵</mark>"
    assert Marker(["펌프"]).mark("펌프를 판매") == "<mark>펌프</mark>를 판매"
    assert Marker(["pump", "水泵"]).mark("Pumps 水泵") == "<mark>Pumps</mark> <mark>水泵</mark>"


def test_a_snippet_keeps_what_was_found_though_no_space_is_near(filled):
    text = "<p>E5 " + "室外机盘管结霜" * 60 + "制冷剂" + "先检查电源" * 60 + "</p>"
    cut = Marker(["制冷", "冷剂"]).snippet(text)
    assert "<mark>制冷剂</mark>" in cut
    assert len(cut) > 150


def test_the_palette_completes_what_stands_inside_a_title(filled):
    titles = [item["title"] for item in reads.suggest(filled.viewer("priya"), parse("水泵")).items]
    assert titles == ["昨天更换水泵以后，热泵报E5故障"]
    assert reads.suggest(filled.viewer("priya"), parse("空气源")).topics


def test_names_are_found_as_before(filled):
    filled.priya.name = "田中太郎"
    filled.priya.save()
    assert [one["name"] for one in reads.suggest(filled.viewer("noah"), parse("田中太")).people] == ["田中太郎"]
    assert [one["name"] for one in reads.suggest(filled.viewer("noah"), parse("田中")).people] == ["田中太郎"]


def test_the_glossary_and_merged_topics_widen_such_words_too(filled):
    explain_term(filled.viewer("elena"), "循环泵", "A pump.", ["水泵"])
    assert found(filled, "循环泵") == ["昨天更换"]
    assert [
        one.name for one in reads.find(filled.viewer("noah"), parse("循环泵"), now=timezone.now(), chosen={}).meanings
    ]
    by_name = {topic.name: topic for topic in named(["空气源热泵", "ASHP"])}
    merge(filled.viewer("ines"), by_name["ASHP"], by_name["空气源热泵"])
    follow()
    assert found(filled, "ASHP") == ["昨天更换"]


def test_a_saved_search_tells_of_them(filled):
    for words in ("除霜", "霜"):
        acts.save_search(filled.viewer("fatima"), {"q": words}, tells="at_once")
    filled.post("今天早上又除霜了一次", by="hassan")
    while follow():
        pass
    jobs.look_for_saved()
    assert SavedFind.objects.count() == 2


def test_who_knows_is_asked_in_such_words(filled):
    assert [one.handle for one in who_knows(filled.viewer("noah"), "制冷剂").knowers] == ["tomasz"]


def test_the_application_and_the_database_mean_the_same_letters():
    made = import_module("watercooler.projections.search.migrations.0012_pairs_of_letters")
    assert made.LETTERS == letters.LETTERS
    said = "更换水泵 E5报警 ポンプ 펌프를 ปั๊มน้ำ naïve 泵 𠀀𠀁𠀂"
    with connection.cursor() as cursor:
        cursor.execute("select regexp_split_to_array(trim(search_asked_apart(%s)), ' +')", [said])
        apart = cursor.fetchone()[0]
    asked = [pair for word in said.split() for pair in letters.pairs(word)]
    assert set(asked) <= set(apart)
    assert set(apart) - set(asked) <= set("泵警プ를ำ𠀂")
