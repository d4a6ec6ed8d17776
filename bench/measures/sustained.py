"""A service centre at its peak: a thousand updates a second, for minutes, heard in time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from bench import load, posts, sent
from bench.hearing import Hearing, hearing
from bench.house import House
from bench.load import Sample
from bench.measures.applying import is_drained, parked_count, parked_since
from bench.people import Customer, customers
from bench.results import Result, latency
from bench.sent import Sent

RATE = 1000
CONNECTIONS = 32
WITHIN_MS = 1000
TRAIN = 1000  # messages that are delivered before the first of them is read
PATIENCE = 60.0
Update = tuple[str, bytes]  # the conversation it is about, and the post


def measure(house: House) -> Iterator[Result]:
    seconds = house.pace.sustained_seconds
    count = int(RATE * seconds)
    people = customers()
    writing, answered = people[::2], people[1::2]
    ours = sent.to(list(itertools.islice(itertools.cycle(answered), count // 3 + TRAIN)))
    updates = _mixed(writing, ours, count)
    parked = parked_count()
    posted, ears = load.run(_post(house.desk.port, updates, seconds))
    house.wait_until(is_drained, "the rest is applied")
    note = f"{RATE:,} mixed a second for {seconds:.0f} s"
    note += parked_since(parked)
    if ears.missing:
        note += f", {ears.missing} NEVER HEARD"
    name = "sustained: post to hint, 95th"
    yield latency(name, ears.sample, WITHIN_MS, share=0.95, note=note)
    yield latency("sustained: post to answer", posted, None)


async def _post(port: int, updates: Iterator[Update], seconds: float) -> tuple[Sample, Hearing]:
    async with hearing() as ears:

        def next_post(at: float) -> bytes:
            code, request = next(updates)
            ears.expect(code, at)
            return request

        sample = await load.pace(
            port, next_post, rate=RATE, seconds=seconds, connections=CONNECTIONS
        )
        await ears.settle(PATIENCE)
    return sample, ears


def _mixed(writing: list[Customer], ours: list[Sent], count: int) -> Iterator[Update]:
    """One message of a customer to two statuses of ours, about different conversations."""
    reports = _reports(ours)
    for number, customer in zip(range(count), itertools.cycle(writing), strict=False):
        if number % 3:
            yield next(reports)
        else:
            yield customer.code, posts.post(posts.text(customer))


def _reports(ours: list[Sent]) -> Iterator[Update]:
    for start in range(0, len(ours), TRAIN):
        for word in ("delivered", "read"):
            for its in ours[start : start + TRAIN]:
                update = posts.status(its.wamid, its.code, word, its.customer)
                yield its.customer.code, posts.post(update)
