"""inbox.actions.deliveries.carry, by several workers at once"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from consent import gate
from inbox.actions import deliveries, replies
from inbox.models import Agent, Conversation, Message
from tests.factories import make_agent, make_channel, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.templates import make_template

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
    ),
]


def at_once(*works: Callable[[], None]) -> None:
    """Do all of these at the same time, each on a connection of its own."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def writer() -> Agent:
    return make_agent("Anna Keller")


def test_each_message_leaves_once_and_in_order(whatsapp: FakeGraph, writer: Agent) -> None:
    channel = make_channel()
    conversations = [make_conversation(channel=channel) for _ in range(6)]
    for number in range(4):
        for index, conversation in enumerate(conversations):
            body = f"{index}: {number}"
            replies.send_text(conversation, body=body, draft_key=uuid4(), by=writer)

    at_once(*[lambda: deliveries.carry(channel.pk)] * 4)
    deliveries.carry(channel.pk)

    assert Counter(whatsapp.texts).most_common(1)[0][1] == 1
    assert len(whatsapp.texts) == 24
    for index in range(len(conversations)):
        own = [text for text in whatsapp.texts if text.startswith(f"{index}: ")]
        assert own == [f"{index}: {number}" for number in range(4)]
    assert not Message.objects.exclude(status="sent").exists()


def test_two_agents_who_answer_at_once_both_know_of_it(writer: Agent) -> None:
    conversation = make_conversation()
    other = make_agent("Jana Meier")
    stopped: list[Agent] = []

    def reply(by: Agent) -> None:
        mine = Conversation.objects.get(pk=conversation.pk)
        try:
            replies.send_text(mine, body="Hello", draft_key=uuid4(), by=by, seen=0)
        except replies.AnsweredMeanwhile:
            stopped.append(by)

    at_once(lambda: reply(writer), lambda: reply(other))

    assert len(stopped) == 1
    assert Message.objects.count() == 1


def test_a_double_click_on_two_workers_sends_once(writer: Agent) -> None:
    conversation, key = make_conversation(), uuid4()

    def reply() -> None:
        mine = Conversation.objects.get(pk=conversation.pk)
        replies.send_text(mine, body="Hello", draft_key=key, by=writer)

    at_once(reply, reply, reply)

    assert Message.objects.count() == 1


def test_nothing_leaves_while_an_opt_out_is_being_stored_nor_after(
    whatsapp: FakeGraph, writer: Agent
) -> None:
    conversation = make_conversation()
    subject = conversation.contact.consent_subject
    template = make_template(conversation.channel)
    replies.send_template(conversation, template, values={}, draft_key=uuid4(), by=writer)

    with transaction.atomic():
        gate.hear(subject, "STOP ALLES", at=timezone.now())
        carrier = threading.Thread(target=_carry_and_close, args=[conversation.channel_id])
        carrier.start()
        carrier.join(timeout=0.3)
    carrier.join()
    deliveries.carry(conversation.channel_id)

    message = Message.objects.get()
    assert (message.status, message.failure_class) == ("failed", "CONTACT_BAN")
    assert not whatsapp.requests


def _carry_and_close(channel_id: int) -> None:
    try:
        deliveries.carry(channel_id)
    finally:
        connection.close()


def test_who_holds_a_conversation_does_not_hold_up_the_others(
    whatsapp: FakeGraph, writer: Agent
) -> None:
    channel = make_channel()
    held, free = make_conversation(channel=channel), make_conversation(channel=channel)
    for conversation, body in ((held, "Held"), (free, "Free")):
        replies.send_text(conversation, body=body, draft_key=uuid4(), by=writer)

    with transaction.atomic():
        Conversation.objects.select_for_update(no_key=True).get(pk=held.pk)
        carrier = threading.Thread(target=_carry_and_close, args=[channel.pk])
        carrier.start()
        _wait_until(lambda: whatsapp.texts == ["Free"])
    carrier.join()

    assert whatsapp.texts == ["Free", "Held"]


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = datetime.now().timestamp() + 10
    tick = threading.Event()
    while not condition() and datetime.now().timestamp() < deadline:
        tick.wait(0.01)
    assert condition()
