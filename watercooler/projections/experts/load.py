"""Spreading questions over those who may know, so that the best known are not asked every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from watercooler.projections.experts.ranking import Ranked

PEOPLE = 3
"""How many are nudged."""
DAYS = 7
"""How far back nudges count as load."""
WEIGHT = 0.05
"""What each nudge of these days takes off: with two in a week somebody counts a tenth less."""


def least_loaded(ranked: Sequence[Ranked], nudges: Mapping[int, int], full: frozenset[int]) -> list[Ranked]:
    """Return the three to nudge: the best, less what they were asked lately. full: people who had today's already."""
    able = [one for one in ranked if one.person_id not in full]
    able.sort(key=lambda one: (-one.score / (1 + WEIGHT * nudges.get(one.person_id, 0)), one.person_id))
    return able[:PEOPLE]
