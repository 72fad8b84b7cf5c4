"""Making the vectors of what was written, in the worker, where the model may take its time."""

from __future__ import annotations

import time

from watercooler.foundation.base.jobs import enqueue, job
from watercooler.foundation.base.language import detect
from watercooler.projections.semantic import entries, loaded
from watercooler.projections.semantic.column import NoVectors, make_for
from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.models import Model
from watercooler.projections.semantic.parts import parts

BATCH = 16
"""Texts between two writes: a third of a second, five if all are long, so that a worker that ends loses little."""
SECONDS = 30.0
"""After this the job ends and asks for itself again: nothing else waits long for its turn."""


@job(name="semantic.embed", attempts=1)
def embed() -> None:
    """Make vectors of the newest texts that wait, then of older ones, for half a minute at most."""
    embedder = ready()
    if embedder is None:
        return
    until = time.monotonic() + SECONDS
    while embed_some(embedder):
        if time.monotonic() > until:
            enqueue(embed, alone=embed.name)
            return


@job(name="semantic.look", every="*/5 * * * *", attempts=1)
def look() -> None:
    """Take up what waits though nobody wrote: after a new model, or when the extension came later than the texts."""
    if ready() is not None and entries.due(1):
        enqueue(embed, alone=embed.name)


def embed_some(embedder: Embedder) -> bool:
    """Make the vectors of one batch. Returns whether any waited. Cost: docs/finding/meaning.md.

    A text in a language that the model does not know gets none: it would stand anywhere.
    """
    texts = entries.due(BATCH)
    if texts:
        model = Model.objects.get()
        cut = [parts(text.title, text.html, embedder) for text in texts]
        told = [each if model.knows(detect(" ".join(each))) else [] for each in cut]
        vectors = iter(embedder.texts([part for each in told for part in each]))
        entries.keep(texts, [[next(vectors) for _part in each] for each in told])
    return bool(texts)


def ready() -> Embedder | None:
    """Return the model once the database can keep its vectors; None, and a line in the log, if it never can."""
    embedder = loaded.embedder()
    try:
        if embedder is not None:
            make_for(embedder)
    except NoVectors as error:
        loaded.say_off(str(error))
        return None
    return embedder
