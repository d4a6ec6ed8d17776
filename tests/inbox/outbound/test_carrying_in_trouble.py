"""inbox.actions.deliveries.carrying, when the machine and not WhatsApp is the trouble"""

from __future__ import annotations

import time
from concurrent import futures
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from inbox.actions import deliveries, replies
from inbox.actions.deliveries import calling, carrying, claiming, outcomes
from inbox.models import Agent, Message, Template
from tests.factories import make_channel, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say
from tests.inbox.outbound.templates import make_template

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses are noted instead of made."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def failing(times: int, failure: Exception, then: Any) -> Any:
    """Fails so many times, and then does what it should."""
    left = [failure] * times

    def act(*args: Any, **kwargs: Any) -> Any:
        if left:
            raise left.pop()
        return then(*args, **kwargs)

    return act


def test_an_outcome_is_worth_three_tries(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    message = say(make_conversation())
    shaky = failing(2, OperationalError("deadlock detected"), outcomes.settle)
    monkeypatch.setattr(carrying, "settle", shaky)

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.wamid) == ("sent", "wamid.OUT1")
    assert len(naps) == 2


@pytest.mark.parametrize(
    "failure", [OperationalError("gone"), RuntimeError("a mistake of ours")], ids=str
)
def test_an_outcome_that_is_lost_doubles_nothing(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    channel = make_channel()
    first, second = (
        say(make_conversation(channel=channel)),
        say(make_conversation(channel=channel)),
    )

    def settle(parcel: claiming.Parcel, report: calling.Report, **kwargs: Any) -> None:
        if parcel.message.pk == first.pk:
            raise failure
        outcomes.settle(parcel, report, **kwargs)

    monkeypatch.setattr(carrying, "settle", settle)

    deliveries.carry(channel.pk)
    deliveries.sweep(now=timezone.now() + claiming.PATIENCE)
    deliveries.carry(channel.pk)

    assert len(whatsapp.messages) == 2
    assert set(Message.objects.values_list("pk", "status")) == {
        (first.pk, "uncertain"),
        (second.pk, "sent"),
    }


def test_a_store_that_is_down_leaves_the_queue_as_it_is(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(make_conversation())
    monkeypatch.setattr(carrying, "claim", failing(1, OperationalError("gone"), claiming.claim))

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert message.status == "queued"


def test_after_its_stint_somebody_else_goes_on(
    whatsapp: FakeGraph,
    say: Say,
    nudged: list[tuple[Any, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = say(make_conversation())
    monkeypatch.setattr(carrying, "STINT_SECONDS", 0.0)

    deliveries.carry(message.channel_id)

    assert nudged == [("carry", message.channel_id)]
    assert not whatsapp.requests


def test_a_short_wait_is_slept_through(
    whatsapp: FakeGraph, say: Say, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(make_conversation())
    soon = failing_once_with_wait(timezone.now())
    monkeypatch.setattr(carrying, "claim", soon)

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert message.status == "sent"
    assert len(naps) == 1


def failing_once_with_wait(at: Any) -> Any:
    answers = [claiming.Claim(next_at=at)]

    def claim(*args: Any, **kwargs: Any) -> claiming.Claim:
        return answers.pop() if answers else claiming.claim(*args, **kwargs)

    return claim


def test_somebody_is_asked_to_come_back_once_for_each_moment(
    say: Say, nudged: list[tuple[Any, ...]]
) -> None:
    conversation = make_conversation(pair_tokens=0)
    conversation.pair_refilled_at = timezone.now()
    conversation.save()
    say(conversation)

    deliveries.carry(conversation.channel_id)
    deliveries.carry(conversation.channel_id)

    assert nudged == [("carry", conversation.channel_id)]


def test_a_long_wait_is_left_to_the_sweeper(say: Say, nudged: list[tuple[Any, ...]]) -> None:
    message = say(make_conversation())
    message.due_at = timezone.now() + 2 * claiming.PATIENCE
    message.save()

    deliveries.carry(message.channel_id)

    assert not nudged


def test_calls_that_take_long_are_kept(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(make_conversation())
    kept: list[int] = []
    real = futures.wait

    def slow(flying: Any, **kwargs: Any) -> Any:
        return real(flying, **kwargs) if kept else (set(), set(flying))

    monkeypatch.setattr(carrying, "wait", slow)
    monkeypatch.setattr(
        carrying, "keep", lambda parcels, now: kept.extend(p.message.pk for p in parcels)
    )

    deliveries.carry(message.channel_id)

    assert kept == [message.pk]
    message.refresh_from_db()
    assert message.status == "sent"


def test_a_full_hand_takes_nothing_more(
    whatsapp: FakeGraph, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "IN_FLIGHT", 2)
    channel = make_channel()
    for number in range(5):
        say(make_conversation(channel=channel), f"{number}")

    deliveries.carry(channel.pk)

    assert sorted(whatsapp.texts) == ["0", "1", "2", "3", "4"]


def test_content_that_makes_no_sense_fails_before_it_leaves(
    whatsapp: FakeGraph, say: Say
) -> None:
    message = say(make_conversation())
    Message.objects.update(kind="location", content={})

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "unknown")
    assert not whatsapp.requests


def test_a_kind_that_cannot_be_sent_fails_before_it_leaves(
    whatsapp: FakeGraph, say: Say
) -> None:
    message = say(make_conversation())
    Message.objects.update(kind="order")

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "bad_request")
    assert not whatsapp.requests


def test_a_template_nobody_knows_any_more_stays_here(whatsapp: FakeGraph, agent: Agent) -> None:
    conversation = make_conversation()
    template = make_template(conversation.channel)
    message = replies.send_template(
        conversation, template, values={}, draft_key=uuid4(), by=agent
    )
    Template.objects.all().delete()

    deliveries.carry(conversation.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("failed", "UNKNOWN_CLASS")


def test_doubt_upon_doubt_changes_nothing(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    whatsapp.refuse(131000)
    report = calling.call(parcel)
    deliveries.sweep(now=timezone.now() + claiming.PATIENCE)
    before = Message.objects.values().get()

    outcomes.settle(parcel, report, now=timezone.now())

    assert Message.objects.values().get() == before


def test_an_id_that_a_status_brought_is_kept(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    [parcel] = claiming.claim(message.channel_id, now=timezone.now(), room=1).parcels
    report = calling.call(parcel)
    Message.objects.update(wamid="wamid.OUT1", status="sent", sent_at=timezone.now())

    outcomes.settle(parcel, report, now=timezone.now())

    message.refresh_from_db()
    assert (message.wamid, message.due_at) == ("wamid.OUT1", None)
