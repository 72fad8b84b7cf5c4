"""The OpenAPI document, finished: what the framework cannot know of refusals, scopes, keys and limits."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from watercooler.doors.api.describing import describe
from watercooler.doors.api.examples import EXAMPLES
from watercooler.doors.api.scopes import SAID
from watercooler.doors.api.shapes.common import Problem

ABOUT = """
Everything that Watercooler’s pages show and do, for programs: the same reads, the same acts, the same rules about who
may see what. What may not be seen is answered as if it were not there: 404.

**Who asks.** Send an access token: `Authorization: Bearer wc_…`. It acts as the person who answers for it. Make one in
your settings, under Access tokens.

**Lists** come in pages. Follow `next`, or the Link header, until it is null. The place in it (`after`) is an opaque
word that names the last thing shown: nothing is missed or doubled while others write, and pages are not counted.
Operations without `after` give at most as much as they say.

**Names of things.** An `id` is a number that stays for ever and is never given again; ids of items, files, lines of the
inbox and so on are counted apart. People have a `handle`, spaces and topics a `slug`: these stand in addresses.

**Times** are RFC 3339, in UTC, with fractions of a second where there are any: `2026-11-14T08:33:00Z`. Send them with a
zone. Days are `2026-11-14`.

**Null and empty.** Null says that there is none, or that you may not know; each field says which. Texts that may be
missing are empty. What is left out of a change stays.

**Who may** is said of every operation, for the person behind the token. Hosts look after a space, learning leads and
administrators after all of them, guests see the spaces they are in. A token needs the scope besides.

**Writes** may carry an `Idempotency-Key`: sent again with the same key within a day, they are answered as the first
time and done once.

**Refusals** are problems (RFC 9457) with a sentence for people, and `field` where one is meant. Every operation refuses
without a token (401), without its scope (403), what is not as this document says (422), and too many requests (429);
what it refuses besides is said with it.
""".strip()

EVERY = {
    "400": "The body is not JSON, or could not be read.",
    "401": "No token or session, or one that is not good.",
    "403": "The token has not the scope, or the person may not.",
    "404": "Not there, or not to be seen.",
    "422": "Something has to be different; `field` says what.",
    "429": "Too many requests; Retry-After says when to come back.",
}
OF_WRITES = {
    "409": "Somebody was faster, or the same request is still under way.",
    "412": "If-Match names another revision.",
    "413": "Too large.",
    "415": "Not a type that is read here.",
    "428": "Say which revision the change began from.",
}
LIMITS = {
    "RateLimit": 'What is left, as `"token";r=599;t=60`: requests, and seconds until it begins anew.',
    "RateLimit-Policy": 'The limit, as `"token";q=600;w=60`: requests in so many seconds.',
}


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with every answer an operation can give, the scope it needs and the headers it takes."""
    document["info"]["description"] = ABOUT
    document["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    document["servers"] = [{"url": "/"}]
    components = document["components"]
    components["schemas"]["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    describe(components["schemas"])
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An access token, wc_…"},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "A browser’s session.",
        },
    }
    components["headers"] = {
        name: {"description": words, "schema": {"type": "string"}} for name, words in LIMITS.items()
    }
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS}
    components["responses"] = {
        f"Refused{status}": _refusal(words) | ({"headers": headers} if status != "401" else {})
        for status, words in (EVERY | OF_WRITES).items()
    }
    components["responses"]["NotChanged"] = {
        "description": "Not changed since the ETag sent as If-None-Match.",
        "headers": headers,
    }
    for name, example in EXAMPLES.items():
        components["schemas"][name]["examples"] = [example]
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _finish(method, operation, headers)
    document["tags"] = [{"name": name} for name in _tags(document)]
    return document


def _tags(document: dict[str, Any]) -> list[str]:
    """Return the headings in the order in which they first come."""
    every = (each["tags"][0] for operations in document["paths"].values() for each in operations.values())
    return list(dict.fromkeys(every))


def _finish(method: str, operation: dict[str, Any], headers: dict[str, Any]) -> None:
    scope = operation.pop("x-scope")
    operation["security"] = [{"token": [scope]}, {"session": []}]
    operation["x-scope"] = scope
    operation["description"] = f"{operation['description']}\n\nNeeds the scope `{scope}`: {SAID[scope]}."
    operation["parameters"] = operation.get("parameters", [])
    operation["responses"] = {
        str(status): {**answer, "headers": headers} for status, answer in operation["responses"].items()
    }
    for status in EVERY if method == "get" else EVERY | OF_WRITES:
        operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Refused{status}"})
    if method == "get":
        operation["responses"]["304"] = {"$ref": "#/components/responses/NotChanged"}
        operation["parameters"].append(_header("If-None-Match", "The ETag of what the asker has."))
    else:
        words = "A word of your choice, the same when the same request is sent again."
        operation["parameters"].append(_header("Idempotency-Key", words, 255))


def _refusal(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def _header(name: str, words: str, longest: int = 1000) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": longest}
    return {"in": "header", "name": name, "required": False, "description": words, "schema": schema}
