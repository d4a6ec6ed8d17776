"""One at a time applies what a number tells, or moves whom it may speak of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from inbox.actions.statements import run
from inbox.models import Channel

NUMBER_LOCKS = 7202  # advisory locks of ours on PostgreSQL; 7201 are lanes


def hold(numbers: Iterable[int]) -> None:
    """Until the transaction ends. On SQLite the write transaction itself is the lock."""
    ordered = sorted(set(numbers))
    if connection.vendor == "postgresql" and ordered:
        run(
            "SELECT pg_advisory_xact_lock(%b::int, number) FROM unnest(%b::int[]) AS number",
            *(NUMBER_LOCKS, ordered),
        )


def hold_all() -> None:
    """Nothing that comes in is applied meanwhile, wherever it comes in."""
    hold(Channel.objects.values_list("pk", flat=True))
