"""What the gate decides about messages that are leaving: made, and stored for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field

from consent.models import Decision
from consent.requests import Request
from consent.rules import POLICY_VERSION, Standing, may_contact

AnyField: TypeAlias = "Field[Any, Any]"


def decide(request: Request, standing: Standing, now: datetime) -> Decision:
    verdict = may_contact(standing, request.message_class, now=now)
    return Decision(
        subject_id=request.subject,
        sender=request.sender,
        message_class=request.message_class,
        allowed=verdict.allowed,
        reason=verdict.reason,
        policy_version=POLICY_VERSION,
        last_wrote_at=standing.last_wrote_at,
        objected_at=standing.objected_at,
        banned_at=standing.banned_at,
        window_denied_for=standing.window_denied_for,
        decided_at=now,
    )


def store(decisions: Iterable[Decision]) -> list[Decision]:
    """In one statement, written here: one is stored for every message that leaves, and the
    ORM would take longer to compose it than the database to store it."""
    made = list(decisions)
    if not made:
        return made
    rows = ", ".join([_insert()[1]] * len(made))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_insert()[0]} VALUES {rows} RETURNING id",
            [value for decision in made for value in _values(decision)],
        )
        for decision, (pk,) in zip(made, cursor.fetchall(), strict=True):
            decision.pk = pk
            decision._state.adding, decision._state.db = False, connection.alias
    return made


@cache
def _insert() -> tuple[str, str]:
    """The beginning of the statement, and the places of one row."""
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in _fields())
    places = ", ".join(["%s"] * len(_fields()))
    return f"INSERT INTO {Decision._meta.db_table} ({names})", f"({places})"


@cache
def _fields() -> list[AnyField]:
    return [field for field in Decision._meta.concrete_fields if not field.primary_key]


def _values(decision: Decision) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(decision, field.attname), connection)
        for field in _fields()
    ]
