"""Load over HTTP: as fast as answers come, or at a given pace; latencies of all are kept."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeVar

import uvloop

from bench.wire import Answer, Wire, connect

T = TypeVar("T")
TICK = 0.002


def run(main: Coroutine[Any, Any, T]) -> T:
    """On a fast loop, and without the garbage collector looking in."""
    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(main)
    finally:
        gc.enable()


@dataclass(slots=True)
class Sample:
    """How long each took, in seconds, and how long all together."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[int] = field(default_factory=Counter)  # by status, if another than expected
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted if self.lasted else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        if not ordered:
            return float("nan")
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def hammer(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int,
    seconds: float,
    most: int | None = None,
    expected: int = 200,
) -> Sample:
    """Each connection asks again as soon as it has its answer."""
    sample, done = Sample(), asyncio.get_running_loop().create_future()
    left = most if most is not None else 2**62
    busy, end = 0, float("inf")

    def heard(wire: Wire, answer: Answer) -> None:
        nonlocal busy
        busy -= 1
        _note(sample, answer, expected)
        ask(wire)

    def ask(wire: Wire) -> None:
        nonlocal busy, left
        goes_on = left > 0 and perf_counter() < end and not wire.is_lost
        if goes_on and (request := next(requests, None)) is not None:
            left, busy = left - 1, busy + 1
            wire.say(request)
        elif busy == 0 and not done.done():
            done.set_result(None)

    wires = [await connect(port, heard) for _ in range(connections)]
    started = perf_counter()
    end = started + seconds
    for wire in wires:
        ask(wire)
    await done
    sample.lasted = perf_counter() - started
    for wire in wires:
        wire.transport.close()
    return sample


async def pace(
    port: int,
    next_request: Callable[[float], bytes],
    *,
    rate: float,
    seconds: float,
    connections: int,
    expected: int = 200,
) -> Sample:
    """``rate`` a second whatever the answers; what is said late counts from when it was due.

    ``next_request`` hears the moment it is for.
    """
    sample = Sample()
    idle: deque[Wire] = deque()

    def heard(wire: Wire, answer: Answer) -> None:
        _note(sample, answer, expected)
        idle.append(wire)

    idle.extend([await connect(port, heard) for _ in range(connections)])
    started, said, total = perf_counter(), 0, int(rate * seconds)
    while len(sample.seconds) < total:
        due = min(total, int((perf_counter() - started) * rate) + 1)
        while said < due and idle:
            at = started + said / rate
            idle.popleft().say(next_request(at), since=at)
            said += 1
        await asyncio.sleep(TICK)
    sample.lasted = perf_counter() - started
    for wire in idle:
        wire.transport.close()
    return sample


def _note(sample: Sample, answer: Answer, expected: int) -> None:
    sample.seconds.append(answer.seconds)
    if answer.status != expected:
        sample.wrong[answer.status] += 1


class Browser:
    """One connection on which one thing is asked after the other."""

    def __init__(self) -> None:
        self._answer: asyncio.Future[Answer]
        self._wire: Wire

    @classmethod
    async def open(cls, port: int) -> Browser:
        browser = cls()
        browser._wire = await connect(port, browser._heard)
        return browser

    async def ask(self, request: bytes) -> Answer:
        self._answer = asyncio.get_running_loop().create_future()
        self._wire.say(request)
        return await self._answer

    def close(self) -> None:
        self._wire.transport.close()

    def _heard(self, wire: Wire, answer: Answer) -> None:
        if not self._answer.done():
            self._answer.set_result(answer)
