"""A question read for an act by one prepared query is the same as the framework's, for the same people."""

import pytest

from watercooler.kinds.questions.models import Question
from watercooler.kinds.questions.reads import readable
from watercooler.spine.content.acts import remove

pytestmark = pytest.mark.django_db


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_it_is_what_the_framework_reads(company, count_queries):
    made = company.question(topics=["Defrost"], key="7e7b0f0e-7d8a-4c5a-9d3f-1f3a5b6c7d8e")
    company.answer(made)
    priya = company.viewer("priya")
    with count_queries() as queries:
        question = readable(priya, made.pk)
        around = (question.item, question.item.space, question.item.url)
    assert len(queries) == 1
    same = Question.objects.select_related("item__space").get(pk=made.pk)
    assert values(question) == values(same)
    assert values(around[0]) == values(same.item)
    assert values(around[1]) == values(same.item.space)
    assert question.first_answer_at is not None


def test_what_may_not_be_read_is_not_there(company):
    inside = company.question(by="fatima", space=company.medicines)
    assert readable(company.viewer("fatima"), inside.pk) is not None
    assert readable(company.viewer("priya"), inside.pk) is None
    post = company.post()
    assert readable(company.viewer("priya"), post.pk) is None
    asked = company.question()
    remove(company.viewer("noah"), asked.item)
    assert readable(company.viewer("noah"), asked.pk) is None
