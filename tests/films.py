"""Small files as phones and caption tools make them."""

from __future__ import annotations


def box(kind: bytes, *contents: bytes) -> bytes:
    inside = b"".join(contents)
    return (8 + len(inside)).to_bytes(4) + kind + inside


PLACE = b"+51.4779-000.0015/"


def film(brand: bytes = b"isom") -> bytes:
    """Return a film's boxes, with a place in each of the four spots in which phones and editors leave one."""
    told = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7", PLACE))
    keys = box(b"meta", bytes(4), box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", PLACE))
    track = box(b"trak", box(b"tkhd", bytes(84)), told)
    head = box(b"ftyp", brand, bytes(4), brand)
    return (
        head + box(b"moov", box(b"mvhd", bytes(100)), track, told, keys) + box(b"uuid", PLACE) + box(b"mdat", b"film")
    )


SRT = (
    "1\r\n00:00:01,500 --> 00:00:04,000 X1:10\r\nBleed the <i>system</i>\r\n\r\n"
    "2\r\n0:00:04,5 --> 00:00:06,000\r\nfrom the top.\r\n"
)
VTT = """WEBVTT - a talk

NOTE nobody says this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Priya>Bleed the system &amp; wait

00:04.000 --> 00:06.000
Bleed the system &amp; wait
from the top.
"""
