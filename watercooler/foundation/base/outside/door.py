"""Sending one request to a server elsewhere, and reading a little of its answer.

The connection goes to an address that was looked at, and to no other; the certificate is still checked against the
name. No redirect is followed, no proxy and no cookie is used, and the whole of it ends at one point in time, however
slowly the other side speaks.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from watercooler.foundation.base.outside.addresses import Forbidden, check, resolve

SECONDS = 15.0
FAILURES = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError, OSError)


class NotReached(Exception):
    """There was no answer. The message is a translated sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. headers: names in lower case. is_cut: there was more than was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool
    milliseconds: int

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def reach(
    method: str,
    address: str,
    *,
    headers: Mapping[str, str],
    content: bytes = b"",
    most_bytes: int,
    seconds: float = SECONDS,
    plain: bool = False,
) -> Answer:
    """Send a request and return the answer, whatever its status. plain: http will do as well as https.

    Raises Forbidden, or NotReached where no answer came. Cost: the network, at most `seconds` and the time that the
    system takes to look up a name.
    """
    place = check(address, plain)
    began = time.monotonic()
    ours = {"User-Agent": f"Watercooler (+{settings.SITE_URL})", "Accept-Encoding": "identity", "Connection": "close"}
    door = _Door(began + seconds, place.is_named)
    try:
        with (
            httpx.Client(transport=door, trust_env=False, follow_redirects=False, timeout=seconds) as client,
            client.stream(method, address, headers={**ours, **headers}, content=content or None) as response,
        ):
            body, is_cut = _beginning(response.iter_raw(), most_bytes)
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise NotReached(_("No answer within %(seconds)s seconds.") % {"seconds": round(seconds)}) from None
    except FAILURES as error:
        raise NotReached(_why(error)) from error
    took = round((time.monotonic() - began) * 1000)
    return Answer(response.status_code, dict(response.headers), body, is_cut, took)


def _beginning(chunks: Iterator[bytes], most: int) -> tuple[bytes, bool]:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            return bytes(body[:most]), True
    return bytes(body), False


def _why(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _("The server’s certificate is not valid for this address.")
        if isinstance(cause, ssl.SSLError):
            return _("The server does not speak HTTPS as it should.")
        if isinstance(cause, ConnectionRefusedError):
            return _("The server refused the connection.")
        cause = cause.__cause__ or cause.__context__
    return _("The connection broke off.")


@cache
def certificates() -> ssl.SSLContext:
    """Return whom we trust to say who a server is; SSL_CERT_FILE adds an organisation's own. Cost: 20 ms, once."""
    return httpx.create_ssl_context()


class _Door(httpx.BaseTransport):
    """Carries one request over connections that `_Checked` makes."""

    def __init__(self, deadline: float, may_be_internal: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates(),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=_Checked(deadline, may_be_internal),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        said = self._pool.handle_request(
            httpcore.Request(
                request.method,
                target,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(said.status, headers=said.headers, stream=_Body(said))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, said: httpcore.Response) -> None:
        self._said = said

    def __iter__(self) -> Iterator[bytes]:
        yield from self._said.iter_stream()

    def close(self) -> None:
        self._said.close()


class _Checked(httpcore.NetworkBackend):
    """Looks a name up once, and connects to what it found."""

    def __init__(self, deadline: float, may_be_internal: bool) -> None:
        self._deadline, self._may_be_internal = deadline, may_be_internal
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError("No address.")
        for address in resolve(host, port, self._may_be_internal):
            try:
                left = _left(self._deadline, timeout)
                stream = self._network.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Hurried(stream, self._deadline)
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise Forbidden(_("That is not an address."))


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(left, timeout)


class _Hurried(httpcore.NetworkStream):
    """A connection that ends at its deadline: a server that sends a byte a second would never time out otherwise."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
