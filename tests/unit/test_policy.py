"""The headers that every answer carries."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from watercooler.foundation.base import policy


@pytest.fixture
def answer(settings):
    """Return a function that gives an answer's headers; what the middleware keeps is made anew before and after."""

    def given(is_secure, **own):
        settings.SESSION_COOKIE_SECURE = is_secure
        policy._said.cache_clear()
        return policy.SamePolicy(lambda _request: HttpResponse(headers=own))(RequestFactory().get("/")).headers

    yield given
    policy._said.cache_clear()


def test_browsers_keep_to_https_where_cookies_do(answer):
    assert answer(True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in answer(False)


def test_an_answer_keeps_what_it_says_itself(answer):
    headers = answer(False, **{"Content-Security-Policy": "sandbox"})
    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
