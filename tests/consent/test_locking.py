"""consent.gate, when two want to speak about the same person at once"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection, transaction

from consent import gate
from consent.gate import MessageClass, Request
from consent.models import Decision

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
    ),
]
T = TypeVar("T")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SENDER = "200000000000001"


def elsewhere(work: Callable[[], T]) -> tuple[threading.Thread, list[T]]:
    """Start something on a connection of its own."""
    results: list[T] = []

    def run() -> None:
        try:
            results.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


@pytest.fixture
def subject() -> UUID:
    subject = uuid.uuid4()
    gate.register([subject])
    return subject


def test_an_opt_out_waits_for_a_decision_that_is_being_made(subject: UUID) -> None:
    with transaction.atomic():
        [decision] = gate.decide([Request(subject, SENDER, MessageClass.UTILITY)], now=NOW)
        thread, heard = elsewhere(lambda: gate.hear(subject, "STOP ALL", at=NOW))
        thread.join(timeout=0.2)
        assert not heard

    thread.join()

    assert decision is not None
    assert decision.allowed
    assert heard == [gate.Wish.NO_CONTACT]


def test_nothing_is_decided_while_an_opt_out_is_being_stored(subject: UUID) -> None:
    request = Request(subject, SENDER, MessageClass.UTILITY)
    with transaction.atomic():
        gate.hear(subject, "STOP ALL", at=NOW)
        thread, results = elsewhere(transaction.atomic(lambda: gate.decide([request], now=NOW)))
        thread.join()

    assert results == [[None]]
    assert not Decision.objects.exists()


def test_a_decision_obeys_an_opt_out_stored_a_moment_ago(subject: UUID) -> None:
    request = Request(subject, SENDER, MessageClass.UTILITY)
    gate.hear(subject, "STOP ALL", at=NOW)

    with transaction.atomic():
        [decision] = gate.decide([request], now=NOW)

    assert decision is not None
    assert decision.reason == gate.Reason.CONTACT_BAN


def test_whom_somebody_else_holds_does_not_hold_up_others(subject: UUID) -> None:
    free = uuid.uuid4()
    gate.register([free])
    requests = [Request(s, SENDER, MessageClass.UTILITY) for s in (subject, free)]
    with transaction.atomic():
        gate.hear(subject, "STOP", at=NOW)
        thread, results = elsewhere(transaction.atomic(lambda: gate.decide(requests, now=NOW)))
        thread.join()

    [[held_back, decision]] = results
    assert held_back is None
    assert decision is not None
    assert (decision.subject_id, decision.allowed) == (free, True)


def test_people_are_locked_in_one_order(subject: UUID) -> None:
    other = uuid.uuid4()
    gate.register([other])
    requests = [Request(s, SENDER, MessageClass.UTILITY) for s in (subject, other)]
    barrier = threading.Barrier(2)

    def decide(order: int) -> int:
        barrier.wait()
        for _ in range(30):
            with transaction.atomic():
                gate.decide(requests[::order], now=NOW)
        return order

    threads = [elsewhere(lambda order=order: decide(order)) for order in (1, -1)]  # type: ignore[misc]
    for thread, _ in threads:
        thread.join()

    assert [results for _, results in threads] == [[1], [-1]]
