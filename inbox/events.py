"""What browsers are told: a hint names what went stale, and who might care. No names, no text.

Only actions publish. The browser answers by fetching what it shows, so permissions are
checked there, and a lost hint costs a moment but never data. With ``REDIS_URL`` hints go out
by PUBLISH after commit; without it they are a row of ``Hint`` that becomes visible with the
commit itself, and the live room polls for it. What is told together, hundreds of hints when
a batch came in, is one message or one row: a line for each hint.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from typing import ClassVar

import msgspec
import redis
from django.conf import settings
from django.db import transaction

from inbox.models import Conversation, Hint

TOPIC = "supportdesk.hints"
logger = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Something in a conversation, or about it, is new."""

    kind: ClassVar[str] = "conversation"
    code: str
    channel: int
    assignee: int | None
    # A message of the customer came in: worth a sound for those who asked for it.
    incoming: bool = False


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A number's state changed: banner and settings page."""

    kind: ClassVar[str] = "channel"
    channel: int


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent's rights or name changed."""

    kind: ClassVar[str] = "agent"
    agent: int
    locked_out: bool = False


@dataclass(frozen=True, slots=True)
class AttendanceChanged:
    """Agents are here, away or gone. Nobody's rights change, and many come in one moment."""

    kind: ClassVar[str] = "attendance"
    agents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """Agents are called to a conversation. Only their browsers hear of it.

    ``why``: "mention", "reminder"; "followed" and "note" for news in one they follow; "read"
    when they have seen to it, so that other tabs count anew.
    """

    kind: ClassVar[str] = "called"
    code: str
    channel: int
    agents: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class LabelsChanged:
    """A label was made, renamed, coloured, moved or deleted: every list shows labels."""

    kind: ClassVar[str] = "labels"


@dataclass(frozen=True, slots=True)
class BulkActMoved:
    """An act on many conversations got further: for who asked for it, and nobody else."""

    kind: ClassVar[str] = "bulk_act"
    agent: int
    code: str


HintBody = (
    ConversationChanged
    | ChannelChanged
    | AgentChanged
    | AttendanceChanged
    | BulkActMoved
    | Called
    | LabelsChanged
)
_gathered: ContextVar[dict[HintBody, None] | None] = ContextVar("gathered", default=None)


def about(conversation: Conversation, *, incoming: bool = False) -> ConversationChanged:
    return ConversationChanged(
        code=str(conversation.code),
        channel=conversation.channel_id,
        assignee=conversation.assignee_id,
        incoming=incoming,
    )


def called(conversation: Conversation, agents: Iterable[int], why: str) -> Called:
    return Called(str(conversation.code), conversation.channel_id, tuple(agents), why)


def publish(*hints: HintBody) -> None:
    """Tell every open browser, once the current transaction is safely stored."""
    if not hints:
        return
    if (gathered := _gathered.get()) is not None:
        gathered.update(dict.fromkeys(hints))
        return
    lines = "\n".join(encode(hint) for hint in hints)
    if settings.REDIS_URL:
        transaction.on_commit(partial(_send, lines), robust=True)
    else:
        Hint.objects.create(body=lines)


@contextmanager
def together() -> Iterator[None]:
    """What is published inside goes out as one message or row at the end, each hint once.

    To be opened inside the transaction.
    """
    gathered: dict[HintBody, None] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    publish(*gathered)


def encode(hint: HintBody) -> str:
    """A line of JSON."""
    # Hints are flat: dataclasses.asdict would copy deeply, which costs more than all the rest.
    document = {"kind": hint.kind} | {f: getattr(hint, f) for f in type(hint).__slots__}
    return _encoder.encode(document).decode()


def told_in(lines: str) -> list[str]:
    """The hints of one message or row."""
    return lines.split("\n")


def _send(lines: str) -> None:
    try:
        _redis().publish(TOPIC, lines)
    except redis.RedisError:
        # Browsers fetch again when they reconnect; the change itself is stored.
        logger.warning("hints could not be published", exc_info=True)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)
