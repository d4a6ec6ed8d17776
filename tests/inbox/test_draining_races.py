"""inbox.actions.draining, when several drainers are told of the same things at once"""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from inbox.actions import draining
from inbox.models import Channel, Contact, Conversation, Message, ParkedHappening, Webhook
from tests.factories import make_channel, make_contact, make_conversation, make_message
from tests.inbox.inbound.posting import of_number, status, store, text

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
    ),
]
LANES = 4


def drain_at_once(lanes: list[str]) -> None:
    """Each lane by a drainer of its own, started together."""
    start = threading.Barrier(len(lanes))
    mistakes: list[Exception] = []

    def run(lane: str) -> None:
        start.wait()
        try:
            draining.drain(lane)
        except Exception as mistake:
            mistakes.append(mistake)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []


def tell_in_every_lane(channel: Channel, updates: list[dict[str, Any]], part: str) -> None:
    """The same updates in each lane, in an order of its own: WhatsApp repeats itself."""
    order = random.Random(7)
    for number in range(LANES):
        shuffled = order.sample(updates, len(updates))
        for first in range(0, len(shuffled), 5):
            some: dict[str, Any] = {part: shuffled[first : first + 5]}
            body = json.dumps(of_number(channel, **some))
            webhook = store(body.encode())
            Webhook.objects.filter(pk=webhook.pk).update(lane=f"lane-{number}")
    drain_at_once([f"lane-{number}" for number in range(LANES)])


def test_a_message_told_in_several_lanes_is_stored_once() -> None:
    channel = make_channel()
    people = [f"49170000{n:04}" for n in range(6)]
    said = [text(f"{n}", from_=people[n % 6]) for n in range(30)]

    tell_in_every_lane(channel, said, "messages")

    stored = Message.objects.filter(direction=Message.Direction.IN)
    assert Counter(each.wamid for each in stored) == Counter(each["id"] for each in said)
    assert Contact.objects.count() == Conversation.objects.count() == len(people)
    assert sum(Conversation.objects.values_list("unread_count", flat=True)) == len(said)
    assert not ParkedHappening.objects.filter(state="failed").exists()
    assert not Webhook.objects.filter(processed_at=None).exists()


def test_statuses_told_in_several_lanes_only_move_forward() -> None:
    channel = make_channel()
    conversation = make_conversation(
        contact=make_contact(phone="491700000123"), channel=channel
    )
    ours = [make_message(conversation, direction="out", status="sent") for _ in range(8)]
    words = ("sent", "delivered", "read")
    told = [status(word, str(message.wamid)) for message in ours for word in words]

    tell_in_every_lane(channel, told, "statuses")

    for message in Message.objects.filter(direction="out"):
        assert message.status == Message.Status.READ
        assert None not in (message.sent_at, message.delivered_at, message.read_at)
    assert not ParkedHappening.objects.filter(state="failed").exists()
