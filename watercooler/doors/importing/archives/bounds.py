"""What an archive may hold: how much, and under which names. Everything is checked before or while it is written."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from watercooler.doors.importing.report import Broken

GB = 1 << 30
MOST = 64 * GB
"""How much an archive may unpack to, unless somebody says otherwise."""
MOST_TIMES = 250
"""How many times larger than packed it may be. Dumps become 5 to 20 times smaller, lines of JSON up to 30."""
ALWAYS = 64 << 20
"""So much may come out of however small an archive."""
MOST_FILES = 1_000_000
LONGEST_NAME, LONGEST_PATH = 255, 1024
CHUNK = 1 << 20
RAISE = "If you know the archive and want it all the same, say --most-unpacked with so many GB as may come out of it."


@dataclass(slots=True)
class Bounds:
    """What may still come out of one archive, and where it goes. most: in bytes; 0 for the ordinary bounds."""

    archive: str
    packed: int
    target: Path
    most: int = 0
    taken: int = 0
    files: int = 0
    _names: dict[str, str] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)

    def refuse(self, sentence: str) -> Broken:
        return Broken(self.archive, sentence)

    def limit(self) -> int:
        """Return how many bytes may come out in all, whatever room the disk has."""
        return self.most or min(MOST, max(ALWAYS, self.packed * MOST_TIMES))

    def expect(self, size: int) -> None:
        """Raise Broken if so many bytes may not come out, or there is no room for them."""
        if size > self.limit():
            if not self.most and self.limit() < MOST:
                raise self.refuse(f"is packed more than {MOST_TIMES} times over: this is no honest archive. {RAISE}")
            raise self.refuse(f"holds more than {self.limit() / GB:,.0f} GB. {RAISE}")
        if size - self.taken > shutil.disk_usage(self.target).free:
            raise self.refuse("holds more than there is room for on the disk of the data folder.")

    def place(self, name: str, *, is_folder: bool = False) -> Path | None:
        """Return where an entry goes, None for what an archiver left of itself. Raises Broken for a name that tricks.

        Names are taken as the archive has them: what leads elsewhere is refused, never put right.
        """
        self.files += 1
        if self.files > MOST_FILES:
            raise self.refuse(f"holds more than {MOST_FILES:,} files.")
        shown = f"“{name[:80]}”".encode("utf-8", "replace").decode()
        parts = name.rstrip("/").split("/") if is_folder else name.split("/")
        parts = parts[1:] if parts[0] == "." and len(parts) > 1 else parts
        if is_folder and parts in (["."], [""]):
            return None
        if "\0" in name or "\\" in name or any(part in ("", ".", "..") for part in parts) or name[1:2] == ":":
            raise self.refuse(f"holds {shown}, a name that leads out of it.")
        if len(name) > LONGEST_PATH or any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in parts):
            raise self.refuse(f"holds {shown}, a name longer than a file can have.")
        if not all(part.isprintable() for part in parts):
            raise self.refuse(f"holds {shown}, a name with characters that nobody can see.")
        if parts[0] == "__MACOSX" or parts[-1] == ".DS_Store":
            return None
        self._count(parts, shown, is_folder=is_folder)
        return self.target.joinpath(*parts)

    def _count(self, parts: list[str], shown: str, *, is_folder: bool) -> None:
        """Keep every folder on the way and the name itself; refuse names that are one file on some machines."""
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            is_file = depth == len(parts) and not is_folder
            key = unicodedata.normalize("NFC", path).casefold()
            said = f"{path}{'' if is_file else '/'}"
            before = self._names.setdefault(key, said)
            if before != said:
                raise self.refuse(f"holds {shown} and “{before[:80]}”, which are one name on many machines.")
        if not is_folder:
            if key in self._files:
                raise self.refuse(f"holds {shown} twice.")
            self._files.add(key)

    def copy(self, source: IO[bytes], target: Path) -> None:
        """Write an entry, a piece at a time. Raises Broken as soon as more comes out than may."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            while piece := source.read(CHUNK):
                self.taken += len(piece)
                if self.taken > self.limit():
                    self.expect(self.taken)
                out.write(piece)
