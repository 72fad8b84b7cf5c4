"""Finds a Python, makes .venv and installs what the lock files name. Standard library only, for any Python from 3.8.

A second call costs one start of the interpreter: what was installed is remembered by the hash of its lock file.
"""

import fcntl
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST = (3, 12)
NAMES = ("python3.14", "python3.13", "python3.12", "python3", "python")
ASK = """
import importlib.util, json, sys
can_make = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print(json.dumps([list(sys.version_info[:3]), sys.executable, can_make]))
"""

NO_PYTHON = """Watercooler needs Python 3.12 or newer, and none was found on the path or with pyenv, asdf, mise or uv.

Install one, then start again:
  Debian, Ubuntu   sudo apt install python3 python3-venv      (from Debian 13 and Ubuntu 24.04 on)
  Fedora           sudo dnf install python3.13
  macOS            brew install python@3.13
  anywhere         uv python install 3.13      or      pyenv install 3.13"""


class Failed(Exception):
    """A step did not work; the message says what to do."""


class Step:
    """A line that says what is going on, and how long it took."""

    def __init__(self, words):
        self.words = words
        self.began = time.time()
        self.can_rewrite = sys.stdout.isatty()
        sys.stdout.write(words + (" …" if self.can_rewrite else " …\n"))
        sys.stdout.flush()

    def note(self, words):
        if self.can_rewrite:
            sys.stdout.write("\r\033[K{} … {}".format(self.words, words))
            sys.stdout.flush()

    def done(self, words="done"):
        start = "\r\033[K{}: ".format(self.words) if self.can_rewrite else "  "
        print("{}{} ({:.1f} s)".format(start, words, time.time() - self.began))
        sys.stdout.flush()


def candidates():
    """Yield paths that may be a Python: this one, those on the path, then those that version managers keep."""
    yield sys.executable
    for name in NAMES:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            yield os.path.join(folder, name)
    home = os.path.expanduser("~")
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    kept = (
        os.path.join(os.environ.get("PYENV_ROOT") or os.path.join(home, ".pyenv"), "versions", "*"),
        os.path.join(os.environ.get("ASDF_DATA_DIR") or os.path.join(home, ".asdf"), "installs", "python", "*"),
        os.path.join(os.environ.get("MISE_DATA_DIR") or os.path.join(data, "mise"), "installs", "python", "*"),
        os.environ.get("UV_PYTHON_INSTALL_DIR", os.path.join(data, "uv", "python")) + "/*",
    )
    for pattern in kept:
        for folder in sorted(glob.glob(pattern), key=_version_in, reverse=True):
            yield os.path.join(folder, "bin", "python3")
    for folder in ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", os.path.join(home, ".local", "bin")):
        for name in NAMES:
            yield os.path.join(folder, name)


def _version_in(path):
    return [int(number) for number in re.findall(r"\d+", os.path.basename(path))]


def ask(python):
    """Return ((major, minor, micro), real path, can make environments) of a Python, or None if it does not run.

    Only running it proves anything: a version manager's shim can bear the name of a Python that is not there.
    """
    if not os.access(python, os.X_OK) or os.path.isdir(python):
        return None
    try:
        said = subprocess.run(
            [python, "-I", "-c", ASK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=False
        )
        version, path, can_make = json.loads(said.stdout.decode())
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return tuple(version), path, can_make


def find_python(paths=None, has_uv=None):
    """Return (version, path) of the first Python new enough that can make environments. Raises Failed."""
    has_uv = bool(shutil.which("uv")) if has_uv is None else has_uv
    lesser = None
    asked = set()
    for path in candidates() if paths is None else paths:
        if path in asked:
            continue
        asked.add(path)
        answer = ask(path)
        if answer is None or answer[0] < OLDEST:
            continue
        if answer[2] or has_uv:
            return answer[:2]
        lesser = lesser or answer
    if lesser:
        package = "python{}.{}-venv".format(*lesser[0][:2])
        raise Failed(
            "Python {}.{} at {} lacks its venv module.\nInstall it (on Debian and Ubuntu: sudo apt install {}), "
            "then start again.".format(lesser[0][0], lesser[0][1], lesser[1], package)
        )
    raise Failed(NO_PYTHON)


def python_in(folder):
    return os.path.join(folder, "bin", "python")


def works(folder):
    """Say whether the environment's Python starts and is new enough."""
    answer = ask(python_in(folder))
    return answer is not None and answer[0] >= OLDEST


def make(folder):
    """Make the environment, in place of a broken one."""
    if os.path.islink(folder):
        os.unlink(folder)
    elif os.path.exists(folder):
        print("The environment in .venv is broken; making it again.")
        shutil.rmtree(folder)
    step = Step("Looking for Python 3.12 or newer")
    version, python = find_python()
    step.done("Python {}.{}.{} at {}".format(version[0], version[1], version[2], python))
    step = Step("Making the environment in .venv")
    uv = shutil.which("uv")
    command = [uv, "venv", "--quiet", "--python", python, folder] if uv else [python, "-m", "venv", folder]
    run(command, "Making the environment failed. Delete .venv and start again; if it fails again, check that "
        "{} is whole and the disk is not full.".format(python))  # fmt: skip
    step.done()


def run(command, advice, on_line=lambda line: None):
    """Run a program, give each of its lines to `on_line`, and raise Failed with its last lines and advice."""
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=REPOSITORY) as process:
        for raw in process.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            said.append(line)
            on_line(line)
    if process.returncode != 0:
        raise Failed("\n{}\n\n{}".format("\n".join(said[-15:]), advice))


def install(folder, locks):
    """Install what the lock files name, each file checked against its hash."""
    count = sum(len(re.findall(r"(?m)^[a-z0-9][^\s]*==", read(lock))) for lock in locks)
    step = Step("Installing {} packages from {}".format(count, " and ".join(locks)))
    uv = shutil.which("uv")
    command = [uv, "pip", "install", "--python", python_in(folder)] if uv else [
        python_in(folder), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"
    ]  # fmt: skip
    if not uv and not has_pip(folder):
        run([python_in(folder), "-m", "ensurepip"], "The environment has no pip. Delete .venv and start again.")
    command += ["--require-hashes", "--only-binary", ":all:"]  # building from source would fetch unhashed tools
    command += ["--no-deps"]  # a lock names all that is needed, and leaves out what only fetches models
    for lock in locks:
        command += ["-r", os.path.join(REPOSITORY, lock)]
    seen = []

    def follow(line):
        if line.startswith("Collecting"):
            seen.append(line)
            step.note("{} of {}: {}".format(len(seen), count, line.split()[1].split("==")[0]))

    run(command, "Installing failed. If this machine has no network, connect it (behind a proxy, set HTTPS_PROXY); "
        "otherwise try again. Nothing half-installed is used.", follow)  # fmt: skip
    step.done()


def has_pip(folder):
    return (
        subprocess.run([python_in(folder), "-c", "import pip"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    )


def read(lock):
    with open(os.path.join(REPOSITORY, lock), encoding="utf-8") as file:
        return file.read()


def stamp(folder, lock):
    """Return what identifies an installed lock file: its content and the Python it was installed for."""
    link = os.path.realpath(python_in(folder))
    return hashlib.sha256((read(lock) + link).encode()).hexdigest()


def ensure(locks, folder=None):
    """Return the path of a Python that has everything the lock files name. Raises Failed."""
    folder = folder or os.path.join(REPOSITORY, ".venv")
    turn = os.open(REPOSITORY, os.O_RDONLY)
    fcntl.flock(turn, fcntl.LOCK_EX)  # of two starts at the same moment, one installs
    try:
        if not works(folder):
            make(folder)
        path = os.path.join(folder, "watercooler.json")
        try:
            with open(path, encoding="utf-8") as file:
                installed = json.load(file)
        except (OSError, ValueError):
            installed = {}
        missing = [lock for lock in locks if installed.get(lock) != stamp(folder, lock)]
        if missing:
            install(folder, locks)
            installed.update((lock, stamp(folder, lock)) for lock in locks)
            with open(path, "w", encoding="utf-8") as file:
                json.dump(installed, file)
    finally:
        os.close(turn)
    return python_in(folder)


def surroundings():
    """Return the environment variables in which our own modules are found and nobody else's are."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    kept.update(PYTHONPATH=REPOSITORY, PYTHONSAFEPATH="1")
    return kept


def become(python, *arguments):
    """Go on as this program: one process less, and Ctrl-C reaches it directly."""
    sys.stdout.flush()
    os.execve(python, [python] + list(arguments), surroundings())


def told(action):
    """Run `action`, and end with a sentence instead of a traceback when it fails."""
    try:
        action()
    except Failed as failure:
        sys.exit("\n" + str(failure).strip())
    except KeyboardInterrupt:
        sys.exit("\nStopped. Start again and it goes on where it was.")


if __name__ == "__main__":
    told(lambda: ensure(["requirements.lock"] + sys.argv[1:]))
