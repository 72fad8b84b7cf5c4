"""Pictures made safe to show: decoded once, turned upright, and written again without what they tell on the side."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from watercooler.foundation.base.errors import Invalid, TooLarge
from watercooler.foundation.base.files.recognise import AVIF, GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileType

MOST_PIXELS = 60_000_000
"""Of all frames together. A phone's 48-megapixel photo passes, for a moment with 70 to 300 MB, as WebP with 600."""
A_FRAME = 10_000
"""As so many pixels a frame counts however small it is: each costs 0.14 ms and 3 KB, and takes 23 bytes of a file."""
LONGEST_SIDE = 4096
ENOUGH = 3072
"""A JPEG is decoded at half its size where that leaves so many pixels on its longer side: a quarter of the memory."""
SMALL_SIDE = 960
ORIENTATION = 0x0112
"""The number of the EXIF field that says how the camera was held."""

_FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP", AVIF: "AVIF", HEIC: "HEIF", TIFF: "TIFF"}
_BECOME_JPEG = frozenset({HEIC, TIFF})
_KEPT_INFO = ("transparency", "duration", "loop", "background", "disposal", "blend", "default_image")
# What a decoder raises on a broken or hostile file; each of them means the same to the person who sent it.
_BROKEN = (
    *(UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError),
    *(RuntimeError, AssertionError, struct.error, zlib.error),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Size in pixels, as it is shown."""

    width: int
    height: int


def becomes(kind: FileType) -> FileType:
    """Return the type that `clean` writes: JPEG for what browsers do not show, a phone's HEIC and a scanner's TIFF."""
    return JPEG if kind in _BECOME_JPEG else kind


@cache
def know_heic() -> None:
    """Let Pillow open HEIC. Cost: 5 MB and 10 ms once, in processes that see a picture at all."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def clean(source: Path, target: Path, kind: FileType) -> Picture:
    """Write the picture to `target` upright and without place, device, comment or hidden preview; colours stay.

    HEIC and TIFF are written as JPEG. At most 4,096 pixels a side. Raises TooLarge for more pixels than anybody's
    camera makes (a decompression bomb), Invalid for what is not the picture it begins as. Cost: 0.1 to 0.5 s of
    processor for a phone's photo.
    """
    if kind is HEIC:
        know_heic()
    try:
        with Image.open(source, formats=[_FORMATS[kind]]) as picture:
            _check_size(picture.width * picture.height)
            if kind is TIFF and _goes_on(picture):
                raise Invalid(_("This TIFF has several pages. Send it as PDF, so that none is lost."), field="file")
            if kind in (JPEG, HEIC, TIFF):  # a camera's further pictures are previews, depths and bursts
                return _rewrite(picture, target, kind)
            frames = getattr(picture, "n_frames", 1)
            if frames == 1:
                return _rewrite(picture, target, kind)
            _check_size(max(picture.width * picture.height, A_FRAME) * frames)
            return _rewrite_moving(picture, target, kind)
    except (Image.DecompressionBombError, MemoryError):
        raise TooLarge(_too_many_pixels(), field="file") from None
    except _BROKEN:
        raise Invalid(_("This picture is broken and can’t be opened. Try saving it anew."), field="file") from None


def _too_many_pixels() -> str:
    return _("This picture has more than %(most)s million pixels. Make it smaller and try again.") % {
        "most": MOST_PIXELS // 1_000_000
    }


def _goes_on(picture: Image.Image) -> bool:
    """Say whether a picture has further pages. Counting them would take minutes where a file is nothing but pages."""
    try:
        picture.seek(1)
    except EOFError:
        return False
    return True


def _check_size(pixels: int) -> None:
    """Refuse by the numbers in the header, before a single pixel is made."""
    if pixels > MOST_PIXELS:
        raise TooLarge(_too_many_pixels(), field="file")


def _rewrite(picture: Image.Image, target: Path, kind: FileType) -> Picture:
    colours = picture.info.get("icc_profile")
    is_too_wide = max(picture.size) > LONGEST_SIDE
    if picture.format == "JPEG" and not is_too_wide and picture.getexif().get(ORIENTATION, 1) == 1:
        upright, settings = picture, {"quality": "keep", "progressive": True}  # not compressed a second time
    else:
        if is_too_wide:
            part = ENOUGH / max(picture.size)  # a JPEG is decoded at the smaller size at once
            picture.draft(None, (int(picture.width * part), int(picture.height * part)))
        if kind not in _BECOME_JPEG or picture.mode in {"RGB", "L"}:
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before it is turned: all of it lies in memory once
        ImageOps.exif_transpose(picture, in_place=True)
        upright, settings = picture, _settings(kind)
        if kind in _BECOME_JPEG:
            colours = colours if upright.mode in {"RGB", "RGBA", "L"} else None  # a profile of inks fits no screen
            upright = opaque(upright)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.load()
    upright.info = {name: upright.info[name] for name in _KEPT_INFO if name in upright.info}
    upright.save(target, _FORMATS[becomes(kind)], icc_profile=colours, exif=b"", **settings)
    return Picture(*upright.size)


def opaque(picture: Image.Image) -> Image.Image:
    """Return the picture in colours that a JPEG can hold: 16 bits of grey as 8, holes in white."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")


def _settings(kind: FileType) -> dict[str, Any]:
    if becomes(kind) is JPEG:
        return {"quality": 90, "progressive": True}
    if kind is PNG:
        return {"compress_level": 5}
    if kind is AVIF:
        return {"quality": 80, "speed": 9}
    return {"quality": 88} if kind is WEBP else {"comment": b""}


def _rewrite_moving(picture: Image.Image, target: Path, kind: FileType) -> Picture:
    loop = {"loop": picture.info["loop"]} if "loop" in picture.info else {}
    nothing = {"comment": b""} if kind is GIF else {"exif": b""}
    picture.info = {name: picture.info[name] for name in _KEPT_INFO if name in picture.info}
    picture.save(target, _FORMATS[kind], save_all=True, **loop, **nothing)
    return Picture(*picture.size)


def make_small(source: Path, target: Path, side: int = SMALL_SIDE) -> bool:
    """Write a WebP of at most `side` pixels a side, its first frame alone. Returns False if the picture is that small.

    `source` is a picture that `clean` wrote.
    """
    with Image.open(source) as picture:
        if max(picture.size) <= side:
            return False
        picture.draft("RGB", (side, side))
        has_holes = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
        small = picture.convert("RGBA" if has_holes else "RGB")
        small.thumbnail((side, side))
        small.save(target, "WEBP", quality=80, method=4, icc_profile=picture.info.get("icc_profile"))
    return True
