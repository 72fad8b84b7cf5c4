"""The rows of one dump file, one at a time: a file of 100 GB needs as much memory as one of 100 KB.

A dump file is an XML element with one `<row …/>` a record. In well-formed XML no attribute holds a `<`, so the file is
cut there, and each row is parsed by itself: a broken row is left out and named, and the rows after it are read.
No document type is ever read, so nothing a stranger declares is expanded or fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from watercooler.doors.importing.report import Broken, Problem

CHUNK = 1 << 18
LONGEST = 8 << 20
"""A row longer than this is left out: the longest text Stack Exchange takes is 30,000 characters."""

_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
# Begins where a name begins: from every letter of a long word it would read to its end.
_ATTRIBUTE = re.compile(rb"""(?<![\w:.-])([\w:.-]+)\s*=\s*["']""")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

NAMES = {
    name.lower(): name
    for name in (
        *("Id", "DisplayName", "CreationDate", "AccountId", "AboutMe", "Reputation", "TagName", "Count"),
        *("ExcerptPostId", "WikiPostId", "PostTypeId", "OwnerUserId", "OwnerDisplayName", "ParentId"),
        *("AcceptedAnswerId", "Score", "Body", "Title", "Tags", "LastEditDate", "PostId", "UserId"),
        *("UserDisplayName", "Text", "VoteTypeId", "RelatedPostId", "LinkTypeId", "Name", "Date", "Class"),
        *("PostHistoryTypeId", "RevisionGUID", "Comment"),
    )
}


def _named(fields: dict[str, str]) -> dict[str, str]:
    """Return a row's fields under their usual names: copies that went through other programs have small letters."""
    return fields if "Id" in fields else {NAMES.get(name.lower(), name): text for name, text in fields.items()}


class Row:
    """One record as the file has it: attribute → text, and the line it begins on."""

    __slots__ = ("fields", "line")

    def __init__(self, line: int, fields: dict[str, str]) -> None:
        self.line = line
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Turn:
    """Which rows one of two readings of a file takes. The rows that only the second takes are parsed once.

    sure: what begins a row that the second reading is for. maybe: what each row holds that it may be for.
    """

    sure: re.Pattern[bytes]
    maybe: re.Pattern[bytes]
    is_second: bool = False

    def takes(self, piece: bytes) -> bool:
        return bool(self.maybe.search(piece)) if self.is_second else not self.sure.match(piece)

    def tells(self, piece: bytes) -> bool:
        """Say whether what is wrong with a row that this reading takes has not been told by the other."""
        return not self.is_second or bool(self.sure.match(piece))


class Rows:
    """Iterates over the rows of a file. `taken` is how many of its bytes were read so far.

    told: called with each row that cannot be read. damaged: called with what is wrong with the file as a whole.
    turn: the rows it does not take are not looked at. `is_news`: whether the row at hand is looked at first now.
    Raises Broken for what nobody should go on reading: declared entities, an unknown encoding.
    """

    def __init__(
        self,
        path: Path,
        told: Callable[[Problem], None],
        damaged: Callable[[Problem], None],
        turn: Turn | None = None,
    ) -> None:
        self.path = path
        self.taken = 0
        self._told, self._damaged, self._turn = told, damaged, turn
        self.is_news = True
        self._line = 1
        self._skips_until = b""
        self._is_too_long = False
        self._root = ""
        self._is_closed = False

    def __iter__(self) -> Iterator[Row]:
        rest = b""
        for chunk in self._chunks():
            if self._is_too_long and b"<" not in chunk:
                self._line += chunk.count(b"\n")
                continue
            *pieces, rest = (rest + chunk).split(b"<")
            for piece in pieces:
                yield from self._read(piece)
            if len(rest) > LONGEST:
                self._too_long(rest)
                rest = b""
        yield from self._read(rest, is_last=True)
        if not self._root:
            self._damage("holds no records.")
        elif not self._is_closed:
            self._damage(f"ends before its end tag </{self._root}>; the rest of it is missing.")

    def _chunks(self) -> Iterator[bytes]:
        """Yield the file as UTF-8, without its byte order mark."""
        with self.path.open("rb") as file:
            head = file.read(CHUNK)
            mark, name = next(((m, n) for m, n in _MARKS if head.startswith(m)), (b"", ""))
            said = _ENCODING.match(head[len(mark) :])
            decoder = _decoder(self.path.name, name or (said[1].decode() if said else "utf-8"))
            while head:
                self.taken += len(head)
                part, mark = head[len(mark) :], b""
                yield part if decoder is None else self._decoded(decoder, part)
                head = file.read(CHUNK)

    def _decoded(self, decoder: codecs.IncrementalDecoder, part: bytes) -> bytes:
        try:
            return decoder.decode(part).encode()
        except UnicodeError:
            raise Broken(self.path.name, "is not written in the encoding that its first line names.") from None

    def _read(self, piece: bytes, is_last: bool = False) -> Iterator[Row]:
        """Yield the row that stands between two `<`, if it is one."""
        line = self._line
        self._line += piece.count(b"\n")
        if self._is_too_long:
            self._is_too_long = False
            return
        if self._skips_until:
            if self._skips_until in piece:
                self._skips_until = b""
            return
        if piece[:3] == b"row" and piece[3:4] in b" \t\r\n/>":
            self._root = self._root or "row"
            if self._turn is not None:
                if not self._turn.takes(piece):
                    return
                self.is_news = self._turn.tells(piece)
            if row := self._parsed(piece, line, is_last):
                yield row
        else:
            self._look_at(piece, line)

    def _look_at(self, piece: bytes, line: int) -> None:
        """Take note of what is no row: the root, its end, comments, a document type."""
        if piece[:1] == b"/":
            self._is_closed |= piece[1:].split(b">")[0].strip().decode("utf-8", "replace") == self._root
        elif piece[:7] == b"!ENTITY":
            raise Broken(self.path.name, "declares entities of its own. Such files are refused unread.", line)
        elif piece[:3] == b"!--":
            self._skips_until = b"" if b"-->" in piece else b"-->"
        elif piece[:1].isalpha() and not self._root:
            self._root = re.split(rb"[\s/>]", piece, maxsplit=1)[0].decode("utf-8", "replace")
            self._is_closed = piece.rstrip().endswith(b"/>")

    def _parsed(self, piece: bytes, line: int, is_last: bool) -> Row | None:
        text = piece.rstrip()
        if not text.endswith(b">"):
            why = "the file ends in the middle of this record." if is_last else "the record has no end."
            self._tell(line, _last_field(text), why)
            return None
        if not text.endswith(b"/>"):
            text = text[:-1] + b"/>"
        found: list[dict[str, str]] = []
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = False
        parser.StartElementHandler = lambda _name, fields: found.append(_named(fields))
        try:
            parser.Parse(b"<" + text, True)
        except expat.ExpatError as error:
            entity = _ENTITY.search(text)
            field = _last_field(text[: entity.start() if entity else max(parser.ErrorByteIndex, 0)])
            self._tell(line, field, _why(error, text))
            return None
        return Row(line, found[0])

    def _too_long(self, rest: bytes) -> None:
        if not self._is_too_long:
            self.is_news = self._turn is None or not self._turn.is_second
            why = f"the record is longer than {LONGEST >> 20} MB."
            self._tell(self._line, _last_field(rest[: 1 << 16]), why)
        self._is_too_long = True
        self._line += rest.count(b"\n")

    def _tell(self, line: int, field: str, why: str) -> None:
        if self.is_news:
            self._told(Problem(self.path.name, line, field, why))

    def _damage(self, sentence: str) -> None:
        self._damaged(Problem(self.path.name, 0, "", sentence))


def _decoder(file: str, name: str) -> codecs.IncrementalDecoder | None:
    """Return what turns the file into text, or None where it is UTF-8 already and broken bytes are a row's own."""
    try:
        known = codecs.lookup(name).name
        if known in ("utf-8", "ascii"):
            return None
        return codecs.getincrementaldecoder(known)("strict")
    except (LookupError, AttributeError):
        raise Broken(file, f"says that it is written in “{name}”, which cannot be read here.", 1) from None


def _last_field(text: bytes) -> str:
    names = _ATTRIBUTE.findall(text)
    return names[-1].decode("utf-8", "replace") if names else ""


def _why(error: expat.ExpatError, text: bytes) -> str:
    """Return in a sentence why a row cannot be read."""
    codes = expat.errors.codes
    if error.code == codes[expat.errors.XML_ERROR_BAD_CHAR_REF] or _CONTROL.search(text):
        return "it holds a control character, which XML does not allow."
    if error.code == codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        return "it names an entity that XML does not know."
    if error.code == codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]:
        return "it says this field twice."
    try:
        text.decode()
    except UnicodeDecodeError:
        return "it holds bytes that are not UTF-8."
    return "it is not well-formed XML."
