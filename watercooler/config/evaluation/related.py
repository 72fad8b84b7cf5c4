"""Reading communities from Stack Exchange folders: questions, their answers and comments, and which are related."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Said:
    """An answer or a comment. score: votes for less votes against. parent: what it hangs below."""

    name: str
    parent: str
    html: str
    score: int
    at: str


@dataclass(slots=True)
class Asked:
    """A question with what was said to it, in the order of time."""

    name: str
    title: str
    html: str
    topics: list[str]
    score: int
    at: str
    accepted: str = ""
    answers: list[Said] = field(default_factory=list)
    comments: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Community:
    """questions: by name. related: question → the questions it links to, or duplicates."""

    questions: dict[str, Asked]
    related: dict[str, set[str]]


def is_community(folder: Path) -> bool:
    """Say whether a folder holds a Stack Exchange dump."""
    return (folder / "Posts.xml").is_file()


def read(folder: Path) -> Community:
    """Return a community from Posts.xml, with Comments.xml and PostLinks.xml where they are there."""
    questions: dict[str, Asked] = {}
    thread: dict[str, str] = {}
    answers: list[tuple[str, Said]] = []
    for row in _rows(folder / "Posts.xml"):
        name, score, at = row["Id"], int(row.get("Score", 0)), row["CreationDate"]
        if row["PostTypeId"] == "1":
            topics = re.findall(r"[^<>|]+", row.get("Tags", ""))
            questions[name] = Asked(name, row["Title"], row["Body"], topics, score, at, row.get("AcceptedAnswerId", ""))
        elif row["PostTypeId"] == "2" and "ParentId" in row:
            answers.append((row["ParentId"], Said(name, row["ParentId"], row["Body"], score, at)))
            thread[name] = row["ParentId"]
    for question, answer in answers:
        if question in questions:
            questions[question].answers.append(answer)
    for row in _rows(folder / "Comments.xml"):
        question = thread.get(row["PostId"], row["PostId"])
        if question in questions:
            said = Said(row["Id"], row["PostId"], row["Text"], int(row.get("Score", 0)), row["CreationDate"])
            questions[question].comments.append(said)
    return Community(questions, _related(folder, questions))


def _related(folder: Path, questions: dict[str, Asked]) -> dict[str, set[str]]:
    related: dict[str, set[str]] = {}
    for row in _rows(folder / "PostLinks.xml"):
        one, other = row["PostId"], row["RelatedPostId"]
        if one in questions and other in questions and one != other:
            related.setdefault(one, set()).add(other)
    return related


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the attributes of each row; nothing if there is no such file."""
    if not path.is_file():
        return
    # Expat, which reads it, expands no outer entities; the folder is the operator's own.
    for _event, element in ET.iterparse(path):  # noqa: S314
        if element.tag == "row":
            yield dict(element.attrib)
            element.clear()
