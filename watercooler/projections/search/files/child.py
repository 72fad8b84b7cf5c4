"""A program of its own that prints the words of one file: `python -I child.py KIND PATH`.

It runs what strangers sent, so it starts by giving up what it does not need: memory, time, files, other programs and
the network. It imports nothing of Watercooler. It prints one line of JSON: {"text": …, "is_cut": …, "problem": …}.
"""

from __future__ import annotations

import contextlib
import html
import html.parser
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

LONGEST = 100_000
"""Characters that are kept."""
MEMORY_BYTES = 768 * 1024 * 1024
SECONDS = 20
UNPACKED_BYTES = 64 * 1024 * 1024
"""So much is read out of an archive in all; small archives can unfold to gigabytes."""
PIECE = 64 * 1024
REFUSED = ("socket.", "subprocess.", "ctypes.", "shutil.", "os.")
LOOKS = ("os.listdir", "os.scandir", "os.walk")
"""What modules are found by; of the system's other doors none is needed to read."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Enough(Exception):
    """There is as much text as is kept."""


class Broken(Exception):
    """The file is not what it says."""


class Locked(Exception):
    """The file asks for a password."""


class Words:
    """Collects text up to the limit."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.is_cut = False

    def add(self, text: str) -> None:
        """Add some text. Raises Enough at the limit."""
        left = LONGEST - self.length
        self.parts.append(text[:left])
        self.length += min(len(text), left)
        if len(text) >= left:
            self.is_cut = True
            raise Enough

    def __str__(self) -> str:
        text = "".join(self.parts).replace("\0", " ").encode("utf-8", "replace").decode()
        text = re.sub(r"[^\S\n]+", " ", text)
        return re.sub(r"\s*\n\s*", "\n", text).strip()


def give_up_the_world() -> None:
    """Limit memory and time, and refuse the network, other programs and writing, for the rest of this process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(what, (most, most))
    with contextlib.suppress(AttributeError, OSError):  # not every container lets a process leave its network
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    sys.addaudithook(_refuse)


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    if event.startswith(REFUSED) and event not in LOOKS:
        raise PermissionError(event)
    is_written = event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+")
    if is_written or (event == "open" and isinstance(given[2], int) and given[2] & WRITES):
        raise PermissionError(event)


def of_pdf(path: str, words: Words) -> None:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PdfReadError

    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        for page in reader.pages:
            words.add(page.extract_text() + "\n")
    except FileNotDecryptedError as error:
        raise Locked from error
    except PdfReadError as error:
        raise Broken from error


class Archive:
    """Parts of a zipped document, read in pieces, with one limit for all of them together."""

    def __init__(self, path: str) -> None:
        self._zip = zipfile.ZipFile(path)
        self._left = UNPACKED_BYTES

    def parts(self, pattern: str) -> list[str]:
        """Return the names of parts that match, by the numbers in them."""
        found = [name for name in self._zip.namelist() if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(number) for number in re.findall(r"\d+", name)])

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces. Raises Locked, or Enough where everything together unfolds to too much."""
        if self._zip.getinfo(name).flag_bits & 1:
            raise Locked
        with self._zip.open(name) as part:
            while piece := part.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise Enough
                yield piece


class Texts:
    """Reads words out of XML: text inside some elements, a line break after others. No document types, no entities."""

    def __init__(self, words: Words, inside: Iterable[str], breaks: Iterable[str], spaces: Iterable[str] = ()) -> None:
        self._words, self._depth = words, 0
        self._inside, self._breaks, self._spaces = set(inside), set(breaks), set(spaces)

    def read(self, pieces: Iterable[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._no_types
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Broken from error

    def _no_types(self, *_given: Any) -> None:
        raise Broken

    def _begins(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._depth += local in self._inside
        if local in self._spaces:
            self._words.add(" ")

    def _ends(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._depth -= local in self._inside
        if local in self._breaks:
            self._words.add("\n")

    def _says(self, text: str) -> None:
        if self._depth:
            self._words.add(text)


ZIPPED = {
    "docx": (r"word/(document|footnotes|endnotes)\.xml", ("t",), ("p",), ("tab", "br")),
    "pptx": (r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml", ("t",), ("p",), ("br",)),
    "xlsx": (r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", ("t",), ("si", "is"), ()),
    "odt": (r"content\.xml", ("p", "h"), ("p", "h"), ("s", "tab", "line-break")),
}
"""Kind → the parts that hold words, the elements that hold text, those that end a line, those that are a space."""
ZIPPED |= {"ods": ZIPPED["odt"], "odp": ZIPPED["odt"]}


def of_archive(kind: str, path: str, words: Words) -> None:
    pattern, inside, breaks, spaces = ZIPPED[kind]
    archive = Archive(path)
    names = archive.parts(pattern)
    if not names:
        raise Broken
    for name in names:
        Texts(words, inside, breaks, spaces).read(archive.pieces(name))
        words.add("\n")


def decoded(path: str) -> str:
    """Return a plain text: UTF-8 or UTF-16 where it says so, else Windows-1252. Raises Broken for what is no text."""
    with open(path, "rb") as file:
        raw = file.read(4 * LONGEST + 4)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw[:PIECE]:
        raise Broken
    try:
        # The last character may be cut in half.
        return raw.decode("utf-8-sig") if len(raw) < 4 * LONGEST else raw[: 4 * LONGEST].decode("utf-8-sig", "ignore")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


class Page(html.parser.HTMLParser):
    """The words of an HTML page, without scripts and styles."""

    HIDDEN = ("script", "style", "template", "noscript")
    BREAKS = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "title", "td", "th")

    def __init__(self, words: Words) -> None:
        super().__init__(convert_charrefs=True)
        self._words, self._hidden = words, 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in self.HIDDEN

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in self.HIDDEN))
        if tag in self.BREAKS:
            self._words.add("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.add(data)


def of_captions(path: str, words: Words) -> None:
    """Collect what is said. Captions that roll repeat their last line in the next cue; it is taken once."""
    before = ""
    for block in re.split(r"\n\s*\n", decoded(path).replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        times = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        if times is None:  # the head, notes, styles
            continue
        for line in lines[times + 1 :]:
            said = html.unescape(re.sub(r"<[^>\n]{0,200}>", "", line)).strip()
            if said and said != before:
                words.add(f"{said}\n")
            before = said or before


def read(kind: str, path: str, words: Words) -> None:
    """Collect the words of a file of this kind. Raises what its parts raise."""
    if kind == "pdf":
        of_pdf(path, words)
    elif kind in ZIPPED:
        of_archive(kind, path, words)
    elif kind == "captions":
        of_captions(path, words)
    elif kind == "html":
        Page(words).feed(decoded(path))
    else:
        words.add(decoded(path))


def main(kind: str, path: str) -> dict[str, Any]:
    """Return what is told of a file. What is found before it breaks is kept."""
    words, problem = Words(), ""
    try:
        read(kind, path, words)
    except Enough:
        pass
    except Locked:
        problem = "locked"
    except MemoryError:
        problem = "large"
    except Exception:  # whatever a broken file makes a library raise
        problem = "broken"
    text = str(words)
    return {"text": text, "is_cut": words.is_cut, "problem": "" if text else problem or "empty"}


if __name__ == "__main__":
    if sys.argv[1] == "pdf":
        import pypdf  # noqa: F401  # while what Python compiles of it can still be kept
    give_up_the_world()
    told = json.dumps(main(sys.argv[1], sys.argv[2]))
    sys.stdout.write(told)
    sys.stdout.flush()
    os._exit(0)
