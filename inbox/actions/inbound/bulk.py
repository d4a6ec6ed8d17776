"""Many rows stored or changed by one statement each, with little work per value.

On PostgreSQL all rows travel as one JSON parameter: thousands of parameters cost more than
what is done with them. SQLite repeats one prepared statement, which is its fast way.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, Model

Changes = Mapping[str, Any]
AnyField: TypeAlias = "Field[Any, Any]"


def insert(rows: Collection[Model]) -> None:
    """Store new rows of one model; they get their ids."""
    if not rows:
        return
    model = type(next(iter(rows)))
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows)
        return
    fields = _columns(model)
    ids = _reserve_ids(model, len(rows))
    values = [[getattr(row, field.attname) for field in fields] for row in rows]
    for row, pk, columns in zip(rows, ids, values, strict=True):
        row.pk = columns[0] = pk
        row._state.adding, row._state.db = False, connection.alias
    _insert_json(model, fields, values)


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
        if connection.vendor == "postgresql":
            _update_json(model, fields, rows)
        else:
            _update_each(model, fields, rows)


def _value(row: Model, name: str) -> Any:
    """Of a relation the key, not the row behind it."""
    return getattr(row, _field(type(row), name).attname)


@cache
def _field(model: type[Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 (columns only; narrows the type)
    return field


@cache
def _columns(model: type[Model]) -> list[AnyField]:
    """The key first."""
    key = model._meta.pk
    return [key, *(field for field in model._meta.concrete_fields if field is not key)]


def _reserve_ids(model: type[Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _insert_json(
    model: type[Model], fields: Sequence[AnyField], rows: Sequence[Sequence[Any]]
) -> None:
    columns = ", ".join(_quoted(field) for field in fields)
    # Names and types come from the models; all values are in the one parameter.
    statement = (
        f"INSERT INTO {_table(model)} ({columns})"  # noqa: S608
        f" SELECT {columns} FROM {_recordset(fields)}"
    )
    _execute(statement, fields, rows)


def _update_json(
    model: type[Model], fields: Sequence[AnyField], rows: Sequence[Sequence[Any]]
) -> None:
    columns = [_field(model, "id"), *fields]
    assignments = ", ".join(f"{_quoted(field)} = v.{_quoted(field)}" for field in fields)
    statement = (
        f"UPDATE {_table(model)} SET {assignments} FROM {_recordset(columns)}"  # noqa: S608
        f' WHERE {_table(model)}."id" = v."id"'
    )
    _execute(statement, columns, rows)


def _execute(statement: str, fields: Sequence[AnyField], rows: Sequence[Sequence[Any]]) -> None:
    names = [field.column for field in fields]
    records = [dict(zip(names, row, strict=True)) for row in rows]
    document = json.dumps(records, default=str, ensure_ascii=False, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute(statement, [document])


def _recordset(fields: Sequence[AnyField]) -> str:
    types = ", ".join(f"{_quoted(field)} {_type(field)}" for field in fields)
    return f"json_to_recordset(%s::json) AS v({types})"


def _type(field: AnyField) -> str:
    """Texts without their length: too long a one shall be refused, not cut."""
    kind = field.cast_db_type(connection) or "text"
    return re.sub(r"^varchar(\(\d+\))?$", "text", kind)


def _update_each(
    model: type[Model], fields: Sequence[AnyField], rows: Sequence[Sequence[Any]]
) -> None:
    assignments = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    statement = f'UPDATE {_table(model)} SET {assignments} WHERE "id" = %s'  # noqa: S608
    values = [
        [
            *(
                field.get_db_prep_save(value, connection)
                for field, value in zip(fields, row[1:], strict=True)
            ),
            row[0],
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(field: AnyField) -> str:
    return connection.ops.quote_name(field.column or "")
