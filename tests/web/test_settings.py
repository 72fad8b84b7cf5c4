"""What people write of themselves, and what they cannot write (R90, R91)."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from PIL import Image

from tests.doors import commits, fresh
from watercooler.foundation.base.errors import NotAllowed
from watercooler.spine.people import portraits
from watercooler.spine.people.acts import LOCKED, change_profile
from watercooler.spine.people.models import Person, Site

__all__ = ["commits", "fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]

OWN = {
    "about": "Ask me anything.",
    "offers": "Gas boilers, Tamil, Gas boilers",
    "wants_to_learn": "Ground source",
    "languages": "English, Tamil",
    "pronouns": "she/her",
    "status": "Open to questions",
    "theme": "dark",
    "has_shortcuts": "on",
}


def test_what_people_say_of_themselves_is_theirs(company, sign_in):
    client = sign_in(company.priya)
    assert client.post("/me/settings", OWN)["Location"] == "/me/settings"
    company.priya.refresh_from_db()
    assert company.priya.offers == ["Gas boilers", "Tamil"]
    assert (company.priya.pronouns, company.priya.theme) == ("she/her", "dark")
    page = client.get("/people/priya").content.decode()
    assert "Ask me anything." in page
    assert 'data-theme="dark"' in page  # the kept viewer was dropped


LIES = {
    "name": "Ruth Adeyemi",
    "handle": "ruth",
    "email": "priya@evil.example",
    "job": "Chief executive",
    "site": "1",
    "site_id": "1",
    "unit": "1",
    "manager": "1",
    "manager_id": "1",
    "role": "40",
    "sponsor": "1",
    "ends_on": "2099-01-01",
    "is_active": "",
    "joined_at": "2001-01-01",
    "password": "x",
    "is_imported": "on",
    "version": "99",
}
LOCKED_COLUMNS = ["name", "handle", "email", "job", "site_id", "unit_id", "manager_id", "role", "sponsor_id", "ends_on"]
LOCKED_COLUMNS += ["is_active", "joined_at", "is_imported"]


def facts(person):
    return Person.objects.filter(pk=person.pk).values(*LOCKED_COLUMNS).get()


@pytest.mark.parametrize("field", sorted(LOCKED))
def test_the_act_refuses_every_locked_field(company, field):
    with pytest.raises(NotAllowed):
        change_profile(company.viewer("priya"), **{field: "x"})


def own_addresses():
    """Every address of the product that takes no arguments, and those of one's own person."""
    return sorted(
        {
            f"/{pattern.pattern}"
            for included in get_resolver().url_patterns
            for pattern in getattr(included, "url_patterns", [included])
            if "<" not in str(pattern.pattern) and "(" not in str(pattern.pattern)
        }
    )


@pytest.mark.parametrize("who", ["priya", "elena", "sam"])
def test_no_page_of_the_product_writes_a_locked_field(company, sign_in, who):
    """Sent to every address there is, the lies change nobody: who writes them is the directory alone."""
    person = getattr(company, who)
    client = sign_in(person)
    client.raise_request_exception = False
    before = {p.pk: facts(p) for p in Person.objects.all()}
    addresses = own_addresses()
    assert "/me/settings" in addresses
    for path in [a for a in addresses if a not in {"/sign-out", "/live/stream"}]:
        client.post(path, {**OWN, **LIES})
        client.post(f"{path}?name=Ruth+Adeyemi&role=40", {**LIES})
    for path in (f"/people/{person.handle}", f"/studio/people/{person.handle}", "/people/ruth", "/studio/people/ruth"):
        client.post(path, LIES)
    assert {p.pk: facts(p) for p in Person.objects.all()} == before


def test_locked_facts_are_shown_with_the_reason(company, sign_in):
    page = sign_in(company.priya).get("/me/settings").content.decode()
    assert "come from your organisation and cannot be changed here" in page
    assert "Heat pump engineer" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", "x" * 2001),
        ("status", "x" * 81),
        ("offers", ",".join(f"skill {n}" for n in range(21))),
        ("offers", "x" * 61),
        ("theme", "pink"),
        ("pronouns", "x" * 41),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_stays_typed(company, sign_in, field, value):
    answer = sign_in(company.priya).post("/me/settings", {**OWN, field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page
    assert "she/her" in page or field == "pronouns"
    company.priya.refresh_from_db()
    assert company.priya.pronouns == ""


def test_invisible_and_turning_characters_are_taken_out(company, sign_in):
    sign_in(company.priya).post("/me/settings", {**OWN, "status": "Open\u202eto\u200b questions", "about": "a\u2066b"})
    company.priya.refresh_from_db()
    assert company.priya.status == "Opento questions"
    assert company.priya.about == "ab"


def test_what_people_write_is_never_markup(company, sign_in):
    client = sign_in(company.priya)
    client.post("/me/settings", {**OWN, "about": "<script>alert(1)</script>", "offers": '"><img src=x onerror=1>'})
    page = client.get("/people/priya").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# Photos.


def photo(kind="JPEG", size=(800, 600), exif=None, name="me.jpg"):
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, kind, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_two_square_pictures(company, sign_in, kind):
    client = sign_in(company.priya)
    client.post("/me/settings/photo", {"photo": photo(kind)})
    company.priya.refresh_from_db()
    for address, side in ((company.priya.photo, 128), (portraits.large(company.priya.photo), 512)):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
        picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert picture.size == (side, side)
    assert company.priya.photo in client.get("/people/priya").content.decode().replace("&#x2f;", "/")


def test_where_and_when_a_photo_was_taken_is_not_kept(company, sign_in):
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    client = sign_in(company.priya)
    client.post("/me/settings/photo", {"photo": photo(exif=exif)})
    company.priya.refresh_from_db()
    for path in (company.priya.photo, portraits.large(company.priya.photo)):
        data = b"".join(client.get(path).streaming_content)
        assert b"Secret place" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 40, b"\xff\xd8\xff\xe0 cut off", b"%PDF-1.7"]
)
def test_what_is_no_photo_is_refused_by_its_content(company, sign_in, data):
    upload = SimpleUploadedFile("me.jpg", data, content_type="image/jpeg")
    assert sign_in(company.priya).post("/me/settings/photo", {"photo": upload}).status_code == 422
    company.priya.refresh_from_db()
    assert company.priya.photo == ""


def test_why_it_is_no_photo_stands_beside_its_field(company, sign_in):
    upload = SimpleUploadedFile("me.jpg", b"hello", content_type="image/jpeg")
    read = sign_in(company.priya).post("/me/settings/photo", {"photo": upload}).content.decode()
    assert 'aria-describedby="photo-hint photo-error" aria-invalid="true"' in read
    assert re.search(r'id="photo-error">.*That is not a JPEG, PNG, WebP or HEIC picture\.', read)
    assert "In your own words" in read  # the page they came from, with all that stands on it


def test_holes_of_a_picture_are_white(company, sign_in):
    drawn = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(drawn, "PNG")
    client = sign_in(company.priya)
    client.post("/me/settings/photo", {"photo": SimpleUploadedFile("me.png", drawn.getvalue())})
    company.priya.refresh_from_db()
    kept = Image.open(io.BytesIO(b"".join(client.get(company.priya.photo).streaming_content)))
    assert min(kept.convert("RGB").getpixel((64, 64))) > 250


def test_a_photo_with_too_many_pixels_is_refused(company, sign_in, monkeypatch):
    monkeypatch.setattr(portraits, "MOST_PIXELS", 100)
    assert sign_in(company.priya).post("/me/settings/photo", {"photo": photo()}).status_code == 413


def test_a_photo_can_be_taken_away_again(company, sign_in):
    client = sign_in(company.priya)
    client.post("/me/settings/photo", {"photo": photo()})
    client.post("/me/settings/photo/remove")
    company.priya.refresh_from_db()
    assert company.priya.photo == ""


def test_portraits_are_for_those_inside(company, sign_in):
    sign_in(company.priya).post("/me/settings/photo", {"photo": photo()})
    company.priya.refresh_from_db()
    assert Client().get(company.priya.photo).status_code == 302


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "x.webp", "a" * 32 + "-256.webp", "a" * 32 + "-128.webp"])
def test_nothing_but_portraits_is_served_there(company, sign_in, name):
    assert sign_in(company.priya).get(f"/portraits/{name}").status_code == 404


def test_a_site_that_people_work_at_is_not_theirs_to_change(company, sign_in):
    sign_in(company.priya).post("/me/settings", {**OWN, "site": "Elsewhere"})
    assert not Site.objects.filter(name="Elsewhere").exists()
