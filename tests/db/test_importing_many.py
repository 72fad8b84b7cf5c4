"""Bringing in many texts at once upholds what making one upholds."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.kinds.posts.kind import POST
from watercooler.kinds.questions.acts import accept, accept_many, answer_many, ask_many
from watercooler.kinds.questions.kind import ANSWER, QUESTION
from watercooler.kinds.questions.models import Question
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import Past, record_many
from watercooler.spine.content.acts import Earlier, Written, make_many
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.social.acts import comment
from watercooler.spine.social.kind import COMMENT
from watercooler.spine.social.verbs import HELPED
from watercooler.spine.spaces.acts import make_space
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.newcomers import Newcomer, add_people, join_many

pytestmark = pytest.mark.django_db
AT = datetime(2020, 5, 1, 9, tzinfo=UTC)
OTHERWISE = {"id", "parent_id", "root_id", "space_id", "is_imported", "accepted", "key"}


def shown(item):
    """Return what lists and pages show of an item, without what may differ: numbers and where it came from."""
    values = {f.attname: getattr(item, f.attname) for f in Item._meta.concrete_fields if f.attname not in OTHERWISE}
    values["card"] = {**values["card"], "accepted": None}
    return values


def rows(space):
    return [shown(item) for item in Item.objects.filter(space=space).order_by("published_at", "id")]


def counts(space):
    space = Space.objects.get(pk=space.pk)
    return space.item_count, space.question_count, space.solved_count, space.last_item_at


def test_many_at_once_leave_the_rows_that_acts_one_by_one_leave(company):
    tomasz, priya = company.viewer("tomasz"), company.viewer("priya")
    one = make_space(company.viewer("hassan"), name="One by one", objective="Compare.")
    many = make_space(company.viewer("hassan"), name="Many", objective="Compare.")
    for space in (one, many):
        join_many(space, [(company.noah.pk, AT), (company.tomasz.pk, AT), (company.priya.pk, AT)])
    at = [AT + timedelta(hours=n) for n in range(5)]
    asked = company.question("Why?", space=one, source="*Cold* <b>mornings</b>.", topics=["Frost"], at=at[0])
    answered = company.answer(asked, "Look at the coil.", at=at[1])
    comment(priya, asked.item, "Same here.", at=at[2])
    comment(priya, answered, "That was it.", at=at[3])
    accept(company.viewer("noah"), asked, answered, at=at[4])

    frost = Topic.objects.get(slug="frost")
    noah = company.noah.pk
    question = ask_many(many, [Written(noah, at[0], "*Cold* <b>mornings</b>.", "Why?", topics=(frost.pk,))])[0]
    answer = answer_many(many, [Written(tomasz.person_id, at[1], "Look at the coil.", parent_id=question)])[0]
    below = [Written(priya.person_id, at[2], "Same here.", parent_id=question),
             Written(priya.person_id, at[3], "That was it.", parent_id=answer)]  # fmt: skip
    make_many(COMMENT, many, below)
    assert accept_many(many, [(question, answer, at[4])]) == 1

    for a, b in zip(rows(one), rows(many), strict=True):
        assert a | {"version": 0} == b | {"version": 0}
    assert counts(one) == counts(many)
    assert Topic.objects.get(pk=frost.pk).item_count == 2
    first, second = Question.objects.get(pk=asked.pk), Question.objects.get(pk=question)
    assert (first.first_answer_at, first.solved_at) == (second.first_answer_at, second.solved_at)
    cards = [Item.objects.get(pk=pk).card["accepted"] for pk in (asked.pk, question)]
    assert cards[0] | {"id": 0} == cards[1] | {"id": 0}


def test_acts_are_recorded_with_their_own_actors_and_times_and_as_imported(company):
    earlier = (Earlier("Why?", "First.", company.priya.pk, AT + timedelta(days=1), "spelling"),)
    [item_id] = ask_many(company.heat, [Written(company.noah.pk, AT, "Second.", "Why now?", earlier=earlier)])
    acts = list(
        Activity.objects.filter(item_id=item_id).order_by("pk").values_list("verb", "actor", "at", "is_imported")
    )
    assert acts == [
        ("asked", company.noah.pk, AT, True),
        ("edited", company.priya.pk, AT + timedelta(days=1), True),
    ]


@pytest.mark.parametrize("author", [0, -1])
def test_nothing_comes_in_without_an_author(company, author):
    before = Item.objects.count()
    with pytest.raises(NotAllowed):
        ask_many(company.heat, [Written(company.noah.pk, AT, "a", "Why?"), Written(author, AT, "b", "Why?")])
    with pytest.raises(NotAllowed), transaction.atomic():
        record_many([Past(author, HELPED, AT)])
    assert Item.objects.count() == before


def test_the_database_refuses_an_author_who_is_nobody(company):
    @transaction.atomic
    def written_by_nobody():
        ask_many(company.heat, [Written(2**40, AT, "a", "Why?")])
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        written_by_nobody()


def test_nothing_unsafe_comes_in(company):
    html = '<p onclick="x()">Hi<script>x()</script><iframe src="//x"></iframe><img src=x onerror=alert(1)>' \
        '<a href="javascript:x()">a</a><style>p{}</style></p>'  # fmt: skip
    [item_id] = make_many(POST, company.heat, [Written(company.noah.pk, AT, "Hi", html=html)])
    safe = Item.objects.get(pk=item_id).safe_html
    for bad in ("script", "onclick", "onerror", "iframe", "javascript", "style", "<img"):
        assert bad not in safe


def test_what_a_text_needs_is_asked_of_each(company):
    noah = company.noah.pk
    with pytest.raises(Invalid):
        ask_many(company.heat, [Written(noah, AT, "a", "")])
    question = company.question()
    with pytest.raises(Invalid):
        answer_many(company.heat, [Written(noah, AT, "  ", parent_id=question.pk)])
    for kind, parent, space in (
        (QUESTION, question.pk, company.heat),
        (ANSWER, None, company.heat),
        (ANSWER, company.post().pk, company.heat),
        (ANSWER, question.pk, company.medicines),
        (ANSWER, 2**40, company.heat),
    ):
        with pytest.raises(NotAllowed):
            make_many(kind, space, [Written(noah, AT, "a", "Why?" if kind is QUESTION else "", parent_id=parent)])


def test_an_answer_of_another_question_is_not_accepted(company):
    first, second = company.question("One?"), company.question("Two?")
    answer = company.answer(second)
    assert accept_many(company.heat, [(first.pk, answer.pk, AT)]) == 0
    assert accept_many(company.heat, [(second.pk, answer.pk, AT)]) == 1
    assert accept_many(company.heat, [(second.pk, answer.pk, AT)]) == 0


def test_newcomers_have_a_wall_and_are_counted_once_in_a_space(company):
    ids = add_people([Newcomer("mira", "Mira", AT), Newcomer("otto", "Otto " * 40, AT, is_active=False)])
    before = Space.objects.get(pk=company.heat.pk).member_count
    assert join_many(company.heat, [(person, AT) for person in (*ids, company.noah.pk)]) == 2
    assert join_many(company.heat, [(person, AT) for person in ids]) == 0
    assert Space.objects.get(pk=company.heat.pk).member_count == before + 2
    assert Space.objects.filter(owner_id__in=ids, purpose="wall").count() == 2


def test_past_acts_belong_into_a_transaction_and_keep_the_order_of_time(company):
    question = company.question()
    late, early = (Past(company.priya.pk, HELPED, AT + timedelta(days=n), question.pk) for n in (3, 1))
    assert record_many([late, early]) == 2
    acts = Activity.objects.filter(verb="helped", item_id=question.pk).order_by("pk")
    assert [act.at for act in acts] == [early.at, late.at]
