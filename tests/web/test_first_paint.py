"""How soon a page can be shown: whose page brings its styles along, and whose asks for them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest
from django.test import Client

from watercooler.foundation.base.static import digest, written

pytestmark = pytest.mark.django_db
ARRIVING = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}
LINK = '<link rel="stylesheet" href="/static/built/app.'


def html(answer):
    return unescape(answer.content.decode())


@pytest.fixture
def noah(company, sign_in):
    return sign_in(company.noah)


def test_who_comes_from_elsewhere_is_sent_the_styles_in_the_page_once(noah):
    first = noah.get("/home", headers=ARRIVING)
    page = html(first)
    name, sheet = re.search(r'<style data-sheet="([^"]+)">(.*?)</style>', first.content.decode(), re.S).groups()
    assert "@layer" in sheet
    assert LINK not in page
    assert "Link" not in first
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in first["Content-Security-Policy"]
    assert not first.cookies, "a script says that the sheet is kept, once it is"
    noah.cookies["styles"] = unescape(name).rpartition("/")[2]
    again = noah.get("/home", headers=ARRIVING)
    assert "<style" not in html(again)
    assert LINK in html(again)
    noah.cookies["styles"] = "app.older000.css"
    assert "<style" in html(noah.get("/home", headers=ARRIVING))


def test_who_follows_a_link_of_ours_asks_for_the_styles(noah):
    inside = noah.get("/spaces", headers={"Sec-Fetch-Site": "same-origin"})
    assert LINK in html(inside)
    assert inside["Link"].startswith("</static/built/app.")
    assert not inside.cookies
    stranger = html(Client().get("/sign-in", headers=ARRIVING))
    assert LINK in stranger
    assert "<style" not in stranger


def test_styles_are_read_once_and_not_for_each_page():
    assert written("app.css") is written("app.css")
    assert digest("app.css") is digest("app.css")
