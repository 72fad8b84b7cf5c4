"""What stands beside the tables of somebody's own export: a guide, their inbox in words, and how they get in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, Sum
from django.utils.module_loading import import_string
from django.utils.translation import override

from watercooler.doors.exporting.guide import guide
from watercooler.doors.exporting.models import Export
from watercooler.doors.exporting.tables import ACCOUNT, GUIDE, INBOX
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.inbox.sentences import said
from watercooler.places.mentoring.models import Meeting, Mentoring
from watercooler.projections.contributions.models import Contribution
from watercooler.projections.contributions.reads import NUMBERS
from watercooler.projections.experts.known_for import known_for
from watercooler.projections.notifications import reads
from watercooler.spine.people.models import Person

LINES_AT_ONCE = 500
_TAG = re.compile(r"<[^>]+>")


def beside(viewer: Viewer, counts: dict[str, int]) -> Iterable[tuple[str, str]]:
    """Return (name, text) of each file, in the language of whose export it is. counts: table → rows."""
    with override(viewer.language):
        inbox = "".join(f"{_json(line)}\n" for line in _inbox(viewer))
        account = _json(_account(viewer), indent=2)
        return [(GUIDE, guide(counts, inbox.count("\n"))), (INBOX, inbox), (ACCOUNT, account)]


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)


def _inbox(viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Yield the lines of an inbox as sentences, newest first, as far as one may still see what they are about.

    How a text of somebody else begins, which a page shows below the sentence, is theirs.
    """
    before = None
    while found := reads.inbox(viewer, before=before, limit=LINES_AT_ONCE):
        for line in found:
            sentence = said(line)
            yield {
                "at": line.at,
                "sentence": unescape(_TAG.sub("", str(sentence.html))),
                "why": sentence.why,
                "url": sentence.url,
                "is_unread": line.is_unread,
                "item_id": line.item_id,
            }
        before = (found[-1].at, found[-1].id)


def _account(viewer: Viewer) -> dict[str, Any]:
    """Return how somebody stands in the directory, how they and their programs get in, and what was worked out."""
    me = viewer.person_id
    told: dict[str, Any] = {"directory": _directory(me)}
    for path in settings.TELLS_OF_AN_ACCOUNT:
        told |= import_string(path)(viewer)
    exports = Export.objects.filter(person_id=me).order_by("pk")
    told["exports"] = list(exports.values("scope", "space__slug", "asked_at", "ready_at", "ends_at"))
    told["mentoring"] = _mentoring(me)
    told["worked_out"] = {
        "given": Contribution.objects.filter(person_id=me).aggregate(
            **{name: Sum(name, default=0) for name in NUMBERS}
        ),
        "known_for": [
            {"topic": one.name, "level": one.level, "accepted": one.accepted, "helped": one.helped}
            for one in known_for(viewer, me)
        ],
    }
    return told


def _directory(me: int) -> dict[str, Any]:
    """Return what the directory says, by name where tables have numbers."""
    person = Person.objects.select_related("site", "unit", "manager", "sponsor").get(pk=me)
    named = {name: getattr(person, name) for name in ("name", "handle", "email", "job", "joined_at", "ends_on")}
    near = {name: str(getattr(person, name) or "") for name in ("site", "unit", "manager", "sponsor")}
    return {**named, **near, "role": person.get_role_display(), "last_login": person.last_login}


def _mentoring(me: int) -> dict[str, Any]:
    """Return one's own words in mentoring that stand in a row beside the other one's."""
    ours = Mentoring.objects.filter(Q(mentor_id=me) | Q(mentee_id=me)).order_by("pk")
    planned = Meeting.objects.filter(planned_by_id=me).order_by("pk")
    return {
        "asked": list(ours.filter(mentee_id=me).values("id", "wants", "note")),
        "answered": list(ours.filter(mentor_id=me).exclude(answer="").values("id", "answer")),
        "closed": list(ours.filter(closed_by_id=me).values("id", "ending", "parting_words")),
        "planned": list(planned.values("id", "place", "about")),
    }
