"""What comes of an error, by kind and by who asks: a page, a part of one, or JSON; and the sign-in library's pages."""

import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db.utils import OperationalError
from django.http import Http404
from django.template import TemplateDoesNotExist
from django.test import RequestFactory

from watercooler.foundation.base import front
from watercooler.foundation.base.engine import MiniJinja, Template
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.refusals import ErrorsInWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PART = {"HTTP_HX_REQUEST": "true"}
JSON = {"HTTP_ACCEPT": "application/json"}


def answer(error, typed=None, **headers):
    request = RequestFactory().post("/x", typed or {}, **headers)
    return ErrorsInWords(lambda _: None).process_exception(request, error)


def test_a_program_gets_the_sentence_the_kind_and_the_field():
    said = answer(Invalid("Write a title.", field="title"), **JSON)
    assert said.status_code == 422
    assert json.loads(said.content) == {"error": "Invalid", "message": "Write a title.", "field": "title"}


def test_a_part_of_a_page_gets_a_part():
    said = answer(Invalid("Write a title."), {"title": "Ice"}, **PART)
    assert said.status_code == 422
    assert b"Write a title." in said.content
    assert b"<html" not in said.content


@pytest.mark.parametrize(
    ("error", "status"),
    [(PermissionDenied(), 403), (ValueError("A string literal cannot contain NUL (0x00) characters."), 400)],
)
def test_what_frameworks_raise_is_said_in_our_words(error, status):
    assert answer(error).status_code == status


@pytest.mark.parametrize("error", [ValueError("seven"), KeyError("NUL"), RuntimeError("broken")])
def test_what_is_broken_is_not_hidden(error):
    assert answer(error) is None


@pytest.mark.parametrize(
    ("typed", "headers", "status"),
    [({"source": "Half an hour"}, {}, 404), ({}, PART, 404), ({}, {}, None), ({"password": "x"}, {}, None)],
)
def test_what_was_typed_for_something_that_is_gone_is_given_back(typed, headers, status):
    said = answer(Http404("gone"), typed, **headers)
    assert (said and said.status_code) == status
    if typed and status:
        assert b"Half an hour" in said.content


def test_a_database_that_is_away_is_no_refusal():
    assert answer(OperationalError("gone")).status_code == 503


def test_a_page_of_the_library_has_our_frame_and_its_own_words():
    request = RequestFactory().get("/x")
    own = Template("base/refused.html").render({"error": Invalid("Mine."), "path": "/mine", "headings": {}}, request)
    assert "Mine." in own
    assert "Fernway" in own
    asked = SimpleNamespace(name="base/toast.html")
    assert "request" not in Template(asked.name).render({"toast": {"sentence": "Saved."}})


def test_templates_are_files_that_are_there():
    given = {"NAME": "minijinja", "DIRS": [], "APP_DIRS": False, "OPTIONS": {"x": 1}}
    engine = MiniJinja(given)
    assert given["OPTIONS"] == {"x": 1}
    assert engine.get_template("base/refused.html").name == "base/refused.html"
    for wrong in (lambda: engine.get_template("base/nothing.html"), lambda: engine.from_string("{{ 1 }}")):
        with pytest.raises(TemplateDoesNotExist):
            wrong()


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        ("source=" + "x" * (5 * 1024 * 1024), FORM, 413, "more than can be sent at once"),
        ("&".join(f"a{n}=1" for n in range(2000)), FORM, 413, "more than can be sent at once"),
        ("--no parts", "multipart/form-data; boundary=", 400, "could not be read"),
    ],
)
def test_a_form_that_is_not_read_is_refused_on_a_page_of_ours(company, sign_in, body, kind, status, said):
    client = sign_in(company.priya)
    for headers, is_page in (({}, True), ({"HX-Request": "true"}, False)):
        answer = client.post("/compose", body, content_type=kind, headers=headers)
        assert answer.status_code == status
        assert said in answer.text
        assert ("<h1" in answer.text) == is_page


def test_before_anybody_is_known_there_are_only_words():
    said = front.unreadable(RequestFactory().get("/home"))
    assert (said.status_code, said["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert said.text == "What was sent could not be read. Go back, and try it again."
