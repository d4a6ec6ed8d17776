"""Where an agent is signed in, and ending it. Deleting the row signs that browser out."""

from __future__ import annotations

from django.db import transaction

from inbox import events
from inbox.models import Agent, AgentSession
from inbox.sessions import handle_of


@transaction.atomic
def end(agent: Agent, *, handle: str) -> bool:
    """End the one session of theirs with this handle; False if there is none."""
    keys = AgentSession.objects.filter(agent=agent).values_list("pk", flat=True)
    ended = [key for key in keys if handle_of(key) == handle]
    AgentSession.objects.filter(pk__in=ended).delete()
    if ended:
        events.publish(events.AgentChanged(agent.pk))
    return bool(ended)


@transaction.atomic
def end_others(agent: Agent, *, keep: str | None) -> int:
    """End all but the session with the key ``keep``."""
    count, _ = AgentSession.objects.filter(agent=agent).exclude(pk=keep or "").delete()
    if count:
        events.publish(events.AgentChanged(agent.pk))
    return count


def end_all(agent: Agent) -> None:
    AgentSession.objects.filter(agent=agent).delete()
