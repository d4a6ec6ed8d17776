"""inbox.actions.inbound: which messages let a worker look for an automatic text"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions import automatic, sweeping
from inbox.automatic.rules import Kind
from inbox.models import AutomaticText, Channel, Conversation, Message
from tests.factories import make_channel, make_conversation
from tests.inbox.automatic.texts import switch_on
from tests.inbox.inbound.posting import deliver, message, of_number, text

pytestmark = pytest.mark.django_db
Nudged = list[tuple[Any, ...]]


@pytest.fixture
def channel() -> Channel:
    channel = make_channel()
    switch_on(channel, Kind.GREETING)
    return channel


def due() -> list[bool]:
    return [c.automatic_due_at is not None for c in Conversation.objects.order_by("pk")]


def test_a_message_is_looked_at_after_commit(
    channel: Channel, nudged: Nudged, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        deliver(of_number(channel, messages=[text("one"), text("two")]))

    pk = Conversation.objects.get().pk
    assert [call for call in nudged if call[0] == "answer_automatically"] == [
        ("answer_automatically", pk)
    ]


def test_other_numbers_are_left_alone(channel: Channel) -> None:
    deliver(of_number(make_channel(), messages=[text("Hello")]))

    assert due() == [False]


def test_switching_the_last_one_off_switches_looking_off(channel: Channel) -> None:
    automatic.change(channel, Kind.GREETING, is_on=False, words={}, by=None)
    deliver(of_number(channel, messages=[text("Hello")]))

    assert due() == [False]
    assert AutomaticText.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        text("Hello", at=timezone.now() - timedelta(minutes=11)),
        text("STOP"),
        message("unsupported", {"errors": [{"code": 131051, "title": "Unknown"}]}),
        message("hologram", {"hologram": {}}),
        message("reaction", {"reaction": {"message_id": "wamid.X", "emoji": "👍"}}),
        text("Hello", group_id="120363041234567890@g.us"),
    ],
    ids=["late", "opt-out", "unsupported", "unknown", "reaction", "group"],
)
def test_some_are_not_looked_at(channel: Channel, told: dict[str, Any]) -> None:
    deliver(of_number(channel, messages=[told]))

    assert not any(due())


def test_what_we_wrote_on_the_phone_is_not_answered(channel: Channel) -> None:
    echo = text("Good morning", from_="4930901820", to="491700000123")
    deliver(of_number(channel, "smb_message_echoes", message_echoes=[echo]))

    assert due() == [False]


def test_repeated_webhooks_lead_to_one_text(channel: Channel) -> None:
    post = of_number(channel, messages=[text("Hello")])
    for _ in range(3):
        deliver(post, post)
        automatic.answer(Conversation.objects.get().pk)

    assert Message.objects.filter(origin="automatic").count() == 1


def queries(channel: Channel, *phones: str) -> int:
    """Of two strangers' first messages, those of the second."""
    first, second = phones
    deliver(of_number(channel, messages=[text("warm up", from_=first)]))
    with CaptureQueriesContext(connection) as asked:
        deliver(of_number(channel, messages=[text("Hello", from_=second)]))
    return len(asked)


def test_the_way_in_asks_no_more_queries(channel: Channel) -> None:
    """Neither for numbers with texts nor for those without."""
    without = queries(make_channel(), "4917011", "4917012")

    assert queries(channel, "4917013", "4917014") == without


def test_the_sweeper_brings_what_is_due_and_nothing_else(nudged: Nudged) -> None:
    now = timezone.now()
    lying = make_conversation(automatic_due_at=now - timedelta(seconds=1))
    make_conversation(automatic_due_at=now + timedelta(minutes=1))
    make_conversation()

    sweeping.sweep(now=now)

    assert nudged == [("answer_automatically", lying.pk)]
