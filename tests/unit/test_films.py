"""Films and captions as they are kept: without what they tell on the side, and as browsers show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.films import PLACE, SRT, VTT, box, film
from watercooler.foundation.base.files import captions, films
from watercooler.foundation.base.files.recognise import MP4, QUICKTIME, SUBRIP, UNKNOWN, WEBM, WEBVTT, recognise
from watercooler.projections.search.files.child import main


def kept(tmp_path, raw, kind):
    path = tmp_path / "film"
    path.write_bytes(raw)
    films.forget_place(path, kind)
    return path.read_bytes()


@pytest.mark.parametrize(("brand", "kind"), [(b"isom", MP4), (b"qt  ", QUICKTIME)])
def test_a_film_forgets_where_it_was_taken_and_nothing_moves(tmp_path, brand, kind):
    before = film(brand)
    assert recognise(before) is kind
    assert before.count(PLACE) == 4
    after = kept(tmp_path, before, kind)
    assert PLACE not in after
    assert b"location" not in after
    assert len(after) == len(before)
    assert after.endswith(box(b"mdat", b"film"))
    assert [after.count(kind) for kind in (b"mvhd", b"tkhd", b"trak", b"moov", b"free")] == [1, 1, 1, 1, 4]


def test_a_box_may_say_its_size_in_eight_bytes_or_reach_to_the_end(tmp_path):
    head = film()[:20]
    long = (1).to_bytes(4) + b"udta" + (16 + len(PLACE)).to_bytes(8) + PLACE
    last = bytes(4) + b"moov" + long
    assert PLACE not in kept(tmp_path, head + last, MP4)


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_film_that_breaks_off_gets_no_longer(tmp_path, cut):
    raw = film().partition(b"uuid")[0][:-4] + (1000).to_bytes(4) + b"uuid" + bytes(cut)
    assert kept(tmp_path, raw, MP4).endswith((1000).to_bytes(4) + b"uuid" + bytes(cut))
    assert len(kept(tmp_path, raw, MP4)) == len(raw)


def test_only_what_has_boxes_is_changed(tmp_path):
    assert kept(tmp_path, film(), WEBM) == film()


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_a_film_holds_its_length_stays(tmp_path_factory, noise, cut):
    raw = (film()[:cut] + noise + film()[cut:])[: 600 + cut]
    assert len(kept(tmp_path_factory.mktemp("films"), raw, MP4)) == len(raw)


@pytest.mark.parametrize("raw", [SRT.encode(), b"\xef\xbb\xbf" + SRT.encode(), SRT.encode("utf-16")])
def test_subrip_becomes_webvtt(tmp_path, raw):
    (source := tmp_path / "a").write_bytes(raw)
    assert recognise(raw[:4096]) is SUBRIP
    assert captions.becomes(SUBRIP, source) is WEBVTT
    captions.rewrite(source, target := tmp_path / "b")
    assert target.read_text() == (
        "WEBVTT\n\n1\n00:00:01.500 --> 00:00:04.000\nBleed the <i>system</i>\n\n"
        "2\n00:00:04.500 --> 00:00:06.000\nfrom the top.\n"
    )
    assert recognise(target.read_bytes()) is WEBVTT


@pytest.mark.parametrize("raw", [b"WEBVTTX", b"1\n2\n3", b"12:00 --> 13:00", b"\xff\xfe", b"1\n00:00:01 --> x"])
def test_what_only_looks_like_captions_is_none(raw):
    assert recognise(raw) is UNKNOWN


@pytest.mark.parametrize("text", [SRT, SRT.replace("\r\n", "\r")])
def test_of_captions_the_words_are_read(tmp_path, text):
    (path := tmp_path / "a.srt").write_text(text, newline="")
    assert main("captions", str(path))["text"] == "Bleed the system\nfrom the top."


def test_notes_styles_speakers_and_what_rolls_up_are_not_said(tmp_path):
    (path := tmp_path / "a.vtt").write_text(VTT)
    assert main("captions", str(path)) == {
        "text": "Bleed the system & wait\nfrom the top.",
        "is_cut": False,
        "problem": "",
    }
