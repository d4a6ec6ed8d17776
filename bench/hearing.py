"""Listening where browsers' hints come from: how long after the post was it told?"""

from __future__ import annotations

import asyncio
import json
import os
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter

import redis.asyncio

from bench.load import Sample
from inbox import events
from inbox.models import Hint

POLL_SECONDS = 0.02


class Hearing:
    """Pairs what was posted about a conversation with the next hint about it."""

    def __init__(self) -> None:
        self.sample = Sample()
        self._awaited: dict[str, deque[float]] = defaultdict(deque)

    def expect(self, code: str, since: float) -> None:
        self._awaited[code].append(since)

    @property
    def missing(self) -> int:
        return sum(map(len, self._awaited.values()))

    def hear(self, lines: str) -> None:
        """One hint may speak of several updates: a batch tells each conversation once."""
        now = perf_counter()
        for hint in events.told_in(lines):
            waiting = self._awaited.pop(json.loads(hint).get("code", ""), ())
            self.sample.seconds.extend(now - since for since in waiting)

    async def settle(self, seconds: float) -> None:
        """Give the last ones time."""
        end = perf_counter() + seconds
        while self.missing and perf_counter() < end:
            await asyncio.sleep(0.05)


@asynccontextmanager
async def hearing() -> AsyncIterator[Hearing]:
    ears = Hearing()
    url = os.environ.get("REDIS_URL", "")
    ready = asyncio.Event()
    task = asyncio.create_task(_redis(ears, url, ready) if url else _table(ears, ready))
    await ready.wait()
    try:
        yield ears
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _redis(ears: Hearing, url: str, ready: asyncio.Event) -> None:
    client = redis.asyncio.Redis.from_url(url)
    async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
        await pubsub.subscribe(events.TOPIC)
        ready.set()
        async for message in pubsub.listen():
            ears.hear(message["data"].decode())


async def _table(ears: Hearing, ready: asyncio.Event) -> None:
    last = 0
    newest = await asyncio.to_thread(_rows, None)
    last = newest[-1][0] if newest else 0
    ready.set()
    while True:
        rows = await asyncio.to_thread(_rows, last)
        for pk, body in rows:
            last = pk
            ears.hear(body)
        await asyncio.sleep(POLL_SECONDS)


def _rows(after: int | None) -> list[tuple[int, str]]:
    """What is new; only the newest one when nothing is known yet."""
    rows = Hint.objects.order_by("pk")
    found = rows.filter(pk__gt=after) if after is not None else rows.reverse()[:1]
    return list(found.values_list("pk", "body"))
