"""A forum as its API really gives it: topics in several files, accounts that are gone, links, and later versions."""

from __future__ import annotations

import pytest

from tests.forums import categories, item, load, post, topic
from watercooler.kinds.questions.models import Question
from watercooler.spine.content.acts import edit
from watercooler.spine.content.models import Item, Revision
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import build

pytestmark = pytest.mark.django_db


def updated(report):
    return {kind: line.updated for kind, line in report.lines.items() if line.updated}


def test_a_later_version_changes_words_likes_and_the_accepted_answer(forum, company):
    posts = [post(1), post(2, "otto", "Steel ones.", accepted_answer=True), post(3, "zoe", "Copper.")]
    files = {"1.json": topic(posts=posts), "categories.json": categories()}
    load(forum, files)
    assert updated(load(forum, files)) == {}
    posts[1] |= {"accepted_answer": False, "cooked": "<p>Steel lasts.</p>", "actions_summary": [{"id": 2, "count": 8}]}
    posts[2] |= {"accepted_answer": True}
    report = load(forum, files)
    otto = item("topic/1/2")
    assert (otto.safe_html, otto.helped_count, otto.revision) == ("<p>Steel lasts.</p>", 8, 2)
    assert Revision.objects.get(item=otto).source.strip() == "Steel ones."
    assert Question.objects.get(pk=item("topic/1/1").pk).accepted_answer == item("topic/1/3")
    assert updated(report) == {"replies: answers": 1}
    assert all(line.is_accounted_for for line in report.lines.values())


def test_what_was_changed_here_stays(forum, company):
    files = {"1.json": topic(posts=[post(1), post(2, "otto", "Steel ones.")])}
    load(forum, files)
    answer = item("topic/1/2")
    edit(build(answer.author_id), answer, source="Steel, mostly.", based_on=1)
    files["1.json"]["post_stream"]["posts"][1]["cooked"] = "<p>Copper.</p>"
    report = load(forum, files)
    assert item("topic/1/2").source == "Steel, mostly."
    assert report.lines["replies: answers"].left_out.total() == 1


def test_a_person_is_one_under_another_user_name_and_gets_the_name_they_have(forum, company):
    first = post(1, "otto", user_id=7)
    load(forum, {"1.json": topic(posts=[first])})
    again = post(1, "otto.kern", id=9, user_id=7, name="Otto Kern")
    first["name"] = "Otto Kern"
    report = load(forum, {"1.json": topic(posts=[first]), "2.json": topic(2, posts=[again])})
    assert item("topic/2/1").author == item("topic/1/1").author
    assert item("topic/1/1").author.name == "Otto Kern"
    assert "1 people have another name now." in report.notes


def test_an_account_that_was_deleted_leaves_its_words_under_a_former_member(forum, company):
    nobody = {"username": None, "name": None, "user_id": None}
    report = load(forum, {"1.json": topic(posts=[post(1), post(2) | nobody, post(3) | nobody])})
    author = item("topic/1/2").author
    assert (author.name, author.is_active) == ("Former member of forum.example", False)
    assert item("topic/1/3").author == author
    assert report.problem_count == 0


def test_further_posts_without_their_topics_facts_find_their_place(forum, company):
    first = topic(posts=[post(1), post(2, "otto")])
    rest = {"id": 1, "post_stream": {"posts": [post(3, "zoe"), post(4, "mira", reply_to_post_number=3)]}}
    report = load(forum, {"a.json": rest, "b.json": first, "categories.json": categories()})
    assert item("topic/1/3").space.name == "Tools"
    assert item("topic/1/4").parent == item("topic/1/3")
    assert report.problem_count == 0


def test_a_topic_whose_pages_are_missing_is_told(forum, company):
    first = topic()
    first["post_stream"]["stream"] += [7, 8, 9]
    report = load(forum, {"1.json": first})
    assert report.notes[0].startswith("1 topics have 3 posts more than the folder")


def test_a_deleted_topic_stays_behind(forum, company):
    report = load(forum, {"1.json": topic(deleted_at="2021-04-01T00:00:00Z")})
    assert not Item.objects.filter(is_imported=True).exists()
    assert report.lines["replies: others"].left_out == {"of topics deleted there": 2}


LINKS = {
    '<a href="/t/smoke/12/3">a</a>': 'href="/from/forum.example/t/smoke/12/3"',
    '<a href="https://forum.example/t/12">a</a>': 'href="/from/forum.example/t/12"',
    '<a class="mention" href="/u/otto">@otto</a>': 'href="/from/forum.example/u/otto"',
    '<a href="/uploads/x.pdf">a</a>': 'href="https://forum.example/uploads/x.pdf"',
    '<a href="https://else.example/t/12">a</a>': 'href="https://else.example/t/12"',
    '<a href="//cdn.example/x">a</a>': 'href="//cdn.example/x"',
}


@pytest.mark.parametrize(("html", "said"), LINKS.items())
def test_links_lead_to_what_is_here_or_to_where_it_was(forum, company, html, said):
    load(forum, {"1.json": topic(posts=[post(1, cooked=f"<p>{html}</p>")])})
    assert said in item("topic/1/1").safe_html


RAW = {
    "[a](/t/smoke/12) b": "[a](/from/forum.example/t/smoke/12) b",
    "see https://forum.example/t/smoke/12/3": "see /from/forum.example/t/smoke/12/3",
    "![hive|690x388](upload://abc.png)": "*(hive)*",
    "[plan.pdf|attachment](upload://abc.pdf) (12 KB)": "plan.pdf (12 KB)",
    '[details="More"]\nhidden\n[/details]': "**More**\n\nhidden",
}


@pytest.mark.parametrize(("raw", "said"), RAW.items())
def test_what_only_the_old_editor_knows_becomes_markdown(forum, company, raw, said):
    load(forum, {"1.json": topic(posts=[post(1, raw=raw)])})
    assert item("topic/1/1").source == said


def test_what_stands_below_a_large_picture_is_not_read_aloud(forum, company):
    cooked = (
        '<div class="lightbox-wrapper"><a class="lightbox" href="//c.example/a.png"><img src="//c.example/b.png" '
        'alt="hive"><div class="meta"><span class="filename">hive</span>1000×600 50 KB</div></a></div>'
    )
    load(forum, {"1.json": topic(posts=[post(1, cooked=cooked)])})
    assert "50 KB" not in item("topic/1/1").safe_html


def test_hearts_count_where_the_forum_has_other_reactions_too(forum, company):
    load(forum, {"1.json": topic(posts=[post(1, actions_summary=[], reaction_users_count=4)])})
    assert item("topic/1/1").helped_count == 4
    assert Person.objects.filter(is_imported=True).count() == 1
