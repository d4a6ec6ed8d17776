"""How a number finds agents for its conversations, and what happens when they are absent."""

from __future__ import annotations

from django.db import transaction

from inbox import events, nudges, tasks
from inbox.actions import number_events
from inbox.actions.routing import routed_numbers
from inbox.models import Agent, Channel


@transaction.atomic
def change(
    channel: Channel,
    *,
    routing: str,
    last_agent_first: bool,
    conversation_limit: int,
    absence_minutes: int | None,
    absence_takes_all: bool,
    by: Agent,
) -> None:
    """Whoever waits already is looked at at once."""
    channel.routing = Channel.Routing(routing)
    channel.last_agent_first = last_agent_first
    channel.conversation_limit = conversation_limit
    channel.absence_minutes = absence_minutes
    channel.absence_takes_all = absence_takes_all
    channel.save(
        update_fields=[
            *("routing", "last_agent_first", "conversation_limit"),
            *("absence_minutes", "absence_takes_all"),
        ]
    )
    number_events.record_by_agent(channel, "routing_changed", by)
    events.publish(events.ChannelChanged(channel.pk))
    routed_numbers.forget()
    nudges.after_commit(tasks.route)
