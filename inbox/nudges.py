"""Handing work to Celery after commit. A broker that is down is no error: the sweeper comes."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import KombuError

logger = logging.getLogger(__name__)


def after_commit(task: Task[Any, Any], *args: Any) -> None:
    transaction.on_commit(lambda: now(task, *args), robust=True)


def now(task: Task[Any, Any], *args: Any) -> None:
    try:
        task.delay(*args)
    except (KombuError, OSError):
        logger.warning("%s could not be queued; the sweeper will find its row", task.name)
