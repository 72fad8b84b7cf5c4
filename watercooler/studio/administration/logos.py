"""The organisation's logo: made anew as a small picture, kept under its content's name."""

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

NAME = re.compile(r"[0-9a-f]{32}\.webp\Z")
SIDE = 192
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 30_000_000


def keep_logo(upload: IO[bytes], size: int) -> str:
    """Keep a logo as a small picture under its content's name, and return its address. Raises Invalid, TooLarge."""
    if size > MOST_BYTES:
        raise TooLarge(_("A logo may have at most 5 MB."), field="logo")
    try:
        picture = Image.open(upload, formats=("PNG", "WEBP", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge(_("That logo has too many pixels. Make it smaller first."), field="logo")
        cut = ImageOps.contain(picture.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Invalid(_("That is not a PNG, WebP or JPEG picture."), field="logo") from None
    data = io.BytesIO()
    cut.save(data, "WEBP", lossless=True)
    name = f"{hashlib.sha256(data.getvalue()).hexdigest()[:32]}.webp"
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / name).write_bytes(data.getvalue())
    return f"/logos/{name}"


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "logos"
