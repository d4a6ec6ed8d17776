"""An act on five hundred conversations: from the press of the button to the last one done."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.urls import reverse

from bench import load
from bench.house import House
from bench.load import Browser
from bench.people import Reader, signed_in
from bench.results import Result
from inbox.models import Agent, BulkAct, Conversation, Label

MANY = 500
REACH = 2.0  # seconds


def measure(house: House) -> Iterator[Result]:
    reader = signed_in(1)[0]
    agent = Agent.objects.get(code=reader.code)
    visible = Conversation.objects.visible_to(agent).open().order_by("-last_message_at", "-pk")
    codes = ",".join(str(code) for code in visible.values_list("code", flat=True)[:MANY])
    label = Label.objects.visible_to(agent).order_by("pk").first()
    orders: dict[str, dict[str, object]] = {
        "assign": {"what": "assign", "agent": reader.code},
        "label": {"what": "add_label", "label": label.code if label else ""},
        "close": {"what": "close"},
    }
    for name, order in orders.items():
        yield _done(house, reader, f"bulk: {name}", order | {"conversations": codes})


def _done(house: House, reader: Reader, name: str, form: dict[str, object]) -> Result:
    before, computed = BulkAct.objects.exclude(finished_at=None).count(), house.cpu("worker")
    started = time.perf_counter()
    load.run(_ask(house.desk.port, reader.post(reverse("inbox:bulk_start"), form)))
    over = BulkAct.objects.filter(finished_at__isnull=False)
    house.wait_until(lambda: over.count() > before, name, 120)
    seconds = time.perf_counter() - started
    act = BulkAct.objects.order_by("-pk")[0]
    note = f"{act.done_count} of {act.total} changed"
    note += f"; worker computes {house.cpu('worker') - computed:.2f} s"
    return Result(name, seconds, "s", house.doubled(REACH), note=note)


async def _ask(port: int, request: bytes) -> None:
    browser = await Browser.open(port)
    answer = await browser.ask(request)
    browser.close()
    if answer.status != 200:
        raise RuntimeError(f"the act was answered with {answer.status}")
