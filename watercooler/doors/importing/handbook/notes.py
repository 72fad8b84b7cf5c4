"""What an earlier run of the same handbook kept: the numbers of its pages, what they said, which files it attached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from watercooler.doors.importing.models import Counterpart
from watercooler.spine.content.acts import copy_rows


@dataclass(slots=True)
class Notes:
    """Kept as Counterparts without a thing: "number:41:path", "said:<sha>:path", "file:<sha>:7:path".

    A page's number is kept before the page is made, so that pages made by an interrupted run already link to it.
    """

    source: str
    numbers: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, int]] = field(default_factory=dict)

    def read(self) -> None:
        """Read what is kept. Cost: one query."""
        names = Counterpart.objects.filter(source=self.source, person=None, item=None, space=None)
        for name in names.values_list("name", flat=True):
            sort, _colon, rest = name.partition(":")
            if sort == "number":
                number, _colon, path = rest.partition(":")
                self.numbers[path] = int(number)
            elif sort == "said":
                sha, _colon, path = rest.partition(":")
                self.said[path] = sha
            elif sort == "file":
                sha, number, path = rest.split(":", 2)
                self.files[path] = (sha, int(number))

    def keep_numbers(self, numbers: dict[str, int]) -> None:
        self.numbers |= numbers
        self._keep(f"number:{number}:{path}" for path, number in numbers.items())

    def keep_said(self, said: Mapping[str, str]) -> None:
        """Keep path → fingerprint of what pages say. Cost: two statements."""
        old = [f"said:{self.said[path]}:{path}" for path in said if path in self.said]
        if old:
            Counterpart.objects.filter(source=self.source, name__in=old).delete()
        self.said |= said
        self._keep(f"said:{sha}:{path}" for path, sha in said.items())

    def keep_file(self, path: str, sha: str, attachment_id: int) -> None:
        if path in self.files:
            old_sha, old_id = self.files[path]
            Counterpart.objects.filter(source=self.source, name=f"file:{old_sha}:{old_id}:{path}").delete()
        self.files[path] = (sha, attachment_id)
        self._keep([f"file:{sha}:{attachment_id}:{path}"])

    def _keep(self, names: Iterable[str]) -> None:
        copy_rows("importing_counterpart", ("source", "name"), ((self.source, name) for name in names))


def fingerprint(title: str, source: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(f"{title}\0{source}".encode()).hexdigest()[:24]
