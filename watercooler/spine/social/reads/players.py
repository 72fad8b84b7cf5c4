"""Films and recordings play where they are named, with the captions that lie beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

File = Mapping[str, Any]
"""A file of an item: url, name, type, and width for pictures."""

CAPTIONS = "text/vtt"
_ALONE = re.compile(r'(?:(?<=<p>)|(?<=\n))<a href="(?P<place>/files/\d+/)[^"]+"[^>]*>(?P<words>[^<]*)</a>(?=\n|</p>)')
_EMPTY = re.compile(r"<p>\s*</p>")
_LANGUAGE = re.compile(r"[._-]([a-z]{2,3})(?:-[a-z]{2,4})?\Z", re.I)


def is_played(file: File) -> bool:
    """Say whether a browser may play this file within the page."""
    return str(file["type"]).startswith(("video/", "audio/"))


def place(file: File) -> str:
    """Return how every address of a file begins; its name behind that may be written in several ways."""
    return str(file["url"]).rpartition("/")[0] + "/"


def played(html: str, files: Sequence[File]) -> str:
    """Return safe HTML with each film or recording that stands alone in a line as a player, its words below.

    html: as `content.markdown` made it. files: all of the item's. Cost: nothing without a film among them.
    """
    films = {place(file): file for file in files if is_played(file)}
    if not films:
        return html

    def shown(found: re.Match[str]) -> str:
        film = films.get(found["place"])
        return f"</p>{player(film, files, found['words'])}<p>" if film else found[0]

    return _EMPTY.sub("", _ALONE.sub(shown, html))


def player(film: File, files: Sequence[File], words: str = "") -> str:
    """Return the HTML of a player. words: safe HTML that names the film; else its file's name does."""
    url, name = escape(film["url"]), escape(film["name"])
    tag, more = ("video", " playsinline") if str(film["type"]).startswith("video/") else ("audio", "")
    tracks = "".join(_track(file, film) for file in captions_of(film, files))
    return (
        f'<figure class="player"><{tag} controls preload="metadata"{more} src="{url}" aria-label="{name}">{tracks}'
        f'</{tag}><figcaption><a href="{url}">{words or name}</a></figcaption></figure>'
    )


def captions_of(film: File, files: Sequence[File]) -> list[File]:
    """Return the captions that are called as the film is; all of the item's where it is the only film."""
    texts = [file for file in files if file["type"] == CAPTIONS]
    stem = _stem(film["name"])
    own = [file for file in texts if _stem(file["name"]) == stem or _LANGUAGE.sub("", _stem(file["name"])) == stem]
    return texts if not own and sum(map(is_played, files)) == 1 else own


def _stem(name: str) -> str:
    return name.rpartition(".")[0].lower()


def _track(captions: File, film: File) -> str:
    spoken = _LANGUAGE.search(_stem(captions["name"]).removeprefix(_stem(film["name"])))
    code = spoken[1].lower() if spoken else ""
    language = f' srclang="{code}"' if code else ""
    return f'<track kind="captions" src="{escape(captions["url"])}"{language} label="{escape(_label(code))}">'


def _label(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code or _("Captions")
