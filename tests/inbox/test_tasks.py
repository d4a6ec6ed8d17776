"""inbox.tasks: what a broker keeps while no worker runs"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from celery import Task
from kombu import Connection

from inbox import tasks
from supportdesk.celery import app


@pytest.mark.parametrize(
    ("task", "argument"), [(tasks.drain, "200000000000001"), (tasks.carry, 1)]
)
def test_a_hurry_is_over_after_some_minutes(task: Task[..., None], argument: object) -> None:
    with Connection("memory://") as connection, connection.SimpleQueue("hurries") as queue:
        with app.amqp.Producer(connection, auto_declare=False) as producer:
            task.apply_async((argument,), producer=producer, queue="hurries")
        ends = datetime.fromisoformat(queue.get(timeout=5).headers["expires"])

    assert timedelta(minutes=1) < ends - datetime.now(UTC) < timedelta(minutes=5)
