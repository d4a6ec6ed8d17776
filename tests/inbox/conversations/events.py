"""What the timeline tells, for the tests of actions on conversations."""

from __future__ import annotations

from typing import Any

from inbox.models import Conversation, Message


def told(conversation: Conversation) -> list[tuple[str, str]]:
    """Each event's word and who did it, oldest first."""
    events = _events(conversation)
    return [(m.content["event"], m.author.name if m.author else "") for m in events]


def last_told(conversation: Conversation) -> dict[str, Any]:
    content: dict[str, Any] = _events(conversation)[-1].content
    return content


def _events(conversation: Conversation) -> list[Message]:
    messages = Message.objects.filter(conversation=conversation, kind=Message.Kind.EVENT)
    return list(messages.select_related("author").order_by("pk"))
