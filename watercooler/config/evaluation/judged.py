"""Reading judged collections: documents, queries, and which documents people found relevant to which query.

Understood are TREC's marked-up files (<DOC> with <DOCNO>, <top> with <num>), JSON lines and tab-separated files as
the BEIR collections have them, and relevance judgements in four columns (query, iteration, document, grade) or three
(query, document, grade, with a heading). Files may be packed with gzip.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TextIO

from watercooler.config.problems import Misused

_ID = ("_id", "id", "docno", "docid", "doc_id", "qid", "query_id", "num")
_TEXT = ("text", "contents", "body", "abstract", "query", "title")
_JUDGED = re.compile(r"qrel|judg|relevance|(^|[._-])rel([._-]|$)", re.I)
_ASKED = re.compile(r"quer|topic|qry", re.I)
_READ = re.compile(r"\.(jsonl|json|tsv|csv|xml|sgml?|trec|txt|dat|test|qrels?|all|qry|\d+)$", re.I)
_NO_DOCUMENT = re.compile(r"readme|licen[cs]e|stop", re.I)


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
    relevant = _relevant(judgements)
    asked = {name: text for path in queries for name, (_title, text) in _entries(path, whole_topics=False)}
    known = {name: Document(*said) for path in documents for name, said in _entries(path, whole_topics=True)}
    for what, found in (("relevance judgements", relevant), ("queries", asked), ("documents", known)):
        if not found:
            raise Misused(f"{folder} has neither Posts.xml nor {what} of a judged collection.")
    return Collection(known, asked, _of_these(relevant, asked))


def _sorted(folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the files of judgements (those to test with, if some are to train with), of queries and documents."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and _READ.search(_name(p))]
    judgements = [p for p in files if _JUDGED.search(str(p.relative_to(folder)))]
    queries = [p for p in files if p not in judgements and _ASKED.search(p.name)]
    rest = [p for p in files if p not in judgements and p not in queries and not _NO_DOCUMENT.search(p.name)]
    to_test = [p for p in judgements if "test" in p.name.lower()]
    return to_test or judgements, queries, rest


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz")


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def _relevant(paths: Iterable[Path]) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = {}
    for path in paths:
        with _open(path) as lines:
            for line in lines:
                columns = line.split()
                if len(columns) not in {3, 4} or not re.fullmatch(r"-?\d+(\.\d+)?", columns[-1]):
                    continue
                relevant.setdefault(columns[0], {})[columns[-2]] = int(float(columns[-1]))
    return relevant


def _of_these(relevant: dict[str, dict[str, int]], asked: dict[str, str]) -> dict[str, dict[str, int]]:
    """Keep judgements of known queries; numbers that differ only in leading zeros are the same."""
    if not set(relevant) & set(asked):
        bare = {name.lstrip("0"): name for name in asked}
        relevant = {bare[name.lstrip("0")]: grades for name, grades in relevant.items() if name.lstrip("0") in bare}
    return {name: grades for name, grades in relevant.items() if name in asked and max(grades.values()) > 0}


def _entries(path: Path, *, whole_topics: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield name and (title, text) of each entry in a file."""
    with _open(path) as file:
        start = file.read(4096)
        file.seek(0)
        if re.match(r"\s*[{\[]", start):
            yield from _json(file)
        elif re.search(r"<(doc|top|query|topic)\b", start, re.I):
            yield from _marked_up(file.read(), whole_topics)
        elif "\t" in start:
            yield from _separated(file)


def _json(file: TextIO) -> Iterator[tuple[str, tuple[str, str]]]:
    text = file.read()
    rows = json.loads(text) if text.lstrip().startswith("[") else map(json.loads, filter(str.strip, text.splitlines()))
    for row in rows:
        name = next((str(row[key]) for key in _ID if key in row), "")
        said = next((str(row[key]) for key in _TEXT if row.get(key)), "")
        title = str(row.get("title") or "")
        if name:
            yield name, (title if title != said else "", said)


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
