"""What else forums answer, and what their editor writes besides: each becomes words, a record or a reason."""

from __future__ import annotations

import json

import pytest

from tests.forums import post, topic
from watercooler.doors.importing.discourse import texts
from watercooler.doors.importing.discourse.forum import Forum
from watercooler.doors.importing.texts import ForumAddresses
from watercooler.spine.content.markdown import taken_over

ADDRESSES = ForumAddresses("forum.example")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Well done :tada: :+1:", "Well done 🎉 👍"),
        ("`:tada:` at 10:30:15", "`:tada:` at 10:30:15"),
        ("It is [spoiler]the queen[/spoiler].", "It is the queen."),
        ('On [date=2021-03-04 time=10:00:00 timezone="Europe/Oslo"] then', "On 2021-03-04 10:00:00 then"),
        ("[b]Hot[/b] and [i]soft[/i]", "**Hot** and *soft*"),
        ("[url=https://kiln.example/x]kilns[/url]", "[kilns](https://kiln.example/x)"),
        ('[chat quote="mira;3;2021-03-04T01:00:00Z" channel="Hive"]\nSmoke.\n[/chat]', "> mira:\n>\n> Smoke."),
        ("[grid]\n![a|10x10](upload://b.png)\n[/grid]", "*(a)*"),
        ("a[0] and [b](https://x.example) and [ ] open", "a[0] and [b](https://x.example) and [ ] open"),
        ("    [b]code[/b]\n\n```\n[spoiler]x[/spoiler]\n```", "```\n[spoiler]x[/spoiler]\n```"),
    ],
)
def test_marks_of_its_editor_become_words(raw, said):
    assert texts.source(raw, "", ADDRESSES).strip().endswith(said)


@pytest.mark.parametrize(
    ("cooked", "said"),
    [
        ('<p>Hi <img src="/e/t.png" title=":tada:" class="emoji" alt=":tada:"></p>', "Hi 🎉"),
        ("<details><summary>More</summary><p>Long.</p></details>", "More Long."),
        (
            '<div class="chat-transcript"><div class="chat-transcript-user">'
            '<div class="chat-transcript-username">mira</div>'
            '<div class="chat-transcript-datetime"><a href="/chat/3">2021</a></div></div><p>Smoke.</p></div>',
            "mira Smoke.",
        ),
        ('<p><span class="spoiler">The queen</span></p>', "The queen"),
    ],
)
def test_html_of_its_pages_becomes_words(cooked, said):
    assert taken_over(texts.shown(cooked, ADDRESSES)).excerpt == said


def read(folder, said):
    (folder / "1.json").write_text(said if isinstance(said, str) else json.dumps(said))
    told, others = [], []
    topics = list(Forum(folder, "forum.example").topics(told.append, others=others.append))
    return topics, [str(problem) for problem in told], others


def test_numbers_written_as_text_are_numbers(tmp_path):
    said = topic(
        posts=[post(1, created_at="2021-03-04 01:00:00 UTC"), {**post(2), "id": "1002", "reply_to_post_number": "1"}]
    )
    [found], told, _others = read(tmp_path, {**said, "id": "1", "category_id": "7"})
    assert (found.id, found.category_id, [p.reply_to for p in found.posts]) == (1, 7, [None, 1])
    assert not told + list(found.unreadable)


def test_tags_come_as_words_or_as_objects_and_titles_with_their_emoji(tmp_path):
    tags = [{"id": 1, "name": "smoke", "slug": "smoke"}, {"slug": "bees"}, "hive", None, {"name": 3}]
    [found], _told, _others = read(tmp_path, topic(title="Done :tada:", tags=tags))
    assert (found.tags, found.title) == (("smoke", "bees", "hive"), "Done 🎉")


@pytest.mark.parametrize("page", ["<!DOCTYPE html><title>502</title>", "\ufeff\n <html>"])
def test_a_page_of_html_is_named_as_one(page, tmp_path):
    assert read(tmp_path, page)[1] == ["1.json: is a page of HTML, as servers answer instead of a topic."]


def test_an_error_of_the_forum_is_named_as_one(tmp_path):
    said = {"errors": ["Not found"], "error_type": "not_found"}
    assert read(tmp_path, said)[2] == ["errors that the forum answered instead of a topic"]


def test_an_old_forum_without_many_fields_is_read(tmp_path):
    bare = [
        {key: each[key] for key in ("id", "post_number", "created_at", "cooked", "username")}
        for each in (post(1), post(2))
    ]
    [found], told, _others = read(tmp_path, {"id": 1, "title": "Old", "post_stream": {"posts": bare}})
    assert [p.likes for p in found.posts] == [0, 0]
    assert not told + list(found.unreadable)
