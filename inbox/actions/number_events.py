"""What our own sending teaches us about a number, on the number's timeline beside Meta's words.

Banners and the settings page read it. Each matter is told once a day, not once a message.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils import timezone

from inbox import events
from inbox.models import Agent, Channel, ChannelEvent
from inbox.whatsapp import ErrorClass, GraphError

CIRCUIT_OPENED = "circuit_opened"
CIRCUIT_CLOSED = "circuit_closed"
REFUSED = "sending_refused"
Severity = ChannelEvent.Severity


def record_circuit_opened(
    channel: Channel, error: GraphError, *, now: datetime, again: bool
) -> None:
    """An alert, unless it is the same trouble flaring up again."""
    _record(
        channel,
        CIRCUIT_OPENED,
        Severity.WARNING if again else Severity.ALERT,
        now,
        f"{now.isoformat()}",
        **_data_of(error),
    )


def record_circuit_closed(channel: Channel, *, now: datetime) -> None:
    _record(channel, CIRCUIT_CLOSED, Severity.INFO, now, now.isoformat())


def record_refusal(channel: Channel, error: GraphError, *, now: datetime) -> None:
    """WhatsApp refuses for a reason that only an admin can mend: paying, setting up, spam."""
    severity = Severity.WARNING if error.kind is ErrorClass.SPAM else Severity.ALERT
    once = f"{now:%Y-%m-%d} {error.kind} {error.code}"
    if _record(channel, REFUSED, severity, now, once, **_data_of(error)):
        events.publish(events.ChannelChanged(channel.pk))


def record_by_agent(channel: Channel, kind: str, by: Agent | None) -> None:
    """What an admin did to the number. Never the secret itself."""
    now = timezone.now()
    who = {"by_name": by.name} if by else {}
    _record(channel, kind, Severity.INFO, now, now.isoformat(), **who)


def was_recorded(channel: Channel, kind: str, *, since: datetime) -> bool:
    return ChannelEvent.objects.filter(channel=channel, kind=kind, at__gte=since).exists()


def _data_of(error: GraphError) -> dict[str, object]:
    return {"class": str(error.kind), "code": error.code, "details": error.details}


def _record(
    channel: Channel, kind: str, severity: str, now: datetime, once: str, **data: object
) -> bool:
    """Store it once for each ``once``; say whether it is new."""
    key = hashlib.sha256(f"{channel.pk} {kind} {once}".encode()).hexdigest()
    _, is_new = ChannelEvent.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "channel": channel,
            "waba_id": channel.waba_id,
            "kind": kind,
            "severity": severity,
            "data": data,
            "at": now,
        },
    )
    return is_new
