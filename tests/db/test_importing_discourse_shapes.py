"""The files that Discourse's API and the programs which copy forums leave: each shape comes in, each record is told."""

import gzip
import json

import pytest

from tests.forums import categories, item, load, post, topic
from watercooler.doors.importing.discourse import Forum, files
from watercooler.doors.importing.models import Counterpart
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db


def write(folder, name, said):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)


def accounted(report):
    assert all(line.is_accounted_for for line in report.lines.values()), report.table()
    return report


def alone(number, topic_id=1, **more):
    """Return a post as it comes without its topic: /posts.json, and a file or a line each."""
    return post(number, topic_id=topic_id, topic_slug="which-smoker", **more)


def as_api(folder):
    """A page of twenty of more, the rest from /t/1/posts.json, with the numbers of all posts."""
    posts = [post(n) for n in (1, 2, 3)]
    first = topic(posts=posts[:2])
    first["post_stream"]["stream"] = [each["id"] for each in posts]
    write(folder, "t/1.json", first)
    write(folder, "t/1/posts.json", {"post_stream": {"posts": [{**posts[2], "topic_id": 1}]}, "id": 1})


def as_slugs(folder):
    write(folder, "t/which-smoker/1.json?page=1", topic(posts=[post(1), post(2)]))
    write(folder, "t/which-smoker/1.json?page=2", topic(posts=[post(3)]))


def as_latest(folder):
    write(folder, "posts.json", {"latest_posts": [alone(3), alone(2)]})
    write(folder, "posts-2.json", {"latest_posts": [{**alone(1), "topic_title": "Which smoker?", "category_id": 7}]})


def as_single(folder):
    write(folder, "latest.json", {"topic_list": {"topics": [{"id": 1, "title": "Which smoker?", "category_id": 7}]}})
    for number in (1, 2, 3):
        write(folder, f"posts/2021-03/{1000 + number}-mira-which-smoker.json", alone(number))


def as_list(folder):
    write(folder, "all.json.gz", [{**alone(n), "topic_title": "Which smoker?"} for n in (1, 2, 3)])


def as_list_of_topics(folder):
    write(folder, "all.json", [topic(posts=[post(1), post(2), post(3)])])


def as_topics_by_name(folder):
    write(folder, "export.json", {**categories(), "topics": [topic(posts=[post(1), post(2), post(3)])]})


def as_topics_by_number(folder):
    write(folder, "map.json", {"1": topic(posts=[post(1), post(2), post(3)])})


def as_lines(folder):
    lines = [json.dumps({**alone(n), "topic_title": "Which smoker?"}).encode() for n in (3, 1, 2)]
    write(folder, "posts.jsonl.gz", b"\n".join(lines) + b"\n\n")


ALONE = [as_api, as_slugs, as_latest, as_single, as_list, as_lines]
WHOLE = [as_list_of_topics, as_topics_by_name, as_topics_by_number]


@pytest.mark.parametrize("shape", ALONE + WHOLE)
def test_each_shape_gives_the_same_topic(forum, company, shape):
    shape(forum)
    write(forum, "site.json", categories()["category_list"])
    report = accounted(load(forum, {}))
    assert item("topic/1/1").kind == "question"
    assert [item(f"topic/1/{n}").kind for n in (2, 3)] == ["answer", "answer"]
    assert not [note for note in report.notes if "posts more than the folder" in note]
    before = Item.objects.count()
    accounted(load(forum, {}))
    assert Item.objects.count() == before


def test_a_title_that_is_only_there_for_show_is_the_title(forum, company):
    load(forum, {"1.json": topic(title="", fancy_title="Smoke &amp; fire")})
    assert item("topic/1/1").title == "Smoke & fire"


def test_lists_and_people_are_told_of(forum, company):
    listed = {"id": 9, "title": "Never copied", "category_id": 7, "tags": [], "archetype": "regular"}
    write(forum, "latest.json", {"users": [], "primary_groups": [], "topic_list": {"topics": [listed]}})
    write(forum, "c/tools/7.json", {"topic_list": {"topics": [listed]}})
    write(forum, "directory_items.json", {"directory_items": [{"id": 3, "user": {"username": "mira"}}]})
    write(forum, "about.json", {"about": {"title": "Bees"}})
    report = accounted(load(forum, {"1.json": topic(), "categories.json": categories()}))
    assert report.lines["topics: without posts"].found == 1
    why = report.lines["files"].left_out
    assert sum(why.values()) == 5
    assert why["lists of topics, which say nothing of their posts"] == 2
    assert why["neither topics nor posts"] == 1


def test_names_come_from_the_topics_details_where_a_post_has_none(forum, company):
    said = topic(posts=[{**post(1), "name": None}, {**post(2), "username": None, "name": None, "user_id": 77}])
    said["details"] = {
        "created_by": {"id": 5, "username": "mira", "name": "Mira Novak"},
        "participants": [{"id": 77, "username": "otto", "name": "Otto Berg", "post_count": 1}],
    }
    accounted(load(forum, {"1.json": said}))
    assert item("topic/1/1").author.name == "Mira Novak"
    assert item("topic/1/2").author.name == "Otto Berg"


def test_missing_unknown_and_null_fields_do_not_hurt(forum, company):
    bare = {"id": 1, "post_number": 1, "username": "mira", "created_at": "2021-03-04T01:00:00Z", "cooked": "<p>A.</p>"}
    nothing = {**post(2), "cooked": None, "raw": None}
    strange = {**post(3), "actions_summary": None, "reply_to_user": None, "polls": [{}], "wiki": "yes", "version": None}
    deleted = {**post(4), "username": None, "name": None, "user_id": None}
    closed = {**post(5), "post_type": None, "action_code": "closed.enabled"}
    said = {"id": 1, "title": "Which?", "post_stream": {"posts": [bare, nothing, strange, deleted, closed]},
            "details": None, "tags": None, "category_id": None}  # fmt: skip
    report = accounted(load(forum, {"1.json": said}))
    assert item("topic/1/1").helped_count == 0
    assert item("topic/1/3").safe_html == "<p>Some words.</p>"
    assert item("topic/1/4").author.name == "Former member of forum.example"
    assert [str(problem) for problem in report.problems] == ["topic 1, post_stream.posts[1]: a post needs a text."]
    assert not Counterpart.objects.filter(name="topic/1/5").exists()


RAW = """[quote="otto, post:3, topic:12, full:true"]
[quote="zoe, post:2, topic:12"]
Copper?
[/quote]
Steel.
[/quote]
I vote.

[poll name=poll1 type=regular]
* Steel
* Copper
[/poll]

See ![hive|690x388](upload://abc.jpeg)."""
COOKED = """<aside class="quote no-group" data-username="otto" data-post="3" data-topic="12">
<div class="title"><div class="quote-controls"></div>
<img alt="" width="24" height="24" src="/user_avatar/forum.example/otto/48/2_2.png" class="avatar"> otto:</div>
<blockquote><p>Steel.</p></blockquote></aside>
<div class="poll"><ul><li>Steel</li></ul><div class="poll-info"><span class="info-number">0</span>
<span class="info-label">voters</span></div></div>
<aside class="onebox allowlistedgeneric" data-onebox-src="https://bees.example/smokers">
<header class="source"><img src="https://bees.example/favicon.ico" class="site-icon"><a>bees.example</a></header>
<article class="onebox-body"><h3><a href="https://bees.example/smokers">All about smokers</a></h3><p>Long words.</p>
</article></aside>
<p>Hello <a class="mention" href="/u/zoe">@zoe</a>
<img src="/images/emoji/twitter/bee.png" class="emoji" alt=":bee:"></p>
"""


def test_quotes_polls_and_cards_of_pages_read_well(forum, company):
    posts = [post(1, raw=RAW), post(2, cooked=COOKED)]
    load(forum, {"1.json": topic(posts=posts)})
    source = item("topic/1/1").source
    assert "> otto:\n>\n> > zoe:\n> >\n> > Copper?" in source
    assert "[poll" not in source
    assert "* Steel" in source
    assert "upload://" not in source
    html = item("topic/1/2").safe_html
    assert not [word for word in ("avatar", "picture", "Long words", "voters") if word in html]
    assert '<a href="https://bees.example/smokers"' in html
    assert ">All about smokers</a>" in html
    assert '/from/forum.example/u/zoe"' in html
    assert ":bee:" in html
    assert "<blockquote>" in html
    assert Person.objects.filter(handle__startswith="zoe").count() == 0


def test_a_damaged_gz_is_named(forum, company):
    write(forum, "2.json.gz", topic(2))
    whole = (forum / "2.json.gz").read_bytes()
    (forum / "2.json.gz").write_bytes(whole[: len(whole) // 2])
    report = accounted(load(forum, {"1.json": topic()}))
    assert [str(problem) for problem in report.problems] == ["2.json.gz: is damaged or cut off."]


def as_archive(title, **more):
    return {**alone(1, id=1001), "topic_title": title, "category_id": 7, **more}


def test_of_copies_the_newest_counts_and_a_second_run_changes_nothing(forum, company):
    """As archives hold them that grew over years: once more under each title and name that somebody had."""
    old, likes = {"name": "Mira", "cooked": "<p>Old.</p>"}, [{"id": 2, "count": 4}]
    new = {"name": "Mira Sand", "version": 2, "updated_at": "2021-03-09T00:00:00Z", "cooked": "<p>New.</p>"}
    write(forum, "posts/1-b.json", as_archive("Which smoker?", **old))
    write(forum, "posts/1-a.json", as_archive("Which smoker, and why?", **new, actions_summary=likes))
    write(forum, "posts/1-c.json", as_archive("Which smoker?", **new, actions_summary=[]))
    write(forum, "posts/2.json", {**alone(2, "mira"), "name": "Mira Sand"})
    first = accounted(load(forum, {}))
    top = item("topic/1/1")
    assert (top.title, top.safe_html, top.helped_count) == ("Which smoker, and why?", "<p>New.</p>", 4)
    assert top.author.name == "Mira Sand"
    assert first.lines["copies"].left_out.total() == 2
    again = accounted(load(forum, {}))
    assert not any(line.updated or line.loaded for line in again.lines.values()), again.table()
    assert not again.notes


EMBEDDED = {
    '<p><div class="lightbox-wrapper"><a class="lightbox" href="https://forum.example/a.jpeg" title="hive">'
    '<img src="https://forum.example/a_690.jpeg" alt="hive" width="690"><div class="meta"><span>hive</span></div></a>'
    "</div></p>": "[hive](https://forum.example/a.jpeg)",
    '<div class="youtube-onebox lazy-video-container" data-video-id="X1" data-video-title="Fire &amp; smoke" '
    'data-provider-name="youtube"><a href="https://www.youtube.com/watch?v=X1"><img src="x.jpg"></a></div>': (
        "[Fire & smoke](https://www.youtube.com/watch?v=X1)"
    ),
    '<div class="lazyYT" data-youtube-id="X1" data-youtube-title="Fire" data-width="480"></div>': (
        "[Fire](https://www.youtube.com/watch?v=X1)"
    ),
    '<iframe width="640" src="https://player.example/12" frameborder="0"></iframe>': "<https://player.example/12>",
    '<video controls><source src="/a.mp4"><a href="/a.mp4">a.mp4</a></video>': "[a.mp4](https://forum.example/a.mp4)",
    '<p>So <span class="math">a_1 * b_1</span>.</p>': "So `a_1 * b_1`.",
    '<a href="/c/x/1"><svg><use href="#folder"></use></svg><span>Dev</span></a>': "[Dev](https://forum.example/c/x/1)",
}


@pytest.mark.parametrize("cooked", EMBEDDED)
def test_what_cannot_be_shown_here_becomes_a_link_or_its_words(forum, company, cooked):
    accounted(load(forum, {"1.json": topic(posts=[post(1), post(2, cooked=cooked)])}))
    answer = item("topic/1/2")
    assert answer.source == EMBEDDED[cooked]
    assert "href" in answer.safe_html or "<code>" in answer.safe_html


def test_a_post_in_which_nothing_can_be_read_is_left_out_and_the_others_come(forum, company):
    posts = [post(1), post(2, cooked='<pre><code class="lang-auto"></code></pre>'), post(3, "otto", "Steel.")]
    report = accounted(load(forum, {"1.json": topic(posts=posts)}))
    assert report.lines["replies: answers"].loaded == 1
    assert report.lines["replies: answers"].left_out == {"with nothing in them that can be read": 1}
    assert item("topic/1/3").source == "Steel."


def test_a_forum_is_called_by_the_host_that_its_pictures_name(tmp_path):
    folder = tmp_path / "export"
    avatar = {"avatar_template": "/user_avatar/forum.example/mira/{size}/4_2.png"}
    write(folder, "1.json", topic(posts=[post(1, **avatar)]))
    write(folder, "broken.json", b"{")
    assert Forum(folder).name == "forum.example"
    assert Forum(folder, "other.example").name == "other.example"


def test_what_unfolds_to_more_than_a_file_may_hold_is_named(forum, company, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1 << 20)
    write(forum, "2.json.gz", topic(2, title="x" * (2 << 20)))
    write(forum, "3.jsonl.gz", json.dumps(alone(3, 3, cooked="x" * (2 << 20))).encode() + b"\n")
    report = accounted(load(forum, {"1.json": topic()}))
    said = sorted(str(problem) for problem in report.problems)
    assert said == ["2.json.gz: is larger than 1 MB.", "3.jsonl.gz, line 1: holds a line longer than 1 MB."]
