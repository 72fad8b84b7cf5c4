"""What a run of the bench leaves: a table, the JSON it is kept as, and a plot of cost against size."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COLUMNS = ["app ms", "db ms", "all ms", "× hello", "queries", "a second", "p50 ms", "p95 ms", "p99 ms", "bytes"]
Figures = Mapping[str, Any]


def kept(folder: Path, size: int) -> Figures:
    """Return what the last run over this size found, or nothing."""
    file = folder / f"{size}.json"
    found = json.loads(file.read_text()) if file.exists() else {}
    return dict(found.get("sizes", {}).get(str(size), found))


def keep(folder: Path, size: int, figures: Figures) -> None:
    """Keep a run. How fast projections are is known when they are built; it stays with the runs after that one."""
    rates = figures["projections a second"] or kept(folder, size).get("projections a second", {})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{size}.json").write_text(json.dumps({**figures, "projections a second": rates}, indent=1))


def sizes(folder: Path) -> list[int]:
    return sorted(int(file.stem) for file in folder.glob("*.json") if file.stem.isdecimal())


def show(found: Mapping[int, Figures], before: Mapping[int, Figures]) -> None:
    """Print a table for each size, with what the last run saw, and how cost grows from the smallest to the largest."""
    for size, figures in found.items():
        print(f"\n{size:,} items, {figures['activities']:,} activities; {figures['resident MiB']} MiB with database")
        print(f"{'page':<12}" + "".join(f"{column:>10}" for column in COLUMNS) + f"{'last all':>10}")
        for page, row in figures["pages"].items():
            last = before[size].get("pages", {}).get(page, {}).get("all ms", "")
            print(f"{page:<12}" + "".join(f"{row.get(column, ''):>10}" for column in COLUMNS) + f"{last:>10}")
        reply = figures["pages"]["reply"]
        print(f"A reply: {reply['following ms']} ms more for every projection to follow, counted in its sum.")
        for name, rate in figures["projections a second"].items():
            print(f"{name}: {rate:,} activities a second when it was built")
    if len(found) > 1:
        _show_slopes(found)


def _show_slopes(found: Mapping[int, Figures]) -> None:
    small, large = min(found), max(found)
    print(f"\nFrom {small:,} to {large:,} items: times as dear, and slope (0: the same, 1: in proportion)")
    for page, (times, slope) in slopes(found).items():
        print(f"{page:<12}{times:>10.2f}{slope:>10.3f}")


def slopes(found: Mapping[int, Figures]) -> dict[str, tuple[float, float]]:
    """Return page → (how many times dearer the largest size is, the slope of log cost over log size)."""
    small, large = min(found), max(found)
    grown = {}
    for page, row in found[large]["pages"].items():
        before = found[small]["pages"].get(page, {}).get("all ms", 0)
        if before and page not in ("hello-world", "bare query"):
            times = row["all ms"] / before
            grown[page] = times, math.log(times) / math.log(large / small)
    return grown


def show_streams(figures: Figures) -> None:
    print(f"\n{figures['streams']:,} event streams: {figures['server MiB']} MiB in the server")
    print(f"a post reaches {figures['readers']:,}: p50 {figures['p50 ms']} ms, p99 {figures['p99 ms']} ms")


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 380, 52, 96, 28, 44
HUES = {"home": 212, "space": 158, "thread": 28, "profile": 280, "inbox": 338}
GOAL = 3.0
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #3b3f45 } .muted { fill: #767c85 } .thin { stroke: #d9dce1 }
.goal { stroke: #8a9099; stroke-dasharray: 4 4 } path { fill: none; stroke-width: 2.5; stroke-linejoin: round }
@media (prefers-color-scheme: dark) {
text { fill: #d5d9df } .muted { fill: #9aa1ab } .thin { stroke: #3a3f47 } }
"""


def draw(found: Mapping[int, Figures], file: Path) -> None:
    """Draw processor milliseconds of the hot pages against the number of items, one line a page, into an SVG file."""
    costs = {page: {n: f["pages"][page]["all ms"] for n, f in found.items() if page in f["pages"]} for page in HUES}
    highest = math.ceil(max(GOAL, *(ms for line in costs.values() for ms in line.values())) + 0.5)
    x = _scale(math.log(min(found)), math.log(max(found)), LEFT, WIDTH - RIGHT)
    y = _scale(0, highest, HEIGHT - BOTTOM, TOP)
    parts = [_line("thin", y(n)) + _text(LEFT - 10, y(n) + 4, str(n), "end") for n in range(highest + 1)]
    parts += [_text(x(math.log(n)), HEIGHT - 18, f"{n:,}", "middle") for n in found]
    parts += [_line("goal", y(GOAL)), _text(LEFT + 6, y(GOAL) - 6, "goal at 200,000 items", css="muted")]
    parts.append(_text(8, 16, "Processor milliseconds a page, application and database", css="muted"))
    labels = _clear_of_each_other({page: y(line[max(line)]) for page, line in costs.items() if line})
    for page, line in costs.items():
        colour, places = f"hsl({HUES[page]} 62% 48%)", [(x(math.log(n)), y(ms)) for n, ms in sorted(line.items())]
        parts.append(f'<path d="M{" L".join(f"{a:.1f} {b:.1f}" for a, b in places)}" stroke="{colour}"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in places]
        parts.append(_text(WIDTH - RIGHT + 12, labels[page] + 4, page, colour=colour))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><style>{STYLE}</style>'
    file.write_text(f"{svg}{''.join(parts)}</svg>\n")


def _line(css: str, y: float) -> str:
    return f'<line class="{css}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start", css: str = "", colour: str = "") -> str:
    style = f' style="fill:{colour}"' if colour else ""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{words}</text>'


def _scale(low: float, high: float, start: float, end: float) -> Any:
    return lambda value: start + (value - low) / ((high - low) or 1) * (end - start)


def _clear_of_each_other(wanted: dict[str, float], gap: float = 16) -> dict[str, float]:
    """Return the places of labels, moved down where they would lie on each other."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, at in sorted(wanted.items(), key=lambda pair: pair[1]):
        last = placed[name] = max(at, last + gap)
    return placed
