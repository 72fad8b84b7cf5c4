"""Sending files in ways that no page does: too much announced, nothing at all, names that are none."""

import pytest

from tests.pictures import upload
from watercooler.spine.content.models import Attachment

pytestmark = pytest.mark.django_db


def test_a_body_that_says_it_is_huge_is_not_even_read(company, sign_in):
    answer = sign_in(company.priya).post("/attachments", {"file": upload()}, CONTENT_LENGTH=str(10**12))
    assert answer.status_code == 413


def test_no_file_at_all_is_said_in_words(company, sign_in):
    answer = sign_in(company.priya).post("/attachments", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (422, "Choose a file first.")


def test_a_zero_byte_in_a_name_changes_nothing(company, sign_in):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png\x00.exe"\r\n'
        b"Content-Type: image/png\r\n\r\nMZ nothing\r\n--b--\r\n"
    )
    answer = sign_in(company.priya).post("/attachments", body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 201
    assert "\x00" not in Attachment.objects.get().name


def test_a_picture_that_nobody_described_still_has_a_name_as_a_link(company, sign_in):
    client = sign_in(company.priya)
    client.post("/attachments", {"file": upload()}, headers={"Accept": "application/json"})
    post = company.post("Look at this.", by="priya", attachments=[Attachment.objects.get().pk])
    assert 'alt="Picture from Priya Raman"' in client.get(company.heat.url).text
    assert 'alt="Photo"' in client.get(post.url).text
