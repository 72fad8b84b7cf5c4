"""A little HTTP server on loopback that answers as it is told and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request. headers: names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Said:
    """One answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Listening:
    """What was asked, and what is answered: `server.answers = lambda asked: Said(503)`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[Asked] = []
        self.answers: Callable[[Asked], Said] = lambda asked: Said()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def address(self, path: str = "/hook") -> str:
        return f"http://{self.place}{path}"


@contextmanager
def listening() -> Iterator[Listening]:
    """Run the server for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            named = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, named, self.rfile.read(length))
            about.asked.append(asked)
            said = about.answers(asked)
            self.send_response(said.status)
            for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_about: object) -> None:
            """Say nothing of a caller who had heard enough."""

    server = Server(("127.0.0.1", 0), Handler)
    about = Listening(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield about
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
