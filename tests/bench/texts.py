"""The words that benchmarks are made of: real questions and answers where they lie beside the checkout."""

from __future__ import annotations

import random
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
COMMUNITIES = REPOSITORY.parent / "shared" / "data" / "community"


@dataclass
class Texts:
    """Titles, paragraphs and comments in plain words, and tags as often as they were used."""

    titles: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    is_real: bool = True

    def title(self, chance: random.Random) -> str:
        """Return a title with the middle of one and the end of another, so that no two need be equal."""
        first, second = chance.choice(self.titles).split(), chance.choice(self.titles).split()
        cut = max(2, len(first) // 2)
        return " ".join(first[:cut] + second[len(second) // 2 :])[:190]

    def body(self, chance: random.Random, most: int) -> str:
        """Return one to `most` real paragraphs."""
        return "\n\n".join(chance.choice(self.paragraphs) for _ in range(chance.randint(1, most)))


def _rows(archive: tarfile.TarFile, name: str) -> Iterator[dict[str, str]]:
    for member in archive.getmembers():
        if member.name.endswith("/" + name) or member.name == name:
            file = archive.extractfile(member)
            if file is None:
                continue
            for _event, element in ET.iterparse(file):  # noqa: S314  local, trusted test data
                if element.tag == "row":
                    yield dict(element.attrib)
                    element.clear()


def _paragraphs(html: str) -> list[str]:
    parts = re.split(r"</?(?:p|li|blockquote|pre|h\d)\b[^>]*>", html)
    plain = [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", part))).strip() for part in parts]
    return [part for part in plain if 40 < len(part) < 1500]


def read() -> Texts:
    """Return the texts of every community found, or of the demo organisation where there is none. Takes about 5 s."""
    texts = Texts()
    for path in sorted(COMMUNITIES.glob("*.tar.xz")) if COMMUNITIES.is_dir() else []:
        with tarfile.open(path) as archive:
            for row in _rows(archive, "Posts.xml"):
                if row.get("Title"):
                    texts.titles.append(row["Title"])
                texts.tags += re.findall(r"[\w.-]+", row.get("Tags", ""))
                texts.paragraphs += _paragraphs(row.get("Body", ""))
            texts.comments += [row["Text"][:500] for row in _rows(archive, "Comments.xml") if row.get("Text")]
    return texts if texts.titles else _from_demo()


def _from_demo() -> Texts:
    from watercooler.demo.read import read as read_demo

    texts = Texts(is_real=False)
    for item in read_demo().items.values():
        if item.title:
            texts.titles.append(item.title)
        texts.paragraphs += [part for part in item.body.split("\n\n") if len(part) > 40]
        texts.tags += item.topics
    texts.comments = texts.paragraphs[:500]
    return texts
