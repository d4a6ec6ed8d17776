"""Webhooks stored and committed before 200. Nobody works through them meanwhile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from bench import load, posts
from bench.house import House
from bench.people import customers
from bench.results import Result, latency, rate

CONNECTIONS = 32
UPDATES = 1000
BIG_POSTS = 20


def measure(house: House) -> Iterator[Result]:
    house.desk.end("worker")
    people = customers()
    requests = list(posts.texts(people, int(house.pace.seconds * 9000)))
    sample = load.run(
        load.hammer(
            house.desk.port, iter(requests), connections=CONNECTIONS, seconds=house.pace.seconds
        )
    )
    reach = None if house.is_embedded else 5000
    yield rate("intake: one update a post", sample, reach, note="worker stopped")
    yield latency("intake: 99th", sample, None if house.is_embedded else 50, share=0.99)
    big = [
        posts.post(*map(posts.text, itertools.islice(itertools.cycle(people), n, n + UPDATES)))
        for n in range(0, BIG_POSTS * UPDATES, UPDATES)
    ]
    sample = load.run(load.hammer(house.desk.port, iter(big), connections=1, seconds=60))
    yield latency("intake: one post of 1,000 updates", sample, 30)
