"""Events in a conversation's timeline: who did what and when. Append-only.

An event is a message of kind EVENT; ``content`` is ``{"event": word, …}`` and the sentence is
made when it is shown, in the reader's language (inbox.templatetags.timeline).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils import timezone

from inbox.actions import acting, bulk, rule_work
from inbox.models import Agent, Conversation, Message

_gathered: ContextVar[list[Message] | None] = ContextVar("gathered_lines", default=None)


def event(
    conversation: Conversation,
    word: str,
    *,
    by: Agent | None = None,
    at: datetime | None = None,
    **data: Any,
) -> Message:
    """The event, not stored yet: for those who store many at once."""
    now = timezone.now()
    if by is None and (rule := acting.rule()):
        data = {"rule": rule.name, **data}
    return Message(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.INTERNAL,
        kind=Message.Kind.EVENT,
        author=by,
        content={"event": word, **data},
        at=at or now,
        created_at=now,
        changed_at=now,
    )


def record(
    conversation: Conversation,
    word: str,
    *,
    by: Agent | None = None,
    at: datetime | None = None,
    **data: Any,
) -> Message:
    message = event(conversation, word, by=by, at=at, **data)
    if (gathered := _gathered.get()) is not None:
        gathered.append(message)
        return message
    message.save(force_insert=True)
    rule_work.note([message])
    return message


@contextmanager
def together() -> Iterator[list[Message]]:
    """What is recorded inside is stored at its end, by one statement, and has no id before.

    Whoever takes back what was done inside also takes its lines out of the list.
    """
    gathered: list[Message] = []
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)
    bulk.insert(gathered)
    rule_work.note(gathered)
