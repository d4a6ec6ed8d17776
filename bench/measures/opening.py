"""From the start of the processes to the first page."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

from bench.house import House
from bench.load import Sample
from bench.results import MS, Result

ROUNDS = 3


def measure(house: House) -> Iterator[Result]:
    sample = Sample()
    for _ in range(ROUNDS):
        house.desk.end("web")
        house.desk.end("worker")
        before = time.perf_counter()
        house.desk.start("web", "worker")
        page = httpx.get(f"{house.desk.url}/login/", timeout=60)
        assert page.status_code == 200
        sample.seconds.append(time.perf_counter() - before)
    seconds = sample.percentile(0.5)
    note = f"median of {ROUNDS} starts"
    yield Result("start to first page", seconds, "s", 3.0, median=seconds * MS, note=note)
