"""Every address of the product, walked as everybody: nobody gets what the table in permissions/ does not give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.company import Company
from tests.conformance.permissions import COLUMNS
from tests.conformance.walking import (
    METHODS,
    NEVER,
    PUBLIC,
    WRITES,
    Row,
    Walk,
    file_of,
    patterns,
    rows,
    short,
)
from watercooler.kinds.articles.acts import write
from watercooler.spine.content import acts as content
from watercooler.spine.social.acts import comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(company: Company) -> Callable[[str], Walk]:
    """Return a function that makes everything the table names, for one kind of person."""
    return lambda column: Walk(company, column)


def test_the_table_names_every_route_and_no_other() -> None:
    assert {str(pattern.pattern) for pattern in patterns()} == {row.route for row in rows()}
    assert [str(row) for row in rows() if len(row.answers) != len(COLUMNS)] == []


def test_no_route_hides_another() -> None:
    """The first pattern that fits an address answers it; each must be the one that was written for it."""
    hidden = []
    for pattern in patterns():
        address = (
            "/" + re.sub(r"<(?:\w+:)?\w+>", "1", str(pattern.pattern)) if "^" not in str(pattern.pattern) else None
        )
        if address and resolve(address).func is not pattern.callback:
            hidden.append(f"{pattern.pattern} is answered by {resolve(address).route}")
    assert not hidden, "\n".join(hidden)


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(walk: Callable[[str], Walk], column: str) -> None:
    at = walk(column)
    wrong = []
    for row in rows():
        got = short(at.ask(row))
        if got != row.answers[at.place]:
            wrong.append(f"{row}: {got}, not {row.answers[at.place]}")
    assert not wrong, "\n".join(wrong)


def test_what_the_table_does_not_list_changes_nothing(walk: Callable[[str], Walk]) -> None:
    """A method without a line in the table is refused, or answered without writing anything down."""
    at = walk("administrator")
    listed = {(row.method, row.route) for row in rows()}
    wrong = []
    for route, example in {row.route: row for row in rows()}.items():
        for method in METHODS:
            if (method, route) not in listed:
                with writes() as found:
                    at.ask(Row(method, example.address, (), {}))
                wrong += [f"{method} {example.address}: {statement[:90]}" for statement in found]
    assert not wrong, "\n".join(wrong)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect the statements that change a row of anything but sessions."""
    found: list[str] = []

    def hear(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(hear):
        yield found


def test_strangers_learn_nothing_of_what_exists(walk: Callable[[str], Walk]) -> None:
    at = walk("stranger")
    assert {row.address for row in rows() if row.answers[0] != "in" and not row.is_of_api} == PUBLIC
    nothing = {name: NEVER if isinstance(value, int) else "no-such-thing" for name, value in at.names.items()}
    said = set()
    for row in rows():
        if row.address in PUBLIC:
            continue
        for instead in ({}, nothing):
            answer = at.ask(row, instead)
            assert short(answer) == ("401" if row.is_of_api else "in"), f"{row} with {instead}: {answer.status_code}"
            assert not answer.content or row.is_of_api
            said.add(answer.content)
    assert len(said) == 2, "programs hear one sentence, whatever they ask about"


def hidden_from(walk: Walk, what: str) -> dict[str, Any]:
    """Return names for things that exist and that this person may not know of."""
    company = walk.company
    if what == "a secret space":
        ruth, council = company.viewer("ruth"), company.council
        question = company.question("Who leaves?", by="ruth", space=council, topics=["Leaving"])
        item = company.post("Nobody knows.", by="ruth", space=council)
        article = company.article("The plan", by="ruth", space=council)
        with_file = file_of(company, "ruth", space=council)
        return {
            **dict.fromkeys(("item", "post", "highlighted", "flagged", "removed", "checked"), item.pk),
            "article": article.pk,
            "question": question.pk, "answer": company.answer(question, by="ruth").pk, "file": with_file,
            "comment": comment(ruth, item, "Nor this.").pk, "space": council.slug, "closed": council.slug,
            "topic": "leaving", "other_topic": "Leaving",
        }  # fmt: skip
    if what == "somebody's draft":
        draft = write(company.viewer("noah"), company.heat, "Not yet", "Text", is_draft=True)
        names = ("item", "post", "highlighted", "flagged", "removed", "checked", "article", "draft", "comment")
        return dict.fromkeys(names, draft.pk)
    if what == "what was removed":
        question, article = company.question("Sorry", by="noah"), company.article("Sorry", by="noah")
        answer, post = company.answer(question, by="hassan"), company.post("Sorry", by="noah")
        for item in (question.item, article, post):
            content.remove(company.viewer("noah"), item)
        named = {"question": question.pk, "answer": answer.pk, "article": article.pk}
        return {**dict.fromkeys(("item", "post", "removed", "flagged", "highlighted", "checked"), post.pk), **named}
    return {"handle": "fatima"}


HIDDEN = [
    ("member", "a secret space"),
    ("administrator", "a secret space"),
    ("guest", "a secret space"),
    ("member", "somebody's draft"),
    ("administrator", "somebody's draft"),
    ("member", "what was removed"),
    ("guest", "a colleague they share no space with"),
]


@pytest.mark.parametrize(("column", "what"), HIDDEN)
def test_what_is_hidden_is_as_if_it_were_not(walk: Callable[[str], Walk], column: str, what: str) -> None:
    at = walk(column)
    hidden = hidden_from(at, what)
    nothing = {name: NEVER if isinstance(value, int) else "no-such-thing" for name, value in hidden.items()}
    wrong = []
    for row in rows():
        if not row.named & hidden.keys() or row.named & {"line", "request"}:
            continue
        got, known = at.ask(row, hidden), at.ask(row, nothing)
        is_refused = got.status_code == 404 or "?" in row.address or got.status_code == 403 == known.status_code
        if got.status_code != known.status_code or not is_refused:
            wrong.append(f"{row}: {got.status_code}; where there is nothing, {known.status_code}")
        elif without_address(got) != without_address(known):
            wrong.append(f"{row}: another page than where there is nothing")
    assert not wrong, "\n".join(wrong)


def without_address(answer: HttpResponse) -> str:
    """Return a page without the address that was asked for, and without what was typed, which is given back."""
    page = unescape(answer.content.decode()).replace(answer.wsgi_request.path, "")
    for typed in answer.wsgi_request.POST.values():
        page = page.replace(f">{typed}<", "><")
    return page


def test_another_site_can_change_nothing(walk: Callable[[str], Walk]) -> None:
    at = walk("host")
    foreign = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ]
    for row in rows():
        for headers in foreign if row.method != "GET" else ():
            answer = at.ask(row, **headers)
            assert answer.status_code == 403, f"{row} with {headers}: {answer.status_code}"


@pytest.mark.parametrize("column", ["stranger", "administrator"])
def test_every_answer_is_guarded(walk: Callable[[str], Walk], column: str) -> None:
    at = walk(column)
    for row in rows():
        answer = at.ask(row)
        parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
        policy = {name: value for name, _, value in parts}
        assert policy["default-src"] == "'none'", row
        if "sandbox" in policy:  # somebody's file: it may run and load nothing
            assert policy["sandbox"] == "", row
            continue
        assert policy["script-src"] == "'self'", row
        assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'", row
        assert policy["form-action"] == "'self'", row
        assert answer["X-Content-Type-Options"] == "nosniff", row
        assert answer["Referrer-Policy"] == "same-origin", row
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", row
        if (
            column == "administrator"
            and row.address not in PUBLIC
            and answer.headers.get("Content-Type", "").startswith("text/html")
        ):
            assert "no-store" in answer.headers.get("Cache-Control", "") or answer.status_code != 200, row
        for name, cookie in answer.cookies.items():
            if cookie["max-age"] == 0:
                continue  # taken away
            assert cookie["httponly"], f"{row} sets {name} for scripts"
            assert cookie["samesite"] in {"Lax", "Strict"}, f"{row} sets {name} for other sites"


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(company: Company, client: Client) -> None:
    company.noah.set_password("four-words-are-plenty")
    company.noah.save()
    answer = client.post("/sign-in", {"login": "noah", "password": "four-words-are-plenty"})
    assert answer["Location"] == "/home"
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
