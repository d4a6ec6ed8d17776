"""Desks for the tests of routing: who is here, and who waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.models import Agent, Channel, Conversation
from tests.factories import make_agent, make_channel, make_contact, make_conversation


def here(name: str, **fields: Any) -> Agent:
    """An agent who has the desk open now."""
    return make_agent(name, presence="online", last_seen_at=timezone.now(), **fields)


def routed(mode: str = "least_busy", **fields: Any) -> Channel:
    return make_channel(routing=mode, **fields)


def waits(channel: Channel, minutes: int = 5, **fields: Any) -> Conversation:
    """A customer who has been waiting for so long, and has nobody."""
    contact = fields.pop("contact", None) or make_contact()
    wrote = timedelta(minutes=minutes)
    return make_conversation(channel=channel, contact=contact, wrote=wrote, **fields)


def busy(agent: Agent, how_many: int, channel: Channel | None = None) -> None:
    channel = channel or make_channel()
    for _ in range(how_many):
        waits(channel, assignee=agent)


def owner(conversation: Conversation) -> str:
    conversation.refresh_from_db()
    return conversation.assignee.name if conversation.assignee else ""
