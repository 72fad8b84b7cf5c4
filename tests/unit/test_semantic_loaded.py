"""A model that cannot be loaded is left alone for a while, whatever the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from watercooler.projections.semantic import loaded
from watercooler.projections.semantic.folder import NoModel


@pytest.mark.parametrize("error", [NoModel("no folder"), MemoryError(), OSError(5, "Input/output error")])
def test_what_cannot_be_loaded_is_not_begun_again_by_each_search(
    error: Exception, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Path] = []

    def fail(folder: Path) -> None:
        tries.append(folder)
        raise error

    settings.SEMANTIC = "/models/small"
    monkeypatch.setattr(loaded, "Embedder", fail)
    loaded.use(None)
    try:
        assert [loaded.embedder() for _search in range(3)] == [None] * 3
        assert loaded.embedder_if_ready() is None
        assert len(tries) == 1
    finally:
        loaded.use(None)
