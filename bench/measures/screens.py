"""What agents look at, as their browsers fetch it: alone, and eight at once."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count
from django.urls import reverse

from bench import load
from bench.house import House
from bench.measures import limits
from bench.people import Reader, signed_in
from bench.results import MS, Result, latency, rate
from bench.words import COMMON, RARE
from inbox.models import Agent, Conversation, Label, Message
from inbox.thread_paging import PAGE

CLIENTS = 8
VARIETY = 200  # different requests, in turn
LONG = PAGE * 2 + 1
MESSAGE = re.compile(rb'id="message-[^>]*data-order="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    reach: float | None  # milliseconds
    pages: float | None  # a second, with eight clients
    requests: list[bytes]


def measure(house: House) -> Iterator[Result]:
    yield from limits.empty_view(house)
    for screen in all_screens(house.desk.port):
        yield from _measure(house, screen)


def alone(house: House) -> Iterator[Result]:
    """Medians only, to be held against those of a desk of another size."""
    for screen in all_screens(house.desk.port):
        yield from itertools.islice(_measure(house, screen), 1)


def _measure(house: House, screen: Screen) -> Iterator[Result]:
    # Warm caches are what agents meet all day; the first look is not measured.
    load.run(
        load.hammer(
            house.desk.port,
            itertools.cycle(screen.requests),
            connections=2,
            seconds=60,
            most=30,
        )
    )
    one, cost = _load(house, screen, 1)
    reach = house.doubled(screen.reach) if screen.reach else None
    yield latency(screen.name, one, reach, note=cost)
    many, cost = _load(house, screen, CLIENTS)
    pages = house.halved(screen.pages) if screen.pages else None
    yield rate(f"{screen.name}, {CLIENTS} clients", many, pages, note=cost)


def _load(house: House, screen: Screen, clients: int) -> tuple[load.Sample, str]:
    """And what each page costs the web process, which is how many it can make in a second."""
    before = house.cpu("web")
    sample = load.run(
        load.hammer(
            house.desk.port,
            itertools.cycle(screen.requests),
            connections=clients,
            seconds=house.pace.seconds,
        )
    )
    cost = (house.cpu("web") - before) * MS / len(sample.seconds)
    return sample, f"web computes {cost:.1f} ms"


def all_screens(port: int) -> Iterator[Screen]:
    readers = signed_in(CLIENTS)
    yield from _lists(readers)
    yield from _threads(port, readers)
    yield from _search(readers)


def _lists(readers: list[Reader]) -> Iterator[Screen]:
    everything = reverse("inbox:folder", args=["all"])
    yield Screen("list: all open", 12, 200, _each(readers, [f"{everything}?sort=newest"]))
    waiting = [f"{everything}?sort=waiting"]
    yield Screen("list: all open, longest waiting", 12, 200, _each(readers, waiting))
    agents = Agent.objects.order_by("code").values_list("code", flat=True)[:VARIETY]
    by_assignee = [f"{everything}?assignee={code}" for code in agents]
    yield Screen("list: by assignee", 10, 200, _each(readers, by_assignee))
    by_label = [f"{everything}?label={label.code}" for label in Label.objects.all()]
    yield Screen("list: by label", 10, 200, _each(readers, by_label))
    rows = reverse("inbox:rows", args=["all"])
    fragment = _each(readers, [f"{rows}?sort=newest"], htmx=True)
    yield Screen("list: rows alone", None, None, fragment)
    counts = _each(readers, [reverse("inbox:counts")], htmx=True)
    yield Screen("list: counts alone", None, None, counts)


def _threads(port: int, readers: list[Reader]) -> Iterator[Screen]:
    codes = _long_threads()
    pages = [f"{reverse('inbox:conversation', args=[code])}?in=all" for code in codes]
    opened = _each(readers, pages, htmx=True)
    yield Screen("thread: newest 50", 8, 250, opened)
    keys = load.run(_oldest_shown(port, opened[: len(codes)]))
    older = [
        f"{reverse('inbox:messages', args=[code])}?before={quote(key)}"
        for code, key in zip(codes, keys, strict=True)
    ]
    yield Screen("thread: 50 older", 8, 250, _each(readers, older, htmx=True))
    people = [reverse("inbox:person", args=[code]) for code in codes]
    yield Screen("thread: person beside it", None, None, _each(readers, people, htmx=True))
    yield Screen("thread: whole page", None, None, _each(readers, pages))


def _long_threads() -> list[str]:
    """Codes of conversations of more than two pages."""
    counted = Message.objects.values("conversation").annotate(n=Count("pk")).filter(n__gte=LONG)
    found = list(counted.order_by("conversation").values_list("conversation", flat=True))
    chosen = random.Random(1).sample(found, min(VARIETY, len(found)))
    codes = Conversation.objects.filter(pk__in=chosen).values_list("code", flat=True)
    return [str(code) for code in codes]


async def _oldest_shown(port: int, requests: list[bytes]) -> list[str]:
    """From where the browser asks for older ones: the first message on the screen."""
    browser, keys = await load.Browser.open(port), []
    for request in requests:
        found = MESSAGE.search((await browser.ask(request)).body)
        assert found is not None
        keys.append(found[1].decode())
    browser.close()
    return keys


def _search(readers: list[Reader]) -> Iterator[Screen]:
    path = reverse("inbox:search")
    words = (("rare word", RARE, 8), ("word in 1 % of all", COMMON, 15))
    for name, word, reach in words:
        yield Screen(f"search: {name}", reach, None, _looking(readers, path, [word]))
    typed = _looking(readers, path, ["gar", "lie", "best", "anna", "0151"])
    yield Screen("search: while typing", None, None, typed)


def _looking(readers: list[Reader], path: str, words: list[str]) -> list[bytes]:
    pairs = itertools.islice(zip(itertools.cycle(readers), itertools.cycle(words)), VARIETY)
    return [reader.post(path, {"q": word}, htmx=True) for reader, word in pairs]


def _each(readers: list[Reader], paths: list[str], *, htmx: bool = False) -> list[bytes]:
    """Every path, by one agent after the other."""
    pairs = zip(itertools.cycle(readers), paths * (VARIETY // len(paths) or 1), strict=False)
    return [reader.get(path, htmx=htmx) for reader, path in pairs]
