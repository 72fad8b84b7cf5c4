"""The one model that a process holds: loaded when it is first needed, and tried again after a while if it failed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import structlog
from django.conf import settings

from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.folder import NoModel

log = structlog.get_logger()
AGAIN_SECONDS = 600.0
_lock = threading.Lock()
_kept: Embedder | None = None
_failed_at: float | None = None
_said: set[str] = set()


def embedder() -> Embedder | None:
    """Return the model, loaded now if it was not; None if it cannot be. Cost: about 0.5 s the first time."""
    global _kept, _failed_at
    with _lock:
        if _kept is None and settings.SEMANTIC and not _failed_lately():
            try:
                _kept = Embedder(Path(settings.SEMANTIC))
            except NoModel as error:
                _failed_at = time.monotonic()
                say_off(str(error))
            except Exception as error:  # no memory, a broken disk: else each search began to load it again
                _failed_at = time.monotonic()
                log.exception("the model cannot be loaded")
                say_off(f"{type(error).__name__}: {error}")
        return _kept


def embedder_if_ready() -> Embedder | None:
    """Return the model if it is loaded; else begin to load it, and let whoever looks now be answered by words."""
    if _kept is None and settings.SEMANTIC and not _failed_lately() and not _lock.locked():
        threading.Thread(target=embedder, name="loads the model", daemon=True).start()
    return _kept


def say_off(reason: str) -> None:
    """Say once in a process why search goes by words alone."""
    if reason not in _said:
        _said.add(reason)
        log.warning("semantic search is off, words are searched as always", reason=reason)


def use(other: Embedder | None) -> None:
    """Hold this model instead: for evaluations and tests. None: load again when it is needed."""
    global _kept, _failed_at
    _kept, _failed_at = other, None


def _failed_lately() -> bool:
    return _failed_at is not None and time.monotonic() - _failed_at < AGAIN_SECONDS
