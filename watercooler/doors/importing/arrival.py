"""Before and after an import: the space it goes into, and the projections that follow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.report import Broken
from watercooler.foundation.base.text import clean_line, slugify
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity import worker
from watercooler.spine.activity.projections import followers, registered
from watercooler.spine.content import parsed
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import make_space
from watercooler.spine.spaces.models import Access, Purpose, Space
from watercooler.spine.spaces.viewer import build

LOCK = 0x57415446
"""Advisory lock number: one import at a time, so that two cannot make the same person twice."""
SPACE = "space"
ENOUGH_TO_PLAN = 2000
"""How many activities one round should take: small rounds cost more for each."""
PAUSE_SECONDS = 0.1
HEAVY = ("search", "experts", "known")
"""The projections that read every text, which takes as long as all others and the import together, and one that reads
what they made. They get a connection of their own, on which each goes on with what those before it left."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the import lock for as long as the block lasts. Raises Broken if another import holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Broken("This installation", "is importing something already. Wait until that has ended.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def find_space(source: str, name: str) -> Space | None:
    """Return the space that a source was imported into, or the one of this name; None if neither is there.

    Raises Broken if the source went into a space of another name before.
    """
    before = known(source, [SPACE], "space")
    named = Space.objects.filter(purpose=Purpose.SPACE, name__iexact=clean_line(name)).order_by("pk").first()
    named = named or Space.objects.filter(purpose=Purpose.SPACE, slug=slugify(name, "space")).first()
    if before and (named is None or named.pk != before[SPACE]):
        there = Space.objects.get(pk=before[SPACE]).name
        raise Broken(source, f"was imported into the space “{there}” before. Name that space to go on there.")
    return named


def take_space(source: str, name: str, owner: Person, objective: str, access: Access = Access.OPEN) -> Space:
    """Return the space for a source, opened by its owner if nobody has opened it, and remember it."""
    space = find_space(source, name) or make_space(_as(owner), name=name, objective=objective, access=access)
    if not known(source, [SPACE], "space"):
        remember(source, "space", [(SPACE, space.pk)])
    return space


def _as(owner: Person) -> Viewer:
    """Return the owner's viewer; of a stand-in, who can't look, one that can do no more than own."""
    viewer = build(owner.pk)
    return viewer if viewer.is_known else Viewer(person_id=owner.pk, role=Role.MEMBER, name=owner.name)


def find_owner(handle: str = "") -> Person | None:
    """Return who is to own what an import opens: the person named, else the first administrator, else None.

    Raises Broken for a handle that nobody has.
    """
    if handle:
        found = Person.objects.filter(handle=handle.lower(), is_active=True).first()
        if found is None:
            raise Broken("--owner", f"names “{handle}”, and nobody here has this handle.")
        return found
    return Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()


@contextmanager
def followed(say: Callable[[str], None] = lambda _words: None) -> Iterator[Callable[[], bool]]:
    """Let every projection follow while the block loads, beside it on a connection of its own.

    Yields a function that waits until they have caught up, and returns False where a running server does so itself.
    """
    stop, ours = threading.Event(), threading.Event()
    beside = threading.Thread(target=_follow, args=(stop, ours, say), name="projections")
    beside.start()

    def wait() -> bool:
        stop.set()
        beside.join()
        return ours.is_set()

    try:
        yield wait
    finally:
        wait()


def _follow(stop: threading.Event, ours: threading.Event, say: Callable[[str], None]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [worker.LOCK])
            if cursor.fetchone()[0]:
                ours.set()
                plan_each_time()
                with side_by_side() as catch_up:
                    _until_caught_up(stop, say, catch_up)
    finally:
        connection.close()


def plan_each_time() -> None:
    """Keep no plans on this connection: one made while the tables were empty cost 3 s a batch when they were not."""
    with connection.cursor() as cursor:
        cursor.execute("set plan_cache_mode = force_custom_plan")


@contextmanager
def side_by_side() -> Iterator[Callable[[], None]]:
    """Yield what brings all that follow up to date: the heavy ones on a connection of their own, the others beside."""
    everybody = (*registered(), *followers())
    heavy = [each for each in everybody if each.name in HEAVY]
    others = [each for each in everybody if each.name not in HEAVY]

    def catch_up() -> None:
        at_once = beside.submit(worker.advance_all, heavy)
        worker.advance_all(others)
        at_once.result()

    with ThreadPoolExecutor(1, "heavy", _begin) as beside:
        try:
            yield catch_up
        finally:
            beside.submit(connection.close)


def _begin() -> None:
    plan_each_time()
    parsed.begin()


def _until_caught_up(stop: threading.Event, say: Callable[[str], None], catch_up: Callable[[], None]) -> None:
    """Follow until told to stop and nothing is left. Statistics are refreshed each time the record has doubled."""
    catch_up()
    done, planned = 0, 0
    while True:
        is_last = stop.is_set()
        count = worker.follow(catch_up)
        done += count
        if done > 2 * planned + ENOUGH_TO_PLAN:
            worker.tell_the_planner()
            planned = done
        if stop.is_set():
            say(f"{done:,} activities")
        if not count and is_last:
            return
        if count < ENOUGH_TO_PLAN:
            stop.wait(PAUSE_SECONDS)
