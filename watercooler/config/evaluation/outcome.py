"""What an evaluation says: a method against its baselines, with an interval, as text and as JSON."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SAMPLES = 2000


@dataclass(frozen=True)
class Comparison:
    """One measure of a method and of its baselines over the same n cases.

    ratio: method ÷ the best baseline, in JSON null where that found nothing. interval: of that ratio, 95 %; null too.
    beside: further numbers worth seeing.
    """

    name: str
    measure: str
    method: float
    baselines: dict[str, float]
    ratio: float
    interval: tuple[float, float]
    n: int
    beside: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "measure": self.measure,
            "method": round(self.method, 4),
            "baselines": {name: round(value, 4) for name, value in self.baselines.items()},
            "ratio": round(self.ratio, 4) if math.isfinite(self.ratio) else None,
            "interval": [round(bound, 4) for bound in self.interval] if math.isfinite(self.ratio) else None,
            "n": self.n,
            "beside": {name: round(value, 4) for name, value in self.beside.items()},
        }

    def as_lines(self) -> list[str]:
        low, high = self.interval
        lines = [f"{self.name} ({self.measure}, n = {self.n})", f"  {'method':<32}{self.method:8.4f}"]
        lines += [f"  {name:<32}{value:8.4f}" for name, value in self.baselines.items()]
        if math.isfinite(self.ratio):
            lines.append(f"  {'ratio to the best':<32}{self.ratio:8.3f}   95 % interval {low:.3f} to {high:.3f}")
        else:
            lines.append("  no ratio: the simple rankings found nothing")
        return lines + [f"  {name:<32}{value:8.4f}" for name, value in self.beside.items()]


@dataclass(frozen=True)
class Outcome:
    """What one evaluation found. The first comparison is the headline, whose numbers stand on top in the JSON."""

    name: str
    comparisons: list[Comparison]
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return method, baselines, ratio, interval and n of the headline, and every comparison in full."""
        every = [comparison.as_json() for comparison in self.comparisons]
        return {"evaluation": self.name, **(every[0] if every else {}), "comparisons": every, "notes": self.notes}

    def as_lines(self) -> list[str]:
        return [line for comparison in self.comparisons for line in [*comparison.as_lines(), ""]] + self.notes


def compare(
    name: str,
    measure: str,
    method: Sequence[float],
    baselines: Mapping[str, Sequence[float]],
    beside: dict[str, float] | None = None,
) -> Comparison:
    """Return the means of per-case values, the ratio to the best baseline and its paired bootstrap interval.

    All sequences hold the same cases in the same order. Raises ValueError if there is no case.
    """
    count = len(method)
    if not count:
        raise ValueError("There is no case to compare.")
    means = {title: sum(values) / count for title, values in baselines.items()}
    best = max(means, key=lambda title: means[title])
    ratio = sum(method) / count / means[best] if means[best] else float("inf")
    interval = _interval(method, baselines[best]) if means[best] else (0.0, 0.0)
    return Comparison(name, measure, sum(method) / count, means, ratio, interval, count, beside or {})


def _interval(method: Sequence[float], baseline: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the ratio of means, resampling cases in pairs. Always the same for the same cases."""
    chance = random.Random(20261121)  # noqa: S311  resampling, no secret
    cases = list(zip(method, baseline, strict=True))
    ratios = []
    for _ in range(SAMPLES):
        drawn = chance.choices(cases, k=len(cases))
        below = sum(case[1] for case in drawn)
        if below:
            ratios.append(sum(case[0] for case in drawn) / below)
    ratios.sort()
    return (ratios[int(len(ratios) * 0.025)], ratios[int(len(ratios) * 0.975)]) if ratios else (0.0, 0.0)
