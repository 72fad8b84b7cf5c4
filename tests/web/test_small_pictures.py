"""The small pictures that lists show: made once, of pictures that are there."""

import pytest

from tests.pictures import picture, upload
from watercooler.foundation.base.files.keep import path_of
from watercooler.spine.content import thumbnails
from watercooler.spine.content.models import Attachment

pytestmark = pytest.mark.django_db


def test_a_small_picture_is_made_once_of_what_is_there_and_is_a_picture(company, sign_in):
    def sent(name, body):
        sign_in(company.priya).post("/attachments", {"file": upload(name, body)})
        return Attachment.objects.latest("pk")

    first, other = (sent(name, picture("JPEG", (2000, 1000))) for name in ("a.jpg", "b.jpg"))
    words = sent("c.txt", b"Not a picture.")
    thumbnails.make_small(first.pk)
    small = path_of(first.stored, small=True)
    small.write_bytes(b"made before")
    for made in (first, words):
        thumbnails.make_small(made.pk)
    assert small.read_bytes() == b"made before"
    path_of(other.stored).unlink()
    thumbnails.make_small(other.pk)
    assert list(Attachment.objects.filter(has_thumbnail=True)) == [first]
