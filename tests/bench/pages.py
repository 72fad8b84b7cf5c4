"""What the bench asks for: who asks, which addresses, and how many queries each answer took."""

from __future__ import annotations

import random
import sys
from io import BytesIO
from typing import Any
from urllib.parse import quote_plus


def sessions(count: int) -> list[str]:
    """Sign so many people in, very active and quiet ones. Returns their cookies."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from watercooler.spine.people.models import Person

    cookies = []
    for person in Person.objects.order_by("id")[: count * 200 : 200]:
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={store.session_key}")
    return cookies


def addresses() -> dict[str, list[str]]:
    """Return page → the addresses asked for in turn: what anybody may read, fifty different ones."""
    from watercooler.foundation.base.viewer import EVERYONE
    from watercooler.spine.content.models import Item
    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.models import Space

    chance = random.Random(7)
    recent = Item.objects.filter(audience=EVERYONE, parent=None)
    questions = list(recent.filter(kind="question", answer_count__gt=0).order_by("-id")[20:2020:40])
    words = [w for q in questions for w in q.title.split() if len(w) > 4]
    pairs = [quote_plus(f"{chance.choice(words)} {chance.choice(words)}") for _ in range(50)]
    spaces = Space.objects.filter(purpose="space", access="open").order_by("id")[:50]
    people = Person.objects.order_by("id")[:2000:40]
    return {
        "home": ["/home"],
        "space": [f"/spaces/{s.slug}/" for s in spaces],
        "thread": [q.url for q in questions],
        "profile": [f"/people/{p.handle}" for p in people],
        "inbox": ["/inbox"],
        "search": [f"/search?q={pair}" for pair in pairs],
    }


def replied() -> list[str]:
    """Return the questions that replies go to: others than those asked for, which stay as long as they are."""
    from watercooler.foundation.base.viewer import EVERYONE
    from watercooler.spine.content.models import Item

    recent = Item.objects.filter(audience=EVERYONE, parent=None, kind="question", answer_count__gt=0)
    return [question.url for question in recent.order_by("-id")[:2000:40]]


def queries(address: str, cookie: str) -> int:
    """Return how many queries one answer takes, asked for the second time."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    from watercooler.foundation.database import hot

    seen: list[str] = []
    request_started.disconnect(reset_queries)
    request_finished.disconnect(close_old_connections)
    _ask(address, cookie)
    hot.observers.append(seen.append)
    try:
        with CaptureQueriesContext(connection) as others:
            _ask(address, cookie)
    finally:
        hot.observers.remove(seen.append)
    return len(seen) + len(others)


def _ask(address: str, cookie: str) -> None:
    from watercooler.config.wsgi import application

    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_COOKIE": cookie,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SCRIPT_NAME": "",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, lambda status, headers, error=None: lambda body: None)
    b"".join(answer)
    answer.close()
