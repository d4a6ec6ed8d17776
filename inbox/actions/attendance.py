"""Who is at the desk: whoever has it open in a browser. Their own word (away) stays theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from inbox import events
from inbox.actions import routing
from inbox.models import Agent

ONLINE, OFFLINE = Agent.Presence.ONLINE, Agent.Presence.OFFLINE


@transaction.atomic
def note_here(agent_ids: Collection[int], *, now: datetime | None = None) -> None:
    """These have a tab open. Those who were offline are online again."""
    here = Agent.objects.active().filter(pk__in=agent_ids)
    back = list(here.filter(presence=OFFLINE).values_list("pk", flat=True))
    here.update(last_seen_at=now or timezone.now())
    if back:
        here.filter(pk__in=back, presence=OFFLINE).update(presence=ONLINE, absent_since=None)
        events.publish(events.AttendanceChanged(tuple(back)))
        routing.request()


@transaction.atomic
def note_gone(*, unseen_since: datetime, agent_ids: Collection[int] | None = None) -> None:
    """Those not seen since then are offline: of these agents, or of all."""
    present = Agent.objects.exclude(presence=OFFLINE).filter(last_seen_at__lte=unseen_since)
    if agent_ids is not None:
        present = present.filter(pk__in=agent_ids)
    gone = list(present.values_list("pk", flat=True))
    left = Coalesce("absent_since", "last_seen_at")
    if gone and present.filter(pk__in=gone).update(presence=OFFLINE, absent_since=left):
        events.publish(events.AttendanceChanged(tuple(gone)))
