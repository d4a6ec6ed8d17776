"""Rows by many values of one column: ``filter(any_of("wamid", wamids))``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, tuple[Any, ...]]


def any_of(column: str, values: Iterable[Any]) -> AnyOf:
    return AnyOf(F(column), list(values))


class AnyOf(Lookup):
    """Like ``__in``, but PostgreSQL gets all values as one parameter, and sees an array.

    Thousands of parameters cost more than the query, and a subquery in their place may be
    planned as a join that reads every message of a number.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        left, parameters = self.process_lhs(compiler, connection)
        prepare = self.lhs.output_field.get_db_prep_value
        values = [prepare(value, connection) for value in self.rhs]
        if not values:
            return "1 = 0", ()
        return f"{left} IN ({', '.join(['%s'] * len(values))})", (*parameters, *values)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        left, parameters = self.process_lhs(compiler, connection)
        kind = re.sub(r"\(\d+\)$", "", self.lhs.output_field.cast_db_type(connection))
        values = json.dumps(self.rhs, default=str, ensure_ascii=False)
        array = f"ARRAY(SELECT value::{kind} FROM json_array_elements_text(%s::json))"  # noqa: S608 (a type)
        return f"{left} = ANY({array})", (*parameters, values)
