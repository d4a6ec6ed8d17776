"""Work done once for all who came while it was last being done.

After a restart every browser comes back in the same moment. One after the other they would
keep the database busy for half a minute; together they are a few queries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    def __init__(self, work: Callable[[list[T]], Awaitable[None]]) -> None:
        self._work = work
        self._waiting: list[T] = []
        self._next_round: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()

    async def join(self, item: T) -> None:
        """Return when the work has been done for this one as well."""
        self._waiting.append(item)
        if self._next_round is None:
            self._next_round = asyncio.create_task(self._round())
        # One who goes away does not end the round of the others.
        await asyncio.shield(self._next_round)

    async def _round(self) -> None:
        async with self._busy:
            items, self._waiting, self._next_round = self._waiting, [], None
            await self._work(items)
