"""Telling WhatsApp that an agent has read, or is writing. A courtesy: failing is no matter.

Marks come only from an agent's doing, never from polling, and only where the number wants it.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from inbox import graph, nudges, tasks
from inbox.models import Agent, Conversation, Message
from inbox.whatsapp import GraphError

OLDEST = timedelta(days=30)  # WhatsApp takes no marks for older messages
TYPING_EVERY = 20  # seconds; the customer sees one for 25
REMEMBERED = 86_400  # seconds that we know what was marked; forgetting costs one call
logger = logging.getLogger(__name__)


def request(conversation: Conversation, by: Agent) -> None:
    """An agent has it on screen. Asking again is cheap: what is marked stays marked."""
    if conversation.channel.sends_read_marks:
        nudges.after_commit(tasks.mark_read, conversation.pk)


def typing(conversation: Conversation, by: Agent) -> None:
    """An agent is writing a reply. The sign also marks as read: WhatsApp knows only both."""
    channel = conversation.channel
    if not (channel.sends_typing and channel.sends_read_marks):
        return
    if not conversation.window_is_open(timezone.now()):
        return  # what is being written can only be a template, later
    if cache.add(f"typing-{conversation.pk}", True, TYPING_EVERY):
        nudges.after_commit(tasks.mark_read, conversation.pk, True)


def send(conversation_id: int, *, typing: bool = False) -> None:
    """Mark the newest message of the customer, and thereby all before it."""
    conversation = (
        Conversation.objects.select_related("channel").filter(pk=conversation_id).first()
    )
    if conversation is None or not _may_tell(conversation):
        return
    newest = _newest_incoming(conversation)
    marked = f"marked-{conversation.pk}"
    if newest is None or (not typing and cache.get(marked) == newest.pk):
        return
    if _tell(conversation, newest, typing=typing):
        cache.set(marked, newest.pk, REMEMBERED)


def _may_tell(conversation: Conversation) -> bool:
    channel = conversation.channel
    able = channel.retired_at is None and not channel.is_circuit_open
    return able and channel.sends_read_marks


def _newest_incoming(conversation: Conversation) -> Message | None:
    incoming = conversation.messages.filter(
        direction=Message.Direction.IN, at__gt=timezone.now() - OLDEST, wamid__isnull=False
    )
    return incoming.order_by("-at", "-id").first()


def _tell(conversation: Conversation, newest: Message, *, typing: bool) -> bool:
    channel = conversation.channel
    try:
        graph.client_of(channel).mark_read(
            channel.phone_number_id,
            newest.wamid or "",
            token=graph.token_of(channel),
            typing=typing,
        )
    except GraphError as exc:
        logger.info("a read mark of channel %s was not taken: %s", channel.pk, exc)
        return False
    return True
