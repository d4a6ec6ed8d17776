"""Each conversation is a lane: what was written first leaves first, one at a time.

A message that has to wait (throttled, no connection) holds up those behind it; one whose fate
is unknown does not, for only a person can settle it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from inbox.models import Message
from inbox.models.message import MessageQuerySet

# Lanes looked at in one claim, those that wait longest first.
WIDTH = 100
Status = Message.Status


def heads(channel_id: int, now: datetime) -> dict[int, int]:
    """Conversation → its first message, where that is due and nothing is under way."""
    lanes = (
        _queued(channel_id)
        .filter(due_at__lte=now)
        .values_list("conversation_id")
        .annotate(first=Min("due_at"))
        .order_by("first")[:WIDTH]
    )
    return _first_of_each(channel_id, [pk for pk, _ in lanes], now)


def next_due(channel_id: int, now: datetime) -> datetime | None:
    """When something that is not due yet will be."""
    later = _queued(channel_id).filter(due_at__gt=now)
    found: datetime | None = later.aggregate(next=Min("due_at"))["next"]
    return found


def are_empty(channel_id: int) -> bool:
    return not _queued(channel_id).exists()


def _queued(channel_id: int) -> MessageQuerySet:
    return _unsettled(channel_id).filter(status=Status.QUEUED)


def _unsettled(channel_id: int) -> MessageQuerySet:
    return Message.objects.filter(
        channel=channel_id,
        due_at__isnull=False,  # keeps the query on its small index
        status__in=[Status.QUEUED, Status.SENDING],
    )


def _first_of_each(
    channel_id: int, conversations: Iterable[int], now: datetime
) -> dict[int, int]:
    rows = _unsettled(channel_id).filter(conversation__in=list(conversations)).order_by("id")
    first: dict[int, tuple[int, bool]] = {}
    busy: set[int] = set()
    for pk, conversation, status, due_at in rows.values_list(
        "pk", "conversation_id", "status", "due_at"
    ):
        first.setdefault(conversation, (pk, due_at is not None and due_at <= now))
        if status == Status.SENDING:
            busy.add(conversation)
    return {c: pk for c, (pk, is_due) in first.items() if is_due and c not in busy}
