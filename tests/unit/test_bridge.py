"""The bridge between the asynchronous server and the synchronous pages, driven in the process without a socket."""

from __future__ import annotations

import asyncio
import gzip
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests import loops
from tests.asgi import scope
from watercooler.config.bridge import Bridge
from watercooler.config.bridge.answer import takes_gzip
from watercooler.config.bridge.request import IN_MEMORY
from watercooler.config.bridge.threads import Threads

MIB = 1024 * 1024
Page = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@pytest.fixture
def threads() -> Iterator[Threads]:
    pool = Threads(2)
    yield pool
    assert pool.stop(5)


class Browser:
    """The other end: gives the body's chunks, then stays until told to leave, and keeps what it was sent."""

    def __init__(self, chunks: Iterable[bytes] = (), sends_all: bool = True) -> None:
        end = [{"type": "http.request", "body": b"", "more_body": False}] if sends_all else []
        parts = ({"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks)
        self._arriving: Iterator[dict[str, Any]] = chain(parts, end)
        self.has_left = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self.may_read = asyncio.Event()
        self.may_read.set()

    async def receive(self) -> dict[str, Any]:
        for message in self._arriving:
            return message
        await self.has_left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        await self.may_read.wait()
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def ask(threads: Threads, page: Page, chunks: Iterable[bytes] = (), limit: int = 4 * MIB, **about: Any) -> Browser:
    async def run() -> Browser:
        browser = Browser(chunks)
        await asyncio.wait_for(Bridge(page, threads, limit)(scope(**about), browser.receive, browser.send), 20)
        return browser

    return loops.run(run())


def said(text: bytes, kind: str = "text/html; charset=utf-8", *more: tuple[str, str]) -> Page:
    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", kind), *more])
        return [text]

    return page


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A page that says how long the body was announced and really is, and whether it is a real file."""
    length = 0
    while chunk := environ["wsgi.input"].read(65536):
        length += len(chunk)
    start("200 OK", [])
    return [f"{environ['CONTENT_LENGTH']} {length} {type(environ['wsgi.input']).__name__}".encode()]


def test_a_page_is_answered_in_two_messages(threads: Threads) -> None:
    browser = ask(threads, said(b"hello"))
    assert (browser.status, browser.body, len(browser.sent)) == (200, b"hello", 2)


def test_a_small_body_stays_in_memory(threads: Threads) -> None:
    assert ask(threads, echo, [b"ab", b"cd"], method="POST", headers={"content-length": "4"}).body == b"4 4 BytesIO"


def test_a_body_in_chunks_gets_its_true_length(threads: Threads) -> None:
    browser = ask(threads, echo, [b"ab", b"cde"], method="POST", headers={"transfer-encoding": "chunked"})
    assert browser.body == b"5 5 BytesIO"


def test_a_large_body_goes_to_disk_and_never_sits_in_memory(threads: Threads) -> None:
    size = 64 * MIB
    chunk = b"x" * 65536
    tracemalloc.start()

    async def run() -> Browser:
        browser = Browser(chunk for _ in range(size // len(chunk)))
        about = scope(method="POST", headers={"content-length": str(size)})
        await Bridge(echo, threads, size)(about, browser.receive, browser.send)
        return browser

    browser = loops.run(run())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert browser.body.startswith(f"{size} {size} ".encode())
    assert b"BytesIO" not in browser.body
    assert peak < 4 * IN_MEMORY + MIB


def test_an_announced_body_over_the_limit_is_refused_unread(threads: Threads) -> None:
    async def run() -> Browser:
        browser = Browser()

        async def receive() -> dict[str, Any]:
            raise AssertionError("The body was read.")

        about = scope(method="POST", headers={"content-length": str(5 * MIB)})
        await Bridge(echo, threads, 4 * MIB)(about, receive, browser.send)
        return browser

    browser = loops.run(run())
    assert browser.status == 413
    assert b"4 MiB" in browser.body


def test_a_body_that_grows_over_the_limit_is_refused(threads: Threads) -> None:
    chunks = [b"x" * MIB] * 6
    assert ask(threads, echo, chunks, method="POST", headers={"transfer-encoding": "chunked"}).status == 413


def test_a_browser_that_leaves_while_sending_runs_no_page(threads: Threads) -> None:
    async def run() -> Browser:
        browser = Browser([b"begin"], sends_all=False)
        browser.has_left.set()
        about = scope(method="POST", headers={"content-length": "10"})
        await Bridge(echo, threads, MIB)(about, browser.receive, browser.send)
        return browser

    assert loops.run(run()).sent == []


class Flow:
    """A long answer that counts how far it was read and whether it was closed."""

    def __init__(self, chunks: int = 1000) -> None:
        self.chunks = chunks
        self.produced = 0
        self.is_closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self.chunks):
            self.produced += 1
            yield b"y" * 1024

    def close(self) -> None:
        self.is_closed.set()


def flowing(flow: Flow) -> Page:
    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/csv")])
        return flow

    return page


def test_a_long_answer_flows_whole_and_is_closed(threads: Threads) -> None:
    flow = Flow()
    browser = ask(threads, flowing(flow))
    assert len(browser.body) == 1000 * 1024
    assert browser.sent[-1]["more_body"] is False
    assert flow.is_closed.wait(5)


def test_a_slow_reader_holds_back_the_page_and_nobody_else(threads: Threads) -> None:
    async def run() -> tuple[list[Flow], Browser]:
        flows = [Flow() for _ in range(6)]
        stuck = [Browser() for _ in flows]
        tasks = []
        for flow, browser in zip(flows, stuck, strict=True):
            browser.may_read.clear()
            tasks.append(
                asyncio.ensure_future(Bridge(flowing(flow), threads, MIB)(scope(), browser.receive, browser.send))
            )
        while not all(flow.produced for flow in flows):
            await asyncio.sleep(0)
        quick = Browser()
        await asyncio.wait_for(Bridge(said(b"quick"), threads, MIB)(scope(), quick.receive, quick.send), 5)
        assert all(flow.produced <= 4 for flow in flows)
        for browser in stuck:
            browser.may_read.set()
        await asyncio.gather(*tasks)
        return flows, quick

    flows, quick = loops.run(run())
    assert quick.body == b"quick"
    assert all(flow.produced == 1000 for flow in flows)


def test_a_browser_that_leaves_ends_the_page_and_closes_it(threads: Threads) -> None:
    async def run() -> Flow:
        flow, browser = Flow(chunks=1_000_000), Browser()
        task = asyncio.ensure_future(Bridge(flowing(flow), threads, MIB)(scope(), browser.receive, browser.send))
        while flow.produced < 10:
            await asyncio.sleep(0)
        browser.has_left.set()
        await asyncio.wait_for(task, 5)
        return flow

    flow = loops.run(run())
    assert flow.is_closed.wait(5)
    assert flow.produced < 1_000_000


def test_a_page_that_breaks_says_so_and_its_thread_goes_on(threads: Threads, caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError("secret detail")

    for _ in range(3):
        browser = ask(threads, broken)
        assert browser.status == 500
        assert b"secret" not in browser.body
    assert "failed outside the framework" in caplog.text


def test_a_page_that_ends_the_program_ends_neither_its_thread_nor_the_wait(threads: Threads) -> None:
    def leaving(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise SystemExit

    assert [ask(threads, leaving).status for _ in range(3)] == [500] * 3


def test_a_stream_nobody_could_begin_to_send_to_ends_its_page(threads: Threads) -> None:
    class Gone(Browser):
        async def send(self, message: dict[str, Any]) -> None:
            raise ConnectionError

    async def run() -> bool:
        flow, browser = Flow(chunks=1_000_000), Gone()
        with pytest.raises(ConnectionError):
            await Bridge(flowing(flow), threads, MIB)(scope(), browser.receive, browser.send)
        return await asyncio.to_thread(flow.is_closed.wait, 5)

    assert loops.run(run())


def test_a_body_that_the_disk_does_not_take_is_refused_in_words(threads: Threads, tmp_path: Path) -> None:
    async def run() -> Browser:
        browser = Browser([b"x" * (IN_MEMORY + 1)])
        bridge = Bridge(echo, threads, 4 * MIB, tmp_path / "nowhere")
        await bridge(scope("POST", headers={"transfer-encoding": "chunked"}), browser.receive, browser.send)
        return browser

    browser = loops.run(run())
    assert browser.status == 503
    assert b"no room" in browser.body


def test_a_stream_that_breaks_is_closed_and_logged(threads: Threads, caplog: pytest.LogCaptureFixture) -> None:
    class Breaking(Flow):
        def __iter__(self) -> Iterator[bytes]:
            yield b"beginning"
            raise ValueError

    flow = Breaking()
    assert ask(threads, flowing(flow)).body == b"beginning"
    assert flow.is_closed.wait(5)
    assert "broke off" in caplog.text


def file_page(path: Path, announced: int, skip: int = 0) -> Page:
    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(announced)), ("Content-Type", "image/png")])
        file = path.open("rb")
        file.seek(skip)
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](file, 4096)
        return wrapped

    return page


def test_a_whole_file_is_left_to_the_server(threads: Threads, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(b"z" * 300_000)
    sends_paths = {"http.response.pathsend": {}}
    browser = ask(threads, file_page(path, 300_000), extensions=sends_paths)
    assert browser.sent[1] == {"type": "http.response.pathsend", "path": str(path)}
    part = ask(threads, file_page(path, 100_000, skip=200_000), extensions=sends_paths)
    assert len(part.body) == 100_000
    assert len(ask(threads, file_page(path, 300_000)).body) == 300_000


def test_head_sends_the_length_and_no_body(threads: Threads, tmp_path: Path) -> None:
    browser = ask(threads, said(b"hello"), method="HEAD")
    assert browser.headers[b"content-length"] == b"5"
    assert browser.body == b""
    path = tmp_path / "photo"
    path.write_bytes(b"z" * 10)
    browser = ask(threads, file_page(path, 10), method="HEAD", extensions={"http.response.pathsend": {}})
    assert (len(browser.sent), browser.body, browser.headers[b"content-length"]) == (2, b"", b"10")


def test_no_content_has_no_body(threads: Threads) -> None:
    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("304 Not Modified", [])
        return [b"stray"]

    assert ask(threads, page).body == b""


LONG = b"<p>The boiler at Elm Court loses pressure overnight.</p>" * 100


@pytest.mark.parametrize(
    ("kind", "accepts", "is_packed"),
    [
        ("text/html; charset=utf-8", "gzip, deflate, br", True),
        ("application/json", "br;q=1.0, gzip;q=0.8", True),
        ("text/html", "gzip;q=0", False),
        ("text/html", "br", False),
        ("text/html", "", False),
        ("image/png", "gzip", False),
        ("text/event-stream", "gzip", False),
    ],
)
def test_texts_are_compressed_for_those_who_ask(threads: Threads, kind: str, accepts: str, is_packed: bool) -> None:
    browser = ask(threads, said(LONG, kind, ("ETag", '"1"'), ("Vary", "Cookie")), headers={"accept-encoding": accepts})
    assert (browser.headers.get(b"content-encoding") == b"gzip") is is_packed
    assert (gzip.decompress(browser.body) if is_packed else browser.body) == LONG
    assert browser.headers[b"etag"] == (b'W/"1"' if is_packed else b'"1"')
    is_text = kind not in ("image/png", "text/event-stream")
    assert browser.headers[b"vary"] == (b"Cookie, Accept-Encoding" if is_text else b"Cookie")


def test_short_texts_and_packed_ones_are_left_alone(threads: Threads) -> None:
    assert ask(threads, said(b"short"), headers={"accept-encoding": "gzip"}).body == b"short"
    packed = said(LONG, "text/html", ("Content-Encoding", "br"))
    assert ask(threads, packed, headers={"accept-encoding": "gzip"}).body == LONG


@pytest.mark.parametrize("header", ["gzip", "GZIP", "deflate, gzip;q=0.5", "x-gzip"])
def test_gzip_is_recognised(header: str) -> None:
    assert takes_gzip(header)


def test_an_idle_pool_has_its_own_threads_again_after_lending() -> None:
    left = []
    pool = Threads(2, on_leaving=lambda: left.append(1))
    for _ in range(5):
        assert len(ask(pool, flowing(Flow(10))).body) == 10 * 1024
    ask(pool, said(b"one more"))
    assert pool.stop(5)
    assert len(left) == 2 + 5
