"""Makes a large Stack Exchange dump out of a real one, by repeating its rows under new numbers.

    python -m tests.bench.big_dump FROM TO GIGABYTES

Every copy is a community of its own inside the same site: its people, posts, votes and edits point at each other.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

STEP = 1_000_000
"""How far the numbers of one copy lie from those of the next."""
_NUMBERS = re.compile(
    rb'(?<= )((?:Id|PostId|UserId|OwnerUserId|LastEditorUserId|ParentId|AcceptedAnswerId|RelatedPostId|AccountId)=")'
    rb'([0-9]+)(?=")|(?<= )(RevisionGUID="[^"]*)(?=")'
)


def template(row: bytes) -> tuple[bytes, list[int]]:
    """Return a row with a place for each number, and the numbers themselves."""
    numbers: list[int] = []

    def place(found: re.Match[bytes]) -> bytes:
        numbers.append(int(found[2] or 0))
        return (found[1] or found[3] + b"-") + b"%d"

    return _NUMBERS.sub(place, row.replace(b"%", b"%%")), numbers


def make(source: Path, target: Path, size: int = 0, copies: int = 0) -> int:
    """Write the dump, so many bytes or copies large, and return how many copies it holds. Memory: the source's rows.

    Tags are there once.
    """
    target.mkdir(parents=True, exist_ok=True)
    files = sorted(source.glob("*.xml"))
    copies = copies or max(1, size // sum(file.stat().st_size for file in files))
    for file in files:
        lines = file.read_bytes().splitlines(keepends=True)
        rows = [template(line) for line in lines if line.lstrip().startswith(b"<row")]
        head = [line for line in lines if not line.lstrip().startswith((b"<row", b"</"))]
        end = [line for line in lines if line.lstrip().startswith(b"</")]
        with (target / file.name).open("wb") as out:
            out.writelines(head)
            for copy in range(1 if file.stem == "Tags" else copies):
                offset = copy * STEP
                out.writelines(words % tuple([number + offset for number in numbers]) for words, numbers in rows)
            out.writelines(end)
    return copies


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), Path(sys.argv[2]), int(float(sys.argv[3]) * 1e9))
    print(f"{made:,} copies in {sys.argv[2]}")
