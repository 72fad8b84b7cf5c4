"""One finds one's own messages, at once, and nobody else finds or counts them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watercooler.projections.search.messages.reads import found
from watercooler.projections.search.query import parse
from watercooler.spine.conversations import acts

pytestmark = pytest.mark.django_db
PEOPLE = ("priya", "noah", "tomasz", "hassan")
EVERYBODY = (*PEOPLE, "ines", "ruth", "sam", "elena")
WORDS = ("gauge", "jaws", "coil")


def numbers(company, name, words, **more):
    return [(hit.conversation_id, hit.number) for hit in found(company.viewer(name), parse(words), **more)]


def test_found_at_once_by_stem_phrase_and_filter(company):
    noah = company.viewer("noah")
    here = acts.begin(noah, company.priya)
    acts.send(noah, here, "The gauges were frozen **solid** this morning.")
    acts.send(company.viewer("priya"), here, "Wo sind die Presszangen, und wer hat sie?")
    one, two = (here.pk, 1), (here.pk, 2)
    for words, expected in {
        "gauge": [one],
        "freeze gauges": [],
        "frozen gauges": [one],
        '"frozen solid"': [one],
        '"solid frozen"': [],
        "gauges -frozen": [],
        "presszange": [two],
        "frozen from:noah": [one],
        "frozen from:priya": [],
        "frozen from:me": [],
        "frozen in:heat-pump-engineers": [],
        "frozen kind:post": [],
        "frozen after:2000-01-01": [one],
        "frozen before:2000-01-01": [],
        "from:noah": [],
        "the": [],
        "' & | ! :*)": [],
    }.items():
        assert numbers(company, "priya", words) == expected, words
    for name in ("ines", "ruth", "tomasz", "sam"):
        assert numbers(company, name, "frozen gauges") == []


def test_nothing_from_before_one_came_nothing_after_one_left_nothing_removed(company):
    noah = company.viewer("noah")
    group = acts.begin_group(noah, [company.priya, company.tomasz])
    early = acts.send(noah, group, "The jaws are in the van.")
    acts.add(noah, group, [company.hassan])
    late = acts.send(noah, group, "The jaws are back.")
    acts.leave(company.viewer("tomasz"), group)
    assert numbers(company, "hassan", "jaws") == [(group.pk, late.number)]
    assert numbers(company, "tomasz", "jaws") == []
    acts.remove(noah, early)
    assert numbers(company, "priya", "jaws") == [(group.pk, late.number)]
    acts.edit(noah, late, "The pliers are back.")
    assert numbers(company, "priya", "jaws") == []
    assert numbers(company, "priya", "pliers") == [(group.pk, late.number)]


@given(st.data())
@settings(max_examples=25)
def test_whoever_wrote_what_to_whom_each_finds_what_they_see_and_nothing_else(company, data):
    from django.db import transaction

    with transaction.atomic():
        viewers = {name: company.viewer(name) for name in EVERYBODY}
        said = []
        for by, to, word in data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from(PEOPLE), st.sets(st.sampled_from(PEOPLE), min_size=1), st.sampled_from(WORDS)
                ),
                max_size=8,
            )
        ):
            others = sorted(to - {by})
            if not others:
                continue
            people = [company.people[name] for name in others]
            here = acts.begin(viewers[by], people[0]) if len(people) == 1 else acts.begin_group(viewers[by], people)
            made = acts.send(viewers[by], here, f"Bring the {word} along.")
            said.append(({by, *others}, word, (here.pk, made.number)))
        for name in EVERYBODY:
            for word in WORDS:
                expected = {place for who, its, place in said if its == word and name in who}
                assert set(numbers(company, name, word)) == expected
        transaction.set_rollback(True)


def test_the_pages_show_and_count_ones_own_alone(company, sign_in, count_queries):
    noah = company.viewer("noah")
    here = acts.begin(noah, company.priya)
    for _ in range(22):
        acts.send(noah, here, "The gauge again.", at=here.made_at)
    client = sign_in(company.priya)
    part = client.get("/search/messages/beside?q=gauge", headers={"HX-Request": "true"}).content.decode()
    assert "20+" in part
    assert "<mark>gauge</mark>" in part
    client.get("/search/messages?q=gauge")
    with count_queries() as asked:
        page = client.get("/search/messages?q=gauge").content.decode()
    assert len(asked) == 2
    assert page.count("<article") == 20
    assert client.get("/search/messages/beside?q=gauge").url == "/search/messages?q=gauge"
    assert "/search/messages/beside?q=gauge" in client.get("/search?q=gauge").content.decode()
    for other in (company.ines, company.tomasz):
        client = sign_in(other)
        assert client.get("/search/messages/beside?q=gauge", headers={"HX-Request": "true"}).content.strip() == b""
        page = client.get("/search/messages?q=gauge").content.decode()
        assert "<article" not in page
        assert "<mark>" not in client.get("/search?q=gauge").content.decode()


def test_ten_thousand_letters_and_tricks_are_answered(company, sign_in):
    client = sign_in(company.priya)
    for words in ("x" * 10_000, "a " * 5000, "';--", "((((", "\x00", "a&|!b:*", "日本語", "\u202e"):
        assert client.get("/search/messages", {"q": words}).status_code == 200
