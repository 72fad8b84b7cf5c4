"""What the pages are told of a request: decoded once, headers joined, and no more believed than is safe."""

from __future__ import annotations

from tests.asgi import scope
from watercooler.config.bridge.request import environ_of


def test_the_environment_of_a_request() -> None:
    about = scope("POST", b"/spaces/caf%C3%A9/%2F", {"host": "localhost:8000", "content-type": "text/plain"})
    about["query_string"] = b"q=%C3%A4"
    environ = environ_of(about, None)
    assert environ["PATH_INFO"] == "/spaces/caf\u00c3\u00a9//"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/spaces/café//"
    assert environ["QUERY_STRING"] == "q=%C3%A4"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["CONTENT_LENGTH"] == ""
    assert environ["HTTP_HOST"] == "localhost:8000"
    assert environ["REMOTE_ADDR"] == "10.0.0.7"
    assert environ["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert "HTTP_CONTENT_TYPE" not in environ


def test_a_path_that_is_not_unicode_passes_as_bytes() -> None:
    assert environ_of(scope(path=b"/%ff"), None)["PATH_INFO"].encode("latin-1") == b"/\xff"


def test_repeated_headers_are_joined_and_treacherous_ones_dropped() -> None:
    about = scope()
    about["headers"] = [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"x"),
        (b"accept", b"y"),
        (b"x_forwarded_for", b"1.1.1.1"),
        (b"proxy", b"http://evil"),
        (b"content-length", b""),
    ]
    environ = environ_of(about, None)
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "x,y"
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert "HTTP_PROXY" not in environ
    assert environ["CONTENT_LENGTH"] == ""


def test_only_named_proxies_are_believed() -> None:
    headers = {"x-forwarded-for": "6.6.6.6, 9.9.9.9, 10.0.0.8", "x-forwarded-proto": "https"}
    stranger = environ_of(scope(headers=headers), None)
    assert (stranger["REMOTE_ADDR"], stranger["wsgi.url_scheme"]) == ("10.0.0.7", "http")
    behind = environ_of(scope(headers=headers), None, frozenset({"10.0.0.7", "10.0.0.8"}))
    assert (behind["REMOTE_ADDR"], behind["wsgi.url_scheme"]) == ("9.9.9.9", "https")
