"""Telling browsers about a conversation, with everything that decides who cares."""

from __future__ import annotations

from functools import cache

from inbox import events
from inbox.models import Conversation, ConversationLabel
from inbox.prepared import Prepared

WANTED = -1  # stands for the conversation (inbox.prepared)


def tell(conversation: Conversation) -> None:
    ids = tuple(label for (label,) in _labels().ask({WANTED: conversation.pk}))
    events.publish(events.about(conversation, labels=ids))


@cache
def _labels() -> Prepared:
    labels = ConversationLabel.objects.filter(conversation=WANTED)
    return Prepared(labels.values_list("label_id"))
