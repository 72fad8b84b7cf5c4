"""A handbook's history, where its folder is a clone: who changed which page when, read from git as a stream.

A clone is input like any other: nothing that its configuration names is run, nothing is fetched, and only the objects
that are there are read.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from watercooler.foundation.base.text import clean_line

MOST_REVISIONS = 200
"""Of one page; of older ones only the first is kept."""
MOST_BLOB = 1024 * 1024
_SAFE = (
    *("-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.pager=cat"),
    *("-c", "core.hooksPath=/dev/null", "-c", "diff.external=", "-c", "core.quotePath=false"),
    *("-c", "mailmap.file=/dev/null"),
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """One change: by whom, when, with which words."""

    name: str
    email: str
    at: datetime
    words: str


@dataclass(slots=True)
class History:
    """path → what it was, oldest first, as (blob, change). Texts are fetched one at a time."""

    folder: Path
    changes: dict[str, list[tuple[str, Commit]]] = field(default_factory=dict)

    def of(self, path: str) -> list[tuple[str, Commit]]:
        """Return a page's texts by their blobs, oldest first, without those that said the same as the one before."""
        found: list[tuple[str, Commit]] = []
        for blob, commit in self.changes.get(path, []):
            if not found or found[-1][0] != blob:
                found.append((blob, commit))
        return found if len(found) <= MOST_REVISIONS else [found[0], *found[-(MOST_REVISIONS - 1) :]]


def is_clone(folder: Path) -> bool:
    """Say whether there is a history to read, and git to read it with."""
    return (folder / ".git").is_dir() and shutil.which("git", path=_ENVIRONMENT["PATH"]) is not None


def what_is_missing(folder: Path) -> str:
    """Return in a sentence which history is not read though somebody may expect it; "" where all is there or none."""
    git = folder / ".git"
    if git.is_file():
        return "Its history lies in another folder and was not read: it is a git worktree or submodule."
    if (git / "shallow").is_file():
        return "The clone is shallow: what changed before its first commit is not in it."
    above = list(folder.absolute().parents)[:4]
    if not git.exists() and "unpacking" not in folder.parts and any((each / ".git").exists() for each in above):
        return "It lies within a git clone: authors, days and earlier versions come if the clone itself is imported."
    return ""


def read(folder: Path, endings: tuple[str, ...]) -> History:
    """Read which blob every page was after each commit, through renames. Memory: about 200 bytes a change of a page."""
    history = History(folder)
    command = ["log", "--reverse", "--first-parent", "-m", "--raw", "-M", "--no-abbrev", "--no-ext-diff", "-z"]
    form = "--format=%x01%aN%x02%aE%x02%at%x02%s"
    with _git(folder, [*command, "--no-textconv", form, "HEAD"]) as out:
        commit: Commit | None = None
        words = _zeros(out)
        for piece in words:
            _before, mark, said = piece.rpartition("\x01")
            change = piece
            if mark:  # a commit's words and its first change share a piece, a line break between
                said, _break, change = said.partition("\n")
                commit = _commit(said)
            change = change.lstrip("\n")
            if change.startswith(":") and commit is not None:
                _note(history, change.split(" "), words, commit, endings)
    return history


def _note(history: History, fields: list[str], words: Iterator[str], commit: Commit, endings: tuple[str, ...]) -> None:
    blob, status = fields[3], fields[4]
    path = next(words, "")
    if status[:1] in "RC":
        old, path = path, next(words, "")
        if old.lower().endswith(endings):
            history.changes[path] = (
                history.changes.pop(old, []) if status[0] == "R" else list(history.changes.get(old, []))
            )
    if not path.lower().endswith(endings):
        return
    if status[:1] == "D":
        history.changes.pop(path, None)
    else:
        history.changes.setdefault(path, []).append((blob, commit))


def _commit(said: str) -> Commit:
    name, email, at, words = [*said.split("\x02", 3), "", "", "", ""][:4]
    moment = datetime.fromtimestamp(min(max(int(at or 0), 0), 4_000_000_000), UTC)
    return Commit(clean_line(name)[:120] or "Unknown", clean_line(email)[:200], moment, clean_line(words)[:200])


def _zeros(out: IO[bytes]) -> Iterator[str]:
    """Yield the pieces between zero bytes."""
    held = b""
    while piece := out.read(256 * 1024):
        *whole, held = (held + piece).split(b"\0")
        for word in whole:
            yield word.decode("utf-8", "replace")
    if held:
        yield held.decode("utf-8", "replace")


@contextmanager
def _git(folder: Path, arguments: list[str]) -> Iterator[IO[bytes]]:
    command = ["git", "--no-pager", f"--git-dir={folder.absolute() / '.git'}", *_SAFE, *arguments]
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,  # its .mailmap counts, and none of where we were started
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("git has no output.")
        yield process.stdout
    finally:
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


class Blobs:
    """Texts by their blobs, through one git process that is asked again and again."""

    def __init__(self, folder: Path) -> None:
        command = ["git", "--no-pager", f"--git-dir={folder / '.git'}", *_SAFE, "cat-file", "--batch"]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
        )

    def text(self, blob: str) -> str | None:
        """Return a blob's text; None if it is not there, too large, or no UTF-8."""
        ask, answer = self._process.stdin, self._process.stdout
        if ask is None or answer is None:
            return None
        ask.write(f"{blob}\n".encode())
        ask.flush()
        head = answer.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            return None
        size = int(head[2])
        data, left = b"", size
        while left > 0:
            piece = answer.read(min(left, 256 * 1024))
            if not piece:
                return None
            data, left = (data + piece if size <= MOST_BLOB else b""), left - len(piece)
        answer.read(1)
        if size > MOST_BLOB:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
