"""The least a server can do: granian's hello-world, against which pages are measured in the same run."""

from __future__ import annotations

import sys
from typing import Any

from watercooler.config.server import serve

BODY = b"Hello, world!"


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"13")]})
    await send({"type": "http.response.body", "body": BODY, "more_body": False})


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(application, "127.0.0.1", int(sys.argv[1])))
