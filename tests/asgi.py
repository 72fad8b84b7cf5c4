"""What a server says of a request, for tests of what stands between it and the pages."""

from __future__ import annotations

from typing import Any


def scope(
    method: str = "GET", path: bytes = b"/", headers: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    plain = {
        "type": "http",
        "method": method,
        "raw_path": path,
        "query_string": b"",
        "headers": pairs,
        "scheme": "http",
    }
    ends = {"http_version": "1.1", "server": ("127.0.0.1", "8000"), "client": ("10.0.0.7", "5555")}
    return {**plain, **ends, "extensions": {}, **more}
