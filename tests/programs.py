"""Asking the API as a program does: with a token and JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.company import Company
from watercooler.doors.api.acts import make_token
from watercooler.doors.api.limits import windows
from watercooler.doors.api.scopes import ALL
from watercooler.spine.spaces.viewer import build, kept

ROOT = "/api/v1"


class Program:
    """A program that acts as one person. Answers are checked to be JSON; `of(answer)` reads one."""

    def __init__(self, company: Company, name: str, *scopes: str) -> None:
        windows.clear()
        self.company, self.client = company, Client()
        viewer, ends = build(company.people[name].pk), timezone.now() + timedelta(days=1)
        self.token, self.secret = make_token(viewer, name="A test", scopes=scopes or ALL, ends_at=ends)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Ask for a path below /api/v1, or for a whole address as `next` gives it."""
        address = path if path.startswith(("http", "/api")) else ROOT + path
        sent = "" if body is None else json.dumps(body)
        kept.clear()  # a test never commits, and so nobody is told that somebody's rights changed
        said = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.client.generic(
            method, address.replace("http://testserver", ""), sent, "application/json", headers=said
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.ask("PUT", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("DELETE", path, **headers)


def of(answer: HttpResponse, status: int = 200) -> Any:
    """Return what an answer says, which has to be of this status."""
    assert answer.status_code == status, (answer.status_code, answer.content[:600])
    return json.loads(answer.content) if answer.content else None


def refused(answer: HttpResponse, status: int, field: str = "") -> str:
    """Return the sentence of a refusal, which has to be a problem of this status about this field."""
    said = of(answer, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert said["status"] == status
    assert said.get("field", "") == field, said
    assert said["title"]
    assert said["detail"]
    return str(said["detail"])
