"""The unprivileged account that the built-in database runs under when the installation is started by root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "watercooler"
_STAND_INS = ("postgres", "nobody")


class NoAccount(Exception):
    """Root may not run PostgreSQL, and no other account exists or can be made."""


@dataclass(frozen=True)
class Account:
    """A system account, as `subprocess` wants it."""

    name: str
    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Give `folder` and all in it to the account."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, folder: Path) -> bool:
        """Say whether the account may pass through every parent of `folder`."""
        return all(self._passes(parent) for parent in folder.resolve().parents)

    def _passes(self, folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & 0o100)
        return bool(facts.st_mode & (0o010 if facts.st_gid == self.gid else 0o001))


def needed() -> Account | None:
    """Return the account to run PostgreSQL under, made if need be; None when the current one is not root.

    Raises NoAccount with what an operator can do.
    """
    if os.geteuid() != 0:
        return None
    found = _find(NAME) or (_find(NAME) if _make() else None)
    for name in _STAND_INS:
        found = found or _find(name)
    if found is None:
        raise NoAccount(
            f"PostgreSQL refuses to run as root, and the account “{NAME}” could not be made. "
            f"Make one (useradd --system {NAME}), start Watercooler as an ordinary user, or set DATABASE_URL."
        )
    return found


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _make() -> bool:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    for command in (
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        ["adduser", "-S", "-H", "-D", NAME],
    ):
        program = shutil.which(command[0], path=path)
        if program and subprocess.run([program, *command[1:]], capture_output=True, check=False).returncode == 0:
            return True
    return False
