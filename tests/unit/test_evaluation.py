"""What evaluations stand on: reading a dump as plain records, scaling time, looking only back, and the measures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from watercooler.config.evaluation.communities import read
from watercooler.config.evaluation.duplicates import Bm25
from watercooler.config.evaluation.measures import (
    gini,
    hit,
    most_answers,
    most_in_topics,
    most_votes_in_topics,
    ndcg,
    recent_in_topics,
    reciprocal,
    rolling,
)
from watercooler.config.evaluation.organisation import DAYS, Answer, Organisation, Question
from watercooler.config.evaluation.recommendations import (
    Past,
    liveliest_there,
    newest,
    newest_there,
    popular,
    popular_on_topics,
)

USERS = '<users><row Id="1" AccountId="11" DisplayName="Ann" CreationDate="2015-01-01T00:00:00"/>{more}</users>'
ROW = (
    '<row Id="{id}" PostTypeId="{kind}" CreationDate="{at}T00:00:00" Score="{score}" '
    'Body="&lt;p&gt;{body}&lt;/p&gt;" {more}/>'
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    folder = tmp_path / "tea.example"
    folder.mkdir()
    bob = '<row Id="2" AccountId="22" DisplayName="Bob" CreationDate="2015-01-01T00:00:00"/>'
    (folder / "Users.xml").write_text(USERS.format(more=bob))
    ask = 'Title="{}" Tags="&lt;leaf&gt;&lt;water&gt;" OwnerUserId="1"'
    hot = ask.format("Hot") + ' AcceptedAnswerId="2"'
    rows = [
        ROW.format(id=1, kind=1, at="2015-01-01", score=1, body="How hot", more=hot),
        ROW.format(id=2, kind=2, at="2015-01-03", score=0, body="Very", more='ParentId="1" OwnerUserId="2"'),
        ROW.format(id=3, kind=1, at="2015-01-05", score=1, body="How long", more=ask.format("Long")),
        ROW.format(id=4, kind=2, at="2015-01-11", score=2, body="Three", more='ParentId="3" OwnerUserId="2"'),
        ROW.format(id=5, kind=2, at="2015-01-06", score=5, body="Left", more='ParentId="3" OwnerDisplayName="gone"'),
    ]
    (folder / "Posts.xml").write_text(f"<posts>{''.join(rows)}</posts>")
    votes = '<row Id="1" PostId="2" VoteTypeId="1" CreationDate="2015-01-04T00:00:00"/>'
    up = '<row Id="2" PostId="4" VoteTypeId="2" CreationDate="2015-01-11T00:00:00"/>'
    (folder / "Votes.xml").write_text(f"<votes>{votes}{up}</votes>")
    links = '<row Id="1" PostId="3" RelatedPostId="1" LinkTypeId="3" CreationDate="2015-01-11T00:00:00"/>'
    (folder / "PostLinks.xml").write_text(f"<links>{links}</links>")
    return folder


def test_a_dump_is_read_as_plain_records_with_time_scaled(dump):
    organisation = read([str(dump)])
    first, second = organisation.questions
    assert (first.day, first.topics, first.author) == (0.0, ("leaf", "water"), "account 11")
    assert second.answers[-1].day == DAYS
    assert first.answers[0].is_accepted
    assert first.answers[0].accepted_day == pytest.approx(DAYS * 0.3)
    assert second.duplicates == {first.id}
    assert [answer.author for answer in second.answers] == ["", "account 22"]  # who left is nobody
    assert second.answers[1].score_by(DAYS) == 0  # the vote came that day, not before it
    assert organisation.knew(second) == {"account 22"}


def answer(day: float, author: str, score: int = 1) -> Answer:
    return Answer(f"{author} {day}", day, author, "", score)


def asked(day: float, topic: str, *answers: Answer, author: str = "asker") -> Question:
    return Question(f"q{day}", "space", day, author, f"About {topic}", "", (topic,), list(answers))


def test_only_what_was_before_a_question_is_known_to_it():
    organisation = Organisation(
        [
            asked(1, "tea", answer(2, "ann"), answer(50, "bob")),
            asked(10, "tea", answer(11, "ann")),
            asked(20, "tea", answer(21, "ann"), answer(22, "bob"), answer(23, "asker")),
            asked(60, "tea", answer(61, "bob"), answer(62, "cy")),
        ]
    )
    cases = [
        (question.day, dict(history.count), organisation.knew(question)) for question, history in rolling(organisation)
    ]
    # Cy answers for the first time there, and Bob had been seen by nobody on day 20.
    assert cases == [(20, {"ann": 2}, {"ann"}), (60, {"ann": 3, "bob": 2, "asker": 1}, {"bob"})]


def test_the_simple_rankings():
    organisation = Organisation(
        [
            asked(1, "tea", answer(2, "ann", 1), answer(3, "bob", 9)),
            asked(4, "tea", answer(5, "ann", 1)),
            asked(6, "milk", *(answer(7 + n, "cy") for n in range(4))),
            asked(90, "tea", answer(91, "dee")),
            asked(100, "tea", answer(101, "ann"), author="cy"),
            asked(101, "tea", answer(102, "ann")),
        ]
    )
    question, history = next(iter(rolling(organisation)))
    assert question.day == 100
    assert most_answers(question, history)[0] == "ann"  # cy asks
    assert most_in_topics(question, history) == ["ann", "bob", "dee"]
    assert most_votes_in_topics(question, history)[0] == "bob"
    assert recent_in_topics(5)(question, history)[0] == "dee"


def test_the_measures():
    assert ndcg(["a", "b"], {"a"}) == 1.0
    assert ndcg(["b", "a"], {"a"}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["c"], {"a"}) == 0.0
    assert (hit(["b", "a"], {"a"}), hit(["b", "a"], {"a"}, 1)) == (1.0, 0.0)
    assert reciprocal(["c", "b", "a"], {"a"}) == pytest.approx(1 / 3)
    assert gini(Counter(a=5, b=5), 2) == 0.0
    assert gini(Counter(a=10), 10) == pytest.approx(0.9)


def test_the_usual_ranking_by_words_finds_rare_words():
    questions = [asked(1, "tea"), asked(2, "coffee"), asked(3, "oolong tea")]
    simple = Bm25(Organisation(questions))
    assert simple.nearest(asked(4, "oolong"), body=False)[0] == "q3"


def test_comments_and_favourites_are_read_with_who_and_when(dump):
    (dump / "Comments.xml").write_text(
        '<comments><row Id="1" PostId="2" Score="0" Text="Ah" CreationDate="2015-01-06T00:00:00" UserId="1"/>'
        '<row Id="2" PostId="2" Score="0" Text="By one who left" CreationDate="2015-01-06T00:00:00"/></comments>'
    )
    (dump / "Votes.xml").write_text(
        '<votes><row Id="1" PostId="3" VoteTypeId="5" CreationDate="2015-01-11T00:00:00" UserId="2"/>'
        '<row Id="2" PostId="3" VoteTypeId="2" CreationDate="2015-01-11T00:00:00"/></votes>'
    )
    first, second = read([str(dump)]).questions
    assert [(touch.person, touch.day) for touch in first.touches] == [("account 11", DAYS / 2)]
    assert [(touch.person, touch.day) for touch in second.touches] == [("account 22", DAYS)]


def test_simple_suggestions_know_only_what_was_before_and_nothing_of_ones_own():
    past = Past()
    names = ("old", "busy", "new", "other")
    past.threads = [Question(name, "tea", day, "ann", name, "", ("leaf",)) for day, name in enumerate(names)]
    old, busy, new, other = past.threads
    other.space = "coffee"
    past.add(5, "bob", old)
    for person in ("cat", "dan"):
        past.add(6, person, busy)
    past.add(7, "cat", new)
    assert [q.id for q in newest(past, "bob")] == ["other", "new", "busy"]
    assert [q.id for q in popular(past, "bob")][:2] == ["busy", "new"]
    assert [q.id for q in newest_there(past, "bob")] == ["new", "busy"]
    assert [q.id for q in liveliest_there(past, "bob")] == ["new", "busy"]
    assert [q.id for q in popular_on_topics(past, "bob")] == ["busy", "new"]
    assert newest(past, "ann") == []


@pytest.mark.parametrize(
    ("day", "author", "score", "is_accepted", "knew"),
    [
        (21.0, "ann", 1, False, True),
        (21.0, "ann", 0, False, False),
        (21.0, "ann", -2, True, True),
        (21.0, "asker", 9, True, False),
        (21.0, "bob", 9, True, False),  # first seen on the day of the question
        (21.0, "cy", 9, True, True),  # who only ever asked was seen
        (21.0, "", 9, True, False),
    ],
)
def test_who_turned_out_to_know(day, author, score, is_accepted, knew):
    one = answer(day, author, score)
    one.is_accepted = is_accepted
    question = asked(20, "tea", one)
    before = [asked(1, "tea", answer(2, "ann")), asked(3, "milk", author="cy"), asked(20, "milk", author="bob")]
    before.append(asked(4, "tea", answer(5, "asker")))
    assert Organisation([question, *before]).knew(question) == ({author} if knew else set())


def test_questions_stand_in_order_and_the_second_half_is_the_larger():
    made = [asked(day, "tea") for day in (5, 1, 3)]
    made[0].id, made[1].id, made[2].id = "c", "b", "a"
    same_day = asked(3, "milk")
    same_day.id = "0"
    organisation = Organisation([*made, same_day, asked(0, "tea")])
    assert [question.day for question in organisation.questions] == [0, 1, 3, 3, 5]
    assert [question.id for question in organisation.questions][2:4] == ["0", "a"]
    assert [question.day for question in organisation.second_half] == [3, 3, 5]
