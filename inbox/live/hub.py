"""One ear per process: hears each hint once and passes it to the tabs of those who may know.

All of it runs on the event loop; what asks the database runs on a thread beside it. Hints are
worked through one after the other, so that a right that was taken holds for every later hint.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from django.db import DatabaseError

from inbox.live import frames, sign_in, sources
from inbox.live.attendance import Attendance
from inbox.live.audience import Audience
from inbox.live.listener import Listener
from inbox.live.together import Together
from inbox.live.worker import Worker

RESTART_SECONDS = 1.0
# Then the tabs get their turn to write: fewer than a listener lets wait (MOST_WAITING).
IN_ONE_GO = 100
ROUND_SECONDS = 15.0
ROUNDS_PER_CHECK = 4  # sessions that ended elsewhere are found within a minute

logger = logging.getLogger(__name__)


class Hub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.worker = Worker("live")
        self._audience = Audience(self.worker)
        self._attendance = Attendance(self.worker)
        self._listeners: defaultdict[int, set[Listener]] = defaultdict(set)
        self._welcoming = Together(self._welcome)
        self._tasks: list[asyncio.Task[None]] = []
        # Set while hints are heard: only then "connected" keeps its promise.
        self._hears = False
        self._said: asyncio.Queue[str] = asyncio.Queue(1000)

    # --- Coming and going -----------------------------------------------------------------

    async def join(self, listener: Listener) -> None:
        self._listeners[listener.sign_in.agent_id].add(listener)
        await self._welcoming.join(listener)

    async def _welcome(self, listeners: list[Listener]) -> None:
        agent_ids = {listener.sign_in.agent_id for listener in listeners}
        await self._audience.learn(agent_ids)
        # Locked out since the cookie was looked at? From here on the hub would tell.
        await self._end_signed_out(listeners)
        self._start()
        if self._hears:
            for listener in listeners:
                listener.push(frames.CONNECTED)
        await self._quietly(self._attendance.came(agent_ids))

    def leave(self, listener: Listener) -> None:
        agent_id = listener.sign_in.agent_id
        tabs = self._listeners.get(agent_id, set())
        tabs.discard(listener)
        if not tabs and self._listeners.pop(agent_id, None) is not None:
            self._attendance.left(agent_id)

    async def close(self) -> None:
        """End every connection, and stop listening."""
        for listener in self._all():
            listener.end()
        await self._stop()
        self.worker.stop()
        _hubs.pop(self.loop, None)

    def say_soon(self, hint: str) -> None:
        """Pass on what a page of this very process has to say. From any thread."""
        with suppress(RuntimeError):  # the loop is closing
            self.loop.call_soon_threadsafe(self._say, hint)

    def _say(self, hint: str) -> None:
        if self._tasks and not self._said.full():
            self._said.put_nowait(hint)

    def _all(self) -> list[Listener]:
        return [listener for tabs in self._listeners.values() for listener in tabs]

    # --- Hearing --------------------------------------------------------------------------

    def _start(self) -> None:
        if not self._tasks:
            chores = (self._hear(), self._pass_on_said(), self._go_round())
            self._tasks = [asyncio.create_task(chore) for chore in chores]

    async def _stop(self) -> None:
        tasks, self._tasks, self._hears = self._tasks, [], False
        current = asyncio.current_task()
        for task in tasks:
            if task is not current:
                task.cancel()
        await asyncio.gather(*(t for t in tasks if t is not current), return_exceptions=True)
        self.worker.rest()

    async def _hear(self) -> None:
        while True:
            source = sources.choose()
            try:
                async for batch in source.batches():
                    await self._take(batch)
            except Exception:
                # Nobody would notice a deaf desk: begin anew, and have everything fetched.
                logger.exception("live: hearing failed; starting again")
            finally:
                await source.stop()
            await asyncio.sleep(RESTART_SECONDS)

    async def _take(self, batch: list[str] | None) -> None:
        if batch is None:
            await self._quietly(self._catch_up())
        for number, hint in enumerate(batch or [], 1):
            await self._quietly(self._pass_on(hint))
            if number % IN_ONE_GO == 0:
                await asyncio.sleep(0)

    async def _pass_on_said(self) -> None:
        while True:
            await self._quietly(self._pass_on(await self._said.get()))

    async def _catch_up(self) -> None:
        await self._audience.refresh()
        await self._end_signed_out(self._all())
        self._hears = True
        for listener in self._all():
            listener.push(frames.CONNECTED)

    # --- Passing on -----------------------------------------------------------------------

    async def _pass_on(self, body: str) -> None:
        hint: dict[str, Any] = json.loads(body)
        match hint["kind"]:
            case "conversation":
                await self._pass_on_to_viewers(hint["channel"], body)
            case "channel":
                await self._refresh_rights()
                await self._pass_on_to_viewers(hint["channel"], body)
            case "agent":
                await self._agent_changed(hint, body)
            case "called":
                await self._call(hint)
            case "labels" | "attendance":
                self._pass_on_to_all(body)
            case "bulk_act":
                self._pass_on_to_one(hint["agent"], body)
            case "presence":
                await self._tell_presence(hint)

    async def _pass_on_to_viewers(self, channel_id: int, body: str) -> None:
        frame = frames.event("hint", body)
        await self._audience.knows(channel_id)
        for agent_id, tabs in self._listeners.items():
            if self._audience.sees(agent_id, channel_id):
                for listener in tabs:
                    listener.push(frame)

    async def _call(self, hint: dict[str, Any]) -> None:
        """Only those who are called hear of it, and not who else was."""
        agents = hint.pop("agents")
        frame = frames.event("hint", json.dumps(hint, separators=(",", ":")))
        await self._audience.knows(hint["channel"])
        for agent_id in agents:
            if self._audience.sees(agent_id, hint["channel"]):
                for listener in self._listeners.get(agent_id, ()):
                    listener.push(frame)

    async def _agent_changed(self, hint: dict[str, Any], body: str) -> None:
        tabs = list(self._listeners.get(hint["agent"], ()))
        if hint.get("locked_out"):
            for listener in tabs:
                listener.end(frames.LOCKED_OUT)
        elif tabs:
            await self._end_signed_out(tabs)
        await self._refresh_rights()
        self._pass_on_to_all(body)

    def _pass_on_to_all(self, body: str) -> None:
        frame = frames.event("hint", body)
        for listener in self._all():
            listener.push(frame)

    def _pass_on_to_one(self, agent_id: int, body: str) -> None:
        frame = frames.event("hint", body)
        for listener in self._listeners.get(agent_id, ()):
            listener.push(frame)

    async def _refresh_rights(self) -> None:
        for agent_id in await self._audience.refresh():
            for listener in self._listeners.get(agent_id, ()):
                listener.push(frames.CONNECTED)

    async def _tell_presence(self, hint: dict[str, Any]) -> None:
        """To those who look at or write in the same conversation."""
        viewing, writing = hint["viewing"], hint["writing"]
        here = {*viewing, *writing}
        await self._audience.learn(here)
        people = self._audience.people
        frame = frames.presence(hint["code"], people(viewing), people(writing))
        for agent_id in here:
            for listener in self._listeners.get(agent_id, ()):
                listener.push(frame)

    # --- Now and then ---------------------------------------------------------------------

    async def _go_round(self) -> None:
        number = 0
        while self._listeners or not self._attendance.is_settled:
            await asyncio.sleep(ROUND_SECONDS)
            number += 1
            await self._quietly(self._attendance.look(list(self._listeners)))
            if number % ROUNDS_PER_CHECK == 0:
                await self._quietly(self._end_signed_out(self._all()))
        await self._stop()

    async def _end_signed_out(self, listeners: list[Listener]) -> None:
        ended = await self.worker.run(
            sign_in.find_ended, [listener.sign_in for listener in listeners]
        )
        for listener in listeners:
            if listener.sign_in in ended:
                listener.end()  # the page asks again, and learns that it is signed out

    async def _quietly(self, work: Awaitable[None]) -> None:
        """One thing that goes wrong must not make every browser deaf."""
        try:
            await work
        except DatabaseError as trouble:
            logger.warning("live: the database did not answer: %s", type(trouble).__name__)
        except Exception:
            logger.exception("live: a hint could not be passed on")


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def here() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]


def say(hint: str) -> None:
    """To every hub of this process: there is one, but for tests."""
    for hub in list(_hubs.values()):
        hub.say_soon(hint)
