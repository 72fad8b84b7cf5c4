"""Sites and units of a directory, made where they are new."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from watercooler.spine.people.models import Site, Unit


@dataclass(slots=True)
class Places:
    """Finds sites and units by name, whatever the case, and makes missing ones. Keeps what it found for the run."""

    _sites: dict[str, int] = field(default_factory=dict)
    _units: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    _is_read: bool = False

    def _read(self) -> None:
        if not self._is_read:
            self._sites = {name.casefold(): pk for pk, name in Site.objects.values_list("pk", "name")}
            self._units = {n.casefold(): (pk, up) for pk, n, up in Unit.objects.values_list("pk", "name", "parent_id")}
            self._is_read = True

    def site(self, name: str, town: str, time_zone: str) -> int | None:
        """Return the id of a site; None without a name. A site that is here already keeps its town."""
        self._read()
        if not name:
            return None
        if name.casefold() not in self._sites:
            zone = time_zone or settings.TIME_ZONE
            town = "" if town == name else town
            self._sites[name.casefold()] = Site.objects.create(name=name, town=town, time_zone=zone).pk
        return self._sites[name.casefold()]

    def unit(self, name: str, parent: str) -> int | None:
        """Return the id of a unit; None without a name. Its parent is set where it has none and stays above it."""
        self._read()
        if not name:
            return None
        above = self.unit(parent, "") if parent and parent.casefold() != name.casefold() else None
        if name.casefold() not in self._units:
            self._units[name.casefold()] = (Unit.objects.create(name=name, parent_id=above).pk, above)
        unit_id, present = self._units[name.casefold()]
        if present is None and above is not None and unit_id not in self._above(above):
            Unit.objects.filter(pk=unit_id).update(parent_id=above)
            self._units[name.casefold()] = (unit_id, above)
        return unit_id

    def _above(self, unit_id: int | None) -> set[int]:
        parents = dict(self._units.values())
        seen: set[int] = set()
        while unit_id is not None and unit_id not in seen:
            seen.add(unit_id)
            unit_id = parents.get(unit_id)
        return seen
