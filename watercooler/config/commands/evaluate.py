"""`bin/watercooler evaluate NAME [DIR…] [--json]`: measures a method against its simple baselines.

Each evaluation is a module of watercooler.config.evaluation with `run(arguments) -> Outcome`; arguments are the words
after its name, without --json.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import find_spec

from watercooler.config.evaluation.outcome import Outcome
from watercooler.config.problems import CannotRun, Misused

EVALUATIONS = ("search", "experts", "duplicates", "router", "recommendations")
_HOME = "watercooler.config.evaluation"


def run(arguments: list[str]) -> int:
    """Run one evaluation and print what it found, as text or, with --json, as JSON alone on the output.

    Where there is nothing to measure, that too is said both ways. Raises CannotRun.
    """
    name, *others = arguments or [""]
    known = [each for each in EVALUATIONS if find_spec(f"{_HOME}.{each}")]
    if name not in known:
        raise Misused(f"Say what to evaluate: {', '.join(known)}. Example: bin/watercooler evaluate search DIR")
    as_json = "--json" in others
    others = [word for word in others if word != "--json"]
    try:
        with redirect_stdout(sys.stderr if as_json else sys.stdout):
            outcome: Outcome = import_module(f"{_HOME}.{name}").run(others)
    except CannotRun as problem:
        if as_json:
            print(json.dumps({"evaluation": name, "n": 0, "comparisons": [], "notes": [str(problem)]}, indent=1))
        raise
    print(json.dumps(outcome.as_json(), indent=1) if as_json else "\n".join(outcome.as_lines()))
    return 0
