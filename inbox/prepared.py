"""Queries that every screen asks again, made once: making the SQL costs ten times asking it.

A query is written with values that stand for others (``-1`` for an agent, say), and asked
with what they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet


class Prepared:
    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = self._compiler.as_sql()
        self._sql: str = sql
        self._params: tuple[Any, ...] = params

    def ask(self, places: Mapping[Any, Any]) -> Iterable[tuple[Any, ...]]:
        params: list[Any] = [places.get(p, p) for p in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        rows: Iterable[tuple[Any, ...]] = self._compiler.results_iter([found])
        return rows
