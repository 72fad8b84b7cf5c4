"""Who knows, asked before and the router on a real community, where its files lie beside the checkout."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from watercooler.config.evaluation import duplicates, experts, recommendations, router
from watercooler.config.evaluation.communities import read
from watercooler.config.evaluation.throwaway import load

COMMUNITIES = Path(__file__).resolve().parents[3] / "shared" / "data" / "community"
SITE = "quantumcomputing.stackexchange.com"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not COMMUNITIES.is_dir(), reason=f"No communities to measure on in {COMMUNITIES}."),
]


def test_the_methods_beat_their_baselines_on_one_community(tmp_path):
    with tarfile.open(COMMUNITIES / f"{SITE}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    organisation = read([str(tmp_path / SITE)])
    assert len(organisation.questions) == 612
    loaded = load(organisation)
    found = experts.outcome(organisation, loaded).comparisons
    assert found[0].ratio > 1.0
    assert found[-1].ratio > 1.0
    assert router.outcome(organisation, loaded).comparisons[0].ratio > 1.0
    assert duplicates.outcome(organisation, loaded).comparisons[0].method >= 0.5
    suggested = recommendations.outcome(organisation, loaded).comparisons[0]
    assert suggested.ratio > 1.0
    assert set(suggested.baselines) == {"most popular", "newest first"}
