"""Customers who wait too long for the agent who has them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from inbox.actions import notices
from inbox.models import Agent, Conversation
from inbox.notices import Why, chosen

LOOK_EVERY_SECONDS = 30
# What nobody looked for in this time, as no worker ran, is not told any more.
TELL_WITHIN = timedelta(minutes=15)


def look(*, now: datetime | None = None) -> None:
    """Tell each agent once of each customer, when the time is up that the agent has set."""
    now = now or timezone.now()
    if not cache.add("long-waits", True, LOOK_EVERY_SECONDS):
        return
    patience = _patience()
    if not patience:
        return
    longest, shortest = max(patience.values()), min(patience.values())
    # queued_at is when the wait began, and has an index.
    waiting = Conversation.objects.open().filter(
        assignee__in=patience,
        queued_at__gte=now - longest - TELL_WITHIN,
        queued_at__lte=now - shortest,
    )
    for conversation in waiting.order_by():
        _tell(conversation, patience[conversation.assignee_id or 0], now)


def _patience() -> dict[int, timedelta]:
    """How long customers of those may wait who want to be told."""
    agents = Agent.objects.active().order_by()
    rows = agents.values_list("pk", "waits_long_minutes", "shown_notices", "pushed_notices")
    return {
        pk: timedelta(minutes=minutes)
        for pk, minutes, shown, pushed in rows
        if Why.WAITING in chosen(shown) | chosen(pushed)
    }


def _tell(conversation: Conversation, patience: timedelta, now: datetime) -> None:
    waited = now - conversation.queued_at
    if not patience <= waited <= patience + TELL_WITHIN:
        return
    told = f"long-wait-{conversation.pk}-{conversation.queued_at.timestamp():.0f}"
    if cache.add(told, True, (2 * TELL_WITHIN).total_seconds()):
        notices.call(conversation, [conversation.assignee_id or 0], Why.WAITING)
