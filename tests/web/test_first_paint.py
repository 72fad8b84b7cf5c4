"""How soon a page can be shown: whose page brings its styles along, and whose asks for them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest
from django.test import Client

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
    sheet = re.search(r"<style>(.*?)</style>", first.content.decode(), re.S).group(1)
    assert "@layer" in sheet
    assert LINK not in page
    assert 'rel="prefetch" as="style" href="/static/built/app.' in page, "the next page finds it kept"
    assert "Link" not in first
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in first["Content-Security-Policy"]
    cookie = first.cookies["styles"]
    assert re.fullmatch(r"app\.[\w-]+\.css", cookie.value)
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    again = noah.get("/home", headers=ARRIVING)
    assert "<style>" not in html(again)
    assert LINK in html(again)
    assert "styles" not in again.cookies
    noah.cookies["styles"] = "app.older000.css"
    assert "<style>" in html(noah.get("/home", headers=ARRIVING))


def test_who_follows_a_link_of_ours_asks_for_the_styles(noah):
    inside = noah.get("/spaces", headers={"Sec-Fetch-Site": "same-origin"})
    assert LINK in html(inside)
    assert inside["Link"].startswith("</static/built/app.")
    assert not inside.cookies
    stranger = html(Client().get("/sign-in", headers=ARRIVING))
    assert LINK in stranger
    assert "<style>" not in stranger
