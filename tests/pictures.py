"""Pictures and other files made for tests: honest ones, telltales and troublemakers."""

from __future__ import annotations

import base64
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


def bomb_of_paper() -> bytes:
    """Return a small TIFF that would decode to a very large sheet."""
    return picture("TIFF", (9000, 9000), "1", compression="group4")


def pages_without_end(count: int = 20_000) -> bytes:
    """Return a TIFF of 2 MB that is nothing but pages of one pixel."""
    facts = [(256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 3, 1), (279, 4, 1)]
    page = struct.pack("<H", len(facts)) + b"".join(struct.pack("<HHII", tag, kind, 1, v) for tag, kind, v in facts)
    length = len(page) + 4
    nexts = [8 + number * length for number in range(1, count)] + [0]
    return b"II*\0" + struct.pack("<I", 8) + b"".join(page + struct.pack("<I", at) for at in nexts)


def upload(name: str = "gauge.png", body: bytes | None = None, said: str = "image/png") -> SimpleUploadedFile:
    """Return a file as a browser sends it. `said` is the type the sender claims."""
    return SimpleUploadedFile(name, picture() if body is None else body, said)


_HEIC = (
    "c-mc2JxCl;5T3W|og0$##2<(u$X#(@B*mRSAgPXMY=UWRv%cHq26nyY-f~>9Q4rBeE7OJ)DS{A4m0YD=I<Zb;5iP{R&MQndGjHFCIJ|i"
    "?^Ue3(n>Pah&;9s=s(UDbBt*Z$eu%CQAby2j>_RHVdM${I4+>=r4`c>|hQ4H>3Kj_V#8qlZUJyoNjou+&N#_t(eI0RjlmbuFh*NLL3fu"
    "z)Q{J>u(+3pBAsD9UM-?gZFHp$_*%qCh7dAutnlye5w|~1`fV};lPCTuOCn8ChU^Bz!HQuqRE+r>l3-KWHsj!(jxcu|w=MSe|E)Zn%2E"
    "`SkXBWhA^JteI8J3M8T9rYY&>Unp2pYkr^2~RuMki$8a%JVTcqp(<lH{73K=#ZuV^Com`JnAM4w*+7HDam<#!!X5p$HJ!P0P+~ZBy_JB"
    "hNR90a<HGJqCW`cUW_IUZn}~ZFu9na+7p&gKLlX&c<F2eLwy9Z}G4*z21GBKm5FhCr3ogrj1@&f=P-Tuti=M)lWJlhPW^McYvJ|^qG&m"
    ";&<oW(2KabzI0$<y-TN?0o_edv}=4BG^>a2n8IhxZN2uG8Q*E~KK>ueW^rf"
)


def heic() -> bytes:
    """Return a phone's photo of 48 × 32, held sideways, that says where it was taken: blue, then red.

    Written once with an encoder: what the product has only decodes.
    """
    return zlib.decompress(base64.b85decode(_HEIC))
