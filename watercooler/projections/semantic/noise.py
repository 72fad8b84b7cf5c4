"""How near a model finds what has nothing in common: each model has its own idea of "far"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watercooler.projections.semantic.embedder import Embedder

NOMINATED = 4.0
"""So many spreads above the mean of what has nothing in common, a text may take part."""
FITS = 5.5
"""So many above it, the nearest one says that something fits."""

APART = (
    "The oven in the canteen does not get hot any more.",
    "Who can sign a purchase order above five thousand?",
    "Our football team plays in the park on Thursday.",
    "How do I change the password of my mail account?",
    "The lorry needs new tyres before the winter.",
    "Maternity leave begins six weeks before the birth.",
    "A violin concerto was played in the town hall.",
    "Which glue holds rubber on aluminium?",
    "The patient is allergic to penicillin.",
    "Bees leave the hive when the lime trees blossom.",
    "Please separate paper from plastic waste.",
    "The server answers slowly since the last update.",
    "In which year was the bridge over the river built?",
    "The customer wants the invoice in euros.",
    "Children under ten ride the train for free.",
    "Solve the equation for the unknown angle.",
    "My grandmother bakes bread with rye and honey.",
    "The lawyer asks for the contract of 1998.",
    "Wear gloves when you handle liquid nitrogen.",
    "The novel tells of two sisters in Lisbon.",
    "There is a leak in the roof of the warehouse.",
    "Volunteers count birds along the coast.",
    "The union votes about the new shift plan.",
    "This lens is too weak for night photographs.",
)
"""Sentences of which no two are about the same."""


def noise(embedder: Embedder) -> tuple[float, float]:
    """Return mean and standard deviation of the nearness of sentences that are about different things."""
    vectors = embedder.texts(APART)
    asked = [embedder.query(sentence) for sentence in APART]
    near = [
        sum(a * b for a, b in zip(asked[one], vectors[other], strict=True))
        for one in range(len(APART))
        for other in range(len(APART))
        if one != other
    ]
    mean = sum(near) / len(near)
    return mean, (sum((each - mean) ** 2 for each in near) / len(near)) ** 0.5
