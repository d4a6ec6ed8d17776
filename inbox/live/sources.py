"""Where hints come from: Redis, or without it the table of hints, asked ten times a second.

A source yields lists of hints (JSON), and None whenever it is connected (again): whatever was
said before that moment may have been missed.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import ClassVar

import redis.asyncio
from django.conf import settings
from django.db import DatabaseError

from inbox import events
from inbox.live.worker import Worker
from inbox.models import Hint

POLL_SECONDS = 0.1
SHORT_PAUSE, LONG_PAUSE = 0.2, 10.0  # between tries to connect
# Rows may commit in another order than they were numbered: missing numbers are asked for again.
HOLE_SECONDS = 30.0
MOST_HOLES = 500

logger = logging.getLogger(__name__)


class Source(ABC):
    trouble: ClassVar[tuple[type[Exception], ...]]

    async def batches(self) -> AsyncIterator[list[str] | None]:
        pause = SHORT_PAUSE
        while True:
            try:
                await self.connect()
                while True:
                    batch = await self.read()
                    pause = SHORT_PAUSE
                    if batch is None or batch:
                        yield batch
            except self.trouble as trouble:
                logger.warning("hints cannot be heard: %s", type(trouble).__name__)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 (no secret)
            pause = min(pause * 2, LONG_PAUSE)

    @abstractmethod
    async def connect(self) -> None: ...

    @abstractmethod
    async def read(self) -> list[str] | None:
        """The next hints, perhaps none; None once after each connecting."""

    @abstractmethod
    async def stop(self) -> None: ...


def choose() -> Source:
    return RedisSource(settings.REDIS_URL) if settings.REDIS_URL else TableSource()


class TableSource(Source):
    trouble = (DatabaseError,)

    def __init__(self) -> None:
        self._worker = Worker("hints")
        self._is_new = True
        self._last = 0
        self._holes: dict[int, float] = {}  # number → until when it is asked for

    async def connect(self) -> None:
        await self._worker.run(self._start)

    async def read(self) -> list[str] | None:
        if self._is_new:
            self._is_new = False
            return None
        await asyncio.sleep(POLL_SECONDS)
        return await self._worker.run(self._read)

    async def stop(self) -> None:
        self._worker.stop()

    def _start(self) -> None:
        newest = list(Hint.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_HOLES])
        self._is_new = True
        self._holes.clear()
        self._last = newest[-1] - 1 if newest else 0
        self._note(newest)

    def _read(self) -> list[str]:
        rows = list(Hint.objects.filter(pk__gt=self._last).order_by("pk"))
        if self._holes:
            late = Hint.objects.filter(pk__in=list(self._holes)).order_by("pk")
            rows = [*late, *rows]
        self._note([row.pk for row in rows])
        return [hint for row in rows for hint in events.told_in(row.body)]

    def _note(self, numbers: list[int]) -> None:
        """These were read; what is missing between them may still come."""
        now = time.monotonic()
        for number in numbers:
            self._holes.pop(number, None)
        newest = max(numbers, default=self._last)
        if newest > self._last:
            earliest = max(self._last, newest - MOST_HOLES) + 1
            missing = set(range(earliest, newest)).difference(numbers)
            self._holes.update(dict.fromkeys(missing, now + HOLE_SECONDS))
            self._last = newest
        if self._holes:
            self._holes = {n: until for n, until in self._holes.items() if until > now}


class RedisSource(Source):
    trouble = (redis.RedisError, OSError)

    def __init__(self, url: str) -> None:
        self._client = redis.asyncio.Redis.from_url(
            url, health_check_interval=15, socket_connect_timeout=3, socket_keepalive=True
        )
        self._pubsub = self._client.pubsub()

    async def connect(self) -> None:
        await self._hang_up()
        self._pubsub = self._client.pubsub()
        await self._pubsub.subscribe(events.TOPIC)

    async def read(self) -> list[str] | None:
        message = await self._pubsub.get_message(timeout=10)
        if message is None:
            return []
        # The client reconnects by itself as well, and then is told that it is subscribed.
        if message["type"] == "subscribe":
            return None
        return events.told_in(message["data"].decode())

    async def stop(self) -> None:
        await self._hang_up()
        with suppress(*self.trouble):
            await self._client.aclose()

    async def _hang_up(self) -> None:
        with suppress(*self.trouble):
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]
