"""Walking every address of the table as one kind of person, with everything its braces name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from tests.company import Company
from tests.conformance.pairs import NEVER, of_acquaintances, of_mentoring, of_messages
from tests.conformance.permissions import COLUMNS, TABLE
from watercooler.doors.api.acts import make_token
from watercooler.doors.exporting.kept import path_of
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.feeds import acts as feeds
from watercooler.doors.webhooks import acts as webhooks
from watercooler.foundation.base.files.keep import Incoming
from watercooler.kinds.articles.acts import throw_away, write
from watercooler.projections.experts.acts import hide
from watercooler.projections.experts.models import Nudge
from watercooler.projections.notifications.models import Notification
from watercooler.projections.recommendations.acts import not_for_me
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.search.acts import save_search
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import acts as content
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import comment, flag, recommend
from watercooler.spine.social.acts import follow as follow_by_hand
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import join, leave, make_space
from watercooler.spine.spaces.models import Access, Space
from watercooler.spine.spaces.viewer import kept

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PEOPLE = dict(zip(COLUMNS, ("", "sam", "priya", "tomasz", "elena", "ines"), strict=True))
PUBLIC = {
    *("/", "/sw.js", "/manifest.webmanifest", "/offline", "/health", "/styles", "/welcome"),
    "/api/openapi.json",
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
    def is_of_api(self) -> bool:
        return self.address.startswith("/api/v1/")

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
    own_question = company.question("Is it me?", by=name, space=home, topics=["Valves"])
    highlighted = company.post("At the top.", by="noah")
    content.highlight(company.viewer("tomasz"), highlighted, note="Read this")
    checked, checker = company.post("Isolate first.", by="noah"), "hassan" if name != "hassan" else "tomasz"
    content.check(company.viewer(checker), checked, revision=1)
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
        "own_recommendation": recommend(own, post, company.ruth).pk,
        "term": content.explain_term(company.viewer("elena"), f"Word {uuid4().hex}", "Its meaning.").pk,
        "checked": checked.pk, "checker": checker,
        "highlighted": highlighted.pk, "flagged": flagged.pk, "other_topic": content.named(["Frost"])[0].name,
        "space_id": company.heat.pk,
        "space": company.heat.slug, "handle": "noah", "topic": "defrost", "slug": "some-words", "never": NEVER,
        "imported": imported(),
        "own_item": company.post("Mine.", by=name, space=home).pk,
        "own_question": own_question.pk, "own_answer": own_answer.pk,
        "own_draft": own_draft(company, name, home), "thrown_away": thrown_away(company, name, home),
        "closed": closed.slug, "request": closed.memberships.get(person=company.noah).pk,
        "line": line_of(company.noah), "own_line": line_of(company.people[name]),
        **of_acquaintances(company, name),
        **of_messages(company, name),
        "own_file": file_of(company, name, hangs=False), **tokens(company, name), **of_the_doors(company, name),
        "refusal": refusal_of(company, "noah"), "own_refusal": refusal_of(company, name),
        "saved": saved_by(company, "noah"), "own_saved": saved_by(company, name), "own_found": found_by(company, name),
        **of_mentoring(company, name),
        **exports(company, name), **of_oneself(company, name),
    }  # fmt: skip


def refusal_of(company: Company, name: str) -> int:
    """Return what this person said "not for me" to."""
    not_for_me(company.viewer(name), company.fatima)
    return int(NotForMe.objects.get(person=company.people[name], colleague=company.fatima).pk)


def saved_by(company: Company, name: str) -> int:
    """Return a search that this person keeps."""
    return int(save_search(company.viewer(name), {"q": "lockout"}, "Lockouts").pk)


def found_by(company: Company, name: str) -> int:
    """Return a line that tells this person what a search of theirs found."""
    person, search = company.people[name], save_search(company.viewer(name), {"q": "hum"})
    told = {"kind": "found", "because": "saved_search", "because_id": search.pk, "at": timezone.now(), "position": 1}
    return int(Notification.objects.create(person=person, key=f"found:{search.pk}", **told).pk)


def own_draft(company: Company, name: str, home: Space) -> int:
    """Return a draft of this person's. A guest has one only from when they were a member."""
    if company.viewer(name).is_member:
        return int(write(company.viewer(name), home, "Mine too", "Text", is_draft=True).pk)
    draft = write(company.viewer("noah"), home, "Mine too", "Text", is_draft=True)
    Item.objects.filter(pk=draft.pk).update(author=company.people[name])
    return int(draft.pk)


def thrown_away(company: Company, name: str, home: Space) -> int:
    """Return a draft that this person threw away a moment ago."""
    draft = Item.objects.get(pk=own_draft(company, name, home))
    throw_away(company.viewer(name), draft)
    return int(draft.pk)


def nudge_of(company: Company, name: str, question: Item) -> int:
    """Return a line that put a question before this person, as somebody who may know."""
    person = company.people[name]
    Nudge.objects.get_or_create(item=question, person=person, defaults={"at": timezone.now()})
    told = {"kind": "nudged", "item": question, "because": "nudged", "at": timezone.now(), "position": 1}
    return int(Notification.objects.create(person=person, key=f"nudged:{question.pk}", **told).pk)


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
    outside = feeds.add_feed(company.viewer("hassan"), heat, f"https://news.example/{name}", 3, soon)
    keys = [feeds.make_key(company.viewer(one), feed) for one in ("noah", name)]
    return {
        "url": "https://a.example/", "own_webhook": NEVER, "own_delivery": NEVER, **named,
        "outside_feed": outside.pk, "soon": soon.isoformat(),
        "feed_key": keys[0].pk if keys[0] else NEVER, "own_feed_key": keys[1].pk if keys[1] else NEVER,
    }  # fmt: skip


def imported() -> str:
    """Return the handle of somebody who came from elsewhere, and never was here."""
    made = {"name": "Member 12", "joined_at": timezone.now(), "is_imported": True}
    return str(Person.objects.get_or_create(handle="member-12", defaults=made)[0].handle)


def of_oneself(company: Company, name: str) -> dict[str, Any]:
    """Make what somebody chose for themselves: whom they follow, a topic they hid, a space they left a moment ago."""
    own, frost = company.viewer(name), content.named(["Frost"])[0]
    follow_by_hand(own, company.fatima if own.is_member else company.hassan)
    follow_by_hand(company.viewer("noah"), company.fatima)
    hide(own, frost)
    left = make_space(company.viewer("noah"), name="Ladders", objective="Safe ones.", access=Access.CLOSED)
    if own.is_member:
        join(own, left)
        leave(own, left)
    follows = Follow.objects.filter(person__isnull=False)
    return {
        "own_topic": "valves",
        "own_nudge": nudge_of(company, name, company.question("Does it hum?", by="hassan").item),
        "hidden_topic": frost.slug,
        "left": left.slug,
        "own_follow": follows.filter(follower=company.people[name]).latest("pk").pk,
        "follow": follows.filter(follower=company.noah).latest("pk").pk,
    }


def exports(company: Company, name: str) -> dict[str, int]:
    """Return exports that are ready: one of everything and one of Hassan's own, and this person's."""
    own = company.people[name]
    is_administrator = company.viewer(name).is_administrator
    return {
        "export": export_of(company.hassan, Scope.OWN),
        "everything": export_of(company.hassan, Scope.EVERYTHING),
        "own_export": export_of(own, Scope.OWN),
        "own_everything": export_of(own, Scope.EVERYTHING) if is_administrator else NEVER,
    }


def export_of(person: Person, scope: Scope) -> int:
    now, stored = timezone.now(), f"{uuid4().hex}.zip"
    path_of(stored).parent.mkdir(parents=True, exist_ok=True)
    path_of(stored).write_bytes(b"PK")
    facts = {"asked_at": now, "ready_at": now, "ends_at": now + timedelta(days=1), "size_bytes": 2}
    return int(Export.objects.create(person=person, scope=scope, stored=stored, **facts).pk)


def tokens(company: Company, name: str) -> dict[str, int]:
    """Return a token of Noah's, one of this person's, and a service token; guests have none."""
    ends = timezone.now() + timedelta(days=1)
    said: dict[str, Any] = {"name": "A test", "scopes": ["read"], "ends_at": ends}
    own, viewer = NEVER, company.viewer(name)
    if viewer.is_member:
        own = make_token(viewer, **said)[0].pk
    service = make_token(company.viewer("ines"), **said, answers=company.hassan)[0].pk
    return {"token": make_token(company.viewer("noah"), **said)[0].pk, "own_token": own, "service_token": service}


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
    if row.is_of_api and "file" not in fields:
        body = json.dumps({name: typed(value) for name, value in fields.items()}) if row.method != "GET" else ""
        return client.generic(row.method, address, body, "application/json", headers=headers)
    if row.method in ("GET", "POST"):
        return getattr(client, row.method.lower())(address, fields or None, headers=headers)
    return client.generic(row.method, address, headers=headers)


def typed(value: str) -> Any:
    """Return a field of the table as JSON has it: a number, true, a list, or else text."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def short(response: HttpResponse) -> str:
    """Return an answer as the table writes it."""
    is_door = response.status_code == 302 and DOOR.match(response["Location"])
    return "in" if is_door else str(response.status_code)


def signed_in(company: Company, name: str) -> Client:
    client = Client()
    if name:
        client.force_login(company.people[name], "allauth.account.auth_backends.AuthenticationBackend")
    return client


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
