"""Telling browsers about a conversation, with everything that decides who cares."""

from __future__ import annotations

from inbox import events
from inbox.models import Conversation, ConversationLabel


def tell(conversation: Conversation) -> None:
    labels = ConversationLabel.objects.filter(conversation=conversation)
    ids = tuple(labels.values_list("label_id", flat=True))
    events.publish(events.about(conversation, labels=ids))
