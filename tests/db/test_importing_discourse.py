"""A Discourse forum becomes spaces: questions with answers, posts with comments, in the words of those who wrote."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forums import categories, item, load, post, topic
from watercooler.doors.importing.discourse import Forum
from watercooler.doors.importing.models import Counterpart
from watercooler.doors.importing.report import Broken
from watercooler.kinds.questions.models import Question
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Access, Membership, Space

pytestmark = pytest.mark.django_db


def test_a_topic_that_asks_becomes_a_question_with_answers_and_comments(forum, company):
    posts = [
        post(1, raw="Which *smoker*?", cooked="<p>Which <em>smoker</em>?</p>"),
        post(2, "otto", "Steel ones."),
        post(3, "mira", "Thanks.", reply_to_post_number=2),
        post(4, "otto", "You are welcome.", reply_to_post_number=3),
        post(5, "zoe", "Copper.", reply_to_post_number=1, accepted_answer=True),
    ]
    report = load(forum, {"1.json": topic(posts=posts), "categories.json": categories()})
    question = item("topic/1/1")
    assert (question.kind, question.title, question.source) == ("question", "Which smoker lasts?", "Which *smoker*?")
    assert question.space.name == "Tools"
    assert question.space.objective == "What we work with."
    assert question.published_at == datetime(2021, 3, 4, 1, tzinfo=UTC)
    assert question.helped_count == 1
    assert list(Topic.objects.filter(pk__in=question.topic_ids).values_list("name", flat=True)) == ["smoke"]
    kinds = [(item(f"topic/1/{n}").kind, item(f"topic/1/{n}").parent_id) for n in (2, 3, 4, 5)]
    first = item("topic/1/2").pk
    assert kinds == [("answer", question.pk), ("comment", first), ("comment", first), ("answer", question.pk)]
    assert Question.objects.get(pk=question.pk).accepted_answer == item("topic/1/5")
    assert {kind: (line.found, line.loaded) for kind, line in report.lines.items() if line.found} == {
        "topics: questions": (1, 1),
        "replies: answers": (2, 2),
        "replies: comments": (2, 2),
        "files": (1, 0),
    }


def test_any_other_topic_becomes_a_post_with_its_title(forum, company):
    load(forum, {"1.json": topic(title="Honey <show>"), "categories.json": categories()})
    talk = item("topic/1/1")
    assert (talk.kind, talk.title, talk.source) == ("post", "Honey <show>", "Some words.")
    assert (item("topic/1/2").kind, item("topic/1/2").title) == ("comment", "")


@pytest.mark.parametrize(
    ("said", "solves"),
    [
        ({"accepted_answer": {"post_number": 2}}, False),
        ({"accepted_answers": [{"post_number": 2}]}, False),
        ({"accepted_answer": 1002}, False),
        ({}, True),
        ({"posts": [post(1), post(2, accepted_answer=True)]}, False),
    ],
)
def test_an_accepted_answer_or_a_category_of_questions_makes_a_question(forum, company, said, solves):
    settings = {"id": 7, "name": "Help", "custom_fields": {"enable_accepted_answers": "true" if solves else None}}
    load(forum, {"1.json": topic(title="Smoker broke", **said), "site.json": {"categories": [settings]}})
    assert item("topic/1/1").kind == "question"


def test_people_come_once_marked_and_with_their_names(forum, company):
    posts = [post(1, "Mira"), post(2, "mira"), post(3, "system", user_id=-1)]
    load(forum, {"1.json": topic(posts=posts)})
    mira = item("topic/1/1").author
    assert item("topic/1/2").author == mira
    assert (mira.name, mira.is_imported, mira.is_active, mira.has_usable_password()) == ("Mira", True, True, False)
    assert item("topic/1/3").author.is_active is False
    assert Membership.objects.filter(space=item("topic/1/1").space, person__is_imported=True).count() == 1


def test_pages_of_one_topic_come_together_in_whatever_order(forum, company):
    first = topic(posts=[post(1), post(2, "otto")])
    second = topic(posts=[post(3, "zoe"), post(4, "zoe", reply_to_post_number=2)])
    load(forum, {"a.json": second, "b.json": first})
    assert item("topic/1/3").parent == item("topic/1/1")
    assert item("topic/1/4").parent == item("topic/1/2")
    assert item("topic/1/1").answer_count == 2


def test_what_is_private_hidden_or_small_stays_behind_and_is_counted(forum, company):
    posts = [post(1), post(2, post_type=3), post(3, post_type=4), post(4, hidden=True), post(5, user_deleted=True)]
    report = load(forum, {"1.json": topic(posts=posts), "2.json": topic(2, archetype="private_message")})
    assert report.lines["replies: others"].left_out.total() == 4
    assert report.lines["topics: private"].left_out.total() == 2
    assert Item.objects.filter(is_imported=True).count() == 1


def test_a_category_that_not_everybody_read_opens_closed(forum, company):
    load(forum, {"1.json": topic(), "c.json": {"categories": [{"id": 7, "name": "Board", "read_restricted": True}]}})
    assert Space.objects.get(name="Board").access == Access.CLOSED
    assert item("topic/1/1").audience == Space.objects.get(name="Board").pk


def test_one_space_can_take_all(forum, company):
    load(forum, {"1.json": topic(), "2.json": topic(2, posts=[post(1, id=7)], category_id=9)}, space="Old forum")
    assert item("topic/1/1").space == item("topic/2/1").space == Space.objects.get(name="Old forum")


def test_pictures_emojis_and_quotes_read_well(forum, company):
    cooked = '<p>Yes <img src="/e/x.png" class="emoji" alt=":bee:"> <img src="https://x.example/a.png" alt="hive"></p>'
    raw = '[quote="otto, post:2, topic:1"]\nSteel\n[/quote]\n\nYes ![hive](https://x.example/a.png)'
    load(forum, {"1.json": topic(posts=[post(1, cooked=cooked, raw=raw)])})
    found = item("topic/1/1")
    assert found.safe_html.count("<img") == 0
    assert ":bee:" in found.safe_html
    assert ">hive</a>" in found.safe_html
    assert found.source == "> otto:\n>\n> Steel\n\n\nYes [hive](https://x.example/a.png)"


def test_a_second_run_changes_nothing(forum, company):
    files = {"1.json": topic(), "categories.json": categories()}
    load(forum, files)
    before = Item.objects.count(), Activity.objects.count(), Person.objects.count(), Counterpart.objects.count()
    report = load(forum, files)
    assert (
        Item.objects.count(),
        Activity.objects.count(),
        Person.objects.count(),
        Counterpart.objects.count(),
    ) == before
    assert report.lines["topics: questions"].known == 1


def test_a_dry_run_writes_nothing_and_says_the_same(forum, company):
    files = {"1.json": topic(), "2.json": topic(2, "Talk", [post(1, id=5)]), "categories.json": categories()}
    before = Item.objects.count(), Space.objects.count(), Person.objects.count()
    dry = load(forum, files, is_dry=True)
    assert (Item.objects.count(), Space.objects.count(), Person.objects.count()) == before
    real = load(forum, files)
    assert {k: line.loaded for k, line in dry.lines.items()} == {k: line.loaded for k, line in real.lines.items()}


BROKEN = {
    "not JSON at all": "{\n\n oops",
    "no posts": {"id": 1, "title": "x", "post_stream": {}},
    "no id": {"title": "x", "post_stream": {"posts": []}},
    "deep": "[" * 200_000,
    "a date": topic(2, posts=[post(1, created_at="soon")]),
    "a number": topic(2, posts=[post(1, id="x")]),
    "a text": topic(2, posts=[post(1, cooked=["x"])]),
    "no text": topic(2, posts=[post(1, cooked="")]),
    "nobody": topic(2, posts=[post(1, "")]),
    "no title": topic(2, " "),
}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_named_and_the_rest_comes_in(forum, company, said):
    report = load(forum, {"0.json": said, "1.json": topic()})
    assert report.problem_count >= 1
    assert Item.objects.filter(is_imported=True, kind="question").count() == 1
    assert all(line.is_accounted_for for line in report.lines.values())


def test_broken_json_names_its_line(forum, company):
    report = load(forum, {"0.json": '{\n"id": 1,\n oops', "1.json": topic()})
    assert str(report.problems[0]) == "0.json, line 3: is not whole JSON."


def test_bytes_that_are_not_utf8_are_named(forum, company):
    forum.mkdir()
    (forum / "0.json").write_bytes(b'{\n"title": "\xff"}')
    report = load(forum, {"1.json": topic()})
    assert str(report.problems[0]) == "0.json, line 2: holds bytes that are not UTF-8."


def test_a_file_of_a_gigabyte_and_a_link_out_of_the_folder_are_not_read(forum, company, tmp_path):
    forum.mkdir()
    (tmp_path / "secret.json").write_text(json.dumps(topic(9, "Secret?")))
    (forum / "9.json").symlink_to(tmp_path / "secret.json")
    with (forum / "0.json").open("wb") as file:
        file.truncate(1 << 30)
    report = load(forum, {"1.json": topic()})
    assert str(report.problems[0]) == "0.json: is larger than 64 MB."
    assert Item.objects.filter(is_imported=True, kind="question").count() == 1


def test_a_folder_without_json_says_so(tmp_path):
    with pytest.raises(Broken, match="holds no JSON"):
        Forum(tmp_path)


def test_old_addresses_lead_on(forum, company, sign_in):
    load(forum, {"1.json": topic()})
    client = sign_in(company.noah)
    for old in ("t/which-smoker-lasts/1", "t/1", "t/which-smoker-lasts/1/1"):
        assert client.get(f"/from/forum.example/{old}")["Location"] == item("topic/1/1").url
    assert client.get("/from/forum.example/t/which-smoker-lasts/1/2")["Location"] == item("topic/1/2").url
    assert client.get("/from/forum.example/u/otto")["Location"] == item("topic/1/2").author.url


NAMES = [*post(1), *topic()]
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*post(1), *topic()]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {"id": anything, "title": anything, "post_stream": st.fixed_dictionaries({"posts": anything})}
    )
)
def test_no_json_breaks_the_reader(tmp_path, said):
    (tmp_path / "x.json").write_text(json.dumps(said))
    list(Forum(tmp_path).topics(lambda _problem: None, categories={}))
