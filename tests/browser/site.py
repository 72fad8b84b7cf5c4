"""The whole product, running for the browser tests: web, worker and database in a folder of their own, with Fernway."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from watercooler.demo import read
from watercooler.foundation.database import embedded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

REPOSITORY = Path(__file__).resolve().parents[2]
READY = re.compile(r"ready at (http://\S+)")
SPACE = "heat-pump-engineers"
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A running demo at `address`. Signs each person in once, through the page, and remembers their cookies."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self.browser = browser
        self.password = read.read().password
        self._signed_in: dict[str, Any] = {}

    def context(self, handle: str | None = None, **options: Any) -> BrowserContext:
        """Return a new browser context, signed in as this person, 1440 wide and without motion unless asked."""
        usual = {"base_url": self.address, "viewport": WIDE, "reduced_motion": "reduce", "service_workers": "block"}
        state = self._cookies(handle) if handle else None
        return self.browser.new_context(**{**usual, "storage_state": state, **options})

    def read(self, handle: str, path: str) -> str:
        """Return a page as this person gets it, without a browser tab."""
        with self._closing(handle) as context:
            answer = context.request.get(path)
            assert answer.ok, f"{path} answered {answer.status}"
            return answer.text()

    def address_on(self, handle: str, path: str, pattern: str) -> str:
        """Return the first address on a page that matches, as `r"/q/\\d+[^\"#]*"`."""
        found = re.search(rf'href="({pattern})"', unescape(self.read(handle, path)))
        assert found, f"No link like {pattern} on {path}"
        return found.group(1)

    def ask(self, handle: str, title: str, **more: str) -> str:
        """Ask a question as this person, in the engineers' space unless another is named, and return its address."""
        return self.make(handle, "question", title=title, **more)

    def make(self, handle: str, kind: str, **fields: str) -> str:
        """Post something as the form of that kind does, and return its address."""
        usual = {"kind": kind, "space": SPACE, "source": "Written by a test.", "key": uuid4().hex}
        return urlsplit(self.send(handle, "/compose", **{**usual, **fields})).path

    def send(self, handle: str, path: str, **fields: str) -> str:
        """Post a form as this person and return the address it led to."""
        with self._closing(handle) as context:
            answer = context.request.post(path, form=fields, headers={"Origin": self.address})
            assert answer.ok, f"{path} answered {answer.status}: {answer.text()[:500]}"
            return answer.url

    @contextmanager
    def _closing(self, handle: str) -> Iterator[BrowserContext]:
        context = self.context(handle)
        yield context
        context.close()

    def _cookies(self, handle: str) -> Any:
        if handle not in self._signed_in:
            context = self.context()
            page = context.new_page()
            page.goto("/sign-in")
            page.get_by_label("Handle or e-mail").fill(handle)
            page.get_by_label("Password", exact=True).fill(self.password)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url("**/home")
            self._signed_in[handle] = context.storage_state()
            context.close()
        return self._signed_in[handle]


@contextmanager
def demo() -> Iterator[str]:
    """Start a fresh demo in a temporary folder and yield its address; stop and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="watercooler-demo-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # a server started by root runs its database as another account
        process = launch(folder, free_port())
        try:
            yield wait_for(process)
        finally:
            end(process)
            embedded.remove(folder)


def launch(folder: Path, port: int, command: str = "demo", **options: str) -> subprocess.Popen[str]:
    """Start the product in this folder, with none of this process's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WATERCOOLER_", "DATABASE_URL"))}
    own = {"PYTHONPATH": str(REPOSITORY), "DJANGO_SETTINGS_MODULE": "watercooler.config.settings", **options}
    named = ["--data", str(folder), "--port", str(port)]
    return subprocess.Popen(
        [sys.executable, "-m", "watercooler.config.commands", command, *named],
        env={**kept, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(process: subprocess.Popen[str]) -> str:
    """Return the address that the starting product says it answers at."""
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if found := READY.search(line):
            return found.group(1)
    raise AssertionError("The product ended while starting:\n" + "".join(said))


def end(process: subprocess.Popen[str]) -> None:
    """Stop the product as Ctrl-C does, and wait."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
