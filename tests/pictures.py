"""Pictures and other files made for tests: honest ones, telltales and troublemakers."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PLACE = b"53.8008,-1.5491"


def _encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    body = BytesIO()
    image.save(body, kind, **how)
    return body.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    """Return a picture whose upper left corner is red, so that one sees how it is turned."""
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    return _encoded(image, kind, **how)


def telltale(kind: str = "JPEG", size: tuple[int, int] = (60, 40), orientation: int = 6) -> bytes:
    """Return a photo that says where it was taken, by what, and with what comment, held sideways."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SpyCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 48.0, 2.9), 3: "W", 4: (1.0, 32.0, 56.8)})
    how: dict[str, Any] = {"exif": exif}
    if kind in {"JPEG", "WEBP"}:
        how["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
    if kind == "JPEG":
        how["comment"] = PLACE
    return picture(kind, size, **how)


def moving(kind: str = "GIF", frames: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    first, *rest = [Image.new("RGB", size, (at * 40 % 256, 80, 120)) for at in range(frames)]
    return _encoded(first, kind, save_all=True, append_images=rest, duration=100, loop=0)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a small PNG that says, and would decode to, a very large picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * (width // 8)) * 100, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def upload(name: str = "gauge.png", body: bytes | None = None, said: str = "image/png") -> SimpleUploadedFile:
    """Return a file as a browser sends it. `said` is the type the sender claims."""
    return SimpleUploadedFile(name, picture() if body is None else body, said)
