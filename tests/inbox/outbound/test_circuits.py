"""inbox.actions.deliveries.circuits: a number that cannot send keeps its queue"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox import events
from inbox.actions import channels, deliveries
from inbox.actions.deliveries import circuits
from inbox.models import Channel, ChannelEvent, Message
from inbox.whatsapp import ErrorClass, GraphError
from tests.factories import make_channel, make_conversation
from tests.fakes import FakeGraph
from tests.inbox.outbound.conftest import Say

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
TOKEN_EXPIRED = GraphError(ErrorClass.AUTH, 190, 463, "Session has expired")


def open_channel(*, probe_in: timedelta = -MINUTE) -> Channel:
    now = timezone.now()
    return make_channel(
        circuit_opened_at=now - MINUTE,
        circuit_reason="auth",
        circuit_code=190,
        circuit_probe_at=now + probe_in,
    )


def test_a_refused_token_stops_the_number_and_keeps_the_queue(
    whatsapp: FakeGraph, say: Say, published: list[events.HintBody]
) -> None:
    channel = make_channel()
    first = say(make_conversation(channel=channel), "First")
    whatsapp.refuse(190, status=401, error_subcode=463)
    deliveries.carry(channel.pk)
    second = say(make_conversation(channel=channel), "Second")

    deliveries.carry(channel.pk)

    channel.refresh_from_db()
    assert (channel.circuit_reason, channel.circuit_code) == ("auth", 190)
    assert events.ChannelChanged(channel.pk) in published
    statuses = Message.objects.filter(pk__in=[first.pk, second.pk]).values_list("status")
    assert set(statuses) == {("queued",)}
    assert len(whatsapp.requests) == 1


def test_admins_are_told(whatsapp: FakeGraph) -> None:
    channel = make_channel()

    circuits.open_for(channel.pk, TOKEN_EXPIRED, now=timezone.now())

    event = ChannelEvent.objects.get()
    assert (event.kind, event.severity) == ("circuit_opened", "alert")
    assert event.data == {"class": "auth", "code": 190, "details": "Session has expired"}


def test_many_refusals_open_it_once(whatsapp: FakeGraph) -> None:
    channel, now = make_channel(), timezone.now()

    circuits.open_for(channel.pk, TOKEN_EXPIRED, now=now)
    circuits.open_for(channel.pk, TOKEN_EXPIRED, now=now + MINUTE)

    channel.refresh_from_db()
    assert channel.circuit_opened_at == now
    assert ChannelEvent.objects.count() == 1


def test_tries_against_a_closed_door_do_not_count(whatsapp: FakeGraph, say: Say) -> None:
    message = say(make_conversation())
    whatsapp.refuse(190, status=401)

    deliveries.carry(message.channel_id)

    message.refresh_from_db()
    assert (message.status, message.attempts) == ("queued", 0)


def test_a_probe_that_finds_the_number_healthy_closes_it_and_the_queue_leaves(
    whatsapp: FakeGraph, say: Say, published: list[events.HintBody]
) -> None:
    channel = open_channel()
    say(make_conversation(channel=channel), "It waited")
    published.clear()

    deliveries.carry(channel.pk)

    channel.refresh_from_db()
    assert not channel.is_circuit_open
    assert (channel.circuit_reason, channel.circuit_code) == ("", None)
    assert whatsapp.texts == ["It waited"]
    assert events.ChannelChanged(channel.pk) in published
    assert ChannelEvent.objects.get().kind == "circuit_closed"


def test_it_does_not_probe_before_its_time(whatsapp: FakeGraph) -> None:
    channel = open_channel(probe_in=MINUTE)

    deliveries.carry(channel.pk)

    assert not whatsapp.requests


@pytest.mark.parametrize(
    "number",
    [
        {"id": "1", "status": "BANNED"},
        {"id": "1", "health_status": {"can_send_message": "BLOCKED"}},
    ],
    ids=["banned", "blocked"],
)
def test_a_number_that_looks_unhealthy_stays_stopped(
    whatsapp: FakeGraph, number: dict[str, Any]
) -> None:
    channel = open_channel()
    whatsapp.number = number

    deliveries.carry(channel.pk)

    channel.refresh_from_db()
    assert channel.is_circuit_open
    assert channel.circuit_probe_at is not None
    assert channel.circuit_probe_at > timezone.now() + MINUTE / 2


def test_a_probe_that_is_refused_is_repeated_a_minute_later(whatsapp: FakeGraph) -> None:
    channel = open_channel()
    whatsapp.refuse(190, at=channel.phone_number_id, status=401)

    deliveries.carry(channel.pk)
    deliveries.carry(channel.pk)

    channel.refresh_from_db()
    assert channel.is_circuit_open
    assert len(whatsapp.requests) == 1


def test_a_relapse_is_no_new_alarm_and_is_probed_less_often(whatsapp: FakeGraph) -> None:
    channel = open_channel()
    deliveries.carry(channel.pk)
    now = timezone.now()

    circuits.open_for(channel.pk, TOKEN_EXPIRED, now=now)

    channel.refresh_from_db()
    assert channel.circuit_probe_at == now + circuits.PROBE_AFTER_RELAPSE
    assert ChannelEvent.objects.get(kind="circuit_opened").severity == "warning"


def test_a_new_token_is_tried_at_once(whatsapp: FakeGraph, say: Say) -> None:
    channel = open_channel(probe_in=MINUTE)
    say(make_conversation(channel=channel), "It waited")

    channels.set_token(channel, token="a-new-token")
    deliveries.carry(channel.pk)

    assert whatsapp.texts == ["It waited"]
    assert whatsapp.requests[-1].headers["authorization"] == "Bearer a-new-token"
