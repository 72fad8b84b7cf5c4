"""Folders that tests of this tier share."""

import pytest

from tests.meaning import skip_without_vectors
from watercooler.projections.search import statistics
from watercooler.spine.activity.worker import follow
from watercooler.spine.social.acts import comment


@pytest.fixture
def forum(tmp_path):
    """Return where a forum's files are put; its name is what the forum is called."""
    return tmp_path / "forum.example"


@pytest.fixture
def story(company):
    """A few things said, some of which mean the same in other words."""
    skip_without_vectors()
    company.boiler = company.question("Boiler makes a noise", source="It hums all night.")
    company.answer(company.boiler, "Bleed the pump and listen again.")
    company.frost = company.article("Frost", source="Wrap the pipes.")
    company.post("Lunch is at noon today.")
    comment(company.viewer("priya"), company.boiler.item, "Mine too.")
    follow()
    statistics.count_words()
    return company
