"""Telling browsers about a conversation."""

from __future__ import annotations

from inbox import events
from inbox.models import Conversation


def tell(conversation: Conversation) -> None:
    events.publish(events.about(conversation))
