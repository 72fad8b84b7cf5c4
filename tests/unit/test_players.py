"""Films play where they are named, and nothing else in a text changes."""

from watercooler.spine.content.markdown import render
from watercooler.spine.social.reads.players import captions_of, played, player

FILM = {"url": "/files/7/tour.mp4", "name": "tour.mp4", "type": "video/mp4", "width": None}
SOUND = {"url": "/files/8/talk.mp3", "name": "talk.mp3", "type": "audio/mpeg", "width": None}


def captions(name, number=9):
    return {"url": f"/files/{number}/{name}", "name": name, "type": "text/vtt", "width": None}


def html(source, *files):
    return played(render(source).html, files)


def test_a_film_alone_in_its_line_plays_there():
    text = html("Look:\n[tour.mp4](/files/7/tour.mp4)\nand say.", FILM)
    before, film, after = text.partition(player(FILM, [FILM]))
    assert (before, after) == ("<p>Look:\n</p>", "<p>\nand say.</p>\n")
    assert '<video controls preload="metadata" playsinline src="/files/7/tour.mp4"' in film


def test_no_empty_lines_are_left_around_it():
    assert html("[The tour](/files/7/tour.mp4)", FILM).strip() == player(FILM, [FILM], "The tour")


def test_a_film_named_within_a_sentence_stays_a_link():
    for text in ("See [the tour](/files/7/tour.mp4) first.", "[The tour](/files/7/tour.mp4) shows it."):
        assert html(text, FILM) == render(text).html


def test_only_films_of_the_item_play():
    text = "[tour.mp4](/files/7/tour.mp4)"
    assert html(text, SOUND) == render(text).html
    assert "<audio controls" in html("[talk](/files/8/talk.mp3)", FILM, SOUND)


def test_a_name_in_any_script_is_the_same_file():
    film = FILM | {"url": "/files/7/führung.mp4", "name": "führung.mp4"}
    assert "<video" in html("[führung.mp4](/files/7/führung.mp4)", film)


def test_a_name_cannot_break_out():
    film = FILM | {"url": '/files/7/"><script>.mp4', "name": '"><script>.mp4'}
    assert "<script" not in player(film, [film, captions('"><script>.vtt')])


def test_captions_are_those_called_as_the_film_is():
    own, german, other = captions("tour.vtt"), captions("Tour.de.vtt"), captions("talk.vtt")
    assert captions_of(FILM, [FILM, SOUND, own, german, other]) == [own, german]
    assert captions_of(SOUND, [FILM, SOUND, own, german, other]) == [other]
    assert 'srclang="de" label="Deutsch"' in player(FILM, [FILM, german])
    assert '<track kind="captions" src="/files/9/tour.vtt" label="Captions">' in player(FILM, [FILM, own])


def test_the_only_film_has_all_captions():
    other = captions("subtitles.vtt")
    assert captions_of(FILM, [FILM, other]) == [other]
    assert captions_of(FILM, [FILM, SOUND, other]) == []
