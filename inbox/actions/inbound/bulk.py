"""Many rows changed by one statement, on PostgreSQL and SQLite alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

MAX_PARAMETERS = 10_000

Changes = Mapping[str, Any]


def write(rows: Collection[Model], fields: Sequence[str]) -> None:
    """Store these fields of these rows as they are in memory now."""
    change((row, {name: _value(row, name) for name in fields}) for row in rows)


def change(changes: Iterable[tuple[Model, Changes]]) -> None:
    """Store each row's own changes; one statement for each set of fields that occurs."""
    alike: dict[tuple[type[Model], tuple[str, ...]], list[list[Any]]] = defaultdict(list)
    for row, values in changes:
        alike[type(row), tuple(values)].append([row.pk, *values.values()])
    for (model, names), rows in alike.items():
        fields = [_field(model, name) for name in names]
        size = max(1, MAX_PARAMETERS // (len(names) + 1))
        for start in range(0, len(rows), size):
            _update(model, fields, rows[start : start + size])


def _value(row: Model, name: str) -> Any:
    """Of a relation the key, not the row behind it."""
    return getattr(row, _field(type(row), name).attname)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 (columns only; narrows the type)
    return field


def _update(
    model: type[Model], fields: Sequence[Field[Any, Any]], rows: Sequence[Sequence[Any]]
) -> None:
    quote = connection.ops.quote_name
    key = _field(model, "id")
    columns = [key, *fields]
    sources = [_typed(f"v.column{n}", field) for n, field in enumerate(columns, 1)]
    row = f"({', '.join(['%s'] * len(columns))})"
    assignments = ", ".join(
        f"{quote(str(field.column))} = {source}"
        for field, source in zip(fields, sources[1:], strict=True)
    )
    table = quote(model._meta.db_table)
    # Names come from the models, values are parameters.
    statement = (
        f"UPDATE {table} SET {assignments} FROM (VALUES {', '.join([row] * len(rows))}) AS v"  # noqa: S608
        f" WHERE {table}.{quote(str(key.column))} = {sources[0]}"
    )
    values = [
        field.get_db_prep_save(value, connection)
        for given in rows
        for field, value in zip(columns, given, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _typed(source: str, field: Field[Any, Any]) -> str:
    """PostgreSQL takes a column of bare NULLs for text."""
    if connection.vendor != "postgresql":
        return source
    return f"CAST({source} AS {field.cast_db_type(connection)})"
