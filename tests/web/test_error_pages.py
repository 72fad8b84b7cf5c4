"""The pages for what cannot be shown or done: one family, in the reader's language and the product's voice."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import RequestFactory
from django.utils import translation

from watercooler.foundation.base import errors, front, refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def page_of(refused):
    """Return the page that a browser without script gets for a refusal."""
    answer = refusals.ErrorsInWords(lambda _: None).process_exception(
        RequestFactory().post("/x", {"title": "Ice"}), refused
    )
    assert answer.status_code == refused.status
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("refused", "heading"),
    [
        (errors.NotAllowed("Only an administrator can do that."), "That is for somebody else to do"),
        (errors.Stale("Ingrid changed it."), "Somebody was quicker"),
        (errors.TooLarge("At most 20 MB, please."), "That is too large to keep"),
        (errors.TooMany("Wait a minute."), "A little slower, please"),
        (errors.Invalid("Write a title."), "That did not work"),
    ],
)
def test_a_refusal_says_what_it_is_why_and_where_to_go(refused, heading):
    page = page_of(refused)
    assert f"<h1>{heading}</h1>" in page
    assert f"<title>{heading} · " in page
    assert f'<p role="alert" data-refused>{refused.sentence}</p>' in page, "script keeps the draft by this mark"
    assert 'class="art"' in page
    assert 'href="/home"' in page
    assert "Ice</textarea>" in page


def test_what_is_gone_broken_or_without_signal_looks_alike_and_reads_in_the_readers_direction():
    request = RequestFactory().get("/x")
    request.COOKIES["theme"] = "dark"
    with translation.override("ar"):
        broken = unescape(front.broken(request).content.decode())
        away = unescape(front.offline(request).content.decode())
        missing = unescape(front.not_found(request).content.decode())
    for page in (broken, away, missing):
        assert 'lang="ar" dir="rtl"' in page
        assert 'class="art"' in page
        assert page.count("<h1>") == 1
    assert 'data-theme="dark"' in broken
    assert 'data-theme="dark"' in missing
