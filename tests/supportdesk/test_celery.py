"""supportdesk.celery: what tasks find when they start"""

from __future__ import annotations

from threading import Thread

import pytest
from celery import beat, signals
from celery.fixups.django import DjangoWorkerFixup  # type: ignore[attr-defined]
from django.db import connection

from inbox import tasks
from supportdesk.celery import app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker() -> DjangoWorkerFixup:
    """What Celery does around each task in a worker."""
    return DjangoWorkerFixup(app)


def start_a_task(worker: DjangoWorkerFixup) -> None:
    worker.on_task_prerun(sender=tasks.sweep)
    signals.task_prerun.send(sender=tasks.sweep)


def test_a_task_keeps_the_connection_of_the_one_before(worker: DjangoWorkerFixup) -> None:
    connection.ensure_connection()
    kept = connection.connection

    worker.on_task_postrun(sender=tasks.sweep)
    start_a_task(worker)

    assert connection.connection is kept


def test_a_connection_that_has_had_its_time_is_opened_anew(worker: DjangoWorkerFixup) -> None:
    connection.ensure_connection()
    connection.close_at = 0

    start_a_task(worker)

    assert connection.connection is None


def test_beat_inside_a_worker_takes_no_process_of_its_own() -> None:
    assert isinstance(beat.EmbeddedService(app), Thread)
