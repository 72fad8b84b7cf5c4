"""The tables that an export holds: facts alone, each column of theirs but secrets.

Which models they are stands in settings.EXPORTED, in an order in which a reader finds what a row points at before it.
Projections are left out, since they are computed again; so is everything that lets somebody in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

FORMAT = "watercooler-export"
VERSION = 1
GUIDE, INBOX, ACCOUNT = "READ-ME-FIRST.md", "inbox.jsonl", "account.json"
BESIDE = frozenset({GUIDE, INBOX, ACCOUNT})
"""What stands beside the tables of a person's own export, to be read as it is."""
SECRET: dict[str, frozenset[str]] = {"people.Person": frozenset({"password"})}
"""Columns that never leave: model → names."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. name: of its file in the archive, as "people.Person". columns: those that travel."""

    name: str
    model: type[models.Model]

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        return list(self.model._meta.concrete_fields)

    @property
    def columns(self) -> list[str]:
        return [f.attname for f in self.fields if f.attname not in SECRET.get(self.name, ())]

    @property
    def order(self) -> list[str]:
        return [f.attname for f in self.model._meta.pk_fields]

    @property
    def path(self) -> str:
        return f"tables/{self.name}.jsonl"


@cache
def tables() -> dict[str, Table]:
    """Return name → table, in the order settings.EXPORTED lists them."""
    return {label: Table(label, apps.get_model(label)) for label in settings.EXPORTED}


def fits(field: models.Field[Any, Any], value: Any) -> bool:
    """Say whether a value read from a file has the shape of a column."""
    if value is None:
        return bool(field.null)
    if isinstance(field, models.JSONField):
        return True
    if isinstance(field, ArrayField):
        return isinstance(value, list) and all(fits(field.base_field, each) for each in value)
    target: Any = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.BooleanField):
        return isinstance(value, bool)
    if isinstance(target, models.IntegerField):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)
