"""The strip above a bubble that shows what it answers."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from inbox.bubbles import addresses
from inbox.bubbles.surroundings import Surroundings
from inbox.models import Conversation, Message

LONGEST = 200


class Quote(TypedDict):
    speaker: str
    text: str
    url: str  # "" when there is nothing to jump to
    pk: int | None


def quote_of(message: Message, conversation: Conversation, around: Surroundings) -> Quote:
    quoted = around.quoted.get(message.quoted_id or 0)
    if quoted is None:
        return Quote(speaker="", text=_("A message that is not known here"), url="", pk=None)
    return Quote(
        speaker=_speaker(quoted, conversation, around),
        text=preview(quoted),
        url=f"{addresses.conversation(quoted.conversation.code)}?at={quoted.pk}",
        pk=quoted.pk,
    )


def preview(message: Message) -> str:
    if message.revoked_at:
        return _("Deleted message")
    if message.body:
        return message.body[:LONGEST]
    return str(Message.Kind(message.kind).label)


def _speaker(quoted: Message, conversation: Conversation, around: Surroundings) -> str:
    if quoted.direction == Message.Direction.IN:
        return conversation.contact.display_name
    author = around.agents.get(quoted.author_id or 0)
    return author.name if author else _("Us")
