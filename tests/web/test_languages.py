"""The interface in German: whole pages without a leftover English sentence, chosen in the settings."""

from __future__ import annotations

import gettext
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.doors import commits
from watercooler.places.mentoring import acts as mentoring
from watercooler.spine.activity.worker import follow
from watercooler.spine.social import acts as social

__all__ = ["commits"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]
CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES"
WRITTEN = {"Fewer return visits"}
"""What somebody of the company wrote, and a field gives as an example."""
PLACE = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
LANGUAGE = {"language": "de", "theme": "system"}


@pytest.fixture(autouse=True)
def _back_to_english():
    yield
    translation.activate(settings.LANGUAGE_CODE)


def sentences() -> dict[str, str]:
    """Return English → German of what is long enough to be recognised in a page, by pieces between placeholders."""
    with (CATALOGUE / "django.mo").open("rb") as opened:
        said = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
    whole = {english: german for english, german in said.items() if isinstance(english, str)}
    pieces = {piece.strip(): german for english, german in whole.items() for piece in PLACE.split(english)}
    longer = {piece: german for piece, german in pieces.items() if len(piece) > 14 and piece not in german}
    return {english: german for english, german in longer.items() if english not in WRITTEN}


def in_german(company, sign_in, name="priya"):
    client = sign_in(company.people[name])
    assert client.post("/me/settings", LANGUAGE)["Location"] == "/me/settings"
    return client


PAGES = ("/home", "/home?tab=following", "/home?tab=help-out", "/home?tab=saved", "/spaces", "/spaces/new", "/people",
         "/people/priya", "/people/noah", "/library", "/inbox", "/inbox/requests", "/inbox/levels", "/search?q=kalt",
         "/compose?kind=question", "/compose?kind=article", "/me/settings", "/me/drafts", "/me/following",
         "/me/security", "/start", "/spaces/heat-pump-engineers/", "/spaces/heat-pump-engineers/about",
         "/spaces/heat-pump-engineers/members", "/no-such-page")  # fmt: skip


def words_of(page: str) -> str:
    """Return what is read on a page, with what attributes say to those who hear it."""
    page = re.sub(r"<script[^>]*>.*?</script>", " ", page, flags=re.DOTALL)
    said = " ".join(re.findall(r'(?:aria-label|title|placeholder)="([^"]*)"', page))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page) + " " + said))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_german_says_nothing_in_english(company, sign_in, page):
    question = company.question()
    company.answer(question)
    company.article(by="priya")
    social.helped(company.viewer("priya"), company.post(by="noah"))
    mentoring.offer(company.viewer("priya"), helps_with=["Fault finding"], rhythm="monthly")
    mentoring.ask(company.viewer("elena"), company.priya, "Please show me.", ["Fault finding"])
    follow()
    client = in_german(company, sign_in)
    answer = client.get(page).text
    assert '<html lang="de"' in answer
    read = words_of(answer)
    left = [english for english in sentences() if re.search(rf"(?<!\w){re.escape(english)}(?!\w)", read)]
    assert not left


def test_a_line_of_mentoring_in_german(company, sign_in):
    mentoring.offer(company.viewer("priya"), helps_with=["Fault finding"], rhythm="monthly")
    mentoring.ask(company.viewer("elena"), company.priya, "Please show me.", ["Fault finding"])
    follow()
    page = words_of(in_german(company, sign_in).get("/inbox").text)
    assert "bittet dich um Mentoring" in page
    assert "be their mentor" not in page


def test_a_thread_in_german(company, sign_in):
    question = company.question(by="priya")
    company.answer(question)
    client = in_german(company, sign_in)
    page = unescape(client.get(question.item.url).text)
    assert "1 Antwort" in page
    assert "Diese Antwort annehmen" in page
    assert "Fragen oder teilen" in page
    assert json.loads(re.search(r'id="words">(.*?)</script>', page)[1])["Draft saved"] == "Entwurf gespeichert"


def test_each_reads_their_own_language_at_the_same_time(company, sign_in, client):
    """Cards and frames are kept for everybody: one language must never be shown in the other."""
    company.question(by="noah")
    german = in_german(company, sign_in)
    english = sign_in(company.tomasz, Client())
    for _again in range(2):
        assert "Fragen oder teilen" in german.get("/spaces/heat-pump-engineers/").text
        page = english.get("/spaces/heat-pump-engineers/").text
        assert "Ask or share" in page
        assert "Fragen oder teilen" not in page
        assert 'id="words"' not in page


def test_a_strangers_browser_is_believed(company, client):
    assert "Passwort vergessen?" in client.get("/sign-in", headers={"Accept-Language": "de-AT,de;q=0.9"}).text
    assert "Forgotten your password?" in client.get("/sign-in", headers={"Accept-Language": "cy"}).text


def test_a_refusal_is_in_the_language_of_who_is_refused(company, sign_in):
    client = in_german(company, sign_in)
    answer = client.get("/spaces/medicines/settings", headers={"Accept": "application/json"})
    assert answer.json()["message"] == "Das kann nur ein Host."


def test_open_to_questions_is_found_in_every_language(company, sign_in):
    client = in_german(company, sign_in)
    client.post("/me/settings", {**LANGUAGE, "status": "Offen für Fragen"})
    found = sign_in(company.noah).get("/people?open=1").text
    assert "Priya Raman" in found
    assert "Tomasz" not in found.split('id="main"')[1]


def test_an_unknown_language_is_refused_beside_the_field(company, sign_in):
    assert sign_in(company.priya).post("/me/settings", {**LANGUAGE, "language": "xx"}).status_code == 422
