"""Many rows stored or changed by one statement each, with little work per value.

On PostgreSQL values travel in binary, new rows by COPY: text costs more than what is done
with it. SQLite repeats one prepared statement, which is its fast way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb

from inbox.actions.statements import plain, raw_cursor

Changes = Mapping[str, Any]
AnyField: TypeAlias = "Field[Any, Any]"


def insert(rows: Collection[Model]) -> None:
    """Store new rows of one model; they get their ids."""
    if not rows:
        return
    model = type(next(iter(rows)))
    is_postgres = connection.vendor == "postgresql"
    ids = _reserve_ids(model, len(rows)) if is_postgres else _next_ids(model, len(rows))
    alias = connection.alias
    for row, pk in zip(rows, ids, strict=True):
        row.pk, row._state.adding, row._state.db = pk, False, alias
    columns = _columns(model)
    values = map(attrgetter(*(field.attname for field in columns)), rows)
    (_copy if is_postgres else _insert_each)(model, columns, values)


def write(rows: Collection[Model], fields: Sequence[str]) -> None:
    """Store these fields of these rows as they are in memory now."""
    if rows:
        columns = [_field(type(next(iter(rows))), name) for name in ("id", *fields)]
        # Of a relation the key, not the row behind it.
        values = map(attrgetter(*(field.attname for field in columns)), rows)
        _update(columns, list(values))


def change(changes: Iterable[tuple[Model, Changes]]) -> None:
    """Store each row's own changes; one statement for each set of fields that occurs."""
    alike: dict[tuple[type[Model], tuple[str, ...]], list[tuple[Any, ...]]]
    alike = defaultdict(list)
    for row, values in changes:
        alike[type(row), tuple(values)].append((row.pk, *values.values()))
    for (model, names), rows in alike.items():
        _update([_field(model, name) for name in ("id", *names)], rows)


def _update(columns: Sequence[AnyField], rows: Sequence[tuple[Any, ...]]) -> None:
    """The first column is the key."""
    if connection.vendor == "postgresql":
        _update_together(columns, rows)
    else:
        _update_each(columns, rows)


# --- PostgreSQL ------------------------------------------------------------------------


def _reserve_ids(model: type[Model], count: int) -> list[int]:
    with raw_cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
            prepare=True,
        )
        return [pk for (pk,) in cursor.fetchall()]


def _copy(
    model: type[Model], columns: Sequence[AnyField], rows: Iterable[tuple[Any, ...]]
) -> None:
    names = ", ".join(_quoted(field) for field in columns)
    statement = f"COPY {_table(model)} ({names}) FROM STDIN (FORMAT BINARY)"
    with raw_cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types([_type(field) for field in columns])
        for row in rows:
            copy.write_row(row)


def _update_together(columns: Sequence[AnyField], rows: Sequence[tuple[Any, ...]]) -> None:
    """What is the same in all rows travels once."""
    key, *fields = columns
    ids, *told = zip(*rows, strict=True)
    same = {f: column[0] for f, column in zip(fields, told, strict=True) if _is_same(f, column)}
    each = {f: column for f, column in zip(fields, told, strict=True) if f not in same}
    assignments = [f"{_quoted(field)} = %b::{_type(field)}" for field in same]
    assignments += [f"{_quoted(field)} = v.{_quoted(field)}" for field in each]
    arrays = ", ".join(f"%b::{_type(field)}[]" for field in (key, *each))
    names = ", ".join(_quoted(field) for field in (key, *each))
    # Names and types come from the models; values are in the parameters.
    statement = (
        f"UPDATE {_table(key.model)} SET {', '.join(assignments)}"  # noqa: S608
        f' FROM unnest({arrays}) AS v({names}) WHERE {_table(key.model)}."id" = v."id"'
    )
    values = [
        list(map(Jsonb, column)) if isinstance(field, JSONField) else list(column)
        for field, column in each.items()
    ]
    with raw_cursor() as cursor:
        cursor.execute(statement.encode(), [*same.values(), list(ids), *values], prepare=True)


def _is_same(field: AnyField, column: Sequence[Any]) -> bool:
    # To Python 1 and true are equal, in JSON they are not.
    return column.count(column[0]) == len(column) and not isinstance(field, JSONField)


@cache
def _type(field: AnyField) -> str:
    """Texts without their length: too long a one shall be refused, not cut."""
    return (field.cast_db_type(connection) or "text").partition("(")[0]


# --- SQLite ----------------------------------------------------------------------------


def _next_ids(model: type[Model], count: int) -> range:
    """Whoever writes is alone, so the next ids are ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
        )
        first = (cursor.fetchone()[0] or 0) + 1
    return range(first, first + count)


def _insert_each(
    model: type[Model], columns: Sequence[AnyField], rows: Iterable[tuple[Any, ...]]
) -> None:
    names = ", ".join(_quoted(field) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {_table(model)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [tuple(map(plain, row)) for row in rows])


def _update_each(columns: Sequence[AnyField], rows: Sequence[tuple[Any, ...]]) -> None:
    key, *fields = columns
    assignments = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    statement = f'UPDATE {_table(key.model)} SET {assignments} WHERE "id" = %s'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*map(plain, values), pk) for pk, *values in rows])


# --- Names -----------------------------------------------------------------------------


@cache
def _field(model: type[Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 (columns only; narrows the type)
    return field


@cache
def _columns(model: type[Model]) -> list[AnyField]:
    return list(model._meta.concrete_fields)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(field: AnyField) -> str:
    return connection.ops.quote_name(field.column or "")
