"""Who wrote a page: somebody of the directory that its front matter names, or the author of a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.handbook.front import words
from watercooler.doors.importing.handbook.history import Commit
from watercooler.doors.importing.people import handles
from watercooler.doors.importing.people.entries import Entry
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.newcomers import bring_in_many

SOURCE = "git"
"""Authors of changes are one person whichever handbook they come from."""


@dataclass(slots=True)
class Authors:
    """Finds people once and remembers them for the run."""

    made: int = 0
    _by_words: dict[str, int | None] = field(default_factory=dict)
    _by_commit: dict[str, int] = field(default_factory=dict)
    _taken: set[str] | None = None

    def of(self, head: dict[str, Any]) -> int | None:
        """Return who the front matter says wrote a page, if the directory knows them."""
        for name in words(head, "author", "authors", "owner"):
            said = name.lstrip("@").casefold()
            if said not in self._by_words:
                found = Person.objects.filter(Q(handle=said) | Q(email__iexact=said) | Q(name__iexact=said))
                ids = list(found.values_list("pk", flat=True)[:2])
                self._by_words[said] = ids[0] if len(ids) == 1 else None
            if (person_id := self._by_words[said]) is not None:
                return person_id
        return None

    def of_commit(self, viewer: Viewer, commit: Commit) -> int:
        """Return the author of a change: known by address, or made as an imported person."""
        key = commit.email.casefold() or commit.name.casefold()
        if key not in self._by_commit:
            here = known(SOURCE, [f"author/{key}"], "person").get(f"author/{key}")
            if here is None:
                here = self._found_or_made(viewer, commit)
                remember(SOURCE, "person", [(f"author/{key}", here)])
            self._by_commit[key] = here
        return self._by_commit[key]

    def _found_or_made(self, viewer: Viewer, commit: Commit) -> int:
        email = commit.email if _is_reachable(commit.email) else ""
        found = Person.objects.filter(email__iexact=email).first() if email else None
        if found is not None:
            return found.pk
        if self._taken is None:
            self._taken = set(Person.objects.values_list("handle", flat=True))
        handle = handles.free(handles.wanted(Entry(key="", name=commit.name, email=commit.email)), self._taken)
        facts = {"handle": handle, "name": commit.name, "email": email, "joined_at": commit.at}
        self.made += 1
        return bring_in_many(viewer, [facts])[0].pk


def _is_reachable(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254 and "noreply" not in email
