"""Conversations that a batch has read and locked: actions on them need not do it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from inbox.models import Conversation

_held: ContextVar[dict[int, Conversation] | None] = ContextVar("held", default=None)


@contextmanager
def hold(conversations: Iterable[Conversation]) -> Iterator[None]:
    """They were read ``FOR UPDATE`` in this transaction, which ends after this block."""
    token = _held.set({one.pk: one for one in conversations})
    try:
        yield
    finally:
        _held.reset(token)


def is_held(conversation: Conversation) -> bool:
    """This very instance: another one of the same row may be older."""
    held = _held.get()
    return held is not None and held.get(conversation.pk) is conversation
