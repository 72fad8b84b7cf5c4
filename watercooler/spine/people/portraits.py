"""Photos of people: cut square, made anew without what the camera wrote into them, kept under their content's name."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from watercooler.foundation.base.errors import Invalid, TooLarge
from watercooler.foundation.base.files.pictures import know_heic, opaque

LARGE, SMALL = 512, 128
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
NAME = re.compile(r"[0-9a-f]{32}(-512|-128)?\.(webp|svg)\Z")


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "portraits"


def keep_photo(upload: IO[bytes], size: int) -> str:
    """Keep a JPEG, PNG, WebP or HEIC as two square WebP pictures, and return the small one's address.

    Raises TooLarge, or Invalid for a file that is none of these, whatever its name says.
    """
    if size > MOST_BYTES:
        raise TooLarge(_("A photo may have at most 10 MB."), field="photo")
    picture = _opened(upload)
    large, small = (_squared(picture, side) for side in (LARGE, SMALL))
    name = hashlib.sha256(large).hexdigest()[:32]
    _write(f"{name}-512.webp", large)
    return _write(f"{name}-128.webp", small)


def keep_drawing(svg: str) -> str:
    """Keep a drawn portrait of our own, and return its address. Never for what somebody uploads."""
    data = svg.encode()
    return _write(f"{hashlib.sha256(data).hexdigest()[:32]}.svg", data)


def large(address: str) -> str:
    """Return the address of the same portrait for the head of a profile."""
    return address.replace("-128.webp", "-512.webp")


def _opened(upload: IO[bytes]) -> Image.Image:
    know_heic()
    try:
        picture = Image.open(upload, formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge(_("That photo has too many pixels. Make it smaller first."), field="photo")
        return opaque(ImageOps.exif_transpose(picture)).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError, Image.DecompressionBombError):
        raise Invalid(_("That is not a JPEG, PNG, WebP or HEIC picture."), field="photo") from None


def _squared(picture: Image.Image, side: int) -> bytes:
    cut = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    data = io.BytesIO()
    cut.save(data, "WEBP", quality=82, method=4)
    return data.getvalue()


def _write(name: str, data: bytes) -> str:
    path = folder() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f"{path.suffix}.{hashlib.sha256(data).hexdigest()[:8]}.part")
        beside.write_bytes(data)
        beside.replace(path)
    return f"/portraits/{name}"
