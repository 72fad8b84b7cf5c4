"""Reading judged collections: documents, queries, and which documents people found relevant to which query.

Understood are TREC's marked-up files (<DOC> with <DOCNO>, <top> with <num>), JSON, JSON lines and tab-separated files
as the BEIR collections have them, the older collections' own form (.I, .T, .W), and relevance judgements in four
columns (query, iteration, document, grade), three (query, document, grade, with or without a heading) or JSON lines.
Files may be packed with gzip. What a file holds is told from its name (queries, topics, qry; qrels, rel) and its first
characters; what is neither queries nor judgements holds documents.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, TextIO

from watercooler.config.problems import Misused

_ID = ("_id", "id", "docno", "docid", "doc_id", "qid", "query_id", "num")
_TEXT = ("text", "contents", "body", "abstract", "query", "title")
_JUDGED = re.compile(r"qrel|judg|relevance|(^|[._-])rel([._-]|$)", re.I)
_OLDER = re.compile(r"\s*(?:\.[A-Z]\s+)?\.I\s+\S")
_ASKED = re.compile(r"quer|topic|qry", re.I)
_NO_DOCUMENT = re.compile(
    r"readme|licen[cs]e|stop|common_words|^\.|\.(md|pdf|zip|tar|tgz|7z|py|ipynb|java|class|png|jpe?g|html?|log)$", re.I
)


@dataclass(slots=True)
class Document:
    """A document's title, which may be empty, and text."""

    title: str
    text: str


@dataclass(slots=True)
class Collection:
    """documents and queries by name; relevant: query → document → grade, of which more than 0 is relevant."""

    documents: dict[str, Document]
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]


def read(folder: Path) -> Collection:
    """Return the collection in a folder and the folders inside it. Raises Misused, saying what is missing."""
    judgements, queries, documents = _sorted(folder)
    older = any(_is_older(path) for path in documents)
    relevant = _relevant(judgements, older=older)
    asked = {name: text for path in queries for name, (_title, text) in _entries(path, whole_topics=False)}
    known = {name: Document(*said) for path in documents for name, said in _entries(path, whole_topics=True)}
    for what, found in (("relevance judgements", relevant), ("queries", asked), ("documents", known)):
        if not found:
            raise Misused(
                f"{folder} holds no dump of Stack Exchange (Posts.xml), no forum (topics as JSON), and no {what} of a "
                "judged collection."
            )
    if found := _of_these(relevant, asked, known):
        return Collection(known, asked, found)
    raise Misused(
        f"No judgement in {folder} finds a document relevant to one of its queries; are their names the same?"
    )


def _sorted(folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the files of judgements (those to test with, if some are to train with), of queries and documents."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not _NO_DOCUMENT.search(_name(p))]
    judgements = [p for p in files if _JUDGED.search(str(p.relative_to(folder)))]
    queries = [p for p in files if p not in judgements and _ASKED.search(p.name)]
    rest = [p for p in files if p not in judgements and p not in queries]
    to_test = [p for p in judgements if "test" in p.name.lower()]
    return to_test or judgements, queries, rest


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz")


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def _relevant(paths: Iterable[Path], *, older: bool) -> dict[str, dict[str, int]]:
    """Return query → document → grade. The older collections list what is relevant; their numbers mean no degree."""
    rows = [row for path in paths for row in _judgements(path)]
    listed = older or not any(grade > 0 for *_names, grade in rows)
    relevant: dict[str, dict[str, int]] = {}
    for query, second, last, grade in rows:
        # Query, document, 0, 0 lists documents in the second column.
        document = second if listed and (grade == 0 or not last) else last or second
        relevant.setdefault(query, {})[document] = 1 if listed else grade
    return relevant


def _judgements(path: Path) -> Iterator[tuple[str, str, str, int]]:
    """Yield query, second column, third column where there are four, and grade."""
    with _open(path) as lines:
        for line in lines:
            if line.lstrip().startswith("{"):
                row = _loaded(line, path)
                names = {key.replace("-", "_").replace("corpus", "doc"): str(value) for key, value in row.items()}
                grade = names.get("relevance") or names.get("score") or "1"
                columns = [names.get("query_id", ""), names.get("doc_id", ""), grade]
            else:
                columns = line.split()
            if len(columns) in {3, 4} and re.fullmatch(r"-?\d+(\.\d+)?", columns[-1]):
                yield columns[0], columns[1], columns[2] if len(columns) == 4 else "", int(float(columns[-1]))


def _of_these(
    relevant: dict[str, dict[str, int]], asked: dict[str, str], documents: dict[str, Document]
) -> dict[str, dict[str, int]]:
    """Keep judgements of known queries with something relevant.

    Numbers that differ only in leading zeros are the same. Where judgements name queries that are not there, but no
    number beyond how many there are, they count the queries in their order, as Cranfield's do.
    """
    bare = {name.lstrip("0"): name for name in asked}
    numbers = {name.lstrip("0") for name in relevant}
    if not numbers <= bare.keys() and all(n.isdigit() and int(n) <= len(asked) for n in numbers):
        bare = {str(place): name for place, name in enumerate(asked, 1)}
    known = {
        bare[name.lstrip("0")]: _named(grades, documents)
        for name, grades in relevant.items()
        if name.lstrip("0") in bare
    }
    return {name: grades for name, grades in known.items() if max(grades.values()) > 0}


def _named(grades: dict[str, int], documents: dict[str, Document]) -> dict[str, int]:
    """Return document → grade with the names that the documents have: 0046 is 46."""
    return {name if name in documents else name.lstrip("0"): grade for name, grade in grades.items()}


def _is_older(path: Path) -> bool:
    with _open(path) as file:
        return bool(_OLDER.match(file.read(40)))


def _entries(path: Path, *, whole_topics: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield name and (title, text) of each entry in a file."""
    with _open(path) as file:
        start = file.read(4096)
        file.seek(0)
        if _OLDER.match(start):
            yield from _older(file.read())
        elif re.match(r"\s*[{\[]", start):
            yield from _json(file, path)
        elif re.search(r"<(doc|top|query|topic)\b", start, re.I):
            yield from _marked_up(file.read(), whole_topics)
        elif "\t" in start:
            yield from _separated(file)


def _json(file: TextIO, path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for row in _rows(file, path):
        name = next((str(row[key]) for key in _ID if key in row), "")
        said = next((str(row[key]) for key in _TEXT if row.get(key)), "")
        title = str(row.get("title") or "")
        if name:
            yield name, (title if title != said else "", said)


def _rows(file: TextIO, path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list, of lines, or of one object from name to text or object."""
    text = file.read()
    lines = [line for line in text.splitlines() if line.strip()]
    if text.lstrip().startswith("[") or (len(lines) > 1 and lines[0].strip() == "{"):
        whole = _loaded(text, path)
    else:
        whole = [_loaded(line, path) for line in lines]
        if len(whole) == 1 and not set(_ID) & whole[0].keys():
            whole = whole[0]
    if isinstance(whole, dict):
        whole = [{**(said if isinstance(said, dict) else {"text": said}), "_id": name} for name, said in whole.items()]
    yield from (row for row in whole if isinstance(row, dict))


def _loaded(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except ValueError as broken:
        raise Misused(f"{path} begins like JSON, but is none: {broken}") from broken


def _older(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Read entries that begin with .I and have a title (.T) and a text (.W), each under its own line; in some copies
    the title's mark is missing."""
    for block in re.split(r"^\.I\s+", text, flags=re.M)[1:]:
        name, _newline, rest = block.partition("\n")
        parts = re.split(r"^\.([A-Z])\s*$", rest, flags=re.M)
        said = {"T": " ".join(parts[0].split())}
        for letter, words in zip(parts[1::2], parts[2::2], strict=True):
            said[letter] = f"{said.get(letter, '')} {' '.join(words.split())}".strip()
        title, body = said.get("T", ""), said.get("W", "")
        yield name.strip(), (title if body else "", body or title)


def _separated(file: TextIO) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, line in enumerate(file):
        columns = line.rstrip("\n").split("\t")
        if len(columns) < 2 or (number == 0 and columns[0].lower() in {*_ID, "query-id", "corpus-id"}):
            continue
        yield columns[0], (columns[1], columns[2]) if len(columns) > 2 else ("", columns[1])


def _marked_up(text: str, whole: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    for block in re.finditer(r"<(doc|top|topic|query)\b([^>]*)>(.*?)(?=</\1>|<\1\b|\Z)", text, re.I | re.S):
        inside = block[3]
        name = _part(inside, "docno|num|id|qid|docid") or _attribute(block[2])
        name = re.sub(r"^\s*(number|num)\s*:\s*", "", name, flags=re.I).strip()
        title = _part(inside, "title|headline|hl|head")
        body = " ".join(_every(inside, "text|body|abstract|contents|lp|p|desc"))
        if not whole:
            title, body = "", title or body or _plain(inside)
        elif not body:
            body = _plain(re.sub(r"<(docno|num|id|title)\b[^>]*>.*?</\1>", " ", inside, flags=re.I | re.S))
        if name:
            yield name, (re.sub(r"^\s*topic\s*:\s*", "", title, flags=re.I), body)


def _attribute(attributes: str) -> str:
    found = re.search(r"\b(?:number|id|num)\s*=\s*[\"']?([^\"'\s>]+)", attributes, re.I)
    return found[1] if found else ""


def _every(text: str, tags: str) -> list[str]:
    """Return the plain text of these elements; TREC's topics do not close theirs, so the next tag ends one too."""
    closed = re.findall(rf"<({tags})\b[^>]*>(.*?)</\1>", text, re.I | re.S)
    found = closed or re.findall(rf"<({tags})\b[^>]*>([^<]*)", text, re.I | re.S)
    return [_plain(inside) for _tag, inside in found]


def _part(text: str, tags: str) -> str:
    return next(iter(_every(text, tags)), "")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text))).strip()
