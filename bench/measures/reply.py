"""An agent answers: until the browser has its bubble, and until WhatsApp has the call."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench import load
from bench.house import House
from bench.load import Browser, Sample
from bench.people import Customer, Reader, customers, signed_in
from bench.results import Result, latency
from bench.wire import Answer

PAUSE = 0.1  # between two answers: agents write, they do not hammer
STILL_OPEN = timedelta(hours=1)


def measure(house: House) -> Iterator[Result]:
    house.desk.start("simulator")
    house.desk.whatsapp.ask("PATCH", "/rules", {"window": "off", "ladder": "sent:0"})
    waiting = customers(house.pace.rounds, window_expires_at__gt=timezone.now() + STILL_OPEN)
    readers = signed_in(8)
    said = load.run(_answer_all(house.desk.port, readers, waiting))
    answered = Sample([answer.seconds for _, answer in said])
    answered.wrong.update(answer.status for _, answer in said if answer.status != 200)
    yield latency("reply: post to answer", answered, 20)
    called = _called(house, {body: at for (body, at), answer in said if answer.status == 200})
    yield latency("reply: post to call at WhatsApp", called, 100)
    house.desk.end("simulator")


async def _answer_all(
    port: int, readers: list[Reader], waiting: list[Customer]
) -> list[tuple[tuple[str, float], Answer]]:
    """What was said and when, with the desk's answer to it."""
    browser, said = await Browser.open(port), []
    for reader, customer in zip(itertools.cycle(readers), waiting, strict=False):
        body, path = f"Antwort {uuid.uuid4()}", reverse("inbox:reply", args=[customer.code])
        form = {"body": body, "draft_key": uuid.uuid4(), "seen": customer.seen}
        request = reader.post(path, form)
        at = time.time()
        said.append(((body, at), await browser.ask(request)))
        await asyncio.sleep(PAUSE)
    browser.close()
    return said


def _called(house: House, said: dict[str, float]) -> Sample:
    """When the simulator had each call, by the clock both share."""

    def arrived() -> dict[str, float]:
        messages = house.desk.whatsapp.ask("GET", "/sent", limit=10_000)["messages"]
        return {m["text"]: float(m["at"]) for m in messages if m["text"] in said}

    house.wait_until(lambda: len(arrived()) == len(said), "all answers are called out", 60)
    return Sample([at - said[text] for text, at in arrived().items()])
