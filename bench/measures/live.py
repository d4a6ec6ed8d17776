"""Open browsers: how soon they hear, and what they cost while nothing happens."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from time import perf_counter

from bench import load, posts, streams
from bench.house import House, family, memory
from bench.people import Customer, Reader, customers, signed_in
from bench.results import Result, latency

TABS, RATE = 300, 50
IDLE = 1000
CONNECTIONS = 8
SETTLING = 3.0


def measure(house: House) -> Iterator[Result]:
    readers = signed_in(TABS)
    people = customers(int(RATE * house.pace.seconds * 2))
    board, joined = load.run(_listen(house, readers, people))
    name = f"live: {TABS} agents connect at once, until all is quiet"
    yield Result(name, joined, "s")
    note = f"{TABS} tabs, {RATE} messages a second, {len(board.sample.seconds):,} events heard"
    awaited = len(board.posted) * TABS
    if len(board.sample.seconds) < awaited:
        note += f" of {awaited:,}"
    name = "live: post to event in the browser, 95th"
    yield latency(name, board.sample, 300, share=0.95, note=note)
    cost = load.run(_idle(house, readers))
    yield Result(f"live: {IDLE:,} idle connections", cost, "MB", 100)


async def _listen(
    house: House, readers: list[Reader], people: list[Customer]
) -> tuple[streams.Board, float]:
    board, started = streams.Board(), perf_counter()
    tabs = await streams.open_tabs(house.desk.port, readers, board)
    await streams.quiet(board)
    joined = board.heard_at - started
    writing = iter(people)

    def next_post(at: float) -> bytes:
        customer = next(writing)
        board.posted[customer.code.encode()] = at
        return posts.post(posts.text(customer))

    seconds = len(people) / RATE
    await load.pace(
        house.desk.port, next_post, rate=RATE, seconds=seconds, connections=CONNECTIONS
    )
    await asyncio.sleep(SETTLING)
    streams.close(tabs)
    return board, joined


async def _idle(house: House, readers: list[Reader]) -> float:
    """Megabytes of the web process, after minus before."""
    web = family(house.desk.running["web"])
    before = memory(web, "Rss")
    many = list(itertools.islice(itertools.cycle(readers), IDLE))
    tabs = await streams.open_tabs(house.desk.port, many, streams.Board())
    await asyncio.sleep(SETTLING)
    cost = memory(web, "Rss") - before
    streams.close(tabs)
    return cost
