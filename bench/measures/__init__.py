"""Each measure takes a house and yields results. In this order they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.house import House
from bench.measures import (
    applying,
    bulk,
    intake,
    limits,
    live,
    memory,
    opening,
    reply,
    screens,
)
from bench.measures import sustained as sustained_load
from bench.results import Result

Measure = Callable[[House], Iterator[Result]]

ALL: dict[str, Measure] = {
    "limits": limits.measure,
    "start": opening.measure,
    "memory": memory.at_rest,
    "screens": screens.measure,
    "intake": intake.measure,
    "applying": applying.measure,
    "sustained": sustained_load.measure,
    "reply": reply.measure,
    "live": live.measure,
    "bulk": bulk.measure,
    "memory-after": memory.after_work,
}
