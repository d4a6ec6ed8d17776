"""Tells open phones, and the crowd, what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from simulator.shapes import Json

WAITING = 2000


class Bus:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json]] = set()

    def publish(self, kind: str, **what: object) -> None:
        for queue in self._listeners:
            if queue.full():  # too slow: forget the details, have it look at everything anew
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"kind": "reset"})
            else:
                queue.put_nowait({"kind": kind, **what})

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Json]]:
        queue: asyncio.Queue[Json] = asyncio.Queue(WAITING)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """The simulator stops: nobody need listen any longer."""
        self.publish("bye")

    @property
    def listeners(self) -> int:
        return len(self._listeners)
