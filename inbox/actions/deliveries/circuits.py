"""The circuit of a number: an AUTH or POLICY error opens it, a probe closes it again.

While it is open the queue waits, a banner says so, and nobody's words are lost.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from inbox import events, graph
from inbox.actions import number_events
from inbox.models import Channel
from inbox.prepared import Prepared
from inbox.whatsapp import GraphError

PROBE_EVERY = timedelta(minutes=1)
# A number that looks healthy and refuses the next message all the same is probed less often.
RELAPSE_WITHIN = timedelta(minutes=10)
PROBE_AFTER_RELAPSE = timedelta(minutes=5)
_UNHEALTHY = frozenset({"BANNED", "DELETED", "DISCONNECTED", "BLOCKED"})
WANTED = -1  # stands for the number (inbox.prepared)
logger = logging.getLogger(__name__)


@transaction.atomic
def open_for(channel_id: int, error: GraphError, *, now: datetime) -> None:
    """Nothing leaves this number until a probe finds it healthy."""
    channel = Channel.objects.select_for_update(no_key=True).get(pk=channel_id)
    if channel.is_circuit_open:
        return
    relapsed = number_events.was_recorded(
        channel, number_events.CIRCUIT_CLOSED, since=now - RELAPSE_WITHIN
    )
    channel.circuit_opened_at = now
    channel.circuit_reason = error.kind
    channel.circuit_code = error.code
    channel.circuit_probe_at = now + (PROBE_AFTER_RELAPSE if relapsed else PROBE_EVERY)
    channel.save(
        update_fields=[
            *("circuit_opened_at", "circuit_reason", "circuit_code", "circuit_probe_at")
        ]
    )
    number_events.record_circuit_opened(channel, error, now=now, again=relapsed)
    events.publish(events.ChannelChanged(channel.pk))


def is_closed(channel_id: int, *, now: datetime) -> bool:
    """Whether messages may leave; asks WhatsApp when a probe is due."""
    found = list(_opened_at().ask({WANTED: channel_id}))
    if not found:
        return False
    [(opened_at,)] = found
    if opened_at is None:
        return True
    channel = Channel.objects.in_use().get(pk=channel_id)
    return _is_my_turn(channel, now) and _looks_healthy(channel) and _close(channel, now)


@cache
def _opened_at() -> Prepared:
    """Asked before anything leaves, so by a query that was made before."""
    numbers = Channel.objects.in_use().filter(pk=WANTED).order_by()
    return Prepared(numbers.values_list("circuit_opened_at"))


def probe_soon(channel: Channel, *, now: datetime) -> None:
    """Somebody changed the token: no need to wait for the minute."""
    Channel.objects.filter(pk=channel.pk, circuit_opened_at__isnull=False).update(
        circuit_probe_at=now
    )


def _is_my_turn(channel: Channel, now: datetime) -> bool:
    """One conditional UPDATE, so that of several workers one probes."""
    due = Channel.objects.filter(
        pk=channel.pk, circuit_opened_at__isnull=False, circuit_probe_at__lte=now
    )
    return bool(due.update(circuit_probe_at=now + PROBE_EVERY))


def _looks_healthy(channel: Channel) -> bool:
    try:
        number = graph.client_of(channel).phone_number(
            channel.phone_number_id, token=graph.token_of(channel)
        )
    except GraphError as exc:
        logger.info("channel %s is not healthy yet: %s", channel.pk, exc)
        return False
    return number.status not in _UNHEALTHY and number.can_send not in _UNHEALTHY


@transaction.atomic
def _close(channel: Channel, now: datetime) -> bool:
    Channel.objects.filter(pk=channel.pk).update(
        circuit_opened_at=None, circuit_reason="", circuit_code=None, circuit_probe_at=None
    )
    number_events.record_circuit_closed(channel, now=now)
    events.publish(events.ChannelChanged(channel.pk))
    return True
