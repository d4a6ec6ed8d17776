"""Queries that every screen asks again, made once: making the SQL costs ten times asking it.

A query is written with values that stand for others (``-1`` for an agent, say), and asked
with what they stand for. PostgreSQL plans it once for each connection: for these queries,
planning takes longer than finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.query import get_related_populators
from psycopg.types.numeric import Int8

M = TypeVar("M", bound=Model)


class Prepared:
    """``is_uneven``: the best way to the rows depends on the values, so it is planned anew."""

    def __init__(self, rows: QuerySet[Any, Any], *, is_uneven: bool = False) -> None:
        self._is_uneven = is_uneven
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = self._compiler.as_sql()
        self._sql: str = sql
        self._params: tuple[Any, ...] = params
        columns = [column for column, _, _ in self._compiler.select or ()]
        self._converters = self._compiler.get_converters(columns)

    def ask(self, places: Mapping[Any, Any]) -> Iterable[tuple[Any, ...]]:
        params: list[Any] = [places.get(p, p) for p in self._params]
        found = fetch(self._sql, params, is_uneven=self._is_uneven)
        if not self._converters:
            return found
        rows: Iterable[tuple[Any, ...]] = self._compiler.apply_converters(
            found, self._converters
        )
        return rows


def fetch(sql: str, params: Sequence[Any], *, is_uneven: bool = False) -> list[tuple[Any, ...]]:
    """What a statement finds that is asked again and again."""
    with connection.cursor() as cursor:
        # Where statements are recorded, Django's own cursor records them.
        if connection.vendor == "postgresql" and not connection.queries_logged:
            return _fetch_prepared(cursor.connection, sql, params, is_uneven)
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _fetch_prepared(
    connected: psycopg.Connection[Any], sql: str, params: Sequence[Any], is_uneven: bool
) -> list[tuple[Any, ...]]:
    """By psycopg's own cursor: Django's writes all values into the statement, so that each is
    a new one to PostgreSQL. It tells small numbers from large ones, as if they were of
    different columns."""
    params = [Int8(p) if type(p) is int else p for p in params]
    with connection.wrap_database_errors, psycopg.Cursor(connected) as cursor:
        cursor.execute(sql.encode(), params, prepare=not is_uneven)
        return cursor.fetchall()


class PreparedRows(Generic[M]):
    """The same for whole rows, together with those that ``select_related`` names."""

    def __init__(self, rows: QuerySet[M, M]) -> None:
        self._query = Prepared(rows)
        found = self._query._compiler.klass_info
        columns = self._query._compiler.select
        self._model = rows.model
        self._own = slice(found["select_fields"][0], found["select_fields"][-1] + 1)
        self._names = [column.target.attname for column, _, _ in columns[self._own]]
        # The stubs are ahead of our Django.
        self._related = get_related_populators(found, columns, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def ask(self, places: Mapping[Any, Any]) -> list[M]:
        return [self._read(row) for row in self._query.ask(places)]

    def _read(self, row: Sequence[Any]) -> M:
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for related in self._related:
            related.populate(row, found)
        return found


def places(most: int) -> range:
    """What stands for up to so many ids in a query, so that it is the same for fewer."""
    return range(-most, 0)


def in_places(ids: Sequence[int], most: int) -> dict[int, int]:
    """These ids in the ``places``, and where there are fewer an id that nothing has."""
    missing = most - len(ids)
    return dict(zip(places(most), [*ids, *[0] * missing], strict=True))


class AsText(Cast):
    """A moment or a code as the database writes it, for what is kept by what was read.

    Both databases hand out texts several times faster, and a text that was met before need
    not be read again.
    """

    def __init__(self, column: str) -> None:
        super().__init__(column, TextField())


def read_moment(text: str) -> datetime:
    """A moment that came ``AsText``: SQLite leaves out that it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
