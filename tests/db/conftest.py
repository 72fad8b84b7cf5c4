"""Folders that tests of this tier share."""

import pytest


@pytest.fixture
def forum(tmp_path):
    """Return where a forum's files are put; its name is what the forum is called."""
    return tmp_path / "forum.example"
