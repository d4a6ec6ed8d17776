"""From the post of the webhook to its rows in the thread, as fast as it goes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator

from bench import load, posts, sent
from bench.house import House
from bench.people import Customer, customers
from bench.results import MS, Result
from inbox.models import Message, ParkedHappening, Webhook

CONNECTIONS = 32


def measure(house: House) -> Iterator[Result]:
    people = customers()
    yield from _backlog(house)
    yield _together(
        house, "applied: incoming messages", 1500, posts.texts(people, house.pace.backlog)
    )
    yield _together(house, "applied: statuses", 4000, _statuses(people, house.pace.backlog))


def _backlog(house: House) -> Iterator[Result]:
    """What lay there because nobody worked (see intake): the drainer for itself."""
    waiting = Webhook.objects.filter(processed_at=None).count()
    before = Message.objects.count()
    started = time.perf_counter()
    house.desk.start("worker")
    house.wait_until(is_drained, "the backlog is worked through")
    seconds = time.perf_counter() - started
    messages = Message.objects.count() - before
    if waiting:
        note = f"{messages:,} messages of {waiting:,} posts, start of the worker included"
        yield Result(
            "applied: backlog of messages", messages / seconds, "/s", None, True, note=note
        )


def _together(house: House, name: str, reach: float, requests: Iterable[bytes]) -> Result:
    made, before, parked = list(requests), house.cpu("worker"), parked_count()
    started = time.perf_counter()
    load.run(load.hammer(house.desk.port, iter(made), connections=CONNECTIONS, seconds=600))
    posted = time.perf_counter() - started
    house.wait_until(is_drained, "all is applied")
    seconds = time.perf_counter() - started
    cost = (house.cpu("worker") - before) * MS / len(made)
    note = (
        f"{len(made):,} posts, all in after {posted:.1f} s; worker computes {cost:.2f} ms each"
    )
    note += parked_since(parked)
    return Result(name, len(made) / seconds, "/s", house.halved(reach), True, note=note)


def _statuses(people: list[Customer], count: int) -> list[bytes]:
    """Delivered and read, for messages of ours."""
    ours = sent.to(list(itertools.islice(itertools.cycle(people), count // 2)))
    return [
        posts.post(posts.status(its.wamid, its.code, word, its.customer))
        for word in ("delivered", "read")
        for its in ours
    ]


def is_drained() -> bool:
    return not Webhook.objects.filter(processed_at=None).exists()


def parked_count() -> int:
    return ParkedHappening.objects.count()


def parked_since(before: int) -> str:
    """What was set aside was not applied: then the figure says nothing."""
    more = parked_count() - before
    return f", {more:,} PARKED" if more else ""
