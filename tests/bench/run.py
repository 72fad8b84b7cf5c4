"""`bin/bench`: build an organisation from real text, serve it, and print what each hot page costs.

Pages, granian's hello-world and the bare prepared query are measured in one run, in turns. Results are kept as JSON
under build/bench and compared with the last run. Numbers are processor milliseconds a request; the application's
and the database's apart.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = REPOSITORY / "build" / "bench"
WALL_SPACES = 300


def main() -> None:
    options = _arguments()
    results: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "sizes": {}}
    for size in options.items:
        # One process a size: the framework is told of its database once.
        if len(options.items) == 1:
            results["sizes"][str(size)] = one_size(size, options.requests)
        else:
            results["sizes"][str(size)] = _apart(size, options.requests)
    _report(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[20_000, 200_000], help="sizes to build and measure")
    parser.add_argument("--requests", type=int, default=400, help="requests a page")
    return parser.parse_args()


def _apart(size: int, requests: int) -> Any:
    import subprocess

    kept = BUILD / f"{size}.json"
    command = [sys.executable, "-m", "tests.bench.run", "--items", str(size), "--requests", str(requests)]
    subprocess.run(command, check=True, cwd=REPOSITORY)
    return json.loads(kept.read_text())["sizes"][str(size)]


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
    return {"activities": total, "projections a second": rates}


def _measure(folder: Path, url: str, requests: int) -> dict[str, Any]:
    from tests.bench import measure

    pages, cookies = _paths(), _sessions(20)
    port, hello_port = measure.free_port(), measure.free_port()
    postmaster = _postmaster(folder)
    with ExitStack() as stack:
        app = stack.enter_context(
            measure.running("watercooler.config.server", port=port, WATERCOOLER_PORT=str(port), DATABASE_URL=url)
        )
        hello = stack.enter_context(measure.running("tests.bench.hello", str(hello_port), port=hello_port))
        browsers = [measure.Browser(port, cookie) for cookie in cookies]
        figures: dict[str, Any] = {}
        base = measure.cost(["/"], [measure.Browser(hello_port)], hello, [], requests * 4)
        figures["hello-world"] = _row(base, base.app_ms)
        figures["bare query"] = _bare_query([postmaster], requests)
        for name, paths in pages.items():
            figures[name] = _row(measure.cost(paths, browsers, app, [postmaster], requests), base.app_ms)
        memory = measure.resident_mib([app, postmaster])
    return {"pages": figures, "resident MiB": round(memory)}


def _row(cost: Any, hello_ms: float) -> dict[str, float]:
    return {
        "app ms": round(cost.app_ms, 2),
        "db ms": round(cost.db_ms, 2),
        "all ms": round(cost.all_ms, 2),
        "× hello": round(cost.app_ms / hello_ms, 1) if hello_ms else 0.0,
        "p50 ms": round(cost.p50_ms, 1),
        "p99 ms": round(cost.p99_ms, 1),
        "bytes": cost.bytes,
    }


def _postmaster(folder: Path) -> Any:
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return psutil.Process(psutil.Process(cursor.fetchone()[0]).ppid())


def _bare_query(database: Any, requests: int) -> dict[str, float]:
    """Measure the newest twenty items read by key with one prepared statement: what any page must pay."""
    from tests.bench import measure
    from watercooler.foundation.database import hot

    sql = """select id, title, excerpt from content_item
             where kind = 'question' and parent_id is null and state = 1 order by published_at desc, id desc limit 20"""
    for _ in range(20):
        hot.rows(sql)
    before, app = measure.seconds(database), time.process_time()
    for _ in range(requests):
        hot.rows(sql)
    app_ms = (time.process_time() - app) * 1000 / requests
    db_ms = (measure.seconds(database) - before) * 1000 / requests
    return {"app ms": round(app_ms, 2), "db ms": round(db_ms, 2), "all ms": round(app_ms + db_ms, 2)}


def _sessions(count: int) -> list[str]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from watercooler.spine.people.models import Person

    cookies = []
    for person in Person.objects.order_by("id")[: count * 200 : 200]:
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={store.session_key}")
    return cookies


def _paths() -> dict[str, list[str]]:
    """Return page → the addresses asked for in turn: what anybody may read, fifty different ones."""
    from watercooler.foundation.base.viewer import EVERYONE
    from watercooler.spine.content.models import Item
    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.models import Space

    chance = random.Random(7)
    recent = Item.objects.filter(audience=EVERYONE, parent=None)
    questions = list(recent.filter(kind="question", answer_count__gt=0).order_by("-id")[:2000:40])
    words = [w for q in questions for w in q.title.split() if len(w) > 4]
    pairs = [quote_plus(f"{chance.choice(words)} {chance.choice(words)}") for _ in range(50)]
    spaces = Space.objects.filter(purpose="space", access="open").order_by("id")[:50]
    people = Person.objects.order_by("id")[:2000:40]
    return {
        "home": ["/home"],
        "space": [f"/spaces/{s.slug}/" for s in spaces],
        "thread": [q.url for q in questions],
        "profile": [f"/people/{p.handle}" for p in people],
        "search": [f"/search?q={pair}" for pair in pairs],
        "inbox": ["/inbox"],
    }


def _report(results: dict[str, Any]) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    columns = ["app ms", "db ms", "all ms", "× hello", "p50 ms", "p99 ms", "bytes"]
    for size, figures in results["sizes"].items():
        kept = BUILD / f"{size}.json"
        last = json.loads(kept.read_text())["sizes"].get(size, {}) if kept.exists() else {}
        print(
            f"\n{int(size):,} items, {figures['activities']:,} activities; {figures['resident MiB']} MiB with database"
        )
        print(f"{'page':<14}" + "".join(f"{c:>10}" for c in columns) + f"{'last':>10}")
        for page, row in figures["pages"].items():
            before = last.get("pages", {}).get(page, {}).get("all ms", "")
            print(f"{page:<14}" + "".join(f"{row.get(c, ''):>10}" for c in columns) + f"{before:>10}")
        kept.write_text(json.dumps({**results, "sizes": {size: figures}}, indent=1))
    print(f"\nKept under {BUILD.relative_to(REPOSITORY)}/.")


if __name__ == "__main__":
    main()
