"""Letting everything that points at one row point at another, as where two accounts turn out to be one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, models


def point_at(old: models.Model, new: models.Model) -> None:
    """Let every foreign key that leads to `old` lead to `new`, whichever app has it.

    Where a table allows one row for each, the new one's own row stays and the old one's goes. Call it in a transaction.
    Cost: a statement for each foreign key, and one for each unique constraint on it.
    """
    for field in _keys(type(old)):
        for columns in _unique_with(field):
            _drop_double(field, columns, old.pk, new.pk)
        with connection.cursor() as cursor:
            table, column = field.model._meta.db_table, field.column
            cursor.execute(f'update "{table}" set "{column}" = %s where "{column}" = %s', [new.pk, old.pk])


def _keys(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        is_key = relation.auto_created and not relation.concrete and isinstance(field, models.ForeignKey)
        if is_key and isinstance(field, models.ForeignKey):
            about = field.model._meta
            if about.managed and not about.proxy and field.remote_field.model is model:
                yield field


def _unique_with(field: models.ForeignKey[Any, Any]) -> Iterator[list[str]]:
    """Yield the other columns of each unique constraint that holds this one."""
    about = field.model._meta
    sets = [list(names) for names in about.unique_together]
    sets += [list(each.fields) for each in about.constraints if isinstance(each, models.UniqueConstraint)]
    if isinstance(about.pk, models.CompositePrimaryKey):
        sets.append(list(about.pk.field_names))
    if field.unique or field.primary_key:
        sets.append([field.name])
    for names in sets:
        columns = [str(about.get_field(name).column) for name in names]  # type: ignore[union-attr]
        if field.column in columns:
            yield [column for column in columns if column != field.column]


def _drop_double(field: models.ForeignKey[Any, Any], columns: list[str], old: int, new: int) -> None:
    about, column = field.model._meta, field.column
    same = "".join(f' and a."{each}" = b."{each}"' for each in columns)  # what is null is the same as nothing
    double = (
        f'from "{about.db_table}" a where a."{column}" = %s'
        f' and exists (select from "{about.db_table}" b where b."{column}" = %s{same})'
    )
    with connection.cursor() as cursor:
        if isinstance(about.pk, models.CompositePrimaryKey):
            cursor.execute(f"delete {double}", [old, new])
            return
        cursor.execute(f'select a."{about.pk.column}" {double}', [old, new])
        found = [row[0] for row in cursor.fetchall()]
    field.model._default_manager.filter(pk__in=found).delete()
