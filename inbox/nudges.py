"""Handing work to Celery after commit. A broker that is down is no error: the sweeper comes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import redis
from celery import Task
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import KombuError

from inbox import tasks

# Should a drainer die on the way, the next post after this brings another.
DRAIN_SECONDS = 5
logger = logging.getLogger(__name__)
_gathered: ContextVar[dict[tuple[str, tuple[Any, ...]], Task[Any, Any]] | None] = ContextVar(
    "gathered_nudges", default=None
)


def after_commit(task: Task[Any, Any], *args: Any) -> None:
    if (gathered := _gathered.get()) is not None:
        gathered[task.name, args] = task
        return
    transaction.on_commit(lambda: now(task, *args), robust=True)


@contextmanager
def together() -> Iterator[None]:
    """What is handed over inside, hundreds of times the same, is handed over once."""
    gathered: dict[tuple[str, tuple[Any, ...]], Task[Any, Any]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for (_name, args), task in gathered.items():
        after_commit(task, *args)


def now(task: Task[Any, Any], *args: Any) -> None:
    try:
        task.delay(*args)
    except (KombuError, OSError):
        logger.warning("%s could not be queued; the sweeper will find its row", task.name)


def drain(lane: str) -> None:
    """Bring a drainer, unless one is under way that will see what was stored by now.

    In a rush that saves dozens of tasks a second, each of which costs more than a message.
    Only where web and workers share a cache.
    """
    if not settings.REDIS_URL or _is_first(lane):
        now(tasks.drain, lane)


def expect_drain(lane: str) -> None:
    """Said by a drainer before its last look: what is stored after that wants another."""
    if settings.REDIS_URL:
        with suppress(redis.RedisError):
            cache.delete(_key(lane))


def _is_first(lane: str) -> bool:
    try:
        return cache.add(_key(lane), True, DRAIN_SECONDS)
    except redis.RedisError:
        return True


def _key(lane: str) -> str:
    return f"drain-{lane}"
