"""Work that is done once for all who came meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from inbox.live.together import Together


class Rounds:
    """Notes who was in which round; each round waits to be let go."""

    def __init__(self) -> None:
        self.done: list[list[str]] = []
        self.go_on = asyncio.Semaphore(0)
        self.together = Together(self._work)

    async def _work(self, items: list[str]) -> None:
        self.done.append(items)
        await self.go_on.acquire()
        if "broken" in items:
            raise ZeroDivisionError

    async def come(self, *names: str) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self.together.join(name)) for name in names]
        for _ in range(5):  # until all that can happen has happened
            await asyncio.sleep(0)
        return tasks


def test_those_who_come_during_a_round_share_the_next() -> None:
    async def scene() -> None:
        rounds = Rounds()
        tasks = await rounds.come("first")
        tasks += await rounds.come("second", "third")
        tasks += await rounds.come("fourth")
        rounds.go_on.release()
        rounds.go_on.release()
        await asyncio.gather(*tasks)
        assert rounds.done == [["first"], ["second", "third", "fourth"]]

    asyncio.run(scene())


def test_nobody_returns_before_their_own_round_is_over() -> None:
    async def scene() -> None:
        rounds = Rounds()
        [first] = await rounds.come("first")
        [second] = await rounds.come("second")
        rounds.go_on.release()
        await first
        assert not second.done()
        rounds.go_on.release()
        await second

    asyncio.run(scene())


def test_one_who_leaves_does_not_end_the_round_of_the_others() -> None:
    async def scene() -> None:
        rounds = Rounds()
        leaving, staying = await rounds.come("leaving", "staying")
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving
        rounds.go_on.release()
        await staying
        assert rounds.done == [["leaving", "staying"]]

    asyncio.run(scene())


def test_a_round_that_fails_fails_for_those_in_it_only() -> None:
    async def scene() -> None:
        rounds = Rounds()
        [broken] = await rounds.come("broken")
        [next_one] = await rounds.come("next")
        rounds.go_on.release()
        rounds.go_on.release()
        with pytest.raises(ZeroDivisionError):
            await broken
        await next_one

    asyncio.run(scene())
