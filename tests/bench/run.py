"""`bin/bench`: build organisations from real text, serve them, and print what each hot page costs.

Pages, granian's hello-world and the bare prepared query are measured in one run, in turns; then a reply with all its
projections, the streams and the memory. Numbers are processor milliseconds a request, the application's and the
database's apart. Results are kept as JSON under build/bench and compared with the last kept ones.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from tests.bench import measure, report

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = REPOSITORY / "build" / "bench"


def main() -> None:
    options = _arguments()
    if len(options.items) == 1 and options.only:
        figures = one_size(options.items[0], options.requests)
        report.keep(BUILD, options.items[0], {"at": datetime.now(UTC).isoformat(timespec="seconds"), **figures})
        return
    before = {size: report.kept(BUILD, size) for size in options.items}
    for size in options.items:
        _apart(size, options.requests)
    sizes = {size: report.kept(BUILD, size) for size in options.items}
    report.show(sizes, before)
    if options.streams:
        report.show_streams(_streams(options.streams, BUILD / f"data-{options.items[-1]}"))
    if options.plot:
        report.draw({size: report.kept(BUILD, size) for size in report.sizes(BUILD)}, options.plot)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[20_000, 200_000], help="sizes to build and measure")
    parser.add_argument("--requests", type=int, default=400, help="requests a page")
    parser.add_argument("--streams", type=int, default=2_000, help="open event streams; 0 leaves them out")
    parser.add_argument("--plot", type=Path, help="draw cost against size of all kept runs into this SVG file")
    parser.add_argument("--only", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _apart(size: int, requests: int) -> None:
    """Measure one size in a process of its own: the framework is told of its database once."""
    own = ["--items", str(size), "--requests", str(requests), "--only"]
    subprocess.run([sys.executable, "-m", "tests.bench.run", *own], check=True, cwd=REPOSITORY)


def _streams(count: int, folder: Path) -> dict[str, Any]:
    """Measure streams in the organisation that was measured last."""
    command = [sys.executable, "-m", "tests.bench.streams", str(count), "--in", str(folder), "--json"]
    printed = subprocess.run(command, check=True, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(printed.splitlines()[-1]))


def one_size(size: int, requests: int) -> dict[str, Any]:
    """Build or reuse the organisation of this size and measure it. Returns page → figures."""
    from watercooler.foundation.database import embedded

    folder = BUILD / f"data-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"shared_buffers": "256MB", "synchronous_commit": "off"}
    with embedded.running(folder, settings) as url:
        os.environ |= {"DATABASE_URL": url, "WATERCOOLER_DATA_DIR": str(folder)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "watercooler.config.settings"
        import django

        django.setup()
        built = _build(size)
        return {**built, **_measure(folder, url, requests)}


def _build(size: int) -> dict[str, Any]:
    from django.core.management import call_command

    from tests.bench.organisation import Builder, Size
    from tests.bench.texts import read
    from watercooler.spine.activity.models import Activity
    from watercooler.spine.activity.projections import advance, rebuild_outdated, registered
    from watercooler.spine.activity.worker import sequence, tell_the_planner
    from watercooler.spine.content.models import Item

    call_command("migrate", verbosity=0)
    if Item.objects.count() < size:
        print(f"Building {size:,} items …", flush=True)
        from watercooler.spine.people.models import Organisation

        Organisation.objects.get_or_create(id=1, defaults={"name": "Bench"})
        began = time.monotonic()
        Builder(Size(size), read()).build()
        print(f"  written in {time.monotonic() - began:.0f} s", flush=True)
    if sequence():
        while sequence():
            pass
        tell_the_planner()
    rebuild_outdated()
    rates, total = {}, Activity.objects.count()
    for projection in registered():
        wall, read_ = time.monotonic(), 0
        while count := advance(projection):
            read_ += count
        if read_:
            rates[projection.name] = round(read_ / (time.monotonic() - wall))
            print(f"  {projection.name}: {read_:,} activities at {rates[projection.name]:,} a second", flush=True)
    if rates:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
    _count_words()
    return {"activities": total, "projections a second": rates}


def _count_words() -> None:
    """Count how rare words are, as the worker's clock does; without it every word passes for an unknown one."""
    from watercooler.projections.search import statistics

    if statistics.is_outdated():
        statistics.count_words()


def _measure(folder: Path, url: str, requests: int) -> dict[str, Any]:
    from tests.bench import pages, writing

    cookies, addresses = pages.sessions(20), pages.addresses()
    port, hello_port = measure.free_port(), measure.free_port()
    database = [_postmaster()]
    with ExitStack() as stack:
        app = stack.enter_context(
            measure.running("watercooler.config.server", port=port, WATERCOOLER_PORT=str(port), DATABASE_URL=url)
        )
        server = stack.enter_context(measure.running("tests.bench.hello", str(hello_port), port=hello_port))
        browsers = [measure.Browser(port, cookie) for cookie in cookies]
        hello = measure.Asked(["/"], [measure.Browser(hello_port)], server)
        asked = {name: measure.Asked(paths, browsers, app) for name, paths in addresses.items()}
        measure.in_turns([hello, *asked.values()], database, requests)
        figures = {"hello-world": _row(hello, 0), "bare query": _bare_query(database, requests)}
        for name, page in asked.items():
            figures[name] = _row(page, hello.cost.app_ms)
            figures[name]["queries"] = pages.queries(page.paths[0], cookies[0])
            figures[name]["a second"] = round(measure.rate(measure.Asked(page.paths, browsers[:8], app), requests // 2))
        figures["reply"] = writing.reply(pages.replied(), browsers, app, database, min(60, requests))
        memory = measure.resident_mib([app, *database])
    return {"pages": figures, "resident MiB": round(memory)}


def _row(page: measure.Asked, hello_ms: float) -> dict[str, float]:
    cost = page.cost
    return {
        "app ms": round(cost.app_ms, 2),
        "db ms": round(cost.db_ms, 2),
        "all ms": round(cost.all_ms, 2),
        "× hello": round(cost.app_ms / hello_ms, 1) if hello_ms else 1.0,
        "p50 ms": round(cost.wall_ms(0.5), 1),
        "p95 ms": round(cost.wall_ms(0.95), 1),
        "p99 ms": round(cost.wall_ms(0.99), 1),
        "bytes": round(sum(cost.sizes) / len(cost.sizes)),
    }


def _postmaster() -> psutil.Process:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return psutil.Process(psutil.Process(cursor.fetchone()[0]).ppid())


def _bare_query(database: Sequence[psutil.Process], requests: int) -> dict[str, float]:
    """Measure the newest twenty items read by key with one prepared statement: what any page must pay."""
    from watercooler.foundation.database import hot

    sql = """select id, title, excerpt from content_item
             where kind = 'question' and parent_id is null and state = 1 order by published_at desc, id desc limit 20"""
    for _ in range(20):
        hot.rows(sql)
    before, app = measure.clock(database), time.process_time()
    for _ in range(requests):
        hot.rows(sql)
    app_ms = (time.process_time() - app) * 1000 / requests
    db_ms = measure.since(before, database) * 1000 / requests
    return {"app ms": round(app_ms, 2), "db ms": round(db_ms, 2), "all ms": round(app_ms + db_ms, 2)}


if __name__ == "__main__":
    main()
