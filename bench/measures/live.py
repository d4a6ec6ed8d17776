"""Open browsers: how soon they hear, and what they cost while nothing happens."""

from __future__ import annotations

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


def measure(house: House) -> Iterator[Result]:
    readers = signed_in(TABS)
    yield _idle_cost(house, readers)
    people = customers(int(RATE * house.pace.seconds * 2))
    board, joined = load.run(_listen(house, readers, people))
    yield Result(f"live: {TABS} agents connect at once, until all is quiet", joined, "s")
    awaited = len(board.posted) * TABS
    note = f"{TABS} tabs, {RATE} messages a second"
    if len(board.sample.seconds) < awaited:
        note += f", {len(board.sample.seconds):,} of {awaited:,} events HEARD"
    name = "live: post to event in the browser, 95th"
    yield latency(name, board.sample, 300, share=0.95, note=note)


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
    await streams.all_heard(board, len(people) * TABS)
    streams.close(tabs)
    return board, joined


def _idle_cost(house: House, readers: list[Reader]) -> Result:
    """On a web process that has done nothing yet: memory of earlier work hides the cost."""
    house.desk.end("web")
    house.desk.start("web")
    megabytes = load.run(_open_many(house, readers))
    return Result(f"live: {IDLE:,} idle connections", megabytes, "MB", 100)


async def _open_many(house: House, readers: list[Reader]) -> float:
    """Megabytes of the web process: with one connection, and with all of them."""
    web = family(house.desk.running["web"])
    many = list(itertools.islice(itertools.cycle(readers), IDLE + 1))
    board = streams.Board()
    tabs = await streams.open_tabs(house.desk.port, many[:1], board)
    before = memory(web, "Rss")
    tabs += await streams.open_tabs(house.desk.port, many[1:], board)
    await streams.quiet(board)
    cost = memory(web, "Rss") - before
    streams.close(tabs)
    return cost
