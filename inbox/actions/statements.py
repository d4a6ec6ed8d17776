"""SQL written once for both databases; rows come as plain tuples.

The ORM spends more on composing a query and on converting its values than PostgreSQL on
answering it. Here statements are prepared once, and values travel in binary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)

_UUID_COLUMNS = frozenset({"code", "consent_subject"})
_ANY_OF = re.compile(r"= ANY\(%b::\w+\[\]\)")
_LOCKS = re.compile(r" FOR NO KEY UPDATE( OF \w+)?")


def fetch(statement: str, *values: Any) -> list[Row]:
    """Ask in PostgreSQL's words: ``… = ANY(%b::bigint[]) … FOR NO KEY UPDATE``.

    SQLite reads such a list from JSON, and needs no lock: whoever writes is alone.
    """
    if connection.vendor == "postgresql":
        with raw_cursor() as cursor:
            cursor.execute(statement.encode(), values, prepare=True, binary=True)
            return cursor.fetchall()
    with connection.cursor() as cursor:
        cursor.execute(_for_sqlite(statement), list(map(plain, values)))
        names = [column[0] for column in cursor.description]
        return [tuple(map(_python_of, names, row)) for row in cursor.fetchall()]


def run(statement: str, *values: Any) -> int:
    """Do it in the same words. Returns how many rows that concerned."""
    if connection.vendor == "postgresql":
        with raw_cursor() as cursor:
            cursor.execute(statement.encode(), values, prepare=True)
            return cursor.rowcount
    with connection.cursor() as cursor:
        cursor.execute(_for_sqlite(statement), list(map(plain, values)))
        return int(cursor.rowcount)


@contextmanager
def raw_cursor() -> Iterator[psycopg.Cursor[Row]]:
    """psycopg's own: Django's writes all values into the statement, as text."""
    with (
        connection.cursor() as checked,
        connection.wrap_database_errors,
        psycopg.Cursor(cast("psycopg.Connection[Row]", checked.connection)) as cursor,
    ):
        yield cursor


def instances(model: type[M], columns: Sequence[str], rows: Iterable[Row]) -> list[M]:
    """Rows as instances, at a tenth of the cost: without signals and without looking at
    each field. Columns that are not named are deferred, as with ``only``."""
    stored = connection.alias
    return [_instance(model, dict(zip(columns, row, strict=True)), stored) for row in rows]


def fresh(model: type[M], **values: Any) -> M:
    """A new instance, made as shortly. What has a function for a default must be given."""
    return _instance(model, {**_defaults(model), **values}, None)


def _instance(model: type[M], values: dict[str, Any], stored: str | None) -> M:
    made = model.__new__(model)
    made.__dict__ = values
    made._state = state = ModelState()
    state.adding, state.db = stored is None, stored
    return made


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if not (field.has_default() and callable(field.default))
    }


@cache
def _for_sqlite(statement: str) -> str:
    statement = _ANY_OF.sub("IN (SELECT value FROM json_each(%s))", statement)
    return _LOCKS.sub("", statement).replace("%b", "%s")


def plain(value: Any) -> Any:
    """As Django keeps it in SQLite; texts and numbers as they are."""
    convert = _PLAIN.get(type(value))
    return convert(value) if convert else value


def _json(value: Any) -> str:
    return json.dumps(value, default=lambda uuid: uuid.hex)


_PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: str(value.astimezone(UTC))[:-6],
    UUID: lambda value: value.hex,
    dict: _json,
    list: _json,
}


def _python_of(name: str, value: Any) -> Any:
    """SQLite keeps moments without their zone, and UUIDs as texts."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return UUID(value) if name in _UUID_COLUMNS and value else value
