"""Films on a page: they play with their captions, for those who may read what they are on, and tell no place."""

import pytest

from tests.films import PLACE, SRT, film
from tests.pictures import upload
from watercooler.foundation.base.files.keep import path_of
from watercooler.spine.content.models import Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(company, sign_in):
    """Return a function that sends a file as Priya and returns what was kept."""

    def sending(name, body):
        answer = sign_in(company.priya).post("/attachments", {"file": upload(name, body)})
        assert answer.status_code == 201
        return Attachment.objects.get(pk=answer.json()["id"])

    return sending


def test_a_film_tells_no_place(sent):
    made = sent("tour.mp4", film())
    assert made.content_type == "video/mp4"
    assert PLACE not in path_of(made.stored).read_bytes()


@pytest.mark.parametrize("kind", ["question", "post", "article"])
@pytest.mark.parametrize("is_in_text", [True, False])
def test_it_plays_with_its_captions(company, sign_in, sent, kind, is_in_text):
    tour, words = sent("tour.mp4", film()), sent("tour.srt", SRT.encode())
    assert (words.name, words.content_type) == ("tour.vtt", "text/vtt")
    source = f"Look.\n\n[tour.mp4]({tour.url})\n" if is_in_text else "Look."
    made = getattr(company, kind)(by="priya", source=source, attachments=[tour.pk, words.pk])
    item = getattr(made, "item", made)
    page = sign_in(company.tomasz).get(item.url).content.decode()
    assert page.count(f'<video controls preload="metadata" playsinline src="{tour.url}"') == 1
    assert f'<track kind="captions" src="{words.url}" label="Captions">' in page
    assert sign_in(company.tomasz).get(words.url)["Content-Type"] == "text/vtt"


def test_a_file_of_any_name_that_stands_in_the_text_is_not_listed_again(company, sign_in, sent):
    plan = sent("Prüfplan.txt", b"First the valves.")
    item = company.question(by="priya", source=f"It is [here]({plan.url}).", attachments=[plan.pk]).item
    page = sign_in(company.tomasz).get(item.url).content.decode()
    assert page.count(f"/files/{plan.pk}/") == 1
