"""Service windows: when a person last wrote to one of our numbers, by Meta's clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

import psycopg
from django.db import connection

Key = tuple[UUID, str]  # subject, sender

_OPEN = """
    INSERT INTO consent_servicewindow (subject_id, sender, last_wrote_at) {}
    ON CONFLICT (subject_id, sender) DO UPDATE SET last_wrote_at = excluded.last_wrote_at
    WHERE consent_servicewindow.last_wrote_at < excluded.last_wrote_at
"""
_ONE = _OPEN.format("VALUES (%s, %s, %s)")
# In one order, so that two who wait never wait for each other.
_MANY = _OPEN.format(
    "SELECT * FROM unnest(%b::uuid[], %b::text[], %b::timestamptz[]) ORDER BY 1, 2"
)


def open_from(latest: Mapping[Key, datetime]) -> None:
    """Open these windows from these moments on; none moves back."""
    if not latest:
        return
    subjects, senders = (list(column) for column in zip(*latest, strict=True))
    if connection.vendor == "postgresql":
        _open_together(subjects, senders, list(latest.values()))
        return
    moments = map(connection.ops.adapt_datetimefield_value, latest.values())
    with connection.cursor() as cursor:
        ids = [subject.hex for subject in subjects]
        cursor.executemany(_ONE, list(zip(ids, senders, moments, strict=True)))


def _open_together(subjects: list[UUID], senders: list[str], moments: list[datetime]) -> None:
    """Prepared once, values in binary: this runs for every batch that comes in."""
    with connection.cursor() as checked, connection.wrap_database_errors:
        raw = cast("psycopg.Connection[tuple[object, ...]]", checked.connection)
        with psycopg.Cursor(raw) as cursor:
            cursor.execute(_MANY.encode(), [subjects, senders, moments], prepare=True)
