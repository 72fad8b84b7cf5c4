"""A phone's largest photo, made safe without taking the process over."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from watercooler.foundation.base.files.pictures import clean
from watercooler.foundation.base.files.recognise import JPEG

WIDE, HIGH = 7728, 5152  # 40 megapixels
GROWTH = """
import sys
from pathlib import Path
from watercooler.foundation.base.files.pictures import clean
from watercooler.foundation.base.files.recognise import recognise
source = Path(sys.argv[1])
def most():  # of this process alone: what resource.getrusage tells begins with what the parent had
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) // 1024
kind = recognise(source.open("rb").read(4096))
before = most()
made = clean(source, Path(sys.argv[2]), kind)
print(made.width, made.height, most() - before)
"""


def photo(kind: str, orientation: int = 1) -> bytes:
    image = Image.new("RGB", (WIDE, HIGH), "white")
    image.paste("red", (0, 0, WIDE // 4, HIGH // 4))
    exif = Image.Exif()
    exif[0x0112] = orientation
    to = BytesIO()
    image.save(to, kind, exif=exif, **({"compress_level": 1} if kind == "PNG" else {}))
    return to.getvalue()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Only Linux tells a process's most.")
@pytest.mark.parametrize(("kind", "most_mib"), [("JPEG", 200), ("PNG", 360)])
def test_forty_megapixels_do_not_take_the_process_over(tmp_path: Path, kind: str, most_mib: int) -> None:
    (tmp_path / "photo").write_bytes(photo(kind))
    told = subprocess.run(
        [sys.executable, "-c", GROWTH, str(tmp_path / "photo"), str(tmp_path / "clean")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    width, height, mib = map(int, told)
    assert 3072 <= max(width, height) <= 4096
    assert mib < most_mib


def test_a_large_photo_held_sideways_stands_upright(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(photo("JPEG", orientation=6))
    made = clean(tmp_path / "photo", tmp_path / "clean", JPEG)
    assert made.height > made.width
    with Image.open(tmp_path / "clean") as shown:
        assert not shown.getexif()
        red, green, _blue = shown.convert("RGB").getpixel((made.width - 100, 100))
        assert (red > 200, green < 60) == (True, True)
