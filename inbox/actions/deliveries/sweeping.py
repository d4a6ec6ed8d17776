"""Finding what no worker took, what a dead worker left, and what is due for a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from inbox import nudges, tasks
from inbox.actions.deliveries import endings
from inbox.models import Channel, Message
from inbox.whatsapp import ErrorClass

AT_ONCE = 500
Status = Message.Status


def sweep(*, now: datetime | None = None) -> None:
    """Cheap when there is nothing: three looks at small indexes."""
    now = now or timezone.now()
    for channel_id in _numbers_to_carry(now):
        nudges.now(tasks.carry, channel_id)
    for pk in _due(Status.SENDING, now):
        _give_up_waiting(pk, Status.SENDING, now)
    for pk in _due(Status.UNCERTAIN, now):
        _give_up_waiting(pk, Status.UNCERTAIN, now)


def _numbers_to_carry(now: datetime) -> set[int]:
    numbers = Channel.objects.in_use()
    probes = numbers.filter(circuit_opened_at__isnull=False, circuit_probe_at__lte=now)
    late = now - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    queued = Message.objects.filter(
        channel__in=numbers.filter(circuit_opened_at=None).values("pk"),
        status=Status.QUEUED,
        due_at__lte=late,
    )
    lying = queued.order_by().values_list("channel_id", flat=True).distinct()
    return {*probes.values_list("pk", flat=True), *lying}


def _due(status: str, now: datetime) -> list[int]:
    due = Message.objects.filter(status=status, due_at__lte=now).order_by("due_at")
    return list(due.values_list("pk", flat=True)[:AT_ONCE])


def _give_up_waiting(pk: int, status: str, now: datetime) -> None:
    """Nobody came back to say what became of it. It is never sent again by itself."""
    with transaction.atomic():
        message = endings.hold(pk)
        if message.status != status or message.due_at is None or message.due_at > now:
            return  # settled meanwhile
        if status == Status.SENDING:
            detail = "the worker went away while it was being sent"
            endings.doubt(message, ErrorClass.RETRY_DOUBTFUL, now=now, detail=detail)
        else:
            endings.change(message, due_at=None)  # from now on a person may send it again
    endings.follow(message)
