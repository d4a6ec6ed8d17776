"""Who is here, told to the database now and then rather than at each opened or closed tab."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from inbox.actions import attendance
from inbox.live.worker import Worker

# Another process may have the agent's other tab: it says so at least this often …
TOUCH_SECONDS = 50.0
# … and so this long after the last tab was closed, whoever was not seen since is gone.
GONE_SECONDS = 60.0
# A process that was killed says nothing of its agents.
FORGOTTEN = timedelta(minutes=3)


class Attendance:
    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._touched: dict[int, float] = {}
        self._left: dict[int, float] = {}

    async def came(self, agent_ids: Collection[int]) -> None:
        for agent_id in agent_ids:
            self._left.pop(agent_id, None)
        await self._touch(agent_ids, time.monotonic())

    def left(self, agent_id: int) -> None:
        self._left[agent_id] = time.monotonic()

    @property
    def is_settled(self) -> bool:
        """Nobody left so recently that there is still something to say."""
        return not self._left

    async def look(self, here: Collection[int]) -> None:
        now = time.monotonic()
        await self._touch(here, now)
        await self._dismiss(now)
        if here:
            long_ago = timezone.now() - FORGOTTEN
            await self._worker.run(attendance.note_gone, unseen_since=long_ago)

    async def _touch(self, agent_ids: Collection[int], now: float) -> None:
        due = [pk for pk in agent_ids if now - self._touched.get(pk, -1e9) >= TOUCH_SECONDS]
        if due:
            self._touched.update(dict.fromkeys(due, now))
            await self._worker.run(attendance.note_here, due)

    async def _dismiss(self, now: float) -> None:
        gone = {pk: at for pk, at in self._left.items() if now - at >= GONE_SECONDS}
        for pk, at in gone.items():
            del self._left[pk]
            self._touched.pop(pk, None)
            left_at = timezone.now() - timedelta(seconds=now - at)
            await self._worker.run(attendance.note_gone, unseen_since=left_at, agent_ids=[pk])
