"""Recording an act, in the transaction of the act itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.verbs import Verb, registered


def record(
    viewer: Viewer,
    verb: Verb,
    *,
    item: Any = None,
    person_id: int | None = None,
    space_id: int | None = None,
    detail: Any = None,
    at: datetime | None = None,
    undoes: Activity | None = None,
    is_imported: bool = False,
) -> Activity:
    """Write one activity and return it. The space defaults to the item's.

    detail: an instance of verb.detail. at: only importers and the demo give a time in the past.
    Raises NotAllowed for a stranger or too low a role, ValueError where code uses a verb wrongly,
    TransactionManagementError outside a transaction. Cost: one insert.
    """
    _check(viewer, verb, item, detail)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act and its record belong in one transaction.")
    return Activity.objects.create(
        actor_id=viewer.person_id,
        verb=verb.name,
        item_id=item.pk if item is not None else None,
        person_id=person_id,
        space_id=space_id or (item.space_id if item is not None else None),
        detail=asdict(detail) if detail is not None else {},
        at=at or timezone.now(),
        undoes=undoes,
        is_imported=is_imported,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """An act that somebody did elsewhere, before this house knew of it. kind: the item's. detail: see the verb."""

    actor_id: int
    verb: Verb
    at: datetime
    item_id: int | None = None
    kind: str = ""
    person_id: int | None = None
    space_id: int | None = None
    detail: Any = None


COPY_PAST = """
copy activity_activity (uuid, actor_id, verb, item_id, person_id, space_id, at, detail, is_imported) from stdin
"""


def record_many(acts: Iterable[Past]) -> int:
    """Write acts of the past, each with its own actor and time, marked as imported. Returns how many.

    They reach every projection, and nobody is notified of them. They come in the order of their times.
    Raises what `record` raises. Cost: one COPY, 0.02 ms an act; a detail that many share is written out once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act and its record belong in one transaction.")
    ordered = sorted(acts, key=lambda act: act.at)
    for act in ordered:
        _check_past(act)
    told: dict[int, str] = {}
    with connection.cursor() as cursor, cursor.copy(COPY_PAST) as copy:
        for uuid, act in zip(_uuids(len(ordered)), ordered, strict=True):
            detail = told.get(id(act.detail)) or told.setdefault(id(act.detail), _json(act.detail))
            about = (act.item_id, act.person_id, act.space_id)
            copy.write_row((uuid, act.actor_id, act.verb.name, *about, act.at, detail, True))
    return len(ordered)


def _json(detail: Any) -> str:
    return json.dumps(asdict(detail)) if detail is not None else "{}"


def _uuids(count: int) -> Iterator[UUID]:
    """Yield new random uuids. The library's own way asks the system for each: 0.02 ms, as much as an act costs."""
    noise = os.urandom(16 * count)
    return (UUID(bytes=noise[at : at + 16], version=4) for at in range(0, 16 * count, 16))


def _check_past(act: Past) -> None:
    verb = act.verb
    if registered().get(verb.name) is not verb:
        raise ValueError(f"The verb {verb.name!r} is not registered.")
    if act.actor_id <= 0:
        raise NotAllowed(_("Everything here has a name beside it, also what was done elsewhere."))
    if act.item_id is not None and verb.kinds and act.kind not in verb.kinds:
        raise ValueError(f"{verb.name!r} does not apply to a {act.kind}.")
    if act.detail is not None and not (verb.detail and isinstance(act.detail, verb.detail)):
        raise ValueError(f"{verb.name!r} takes {verb.detail}, not {type(act.detail)}.")


def _check(viewer: Viewer, verb: Verb, item: Any, detail: Any) -> None:
    if registered().get(verb.name) is not verb:
        raise ValueError(f"The verb {verb.name!r} is not registered.")
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    if viewer.role < verb.needs:
        raise NotAllowed(_("Your account cannot do this."))
    if item is not None and verb.kinds and item.kind not in verb.kinds:
        raise ValueError(f"{verb.name!r} does not apply to a {item.kind}.")
    if detail is not None and not (verb.detail and isinstance(detail, verb.detail)):
        raise ValueError(f"{verb.name!r} takes {verb.detail}, not {type(detail)}.")


def take_back(
    viewer: Viewer, verb: Verb, *, at: datetime | None = None, whoever: bool = False, **found_by: Any
) -> Activity | None:
    """Record the undo of the viewer's newest standing activity of this verb on item, person_id or space_id.

    whoever: also another person's act, where several may do and undo it (hosts); the undo names who took it back.
    Returns None if there is none, so that a second click does nothing. Cost: a select and an insert.
    """
    mine = {"actor_id": viewer.person_id}
    original = (
        Activity.objects.select_for_update(of=("self",))
        .filter(verb=verb.name, undoes=None, undone_by=None, **({} if whoever else mine), **found_by)
        .order_by("-id")
        .first()
    )
    if original is None:
        return None
    return Activity.objects.create(
        actor_id=viewer.person_id,
        verb=verb.name,
        item_id=original.item_id,
        person_id=original.person_id,
        space_id=original.space_id,
        at=at or timezone.now(),
        undoes=original,
    )
