"""Load: many customers write (or many statuses come) at a rate, in batches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator import inbound, statuses
from simulator.accounts import Number
from simulator.control.door import Ask
from simulator.inbound import Said
from simulator.people import Person
from simulator.refused import Refused
from simulator.shapes import Json
from simulator.webhooks.updates import MAX_UPDATES, Update
from simulator.world import World

MOST = 1_000_000
_STEPS = ("delivered", "read")


@dataclass(slots=True)
class Burst:
    total: int
    batch: int
    rate: float
    lanes: int
    make: Callable[[int], Update]
    started: float = field(default_factory=time.perf_counter)
    next: int = 0
    posts: int = 0
    failed: int = 0
    took: list[float] = field(default_factory=list)

    def report(self) -> Json:
        seconds = max(time.perf_counter() - self.started, 1e-9)
        ordered = sorted(self.took) or [0.0]
        places = {"median": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
        last = len(ordered) - 1
        return {
            "updates": self.next,
            "posts": self.posts,
            "failed_posts": self.failed,
            "seconds": round(seconds, 3),
            "updates_per_second": round(self.next / seconds, 1),
            "ms": {name: round(ordered[int(last * p)], 1) for name, p in places.items()},
        }


async def run(world: World, burst: Burst) -> None:
    await asyncio.gather(*(_lane(world, burst) for _ in range(burst.lanes)))


async def _lane(world: World, burst: Burst) -> None:
    while burst.next < burst.total:
        first = burst.next
        burst.next = min(first + burst.batch, burst.total)
        if burst.rate:
            due = burst.started + first / burst.rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        updates = [burst.make(index) for index in range(first, burst.next)]
        for target in world.targets(updates[0]):
            delivery = world.sender.prepare(target, updates)
            await world.sender.deliver(delivery)
            burst.posts += 1
            burst.failed += delivery.state != "delivered"
            burst.took.append(float(delivery.attempts[0]["ms"]))


async def start(ask: Ask) -> Json:
    """See README: messages, people, rate, batch, concurrency, kind, text, remember, wait."""
    world, number = ask.world, ask.number()
    total = min(int(ask.data.get("messages") or 100), MOST)
    make = _statuses(ask) if ask.text("kind") == "statuses" else _messages(ask, number)
    burst = Burst(
        total=total,
        batch=max(1, min(int(ask.data.get("batch") or 1), MAX_UPDATES)),
        rate=float(ask.data.get("rate") or 0),
        lanes=max(1, min(int(ask.data.get("concurrency") or 4), 64)),
        make=make,
    )
    if ask.data.get("wait", True) is False:
        world.burst = burst.report
        world.sender.spawn(run(world, burst))
        return {"started": True}
    await run(world, burst)
    world.burst = burst.report
    return burst.report()


async def show(ask: Ask) -> Json:
    return ask.world.burst() if ask.world.burst else {}


def _messages(ask: Ask, number: Number) -> Callable[[int], Update]:
    world = ask.world
    people = _people(world, max(1, int(ask.data.get("people") or 10)))
    text, remember = ask.text("text", "Nachricht {n}"), bool(ask.data.get("remember"))

    def make(index: int) -> Update:
        person = people[index % len(people)]
        said = Said("text", {"body": text.replace("{n}", str(index))}, remember=remember)
        message = inbound.note(world, person, number, said)
        return inbound.update_for(world, person, number, message, said)

    return make


def _people(world: World, count: int) -> Sequence[Person]:
    """The same people in every burst, so that repeating one makes nobody new."""
    found = []
    for index in range(count):
        phone = f"49176{index:08d}"
        known = world.people.by_phone(phone)
        found.append(known or world.meet(name=f"Burst {index + 1}", phone=phone))
    return found


def _statuses(ask: Ask) -> Callable[[int], Update]:
    """Delivered and read in turn, for messages the desk sent."""
    sent = [message for message in ask.world.messages if message.outgoing]
    if not sent:
        raise Refused("the desk has not sent anything yet")

    def make(index: int) -> Update:
        message = sent[(index // 2) % len(sent)]
        return statuses.build(ask.world, message, _STEPS[index % 2])

    return make
