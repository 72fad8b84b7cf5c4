"""Every address of the product, walked as everybody: nobody gets what the table in permissions.py does not give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from tests.company import Company
from tests.conformance.permissions import COLUMNS, TABLE
from watercooler.doors.feeds import acts as feeds
from watercooler.doors.webhooks import acts as webhooks
from watercooler.foundation.base.files.keep import Incoming
from watercooler.kinds.articles.acts import write
from watercooler.projections.notifications.models import Notification
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts as content
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import comment, flag, recommend
from watercooler.spine.spaces.acts import join, make_space
from watercooler.spine.spaces.models import Access, Space
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PEOPLE = dict(zip(COLUMNS, ("", "sam", "priya", "tomasz", "elena", "ines"), strict=True))
NEVER = 2_000_000_000
"""An id that no row has."""
PUBLIC = {
    *("/", "/sw.js", "/manifest.webmanifest", "/offline", "/styles", "/welcome"),
    *("/invitation/no-such-token", "/logos/no-such.png", "/sign-in", "/sign-out", "/sign-in/closed", "/sign-in/code"),
    *("/sign-in/code/confirm", "/sign-in/passkey", "/sign-in/second-step", "/sign-in/forgotten"),
    *("/sign-in/forgotten/sent", "/sign-in/forgotten/done", "/sign-in/forgotten/1-x"),
}
"""What answers people who are not signed in. An addition is a decision."""

WRITES = re.compile(r"\s*(insert|update|delete)\b", re.I)
DOOR = re.compile(r"/sign-in\?next=")


@dataclass(frozen=True)
class Row:
    """One line of the table. answers: one for each of COLUMNS."""

    method: str
    address: str
    answers: tuple[str, ...]
    fields: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def named(self) -> frozenset[str]:
        return frozenset(re.findall(r"\{(\w+)\}", self.address))

    @property
    def route(self) -> str:
        return route_of(re.sub(r"\{\w+\}", "1", self.address))


def rows() -> list[Row]:
    """Return the table, read."""
    found = []
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        method, address, *rest = line.split()
        answers = tuple(word for word in rest if "=" not in word)
        found.append(Row(method, address, answers, dict(word.split("=", 1) for word in rest if "=" in word)))
    return found


@lru_cache
def patterns() -> tuple[URLPattern, ...]:
    """Return every route of the product, in the order in which they are tried."""

    def walk(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for one in found:
            if isinstance(one, URLPattern):
                yield one
            else:
                yield from walk(one.url_patterns)

    return tuple(walk(get_resolver().url_patterns))


def route_of(address: str) -> str:
    return resolve(address.split("?")[0]).route


def things(company: Company, name: str) -> dict[str, Any]:
    """Make what the braces of the table name: Noah's in the engineers' space, and this person's own."""
    noah, own = company.viewer("noah"), company.viewer(name)
    home = company.heat if company.heat.pk in own.space_ids else Space.objects.get(pk=own.wall_id)
    question = company.question(topics=["Defrost"])
    post, removed = company.post(by="noah"), company.post("Gone.", by="noah")
    article = company.article(by="noah")
    content.edit(noah, article, title=article.title, source="Wait thirty minutes.", based_on=article.revision)
    content.remove(noah, removed)
    own_question = company.question("Is it me?", by=name, space=home)
    highlighted = company.post("At the top.", by="noah")
    content.highlight(company.viewer("tomasz"), highlighted, note="Read this")
    flagged = company.post("Bridge the fuse.", by="noah")
    flag(company.viewer("hassan"), flagged, "unsafe")
    comment(noah if home == company.heat else own, own_question.item, "And then?")
    own_answer = company.answer(own_question, by="hassan" if home == company.heat else name)
    closed = make_space(company.viewer("tomasz"), name="Tools", objective="Sharp ones.", access=Access.CLOSED)
    join(noah, closed, "please")
    while follow():
        pass
    return {
        "item": post.pk, "post": post.pk, "article": article.pk, "question": question.pk, "removed": removed.pk,
        "answer": company.answer(question, by="hassan").pk,
        "draft": write(noah, company.heat, "Unfinished", "Text", is_draft=True).pk,
        "file": file_of(company, "noah"), "file_name": "note.txt",
        "recommendation": recommend(noah, post, company.priya).pk,
        "highlighted": highlighted.pk, "flagged": flagged.pk, "other_topic": content.named(["Frost"])[0].name,
        "space_id": company.heat.pk,
        "space": company.heat.slug, "handle": "noah", "topic": "defrost", "slug": "some-words", "never": NEVER,
        "own_item": company.post("Mine.", by=name, space=home).pk,
        "own_question": own_question.pk, "own_answer": own_answer.pk,
        "own_draft": write(own, home, "Mine too", "Text", is_draft=True).pk,
        "closed": closed.slug, "request": closed.memberships.get(person=company.noah).pk,
        "line": line_of(company.noah), "own_line": line_of(company.people[name]),
        "own_file": file_of(company, name, hangs=False),
        **of_the_doors(company, name),
    }  # fmt: skip


def of_the_doors(company: Company, name: str) -> dict[str, Any]:
    """Make what the pages of webhooks and feeds are about: Hassan's and Noah's, and this person's own."""
    heat, feed = company.heat, f"/spaces/{company.heat.slug}/feed.atom"
    hook = webhooks.add(company.viewer("hassan"), "Planning", "https://plan.example/", space_ids=[heat.pk])
    named = {"webhook": hook.pk, "delivery": webhooks.send_test(company.viewer("hassan"), hook).pk}
    own = company.viewer(name)
    if webhooks.may_have(own):
        hook = webhooks.add(own, "Mine", "https://mine.example/", space_ids=[heat.pk])
        named |= {"own_webhook": hook.pk, "own_delivery": webhooks.send_test(own, hook).pk}
    soon = timezone.localdate() + timedelta(days=9)
    outside = feeds.add_feed(company.viewer("hassan"), heat, "https://news.example/", 3, soon)
    keys = [feeds.make_key(company.viewer(one), feed) for one in ("noah", name)]
    return {
        "url": "https://a.example/", "own_webhook": NEVER, "own_delivery": NEVER, **named,
        "outside_feed": outside.pk, "soon": soon.isoformat(),
        "feed_key": keys[0].pk if keys[0] else NEVER, "own_feed_key": keys[1].pk if keys[1] else NEVER,
    }  # fmt: skip


def line_of(person: Person) -> int:
    """Return the newest line in somebody's inbox, or an id that is nobody's."""
    line = Notification.objects.filter(person=person, item__isnull=False).order_by("-pk").first()
    return line.pk if line else NEVER


def file_of(company: Company, name: str, hangs: bool = True, space: Any = None) -> int:
    """Attach a small file as this person, and hang it on a post of theirs."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid4().hex
    path.write_text("Bleed the loop first.")
    made = content.attach(company.viewer(name), Incoming(path, "note.txt", path.stat().st_size, False))
    if hangs:
        company.post("See the note.", by=name, space=space or company.heat, attachments=[made.pk])
    return int(made.pk)


@contextmanager
def undone() -> Iterator[None]:
    """Let what happens inside not have happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    kept.clear()
    cache.clear()  # attempts to sign in are counted there


def sent(client: Client, row: Row, names: dict[str, Any], **headers: str) -> HttpResponse:
    """Ask one line's question."""
    fields: dict[str, Any] = {
        field: SimpleUploadedFile("note.txt", b"Hello") if value == "@file" else value.format(**names, key=uuid4().hex)
        for field, value in row.fields.items()
    }
    address, before = row.address.format(**names), deepcopy(client.cookies)
    try:
        return _sent(client, row, address, fields, headers)
    finally:
        client.cookies = before  # signing out is undone with the rest


def _sent(client: Client, row: Row, address: str, fields: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    if row.method in ("GET", "POST"):
        return getattr(client, row.method.lower())(address, fields or None, headers=headers)
    return client.generic(row.method, address, headers=headers)


def short(response: HttpResponse) -> str:
    """Return an answer as the table writes it."""
    is_door = response.status_code == 302 and DOOR.match(response["Location"])
    return "in" if is_door else str(response.status_code)


def signed_in(company: Company, name: str) -> Client:
    client = Client()
    if name:
        client.force_login(company.people[name], "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def walk(company: Company) -> Callable[[str], Walk]:
    """Return a function that makes everything the table names, for one kind of person."""
    return lambda column: Walk(company, column)


class Walk:
    """One kind of person, signed in, with everything the table names."""

    def __init__(self, company: Company, column: str) -> None:
        self.company = company
        self.place = COLUMNS.index(column)
        self.names = things(company, PEOPLE[column] or "priya")
        self.client = signed_in(company, PEOPLE[column])

    def ask(self, row: Row, instead: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        """Ask one line's question, and let what it did not have happened."""
        with undone():
            return sent(self.client, row, {**self.names, **(instead or {})}, **headers)


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
    assert {row.address for row in rows() if row.answers[0] != "in"} == PUBLIC
    nothing = {name: NEVER if isinstance(value, int) else "no-such-thing" for name, value in at.names.items()}
    for row in rows():
        if row.address in PUBLIC:
            continue
        for instead in ({}, nothing):
            answer = at.ask(row, instead)
            assert short(answer) == "in", f"{row} with {instead}: {answer.status_code}"
            assert not answer.content


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
            **dict.fromkeys(("item", "post", "highlighted", "flagged", "removed"), item.pk), "article": article.pk,
            "question": question.pk, "answer": company.answer(question, by="ruth").pk, "file": with_file,
            "comment": comment(ruth, item, "Nor this.").pk, "space": council.slug, "closed": council.slug,
            "topic": "leaving", "other_topic": "Leaving",
        }  # fmt: skip
    if what == "somebody's draft":
        draft = write(company.viewer("noah"), company.heat, "Not yet", "Text", is_draft=True)
        names = ("item", "post", "highlighted", "flagged", "removed", "article", "draft", "comment")
        return dict.fromkeys(names, draft.pk)
    if what == "what was removed":
        question, article = company.question("Sorry", by="noah"), company.article("Sorry", by="noah")
        answer, post = company.answer(question, by="hassan"), company.post("Sorry", by="noah")
        for item in (question.item, article, post):
            content.remove(company.viewer("noah"), item)
        named = {"question": question.pk, "answer": answer.pk, "article": article.pk}
        return {**dict.fromkeys(("item", "post", "removed", "flagged", "highlighted"), post.pk), **named}
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
    """Return a page without the address that was asked for."""
    return unescape(answer.content.decode()).replace(answer.wsgi_request.path, "")


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
        if column == "administrator" and row.address not in PUBLIC and answer["Content-Type"].startswith("text/html"):
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
