"""What hot pages cost: in processor time, as multiples of an empty page answered in the same run, and in calls.

A ratio of two costs measured in turns hardly depends on the machine or on what else it does. The budgets stand half
above what was seen; milliseconds over large organisations are `bin/bench`'s.
"""

import sys
import time
from io import BytesIO
from statistics import median

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from watercooler.config.wsgi import application
from watercooler.foundation.database import waiting
from watercooler.spine.activity.worker import follow

pytestmark = pytest.mark.django_db
ROUNDS = 30
BUDGETS = {"home": 5.5, "space": 5, "thread": 6.5, "profile": 4.5, "search": 6.5, "inbox": 4.5}
CALLS = {"home": 1480, "space": 1260, "thread": 1380, "profile": 830, "inbox": 885}
"""Calls of functions that a page may make whose parts are all kept: a twentieth above what was counted."""


def ask(path: str, cookie: str) -> None:
    """Ask as the server does; the test client would read every page's HTML as well."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_COOKIE": cookie,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "SCRIPT_NAME": "",
    }
    started: list[str] = []
    answer = application(environ, lambda status, headers, error=None: started.append(status))
    assert b"".join(answer)
    assert started[0].startswith("200"), f"{path} answered {started[0]}"


@pytest.fixture
def kept_connection():
    """Keep the test's connection, with its transaction, open between requests."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def cost(paths: dict[str, str], cookie: str) -> dict[str, float]:
    """Return what one answer of each page takes, the middle of many: one full look for garbage outweighs them all."""
    spent: dict[str, list[float]] = {name: [] for name in paths}
    for _round in range(ROUNDS):
        for name, path in paths.items():
            began = time.process_time()
            ask(path, cookie)
            spent[name].append(time.process_time() - began)
    return {name: median(each) for name, each in spent.items()}


@pytest.fixture
def busy(company, sign_in):
    for number in range(24):
        company.post(
            f"Frost on coil {number}, again this morning",
            by=("noah", "hassan", "tomasz")[number % 3],
            topics=["Defrost"],
        )
    question = company.question(topics=["Defrost"])
    for name in ("tomasz", "priya", "hassan"):
        company.answer(question, "Look at the coil first, then the trace heater.", by=name)
    follow()
    client = sign_in(company.noah)
    paths = {
        "empty": "/offline",
        "home": "/home",
        "space": company.heat.url,
        "thread": question.item.url,
        "profile": "/people/tomasz",
        "search": "/search?q=frost+coil",
        "inbox": "/inbox",
    }
    return client, paths


def test_hot_pages_stay_within_their_multiples_of_an_empty_page(busy, kept_connection):
    client, paths = busy
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    spent = cost(paths, f"{settings.SESSION_COOKIE_NAME}={cookie}")
    multiples = {name: round(spent[name] / spent["empty"], 1) for name in BUDGETS}
    print(multiples)
    over = {name: many for name, many in multiples.items() if many > BUDGETS[name]}
    assert not over, f"Over budget: {over} of {BUDGETS}; measured {multiples}"


def calls(path: str, cookie: str) -> int:
    """Return how many functions one answer calls, Python's and those in C. Depends on no machine and no other work."""
    made = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        ask(path, cookie)
    finally:
        sys.setprofile(None)
    return made


def test_hot_pages_call_no_more_functions_than_they_did(busy, kept_connection):
    client, paths = busy
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for name in CALLS:
        for _ in range(3):
            ask(paths[name], cookie)
    counted = {name: min(calls(paths[name], cookie) for _ in range(3)) for name in CALLS}
    print(counted)
    assert not {name: many for name, many in counted.items() if many > CALLS[name]}, f"{counted} of {CALLS}"


@pytest.mark.parametrize("name", sorted(BUDGETS))
def test_hot_pages_make_two_queries(busy, name, count_queries):
    client, paths = busy
    client.get(paths[name])
    with count_queries() as made:
        client.get(paths[name])
    reads = [sql for sql in made if not sql.lstrip().lower().startswith("update")]
    assert len(reads) <= 2, reads


REPLY = {"sent": 7, "followed": 24}
"""Statements of an answer sent as a browser sends it, and of every projection taking note of it in the worker."""


def test_a_reply_takes_few_statements(company, sign_in, count_queries, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1000)  # merging what waits is due now and then, not by this reply
    question = company.question(topics=["Defrost"])
    company.answer(question, "Look at the coil first.", by="hassan")
    client = sign_in(company.tomasz)
    client.post(f"/q/{question.pk}/answers", {"source": "And at the fan.", "key": "6" * 32})
    follow()
    with count_queries() as sent:
        client.post(f"/q/{question.pk}/answers", {"source": "Then at the *trace heater*.", "key": "7" * 32})
    with count_queries() as followed:
        follow()
    made = {"sent": len(sent), "followed": len(followed)}
    print(made)
    over = {name: many for name, many in made.items() if many > REPLY[name]}
    assert not over, [*sent, *followed]
