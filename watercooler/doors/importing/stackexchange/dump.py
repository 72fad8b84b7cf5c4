"""The folder of a dump: its files, and their records one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from watercooler.doors.importing.report import Broken, Problem
from watercooler.doors.importing.stackexchange.records import (
    Badge,
    Comment,
    Edit,
    Link,
    Post,
    Record,
    Tag,
    Unusable,
    User,
    Vote,
)
from watercooler.doors.importing.stackexchange.rows import Rows, Turn

FILES: dict[str, type[Record]] = {
    "Users": User,
    "Tags": Tag,
    "Posts": Post,
    "Comments": Comment,
    "Votes": Vote,
    "PostLinks": Link,
    "Badges": Badge,
    "PostHistory": Edit,
}


def ignore(*_anything: object) -> None:
    """Take note of nothing."""


class Dump:
    """The files of one site. `site` is the folder's name unless another is given."""

    def __init__(self, folder: Path, site: str = "") -> None:
        """Raise Broken for a folder that is none, or holds none of the files."""
        if not folder.is_dir():
            more = f" Name the folder it lies in: {folder.parent}." if folder.suffix.lower() == ".xml" else ""
            raise Broken(str(folder), f"is neither a folder nor an archive of one.{more}")
        folder = _within(folder)
        here = {path.name.lower(): path for path in sorted(folder.iterdir()) if path.is_file()}
        self.files = {name: here[f"{name.lower()}.xml"] for name in FILES if f"{name.lower()}.xml" in here}
        if not self.files:
            names = ", ".join(f"{name}.xml" for name in FILES)
            raise Broken(str(folder), f"holds none of the files of a dump ({names}).{_instead(folder)}")
        for path in self.files.values():
            if not path.resolve().is_relative_to(folder.resolve()):
                raise Broken(path.name, "is a link that leads out of the folder. Put the file itself there.")
        self.folder = folder
        self.site = site or folder.resolve().name

    def has(self, name: str) -> bool:
        return name in self.files

    def size(self, *names: str) -> int:
        """Return how many bytes these files have together; all without names."""
        return sum(path.stat().st_size for name, path in self.files.items() if not names or name in names)

    def records[R: Record](
        self,
        kind: type[R],
        *,
        broken: Callable[[Problem], None] = ignore,
        damaged: Callable[[Problem], None] = ignore,
        pace: Callable[[int], None] = ignore,
        turn: Turn | None = None,
    ) -> Iterator[R]:
        """Yield the records of one file in its order; nothing if it is missing.

        broken: told of each record that cannot be used. damaged: told what is wrong with the file. pace: told after
        each record how many bytes were read since. turn: which rows are read now, where a file is read twice.
        Raises Broken. Memory: one record, whatever the size of the file.
        """
        name = next(name for name, each in FILES.items() if each is kind)
        path = self.files.get(name)
        if path is None:
            return
        rows = Rows(path, broken, damaged, turn)
        taken = 0
        for row in rows:
            pace(rows.taken - taken)
            taken = rows.taken
            try:
                record = kind.of(row)
            except Unusable as why:
                if rows.is_news:
                    broken(Problem(path.name, row.line, why.field, str(why)))
                continue
            yield record  # type: ignore[misc]


def _within(folder: Path) -> Path:
    """Return the one folder in this one that has posts, as archives of archives leave it; else the folder itself."""
    for _deeper in range(3):
        inner = list(folder.iterdir())
        if len(inner) != 1 or not inner[0].is_dir() or inner[0].is_symlink():
            break
        folder = inner[0]
    return folder


def _instead(folder: Path) -> str:
    """Return what somebody may have meant by a folder without a dump: an archive or a folder in it."""
    inner = sorted(folder.iterdir())
    archives = [path.name for path in inner if path.suffix.lower() in {".7z", ".zip"}]
    dumps = [path.name for path in inner if path.is_dir() and (path / "Posts.xml").exists()]
    if archives:
        return f" It holds {', '.join(archives[:3])}: name one of them, or unpack them into this folder."
    return f" Name the folder within: {', '.join(dumps[:3])}." if dumps else ""


def read(folder: str | Path) -> Iterator[Record]:
    """Yield every record of a dump: users, tags, posts, comments, votes, links, badges, then edits.

    Broken records are passed over. Raises Broken for a folder that holds no dump. Memory: one record.
    """
    dump = Dump(Path(folder))
    for kind in FILES.values():
        yield from dump.records(kind)
