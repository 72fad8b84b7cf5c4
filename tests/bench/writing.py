"""What a reply costs: sent as a browser sends it, then followed by every projection."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any

from tests.bench import measure

TEXT = """Yes, twice last winter. Both times it was the outdoor sensor: **clipped to the header** and reading the flow.

- Move it to the north wall.
- Wait ten minutes, then read it again before you change anything else."""


def reply(addresses: Sequence[str], browsers: Sequence[measure.Browser], app: Any, database: Any, times: int) -> Any:
    """Answer questions in turn. Returns a row: app, db and following ms a reply, and all of them together.

    Following is what ordering the activity and bringing every projection up to date costs a worker, one reply at a
    time, as on a quiet server; its database time is in `db ms`.
    """
    from watercooler.spine.activity.worker import follow

    for n in range(5):
        _send(addresses, browsers, n)
        follow()
    app_s = db_s = own_s = 0.0
    walls = []
    for n in range(5, times + 5):
        before, db_before = measure.clock([app]), measure.clock(database)
        began = time.perf_counter()
        _send(addresses, browsers, n)
        walls.append((time.perf_counter() - began) * 1000)
        own = time.process_time()
        follow()
        own_s += time.process_time() - own
        app_s += measure.since(before, [app])
        db_s += measure.since(db_before, database)
    app_ms, db_ms, following = (1000 * each / times for each in (app_s, db_s, own_s))
    walls.sort()
    return {
        "app ms": round(app_ms, 2),
        "db ms": round(db_ms, 2),
        "following ms": round(following, 2),
        "all ms": round(app_ms + db_ms + following, 2),
        "p50 ms": round(walls[len(walls) // 2], 1),
        "p99 ms": round(walls[int(len(walls) * 0.99) - 1], 1),
    }


def _send(addresses: Sequence[str], browsers: Sequence[measure.Browser], n: int) -> None:
    number = addresses[n % len(addresses)].split("/")[2]
    browsers[n % len(browsers)].post(
        f"/q/{number}/answers", {"source": f"{TEXT}\n\nNote {n}.", "key": uuid.uuid4().hex}
    )
