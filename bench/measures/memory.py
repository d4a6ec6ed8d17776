"""What the desk's processes take, without the database and Redis."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.house import House, family, memory
from bench.results import Result

SETTLING = 5.0


def at_rest(house: House) -> Iterator[Result]:
    time.sleep(SETTLING)  # the worker has started its threads by then
    yield _together(house, "memory, just started", None)


def after_work(house: House) -> Iterator[Result]:
    yield _together(house, "memory of the whole desk", 300 if house.is_embedded else 500)


def _together(house: House, name: str, reach: float | None) -> Result:
    """Web and worker; beat is a thread of the worker."""
    parts = {part: memory(family(house.desk.running[part])) for part in ("web", "worker")}
    note = ", ".join(f"{part} {size:.0f}" for part, size in parts.items())
    return Result(name, sum(parts.values()), "MB", reach, note=note)
