"""inbox.actions.deliveries.sweep: what lost workers left behind"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from inbox import failures
from inbox.actions import deliveries
from inbox.actions.deliveries import claiming
from inbox.actions.deliveries.endings import UNCERTAIN_FOR
from inbox.models import Message
from tests.factories import make_channel, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def test_nothing_to_do_costs_four_looks(
    nudged: list[tuple[Any, ...]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # probes, queued, sending, uncertain
        deliveries.sweep()

    assert not nudged


def test_a_message_that_nobody_took_gets_a_carrier(
    nudged: list[tuple[Any, ...]], say: Say
) -> None:
    channel = make_channel()
    say(make_conversation(channel=channel))
    say(make_conversation(channel=channel))

    deliveries.sweep(now=timezone.now())
    assert not nudged  # too fresh: somebody is on the way

    deliveries.sweep(now=timezone.now() + MINUTE)
    assert nudged == [("carry", channel.pk)]


def test_the_queue_of_a_stopped_number_is_left_alone(
    nudged: list[tuple[Any, ...]], say: Say
) -> None:
    now = timezone.now()
    channel = make_channel(circuit_opened_at=now, circuit_probe_at=now + 5 * MINUTE)
    say(make_conversation(channel=channel))

    deliveries.sweep(now=now + MINUTE)
    assert not nudged

    deliveries.sweep(now=now + 5 * MINUTE)
    assert nudged == [("carry", channel.pk)]


def test_what_a_dead_worker_was_sending_is_in_doubt(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    claimed_at = timezone.now()
    claiming.claim(message.channel_id, now=claimed_at, room=1)

    deliveries.sweep(now=claimed_at + claiming.PATIENCE - timedelta(seconds=1))
    message.refresh_from_db()
    assert message.status == "sending"

    deliveries.sweep(now=claimed_at + claiming.PATIENCE)
    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.failure_class) == ("uncertain", "retry_doubtful")
    assert "worker" in message.failure_detail
    assert not whatsapp.requests  # never sent again by itself


def test_a_large_file_may_take_longer(say: Say) -> None:
    message = say(make_conversation())
    claimed_at = timezone.now()
    claim = claiming.claim(message.channel_id, now=claimed_at, room=1)

    claiming.keep(claim.parcels, now=claimed_at + MINUTE)
    deliveries.sweep(now=claimed_at + claiming.PATIENCE + MINUTE / 2)

    message.refresh_from_db()
    assert message.status == "sending"


def test_after_two_minutes_of_doubt_a_person_may_send_again(say: Say) -> None:
    message = say(make_conversation())
    claimed_at = timezone.now()
    claiming.claim(message.channel_id, now=claimed_at, room=1)
    deliveries.sweep(now=claimed_at + claiming.PATIENCE)
    message.refresh_from_db()
    assert not failures.can_resend(message)

    deliveries.sweep(now=claimed_at + claiming.PATIENCE + UNCERTAIN_FOR)

    message.refresh_from_db()
    assert (message.status, message.due_at) == ("uncertain", None)
    assert failures.can_resend(message)


def test_what_was_settled_meanwhile_is_left_alone(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(make_conversation())
    claimed_at = timezone.now()
    claiming.claim(message.channel_id, now=claimed_at, room=1)
    Message.objects.update(status="delivered", due_at=None)
    monkeypatch.setattr(deliveries.sweeping, "_due", lambda status, now: [message.pk])

    deliveries.sweep(now=claimed_at + claiming.PATIENCE)

    message.refresh_from_db()
    assert message.status == "delivered"


def test_a_behind_message_goes_on_after_the_doubt(whatsapp: FakeGraph, say: Say) -> None:
    conversation = make_conversation()
    say(conversation, "Claimed by a worker that died")
    claimed_at = timezone.now()
    claiming.claim(conversation.channel_id, now=claimed_at, room=1)
    say(conversation, "Behind it")
    deliveries.carry(conversation.channel_id)
    assert not whatsapp.texts

    deliveries.sweep(now=claimed_at + claiming.PATIENCE)
    deliveries.carry(conversation.channel_id)

    assert whatsapp.texts == ["Behind it"]
