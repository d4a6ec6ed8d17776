"""Putting many rows into a table at once: COPY on PostgreSQL, one INSERT on SQLite.

Columns that are the same in every row are not sent: PostgreSQL takes them from defaults that
live as long as the loading, SQLite from literals in the statement.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.fields.files import FieldFile

CHUNK = 20_000


def load(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    **same: Any,
) -> None:
    """``columns`` are attribute names that vary, ``same`` the others that are not default."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    constants = _constants(model, fields, columns, same)
    names = [str(fields[name].column) for name in columns]
    if _is_postgres():
        _copy(model._meta.db_table, names, constants, rows)
    else:
        _insert(model._meta.db_table, names, constants, rows)


def _constants(
    model: type[models.Model],
    fields: dict[str, Any],
    columns: Sequence[str],
    same: dict[str, Any],
) -> dict[str, Any]:
    example = model(**same)
    left = [f for f in fields.values() if f.attname not in columns and not f.primary_key]
    return {f.column: plain(f.value_from_object(example)) for f in left}


def plain(value: Any) -> Any:
    """A value as Django writes it down: on SQLite moments are compared as texts."""
    if isinstance(value, datetime):
        text = str(value.astimezone(UTC))
        return text if _is_postgres() else text[:-6]
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value) if isinstance(value, FieldFile) else value


@cache
def _is_postgres() -> bool:
    """Asked for every value: the connection itself takes a while to answer."""
    return connection.vendor == "postgresql"


def _copy(
    table: str, names: list[str], constants: dict[str, Any], rows: Iterable[tuple[Any, ...]]
) -> None:
    given = {name: value for name, value in constants.items() if value is not None}
    with connection.cursor() as cursor:
        for name, value in given.items():
            cursor.execute(
                f'ALTER TABLE "{table}" ALTER "{name}" SET DEFAULT {_literal(value)}'
            )
        listed = ", ".join(f'"{name}"' for name in names)
        with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
            for chunk in _chunks(rows):
                copy.write("".join(_line(row) for row in chunk))
        for name in given:
            cursor.execute(f'ALTER TABLE "{table}" ALTER "{name}" DROP DEFAULT')
        _advance_sequence(cursor, table)


def _advance_sequence(cursor: Any, table: str) -> None:
    """Rows came with their ids, so the next one must be told where to go on."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
    if sequence := cursor.fetchone()[0]:
        cursor.execute(f'SELECT setval(%s, max(id)) FROM "{table}"', [sequence])  # noqa: S608


def _literal(value: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_literal(%s::text)", [str(value)])
        return str(cursor.fetchone()[0])


def _line(row: tuple[Any, ...]) -> str:
    return "\t".join("\\N" if value is None else str(value) for value in row) + "\n"


def _insert(
    table: str, names: list[str], constants: dict[str, Any], rows: Iterable[tuple[Any, ...]]
) -> None:
    listed = ", ".join(f'"{name}"' for name in [*names, *constants])
    marks = ", ".join("?" for _ in [*names, *constants])
    tail = tuple(constants.values())
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor()
        for chunk in _chunks(rows):
            raw.executemany(
                f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',  # noqa: S608
                [(*row, *tail) for row in chunk],
            )


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def code(chance: random.Random) -> str:
    """A UUID (version 4) that both databases read."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"


@contextmanager
def rebuilt_indexes(model: type[models.Model]) -> Iterator[None]:
    with rebuilt(model._meta.db_table):
        yield


@contextmanager
def rebuilt(table: str) -> Iterator[None]:
    """Without its indexes while rows pour in: building them once is cheaper by far.

    Those that are constraints stay on PostgreSQL, and on SQLite those without a name.
    """
    with connection.cursor() as cursor:
        indexes = _indexes(cursor, table)
        for name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        if _is_postgres():
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for definition in indexes.values():
            cursor.execute(definition)


def _indexes(cursor: Any, table: str) -> dict[str, str]:
    if _is_postgres():
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname"
            " NOT IN (SELECT conname FROM pg_constraint)",
            [table],
        )
    else:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"
            " AND sql IS NOT NULL",
            [table],
        )
    return dict(cursor.fetchall())


def analyse() -> None:
    """Let the database look at its new rows before anybody measures."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if _is_postgres() else "ANALYZE")


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """References unchecked, because messages come before their conversations, and without
    waiting for the disk: who seeds can seed again."""
    if _is_postgres():
        with connection.cursor() as cursor:
            cursor.execute(
                "SET session_replication_role = replica; SET synchronous_commit = off"
            )
            yield
            cursor.execute("RESET session_replication_role; RESET synchronous_commit")
        return
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        cursor.execute("PRAGMA journal_mode = MEMORY")
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -1000000")
        yield
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA journal_mode = WAL")
