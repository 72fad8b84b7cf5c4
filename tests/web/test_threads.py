"""Thread pages: a question with its answers, a post, an article; each at most two queries."""

import pytest

pytestmark = pytest.mark.django_db


def test_smoke(company, sign_in):
    question = company.question(topics=["Defrost", "Heat pumps"])
    answer = company.answer(question)
    client = sign_in(company.priya)
    page = client.get(question.item.url)
    assert page.status_code == 200
    print(page.content.decode())
    assert client.get(f"/items/{question.pk}/beside").status_code == 200
    for verb in ["rate", "recommend", "flag", "react", "tags", "helped"]:
        assert client.get(f"/items/{answer.pk}/{verb}").status_code == 200
    assert client.get(company.post().url).status_code == 200
    assert client.get(company.article(source="## One\n\nText\n\n## Two\n\nMore").url).status_code == 200
    assert client.get("/topics/defrost").status_code == 200
