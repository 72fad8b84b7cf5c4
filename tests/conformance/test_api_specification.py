"""The API keeps its specification: whatever it allows and forbids is asked for, as everybody, and answered as it says.

API_EXAMPLES asks for more examples of each operation than the few that every run can afford; API_SEED for others.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pydantic
import pytest
import schemathesis
from django import forms
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.company import Company
from tests.conformance.walking import signed_in, things, undone
from tests.programs import Program, of, refused
from watercooler.doors.api import creating, house
from watercooler.doors.api.limits import windows
from watercooler.foundation.base.errors import Invalid
from watercooler.kinds.posts.acts import post
from watercooler.kinds.posts.verbs import POSTED
from watercooler.spine.content.composing import Composing
from watercooler.spine.content.kinds import Kind
from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
SEED = int(os.environ.get("API_SEED", "1"))
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PEOPLE = {"guest": "sam", "host": "tomasz", "lead": "elena", "administrator": "ines"}


class Known:
    """Names of things that exist, so that not every question is about nothing."""

    def __init__(self, company: Company, name: str) -> None:
        made = things(company, name)
        items = ("item", "article", "question", "answer", "own_item", "own_question", "own_draft", "removed", "flagged")
        spaces = [made["space"], made["closed"], f"~{name}", "works-council"]
        topics = ["defrost", "frost"]
        ids = [made[word] for word in items]
        handles = ["noah", "hassan", "ada"]
        self.path: dict[str, list[Any]] = {
            "item_id": ids,
            "other_id": ids,
            "line_id": [made["own_line"], made["line"], made["request"]],
            "file_id": [made["file"], made["own_file"]],
            "conversation": [made["own_talk"], made["talk"]],
            "report": [made["report"]],
            "refusal_id": [made["own_refusal"], made["refusal"]],
            "search_id": [made["own_saved"], made["saved"]],
            "term_id": [made["term"]],
            "number": [1, made["recommendation"]],
            "handle": [*handles, name],
            "pair_id": [made["own_mentoring"], made["mentoring"]],
            "goal_id": [made["own_goal"], made["goal"]],
            "meeting_id": [made["own_meeting"], made["meeting"]],
            "version": [1, 2],
            "webhook_id": [made["own_webhook"], made["webhook"]],
            "delivery_id": [made["own_delivery"], made["delivery"]],
            "key_id": [made["own_feed_key"], made["feed_key"]],
            "feed_id": [made["outside_feed"]],
            "export_id": [made["own_export"], made["own_everything"], made["export"]],
            "follow_id": [made["own_follow"], made["follow"]],
            "name": ["heart", "frown"],
        }
        self.slugs = {
            "/topics": topics,
            "/items": topics,
            "/spaces": spaces,
            "/administration": spaces,
            "/me/known-for": ["valves", *topics],
        }
        self.body: dict[str, list[Any]] = {
            "space": spaces,
            "spaces": [[made["space"]], [made["closed"]], []],
            "verbs": [["asked"], []],
            "feed": [f"/spaces/{made['space']}/feed.atom"],
            "address": ["https://plan.example/", "https://10.0.0.1/"],
            "ends_on": [made["soon"]],
            "answer": [made["answer"], made["own_answer"]],
            "person": handles,
            "owner": handles,
            "manager": handles,
            "mentor": [made["mentor"], *handles],
            "people": [["hassan", "priya"]],
            "attachments": [[made["own_file"]], [made["file"]], []],
            "into": topics,
            "version": [1],
            "based_on": [1],
        }
        self.query = {"space": spaces, "author": handles, "topic": topics, "kind": ["question", "post"], "q": ["frost"]}
        self.parents = {"items": ids, "spaces": spaces}

    def of_body(self, body: dict[str, Any], name: str) -> list[Any] | None:
        if name == "parent":
            return self.parents["items" if "kind" in body else "spaces"]
        return self.body.get(name)

    def of_path(self, path: str, name: str) -> list[Any]:
        if name == "slug":
            return next(slugs for start, slugs in self.slugs.items() if f"/api/v1{start}/" in path)
        return self.path[name]


@pytest.fixture
def doors(company: Company, settings: Any) -> Iterator[Doors]:
    settings.API_LIMIT_PER_MINUTE = 10**9
    # A request of its own would end the test's transaction with the connection, as the test client knows too.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Doors(company)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def bearer(company: Company, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {Program(company, name).secret}"}


def cookies(company: Company, name: str) -> dict[str, str]:
    name_of_it = django_settings.SESSION_COOKIE_NAME
    return {name_of_it: signed_in(company, name).cookies[name_of_it].value}


class Somebody:
    """One person who asks, with what they know of. Guests have no tokens: they ask as their browser does."""

    def __init__(self, company: Company, name: str) -> None:
        self.known = Known(company, name)
        self.says = {"cookies": cookies(company, name)} if name == "sam" else {"headers": bearer(company, name)}


class Doors:
    """The specification, and everybody who asks by it."""

    def __init__(self, company: Company) -> None:
        self.people = {who: Somebody(company, name) for who, name in PEOPLE.items()}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            app = get_wsgi_application()
            self.schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app, headers=bearer(company, "ines"))

    def operations(self) -> list[APIOperation]:
        return [found.ok() for found in self.schema.get_all_operations()]


def case_of(draw: Any, operation: APIOperation, known: Known) -> Any:
    """Draw one request: allowed or forbidden, often about something that is there."""
    mode = draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = draw(strategy_of(operation, mode))
    case.headers.pop("Authorization", None)  # it makes up tokens and sessions, too
    case.cookies.clear()
    if draw(st.integers(0, 4)):
        put(draw, case.path_parameters, lambda name: known.of_path(operation.path, name))
    if mode is GenerationMode.POSITIVE and draw(st.booleans()):
        put(draw, case.query, lambda name: known.query.get(name))
        if isinstance(case.body, dict):
            put(draw, case.body, lambda name: known.of_body(case.body, name))
    return case


def strategy_of(operation: APIOperation, mode: GenerationMode) -> Any:
    try:
        return operation.as_strategy(mode)
    except Exception:  # there is nothing to get wrong
        return operation.as_strategy(GenerationMode.POSITIVE)


def put(draw: Any, into: Any, known: Callable[[str], list[Any] | None]) -> None:
    for name in list(into or ()):
        if (values := known(name)) is not None:
            into[name] = draw(st.sampled_from(values))


def test_every_operation_answers_as_it_says(doors: Doors) -> None:
    wrong: list[str] = []
    for operation in doors.operations():
        try:
            ask(doors, operation)
        except (Exception, BaseExceptionGroup) as failed:  # several failures at once are no plain exception
            wrong.append(f"{operation.label}: {failed!s:.2000}")
    assert not wrong, "\n\n".join(wrong)


def ask(doors: Doors, operation: APIOperation) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def answers(data: st.DataObject) -> None:
        somebody = doors.people[data.draw(st.sampled_from(list(PEOPLE)), label="who")]
        case = case_of(data.draw, operation, somebody.known)
        windows.clear()
        with undone():
            response = case.call(**somebody.says)
            assert response.status_code != 401, "who asks is known"
            case.validate_response(response, checks=CHECKS)

    answers()


def test_every_operation_says_what_it_does_and_needs() -> None:
    document = house.specification()
    assert document["openapi"].startswith("3.1")
    seen = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["operationId"] not in seen, where
            seen.add(operation["operationId"])
            assert len(operation["summary"]) > 8, where
            assert operation["security"][0]["token"] == [operation["x-scope"]], where
            assert operation["x-scope"] != "read" or method == "get", where
            assert {"401", "403", "404", "422", "429"} <= operation["responses"].keys(), where


@pytest.mark.parametrize("kind", creating.makeable(), ids=lambda kind: kind.name)
def test_nothing_that_a_program_makes_is_anonymous(company: Company, kind: Kind) -> None:
    """Whatever kinds there will be: what a token makes stands under the name of who answers for it (R91)."""
    program = Program(company, "tomasz", "write")
    question = company.question()
    about = {"question": question.pk, "answer": company.answer(question).pk, "post": company.post().pk}
    body = {"kind": kind.name, "source": "Written by a program."}
    body |= {"parent": next(about[name] for name in about if name in kind.parents)} if kind.parents else {}
    body |= {"space": company.heat.slug} if kind.is_top else {}
    body |= {"title": "A title"} if kind.has_title else {}
    made = Item.objects.get(pk=of(program.post("/items", body), 201)["id"])
    assert (made.kind, made.author) == (kind.name, company.tomasz)
    assert made.activities.get(verb=kind.made.name).actor == company.tomasz
    refused(Client().post("/api/v1/items", json.dumps(body), "application/json"), 401)
    assert refused(Program(company, "tomasz", "read").post("/items", body), 403)


class RecipeForm(forms.Form):
    """The further fields of a kind that there is not yet."""

    serves = forms.IntegerField(required=False, max_value=20)
    is_warm = forms.BooleanField(required=False)
    course = forms.ChoiceField(choices=[("first", "First"), ("last", "Last")])


RECIPES = Composing(
    make=lambda viewer, typed: post(viewer, typed.space, f"{typed.source} {typed.more}"),
    heading="New recipe",
    send="Share recipe",
    done="Shared.",
    title="What is it?",
    source="How is it made?",
    more=RecipeForm,
)


def test_a_further_kind_is_sent_as_its_composing_says() -> None:
    recipe = Kind("recipe", "Recipe", "Recipes", "pencil", POSTED, has_title=True, compose=f"{__name__}.RECIPES")
    shape = creating.shape_of(recipe)
    fields = shape.model_json_schema()["properties"]
    assert set(fields) == {"kind", "space", "title", "source", "topics", "attachments", "serves", "is_warm", "course"}
    sent = {"kind": "recipe", "space": "kitchen", "title": "Soup", "course": "first", "serves": 4}
    assert creating.further_cleaned(RECIPES, shape(**sent)) == {"serves": 4, "is_warm": False, "course": "first"}
    for wrong in ({"course": "second"}, {"serves": "4"}, {"salt": True}):
        with pytest.raises(pydantic.ValidationError):
            shape(**sent | wrong)
    with pytest.raises(Invalid) as refused_by_form:
        creating.further_cleaned(RECIPES, shape(**sent | {"serves": 21}))
    assert refused_by_form.value.field == "serves"
    union = pydantic.TypeAdapter(creating.any_of([*creating.makeable(), recipe]))
    assert type(union.validate_python(sent)).__name__ == "NewRecipe"
