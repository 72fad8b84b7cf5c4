"""Keys, tags, pages and limits: what stands around every operation of the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.programs import Program, of, refused
from watercooler.doors.api import acts
from watercooler.doors.api.keeping import forget_old
from watercooler.doors.api.models import Answered
from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db

pytestmark = pytest.mark.django_db
POST = {"kind": "post", "space": "heat-pump-engineers", "source": "Frost."}


@pytest.fixture
def priya(company):
    return Program(company, "priya")


def ask_with(secret, path="/me", method="GET", **headers):
    return Client().generic(method, f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}", **headers})


def test_a_write_sent_twice_with_its_key_is_done_once(company, priya):
    first = priya.post("/items", POST, **{"Idempotency-Key": "one"})
    again = priya.post("/items", POST, **{"Idempotency-Key": "one"})
    assert of(first, 201) == of(again, 201)
    assert again["Idempotent-Replayed"] == "true"
    assert Item.objects.count() == 1
    other = {**POST, "source": "Ice."}
    assert refused(priya.post("/items", other, **{"Idempotency-Key": "one"}), 422, "Idempotency-Key")
    of(Program(company, "noah").post("/items", POST, **{"Idempotency-Key": "one"}), 201)
    assert Item.objects.count() == 2, "a key is its sender's own"


def test_the_key_holds_even_where_the_answer_was_lost(priya):
    made = of(priya.post("/items", POST, **{"Idempotency-Key": "lost"}), 201)
    Answered.objects.all().delete()
    assert of(priya.post("/items", POST, **{"Idempotency-Key": "lost"}), 201)["id"] == made["id"]


def test_a_refused_write_may_be_mended_under_its_key(priya):
    refused(priya.post("/items", {**POST, "source": ""}, **{"Idempotency-Key": "k"}), 422, "source")
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)


def test_a_write_under_way_is_not_done_beside_itself(company, priya):
    Answered.objects.create(person=company.priya, key="k", fingerprint="other", at=timezone.now())
    refused(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 422, "Idempotency-Key")
    Answered.objects.update(at=timezone.now() - timedelta(minutes=2))
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)


def test_answers_are_forgotten_after_a_day(priya):
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)
    assert forget_old() == 0
    assert forget_old(timezone.now() + timedelta(days=1, minutes=1)) == 1


def test_a_file_sent_twice_with_its_key_is_kept_once(priya):
    said = {"Authorization": f"Bearer {priya.secret}", "Idempotency-Key": "file"}

    def send(text):
        return priya.client.post("/api/v1/attachments", {"file": SimpleUploadedFile("a.txt", text)}, headers=said)

    assert of(send(b"Hello"), 201) == of(send(b"Hello"), 201)
    assert refused(send(b"Other"), 422, "Idempotency-Key")


def test_what_has_not_changed_is_not_sent_again(company, priya):
    item = company.post(by="noah")
    first = priya.get(f"/items/{item.pk}")
    same = priya.get(f"/items/{item.pk}", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    of(priya.put(f"/items/{item.pk}/helped"), 204)
    of(priya.get(f"/items/{item.pk}", **{"If-None-Match": first["ETag"]}))
    head = priya.ask("HEAD", f"/items/{item.pk}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"]


def test_pages_follow_one_another_without_gap_or_double(company, priya):
    made = [company.post(f"Number {n}.", by="noah").pk for n in range(7)]
    seen, address = [], "/items?limit=3&kind=post"
    while address:
        answer = priya.get(address)
        page = of(answer)
        seen += [item["id"] for item in page["items"]]
        address = page["next"]
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert seen == made[::-1]
    assert refused(priya.get("/items?after=nonsense"), 422, "after")
    assert refused(priya.get("/items?after=MDAwMDAwMDAx"), 422, "after")


def test_limits_are_said_and_kept(company, priya, settings):
    settings.API_LIMIT_PER_MINUTE = 2
    first = priya.get("/me")
    assert first["RateLimit-Policy"] == '"token";q=2;w=60'
    assert first["RateLimit"].startswith('"token";r=1;t=')
    of(priya.get("/me"))
    late = priya.get("/me")
    refused(late, 429)
    assert 0 < int(late["Retry-After"]) <= 60
    assert late["RateLimit"].startswith('"token";r=0;')
    ends = timezone.now() + timedelta(days=1)
    other = acts.make_token(company.viewer("priya"), name="Another", scopes=["read"], ends_at=ends)[1]
    of(ask_with(other))
    assert ask_with(other).status_code == 429, "one person's tokens share twice the limit of one"


# What arrived and was not kept


def arriving(root):
    folder = root / "incoming"
    return list(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/attachments", {"wrong_name": "x"}),
        ("/attachments", {"file": "", "alt": "a\x00b"}),
        ("/me/photo", {"photo": "no picture"}),
        ("/me/photo", {"photo": "no picture", "more": "y"}),
        ("/me/photo", {"other": "x"}),
        ("/administration/organisation/logo", {"logo": "no picture"}),
        ("/items", {"file": "x"}),
        ("/nothing", {"file": "x"}),
        ("/me/feeds", {"file": "x"}),
    ],
)
def test_a_file_that_is_refused_leaves_nothing_on_disc_whoever_serves_us(
    company, priya, path, fields, tmp_path, settings
):
    """Also where the server never closes our answer, as some do when the line breaks."""
    settings.MEDIA_ROOT = tmp_path
    said = {"HTTP_AUTHORIZATION": f"Bearer {priya.secret}"}
    sent = {name: SimpleUploadedFile("a.bin", text.encode()) for name, text in fields.items() if name != "alt"}
    request = RequestFactory().post(
        f"/api/v1{path}", {**sent, **{k: v for k, v in fields.items() if k == "alt"}}, **said
    )
    response = get_wsgi_application().get_response(request)  # never closed
    assert response.status_code in {404, 413, 415, 422}
    assert arriving(tmp_path) == []
