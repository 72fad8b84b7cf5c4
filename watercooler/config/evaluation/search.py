"""`evaluate search DIR…`: is what people look for found, and sooner than by BM25?

Communities: each question that links to others, or duplicates them, asks for these, once with its title and once
with its whole text; recall among the first ten threads. Judged collections: nDCG of the first ten documents. BM25 is
computed in the same run over the same stems: of questions, as they were asked; of documents, title and text. Queries
pass through the product's own search, with everything that it does with them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from watercooler.config.evaluation import forums, judged, meaning, related
from watercooler.config.evaluation.bm25 import BM25
from watercooler.config.evaluation.folders import opened
from watercooler.config.evaluation.limits import few
from watercooler.config.evaluation.outcome import Comparison, Outcome, compare
from watercooler.config.evaluation.progress import every_nth, say, told
from watercooler.config.evaluation.texts import Loader
from watercooler.config.evaluation.throwaway import throwaway
from watercooler.config.problems import CannotRun, Misused

FIRST = 10
MOST_CASES = 2_000
"""Of more questions that link to others every second, third … is looked for."""
type Value = Callable[[Sequence[str], Mapping[str, int]], float]
"""How good an order of names is, against the relevant ones with their grades: `recall`, `ndcg`."""
SETTINGS = {"BM25 (k1 1.2, b 0.75)": (1.2, 0.75), "BM25 (k1 0.9, b 0.4)": (0.9, 0.4)}


@dataclass(slots=True)
class Case:
    """One search: what is asked, what should come (name → grade), and what asks and may not come itself."""

    query: str
    relevant: Mapping[str, int]
    asking: str = ""


@dataclass(slots=True)
class Corpus:
    """What was loaded. texts: as BM25 reads it. threads: the same with all answers and comments. ids: name → item."""

    texts: dict[str, str] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)


def run(arguments: list[str]) -> Outcome:
    """Load the folders that the arguments name and measure search over them, with the extra too. Raises Misused."""
    words, extra = meaning.taken_from(arguments)
    if not words or any(word.startswith("-") for word in words):
        raise Misused("Name folders of communities or judged collections: bin/watercooler evaluate search DIR…")
    with ExitStack() as needs:
        return _outcome(opened(words, needs), extra)


def _outcome(folders: Sequence[Path], extra: meaning.Meaning | None) -> Outcome:
    read = {folder: _read(folder) for folder in folders}
    known = {folder.name: found for folder, found in read.items() if isinstance(found, related.Community)}
    notes = [NO_LINKS % name for name, community in known.items() if not community.related]
    comparisons: list[Comparison] = []
    if any(community.related for community in known.values()):
        with throwaway():
            comparisons += _communities(Loader(), known, extra)
        notes += few(comparisons[0].n, "questions link to others") if comparisons else []
    for folder, found in read.items():
        if isinstance(found, judged.Collection):
            with throwaway():
                comparisons += _judged(Loader(), folder.name, found, extra)
    if not comparisons:
        raise CannotRun(" ".join(notes))
    return Outcome("search", comparisons, notes)


NO_LINKS = (
    "In %s no question is known to link to another (PostLinks.xml of a dump, links between the topics of a forum), so "
    "there is nothing to look for."
)


def _read(folder: Path) -> related.Community | judged.Collection:
    """Return what a folder holds: a dump, a judged collection, or a forum. Raises CannotRun."""
    from watercooler.doors.importing.report import Broken

    say(f"Reading {folder.resolve().name} …")
    try:
        if related.is_community(folder):
            return related.read(folder)
        return forums.community(folder) if forums.is_forum(folder) else judged.read(folder)
    except Broken as broken:
        raise CannotRun(str(broken)) from broken


def _communities(
    loader: Loader, loaded: dict[str, related.Community], extra: meaning.Meaning | None
) -> Iterator[Comparison]:
    """Yield recall by title and by whole question, over all communities together."""
    from watercooler.projections.search.snippets import plain

    corpus = Corpus()
    titles, wholes = [], []
    for prefix, community in loaded.items():
        say(f"Loading {prefix}: {len(community.questions):,} questions …")
        loader.community(f"{prefix}/", community)
        for question in community.questions.values():
            name, whole = f"{prefix}/{question.name}", f"{question.title} {plain(question.html)}"
            corpus.texts[name] = whole
            said = " ".join(plain(each.html) for each in (*question.answers, *question.comments))
            corpus.threads[name] = f"{whole} {said}"
            if wanted := community.related.get(question.name):
                relevant = {f"{prefix}/{other}": 1 for other in wanted}
                titles.append(Case(question.title, relevant, name))
                wholes.append(Case(whole, relevant, name))
    corpus.ids = loader.item_ids
    _finish(loader, extra)
    nth = every_nth(len(titles), MOST_CASES)
    titles, wholes = titles[::nth], wholes[::nth]
    if titles:
        yield from _measured("related questions by title", f"recall@{FIRST}", loader, corpus, titles, recall, extra)
        yield from _measured(
            "related questions by whole question", f"recall@{FIRST}", loader, corpus, wholes, recall, extra
        )


def _finish(loader: Loader, extra: meaning.Meaning | None) -> None:
    loader.finish()
    if extra:
        extra.index()


def _judged(
    loader: Loader, name: str, collection: judged.Collection, extra: meaning.Meaning | None
) -> Iterator[Comparison]:
    loader.collection("", collection)
    _finish(loader, extra)
    corpus = Corpus(
        texts={key: f"{document.title} {document.text}" for key, document in collection.documents.items()},
        ids=loader.item_ids,
    )
    cases = [Case(collection.queries[query], grades) for query, grades in sorted(collection.relevant.items())]
    yield from _measured(name, f"nDCG@{FIRST}", loader, corpus, cases, ndcg, extra)


def _measured(
    name: str,
    measure: str,
    loader: Loader,
    corpus: Corpus,
    cases: list[Case],
    value: Value,
    extra: meaning.Meaning | None,
) -> Iterator[Comparison]:
    """Compare the product's search with BM25 over the same cases; then with the extra, if there is one."""

    def reached() -> list[float]:
        return [value(found, case.relevant) for found, case in zip(_found(loader, corpus, cases), cases, strict=True)]

    ours = reached()
    queries = list(stems({str(number): case.query for number, case in enumerate(cases)}).values())

    def by(texts: dict[str, str], k1: float, b: float) -> list[float]:
        index = BM25(stems(texts), k1, b)
        return [
            value(index.best(query, FIRST, {case.asking}), case.relevant)
            for query, case in zip(queries, cases, strict=True)
        ]

    baselines = {title: by(corpus.texts, *setting) for title, setting in SETTINGS.items()}
    beside = {}
    if corpus.threads:
        with_answers = by(corpus.threads, *SETTINGS["BM25 (k1 1.2, b 0.75)"])
        beside["BM25 of threads with answers and comments"] = sum(with_answers) / len(with_answers)
    yield compare(name, measure, ours, baselines, beside)
    if extra:
        with extra.on():
            yield compare(
                f"{name}, by meaning too", measure, reached(), baselines, {"words alone": sum(ours) / len(ours)}
            )


def _found(loader: Loader, corpus: Corpus, cases: Sequence[Case]) -> Iterator[list[str]]:
    """Yield the names of the first ten threads that the product finds for each case."""
    from django.utils import timezone

    from watercooler.projections.search.query import as_words
    from watercooler.projections.search.reads import find

    names = {item: name for name, item in corpus.ids.items()}
    now = timezone.now()
    for case in told(cases, len(cases), "searches"):
        hits = find(loader.viewer, as_words(case.query), now=now, chosen={}).hits
        found = [names[hit.thread_id] for hit in hits]
        yield [name for name in found if name != case.asking][:FIRST]


def stems(texts: dict[str, str]) -> dict[str, dict[str, int]]:
    """Return name → stem → how often, by the same stemmer that the product uses for English."""
    from django.db import connection

    out: dict[str, dict[str, int]] = {name: {} for name in texts}
    names = list(texts)
    with connection.cursor() as cursor:
        for start in range(0, len(names), 500):
            chunk = names[start : start + 500]
            cursor.execute(STEMS, [chunk, [texts[name].replace("\x00", " ")[:500_000] for name in chunk]])
            for name, stem, often in cursor.fetchall():
                out[name][stem] = often
    return out


STEMS = """
select t.name, w.lexeme, cardinality(w.positions) from unnest(%s::text[], %s::text[]) t(name, text),
    unnest(to_tsvector('watercooler', search_apart(t.text))) w
"""


def recall(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return the share of the relevant that was found."""
    return len(set(found) & set(relevant)) / len(relevant)


def ndcg(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Return the discounted gain of these places as a share of the best possible one. Source: Järvelin, Kekäläinen."""
    gained = sum(max(relevant.get(name, 0), 0) / math.log2(place + 2) for place, name in enumerate(found[:FIRST]))
    ideal = sorted((grade for grade in relevant.values() if grade > 0), reverse=True)[:FIRST]
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(ideal))
    return gained / best if best else 0.0
