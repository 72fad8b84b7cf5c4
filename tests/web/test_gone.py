"""What one was writing under is gone, or closed to one by now: nothing typed is lost, and it is said what happened."""

from __future__ import annotations

from html import unescape

import pytest

from watercooler.spine.content.acts import remove

pytestmark = pytest.mark.django_db
WORDS = "A whole afternoon of words."


@pytest.fixture
def gone(company):
    item = company.post("Soon gone.", by="noah")
    remove(company.viewer("noah"), item)
    return f"/items/{item.pk}/comments"


def test_what_was_typed_is_given_back(company, sign_in, gone):
    answer = sign_in(company.priya).post(gone, {"source": WORDS})
    assert answer.status_code == 404
    assert WORDS in answer.content.decode()


def test_a_script_is_told_in_words(company, sign_in, gone):
    answer = sign_in(company.priya).post(gone, {"source": WORDS}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "data-refused" in answer.content.decode()
    assert "no longer here for you" in answer.content.decode()


def test_what_never_was_and_what_is_hidden_are_told_alike(company, sign_in):
    secret = company.post("Nobody knows.", by="ruth", space=company.council)
    priya = sign_in(company.priya)
    paths = [f"/items/{pk}/comments" for pk in (secret.pk, 2_000_000_000)]
    answers = [priya.post(path, {"source": WORDS}) for path in paths]
    bodies = {unescape(answer.content.decode()).replace(path, "") for answer, path in zip(answers, paths, strict=True)}
    assert len(bodies) == 1
    assert {answer.status_code for answer in answers} == {404}
