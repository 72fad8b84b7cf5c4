"""The invented organisation as it stands in its files: enough of it, whole, and in people's own words."""

import re
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from watercooler.demo.cast import Mistake, Moment
from watercooler.demo.portraits import portrait
from watercooler.demo.read import FERNWAY, read

ORGANISATION = read()
ITEMS = list(ORGANISATION.items.values())
NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)


def kind(name):
    return [i for i in ITEMS if i.kind == name]


def test_there_is_enough_of_everything():
    assert len(ORGANISATION.people) >= 48
    assert len(ORGANISATION.spaces) >= 12
    assert len(ORGANISATION.topics) >= 60
    assert len(ITEMS) >= 300
    least = {"question": 60, "answer": 110, "post": 50, "article": 25, "comment": 90}
    counted = Counter(i.kind for i in ITEMS)
    assert {name: counted[name] for name in least if counted[name] < least[name]} == {}


def test_most_questions_are_answered_and_some_wait():
    questions = kind("question")
    answered = {i.parent for i in kind("answer")}
    accepted = {i.parent for i in ITEMS if i.is_accepted}
    waiting = [q for q in questions if q.key not in answered]
    assert 0.7 <= len(answered) / len(questions) <= 0.85
    assert len(accepted) > 0.7 * len(answered)
    assert len(waiting) >= 10
    assert any(q.at.days > 60 for q in waiting)


def test_three_months_up_to_a_few_minutes_ago():
    ages = [NOW - i.at.before(NOW) for i in ITEMS]
    assert min(ages) < timedelta(minutes=15)
    assert timedelta(days=80) < max(ages) < timedelta(days=100)
    assert sum(age < timedelta(days=1) for age in ages) >= 20


def test_every_sort_of_person_and_place_is_there():
    people = ORGANISATION.people.values()
    assert Counter(p.role for p in people) == {"member": len(people) - 5, "guest": 2, "lead": 2, "administrator": 1}
    assert any(not p.name.isascii() and re.search(r"[\u0600-\u06ff]", p.name) for p in people)
    assert any(" " not in p.name for p in people)
    assert max(len(p.name) for p in people) > 50
    assert {s.access for s in ORGANISATION.spaces.values()} == {"open", "closed", "secret"}
    assert any(s.parent for s in ORGANISATION.spaces.values())
    assert all(3 <= len(s.rules) <= 5 for s in ORGANISATION.spaces.values())


def test_everybody_has_written_something_and_helped_somebody():
    authors = {i.author for i in ITEMS}
    helped = {handle for i in ITEMS for handle in i.helped}
    assert set(ORGANISATION.people) <= authors
    assert len(helped) > 50


def test_every_verb_has_been_used():
    for verb in (
        "helped",
        "saved",
        "follows",
        "reactions",
        "ratings",
        "recommended",
        "flags",
        "edits",
        "pictures",
        "mentions",
    ):
        assert any(getattr(i, verb) for i in ITEMS), verb
    assert sum(len(i.flags) for i in ITEMS) >= 3
    assert sum(i.is_draft for i in ITEMS) == 2


def test_no_text_stands_twice():
    assert [text for text, n in Counter(i.body for i in ITEMS).items() if n > 1] == []
    assert [title for title, n in Counter(i.title for i in ITEMS if i.title).items() if n > 1] == []
    sentences = Counter(s for i in ITEMS for s in re.split(r"(?<=[.!?])\s+", i.body) if len(s) > 60)
    assert [s for s, n in sentences.items() if n > 1] == []


def test_articles_are_worth_keeping():
    for article in kind("article"):
        words = len(article.body.split())
        assert article.is_draft or 200 <= words <= 700, (article.key, words)


def test_people_sound_like_people():
    whole = "\n".join(i.title + "\n" + i.body for i in ITEMS)
    assert whole.count("—") == 0
    assert not re.search(
        r"lorem ipsum|delve|game.changer|in today's fast|it's important to note|leverage|TODO", whole, re.IGNORECASE
    )
    openings = Counter(" ".join(i.body.split()[:3]).lower() for i in ITEMS)
    assert openings.most_common(1)[0][1] <= 3


def test_titles_and_words_fit_the_product():
    assert max(len(i.title) for i in ITEMS) <= 200
    assert max(len(i.topics) for i in ITEMS) <= 8
    assert all(i.topics for i in ITEMS if i.title)
    assert max(len(r.why) for i in ITEMS for r in i.ratings) <= 500
    assert max(len(p.status) for p in ORGANISATION.people.values()) <= 80
    assert all(len(word) <= 60 for p in ORGANISATION.people.values() for word in (*p.offers, *p.learns))
    assert max(len(pin.why) for s in ORGANISATION.spaces.values() for pin in s.pinned) <= 200
    assert all(p.alt for i in ITEMS for p in i.pictures)


def test_everybody_has_a_face_of_their_own():
    drawn = {h: portrait(FERNWAY, h, p.portrait) for h, p in ORGANISATION.people.items()}
    by_hand = {path.stem for path in (FERNWAY / "portraits").glob("*.svg")}
    assert by_hand == {h for h, p in ORGANISATION.people.items() if p.portrait is None}
    assert len(set(drawn.values())) == len(drawn)
    for svg in drawn.values():
        assert ElementTree.fromstring(svg).get("viewBox") == "0 0 96 96"  # noqa: S314 our own drawing
        assert "{" not in svg


@pytest.mark.parametrize("text", ["52m", "3h 10m", "22h", "1d 08:33", "90d 23:59"])
def test_a_time_is_read_and_lies_in_the_past(text):
    assert Moment.parse(text).before(NOW) < NOW


@pytest.mark.parametrize("text", ["", "now", "0d 08:00", "3d", "1d 24:00", "1d 8:00", "0m", "25h"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Moment.parse(text)


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to break."""
    return shutil.copytree(FERNWAY, tmp_path / "fernway")


BREAKS = [
    ("people.toml", 'manager = "fergus"', 'manager = "fergsu"', "people.toml, eilidh: there is no person “fergsu”."),
    (
        "people.toml",
        'job = "Chief executive"\n',
        'job = "Chief executive"\nmanager = "noah"\n',
        "one person has no manager",
    ),
    (
        "people.toml",
        'unit = "heat"\nmanager = "ruth"',
        'unit = "heat"\nmanager = "noah"',
        "the reporting line goes round: marcus → noah",
    ),
    (
        "people.toml",
        'pronouns = "she/her"',
        'pronoun = "she/her"',
        "ruth: “pronoun” means nothing here; did you mean “pronouns”?",
    ),
    ("people.toml", 'sponsor = "fatima"\n', "", "dilys: a guest needs a sponsor and an end."),
    ("spaces.toml", 'item = "quiet-round"', 'item = "loud-round"', "medicines: there is no item “loud-round”."),
    ("spaces.toml", 'made = "48d"', 'made = "48 days"', "nordvarm-trial: “48 days” is not a number of days"),
    (
        "items/walls.md",
        'topics = "f-gas"',
        'topics = "f-gasp"',
        "items/walls.md, entry 7 (post by hassan): there is no topic “f-gasp”.",
    ),
    (
        "items/everyone.md",
        'comment = "sian, 5h 10m"',
        'comment = "sian, 6h 10m"',
        "entry 2 (comment by sian): comes before what it belongs to.",
    ),
    (
        "items/everyone.md",
        'comment = "sian, 5h 10m"',
        'comment = "sian, yesterday"',
        "“yesterday” is not a time such as",
    ),
    ("items/everyone.md", 'comment = "sian, 5h 10m"', 'comment = ", 5h 10m"', "entry 2: nobody wrote this comment."),
    (
        "items/works-council.md",
        'helped = "zofia dev margaret"',
        'helped = "zofia dev ruth"',
        "ruth could not have seen it.",
    ),
    (
        "items/everyone.md",
        'answer = "elena, 46d 14:20"',
        'answer = "elena, 46d 14:20"\naccepted = true',
        "one answer is accepted, and only one.",
    ),
    (
        "articles/commissioning-air-source.md",
        "Wait 20 minutes after the compressor settles. Under",
        "Wait. Under",
        "does not stand in the text.",
    ),
]


@pytest.mark.parametrize(
    ("name", "was", "becomes", "sentence"), [b for b in BREAKS if b[3]], ids=lambda value: value[:30]
)
def test_a_mistake_is_told_in_one_sentence_with_its_place(folder, name, was, becomes, sentence):
    path = folder / name
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, becomes, 1))
    with pytest.raises(Mistake, match=re.escape(sentence)):
        read(folder)


def test_an_answer_without_a_question_is_refused(folder):
    (folder / "items" / "cymraeg.md").write_text('+++\nanswer = "sian, 3d 10:00"\n+++\nYes.\n')
    with pytest.raises(Mistake, match=r"cymraeg.md, entry 1 \(answer by sian\): there is nothing above it"):
        read(folder)
