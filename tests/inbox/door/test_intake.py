"""inbox.door.intake: stored together, or not answered with 200"""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.db import OperationalError

from inbox.door import intake
from inbox.door.receiver import Receiver
from inbox.models import Webhook
from inbox.whatsapp import signature
from tests.factories import APP_SECRET, make_channel
from tests.inbox.door.posting import BODY, call, post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_store_that_is_down_is_answered_with_503(
    door: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel()

    def fail(batch: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(intake, "insert", fail)
    assert post(door, BODY) == 503

    monkeypatch.undo()
    assert post(door, BODY) == 200  # the next one finds the door open again


def test_too_much_waiting_is_answered_with_503(
    door: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel()
    monkeypatch.setattr(intake, "MAX_WAITING_BYTES", 10)

    assert post(door, BODY) == 503


def test_posts_that_arrive_together_share_a_commit(
    door: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_channel()
    sizes: list[int] = []
    insert = intake.insert
    all_are_here = threading.Event()

    def count(batch: list[intake.Post]) -> None:
        sizes.append(len(batch))
        all_are_here.wait(10)  # the first commit takes its time
        insert(batch)

    monkeypatch.setattr(intake, "insert", count)
    headers = {"X-Hub-Signature-256": signature.sign(BODY, APP_SECRET)}

    async def together() -> list[tuple[int, bytes]]:
        posts = [
            asyncio.create_task(call(door, "POST", chunks=[BODY], headers=headers))
            for _ in range(100)
        ]
        while door.intake._waiting_bytes < 100 * len(BODY):
            await asyncio.sleep(0.001)
        all_are_here.set()
        return await asyncio.gather(*posts)

    answers = asyncio.run(together())

    assert {status for status, _ in answers} == {200}
    assert Webhook.objects.count() == 100
    assert len(sizes) <= 2


def test_closing_stores_what_still_waits(door: Receiver) -> None:
    make_channel()

    async def close_at_once() -> int:
        headers = {"X-Hub-Signature-256": signature.sign(BODY, APP_SECRET)}
        posting = asyncio.create_task(call(door, "POST", chunks=[BODY], headers=headers))
        while not door.intake._waiting_bytes:
            await asyncio.sleep(0)
        await asyncio.to_thread(door.intake.close)
        return (await posting)[0]

    assert asyncio.run(close_at_once()) == 200
    assert Webhook.objects.count() == 1
