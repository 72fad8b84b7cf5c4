"""Files: known by their content, clean before they are acknowledged, and seen only with what they hang on."""

import re
import resource
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as house
from PIL import Image

from tests.pictures import PLACE, bomb, bomb_of_paper, heic, moving, pages_without_end, picture, telltale, upload
from watercooler.foundation.base.files.keep import path_of
from watercooler.spine.content import thumbnails
from watercooler.spine.content.acts import edit, hold, move, remove, restore
from watercooler.spine.content.models import Attachment, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(company, sign_in):
    """Return a function that sends a file as Priya and returns (answer, attachment or None)."""

    def sending(name="gauge.png", body=None, person=None, **more):
        client = sign_in(person or company.priya)
        answer = client.post(
            "/attachments", {"file": upload(name, body), **more}, headers={"Accept": "application/json"}
        )
        return answer, Attachment.objects.order_by("-pk").first()

    return sending


def on_disc():
    return {path for path in Path(house.MEDIA_ROOT).rglob("*") if path.is_file()}


def arriving():
    return {path for path in on_disc() if path.parent.name == "incoming"}


def body_of(answer):
    return b"".join(answer.streaming_content)


def test_a_picture_is_kept_under_an_unguessable_name(send):
    before = arriving()
    answer, made = send("My holiday.PNG", alt="A gauge")
    assert answer.status_code == 201
    assert answer.json()["markdown"] == f"![A gauge](/files/{made.pk}/My-holiday.PNG)"
    assert (made.width, made.height, made.content_type, made.alt) == (60, 40, "image/png", "A gauge")
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}", made.stored)
    assert path_of(made.stored).stat().st_mode & 0o777 == 0o600
    assert arriving() <= before


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_picture_says_where_it_was_taken(send, kind):
    before = telltale(kind, orientation=1)
    assert b"SpyCam" in before
    _answer, made = send(f"a.{kind.lower()}", before)
    kept = path_of(made.stored).read_bytes()
    assert b"SpyCam" not in kept
    assert PLACE not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.format == kind
        assert not dict(image.getexif())
        assert "xmp" not in image.info
        assert "comment" not in image.info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_held_sideways_is_turned_upright(send, kind):
    _answer, made = send("a.jpg", telltale(kind, (160, 80), orientation=6))
    assert (made.width, made.height) == (80, 160)
    with Image.open(path_of(made.stored)) as image:
        red, green, blue = image.convert("RGB").getpixel((75, 5))  # it was the upper left corner
        assert red > 200 > 90 > max(green, blue)


def test_a_photo_that_stands_upright_is_not_compressed_twice(send):
    with Image.open(BytesIO(telltale("JPEG", (400, 300), orientation=1))) as before:
        tables = before.quantization
    _answer, made = send("a.jpg", telltale("JPEG", (400, 300), orientation=1))
    with Image.open(path_of(made.stored)) as after:
        assert after.quantization == tables


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_move_on(send, kind):
    _answer, made = send("a.gif", moving(kind))
    with Image.open(path_of(made.stored)) as image:
        assert image.n_frames == 3


def test_an_iphone_s_photo_becomes_a_jpeg_that_tells_nothing(send):
    assert b"Camera" in heic()
    _answer, made = send("IMG_0042.HEIC", heic())
    assert (made.name, made.content_type, made.width, made.height) == ("IMG_0042.jpg", "image/jpeg", 32, 48)
    kept = path_of(made.stored).read_bytes()
    assert b"Camera" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert not dict(image.getexif())
        assert image.getpixel((16, 6))[2] > 150 > 90 > image.getpixel((16, 6))[0]  # the left of it is now above
        assert image.getpixel((16, 42))[0] > 150


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "CMYK", "I;16"])
def test_a_scan_becomes_a_jpeg(send, mode):
    colour = {"I;16": 65535, "CMYK": (0, 0, 0, 0), "RGBA": (0, 0, 0, 0)}.get(mode, "white")
    body = BytesIO()
    Image.new(mode, (60, 40), colour).save(body, "TIFF", description="SpyCam")
    _answer, made = send("plan.tif", body.getvalue())
    assert (made.name, made.content_type, made.width) == ("plan.jpg", "image/jpeg", 60)
    with Image.open(path_of(made.stored)) as image:
        assert image.format == "JPEG"
        assert min(image.convert("RGB").getpixel((30, 20))) > 250


def test_the_grey_of_a_scan_of_16_bits_stays_as_grey(send):
    body = BytesIO()
    Image.new("I;16", (60, 40), 0x8080).save(body, "TIFF")
    _answer, made = send("plan.tif", body.getvalue())
    with Image.open(path_of(made.stored)) as image:
        assert 120 < image.convert("L").getpixel((30, 20)) < 136


def test_pages_are_not_counted(send):
    began = time.process_time()
    answer, _made = send("pages.tif", pages_without_end())
    assert answer.status_code == 422
    assert "several pages" in answer.json()["message"]
    assert time.process_time() - began < 1


def test_very_large_pictures_are_made_smaller(send):
    _answer, made = send("a.png", picture("PNG", (5000, 2500)))
    assert (made.width, made.height) == (4096, 2048)


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (bomb(), 413, "more than 60 million pixels"),
        (bomb(8000, 8000), 413, "more than 60 million pixels"),
        (picture()[:60], 422, "broken"),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 9, 422, "broken"),
        (b"GIF89a/*" + b"\0" * 40 + b"*/=alert(1)", 422, "broken"),
        (b"II*\x00" + b"\0" * 40, 422, "broken"),
        (bomb_of_paper(), 413, "more than 60 million pixels"),
        (moving("TIFF"), 422, "several pages"),
        (moving("GIF", 6_001, (1, 1)), 413, "more than 60 million pixels"),
        (b"\x00\x00\x00\x18ftypheic" + b"\0" * 40, 422, "broken"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", 422, "broken"),
        (heic()[:-60], 422, "broken"),
        (b"", 422, "empty"),
    ],
)
def test_bombs_and_broken_pictures_are_refused_and_leave_nothing(send, body, status, sentence):
    before = on_disc()
    answer, made = send("a.png", body)
    assert answer.status_code == status
    assert sentence in answer.json()["message"]
    assert made is None
    assert on_disc() == before


def test_a_file_past_the_limit_is_refused_with_a_sentence(send, settings):
    settings.UPLOAD_LIMIT_MIB = 1
    answer, made = send("big.bin", b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.json()["message"] == "Files may be at most 1 MB."
    assert made is None
    answer, made = send("fits.bin", b"x" * (1024 * 1024))
    assert (answer.status_code, made.size_bytes) == (201, 1024 * 1024)


def test_large_files_are_written_in_pieces(send, settings, monkeypatch):
    from watercooler.foundation.base.files import keep

    pieces = []
    original = keep.ReceivedInPieces.receive_data_chunk
    monkeypatch.setattr(
        keep.ReceivedInPieces,
        "receive_data_chunk",
        lambda self, data, start: (pieces.append(len(data)), original(self, data, start))[1],
    )
    send("big.bin", b"x" * 3_000_000)
    assert sum(pieces) == 3_000_000
    assert max(pieces) <= 64 * 1024


@pytest.mark.parametrize("most", [1_000_000, 2_999_990])
def test_a_full_disk_keeps_no_half_of_a_file(send, most):
    before = on_disc()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            send("big.bin", b"x" * 3_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert on_disc() <= before


def test_sending_too_many_files_is_refused(send, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 2
    for _ in range(2):
        assert send()[0].status_code == 201
    assert send()[0].status_code == 429


@pytest.mark.parametrize(
    ("name", "body", "is_kept_as", "content_type", "is_shown"),
    [
        ("a.html", b"<script>alert(1)</script>", "a.html", "application/octet-stream", False),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "a.svg",
            "application/octet-stream",
            False,
        ),
        ("a.png", b"<?xml version='1.0'?><svg/>", "a.png", "application/octet-stream", False),
        ("report.pdf.exe", b"MZ\x90\x00", "report.pdf.exe", "application/octet-stream", False),
        ("photo.exe", picture(), "photo.exe.png", "image/png", True),
        ("photo.php.jpg", picture("JPEG"), "photo.php.jpg", "image/jpeg", True),
        ("../../../etc/passwd", b"root:x", "passwd", "application/octet-stream", False),
        ("..\\..\\boot.ini", b"x", "boot.ini", "application/octet-stream", False),
        ("photo\u202egnp.exe", b"MZ", "photognp.exe", "application/octet-stream", False),
        ("manual.pdf", b"%PDF-1.7\n", "manual.pdf", "application/pdf", False),
        ("table.xlsx", b"PK\x03\x04" + b"\0" * 30, "table.xlsx", "application/zip", False),
        ("clip.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", "clip.mp4", "video/mp4", True),
        ("x" * 240 + ".pdf", b"%PDF-1.7\n", "x" * 96 + ".pdf", "application/pdf", False),
        ("Müllers Prüfung #2 (neu)?.pdf", b"%PDF-1.7\n", "Müllers-Prüfung-2-neu.pdf", "application/pdf", False),
        ("a;rm -rf '$HOME'\"<b>.txt", b"hello", "a-rm-rf-HOME-b.txt", "application/octet-stream", False),
        (".htaccess", b"deny", "htaccess", "application/octet-stream", False),
    ],
)
def test_type_and_name_come_from_the_content(send, client, name, body, is_kept_as, content_type, is_shown):
    _answer, made = send(name, body)
    assert (made.name, made.content_type) == (is_kept_as, content_type)
    answer = client.get(made.url)
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("inline" if is_shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}", made.stored)


@pytest.mark.parametrize("path", ["../../secret_key", "%2e%2e/x", "gauge.png/../../x", "other.png", "gauge.png%00"])
def test_addresses_lead_nowhere_else(send, client, path):
    _answer, made = send()
    assert client.get(f"/files/{made.pk}/{path}").status_code == 404


def test_ranges(send, client):
    body = bytes(range(256)) * 10
    _answer, made = send("data.bin", body)

    def part(wanted, **headers):
        return client.get(made.url, headers={"Range": wanted, **headers})

    answer = part("bytes=100-199")
    assert (answer.status_code, answer["Content-Range"], answer["Content-Length"]) == (206, "bytes 100-199/2560", "100")
    assert body_of(answer) == body[100:200]
    assert body_of(part("bytes=2500-")) == body[2500:]
    assert body_of(part("bytes=-10")) == body[-10:]
    assert body_of(part("bytes=2550-99999")) == body[2550:]
    assert body_of(part("bytes=-99999")) == body
    for outside in ("bytes=2560-", "bytes=-0", "bytes=999999999999999999-"):
        answer = part(outside)
        assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */2560")
    for whole in ("bytes=5-2", "bytes=0-1,5-9", "pages=1-2", "bytes=-", "bytes=" + "9" * 5000 + "-"):
        answer = part(whole)
        assert (answer.status_code, answer["Content-Length"]) == (200, "2560")
    etag = client.get(made.url)["ETag"]
    assert part("bytes=0-1", **{"If-Range": etag}).status_code == 206
    assert part("bytes=0-1", **{"If-Range": '"older"'}).status_code == 200


def test_what_the_browser_has_is_not_sent_again(send, client):
    _answer, made = send()
    first = client.get(made.url)
    again = client.get(made.url, headers={"If-None-Match": f'"x", W/{first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    head = client.head(made.url)
    assert (head.status_code, head["Content-Length"]) == (200, str(made.size_bytes))
    assert body_of(head) == b""


def test_until_it_is_posted_only_who_sent_it_sees_it(send, company, sign_in, client):
    _answer, made = send()
    assert client.get(made.url).status_code == 200
    assert sign_in(company.hassan).get(made.url).status_code == 404


def test_a_file_is_seen_with_its_item_and_goes_with_it(send, company, sign_in):
    _answer, made = send(person=company.hassan)
    item = company.post(f"Look: ![the gauge]({made.url})", by="hassan")
    hassan = company.viewer("hassan")

    def sees(person):
        return sign_in(person).get(made.url).status_code == 200

    assert sees(company.noah)
    assert sees(company.sam)  # a guest of this space
    made.refresh_from_db()
    assert (made.item, made.alt) == (item, "the gauge")
    remove(hassan, item)
    assert not sees(company.noah)
    assert not sees(company.hassan)
    restore(hassan, item)
    assert sees(company.noah)
    hold(hassan, Item.objects.get(pk=item.pk), "It shows a customer's address.")
    assert not sees(company.noah)
    assert sees(company.hassan)
    restore(hassan, item)
    from watercooler.spine.spaces.acts import invite, join

    invite(company.viewer("fatima"), company.medicines, [company.hassan])
    join(company.viewer("hassan"), company.medicines)
    move(company.viewer("hassan"), Item.objects.get(pk=item.pk), company.medicines)
    assert not sees(company.noah)
    assert not sees(company.sam)
    assert sees(company.fatima)


def test_a_drafts_file_is_its_authors_alone(send, company, sign_in):
    _answer, made = send(person=company.tomasz)
    company.article(source=f"![]({made.url})", is_draft=True)
    assert sign_in(company.tomasz).get(made.url).status_code == 200
    assert sign_in(company.hassan).get(made.url).status_code == 404


def test_the_small_picture_is_made_by_a_job(send, client, django_capture_on_commit_callbacks):
    from procrastinate.contrib.django.models import ProcrastinateJob

    _answer, made = send("a.jpg", picture("JPEG", (2000, 1000)))
    asked = ProcrastinateJob.objects.get(task_name="content.make_small")
    assert asked.args == {"attachment_id": made.pk}
    whole = client.get(f"{made.url}?small")
    assert whole["Content-Type"] == "image/jpeg"
    thumbnails.make_small(made.pk)
    small = client.get(f"{made.url}?small")
    assert small["Content-Type"] == "image/webp"
    assert small["ETag"] != whole["ETag"]
    with Image.open(BytesIO(body_of(small))) as image:
        assert image.size == (960, 480)
    thumbnails.make_small(made.pk)
    thumbnails.make_small(10**9)


def test_a_picture_that_is_small_needs_no_smaller_one(send, client):
    _answer, made = send()
    thumbnails.make_small(made.pk)
    made.refresh_from_db()
    assert not made.has_thumbnail
    assert client.get(f"{made.url}?small")["Content-Type"] == "image/png"


def test_a_file_can_be_described_and_taken_away_by_its_sender_alone(send, company, sign_in):
    _answer, made = send()
    path = path_of(made.stored)
    other = sign_in(company.noah)
    assert other.post(f"/attachments/{made.pk}/described", {"alt": "x"}).status_code == 404
    assert other.post(f"/attachments/{made.pk}/undo").status_code == 404
    mine = sign_in(company.priya)
    assert mine.post(f"/attachments/{made.pk}/described", {"alt": "Two\u202e gauges\n"}).status_code == 204
    made.refresh_from_db()
    assert made.alt == "Two gauges"
    with_files_gone = mine.post(f"/attachments/{made.pk}/undo")
    assert with_files_gone.status_code == 204
    assert not Attachment.objects.exists()
    assert mine.get(made.url).status_code == 404
    assert path  # removed after commit; see tests/db/test_attach.py


def test_editing_claims_new_files_and_descriptions(send, company):
    item = company.post(by="priya")
    _answer, made = send()
    edit(company.viewer("priya"), item, source=f"Now: ![red]({made.url})", based_on=1)
    made.refresh_from_db()
    assert (made.item_id, made.alt) == (item.pk, "red")
    edit(company.viewer("priya"), item, source=f"Now: ![still red]({made.url})", based_on=2)
    made.refresh_from_db()
    assert made.alt == "still red"
