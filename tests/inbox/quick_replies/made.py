"""Quick replies for tests."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from inbox.actions import quick_replies
from inbox.actions.quick_replies import Content, Words
from inbox.models import Conversation, Message, QuickReply, QuickReplyFile, QuickReplyUse


def make_quick_reply(
    shortcut: str = "danke", body: str = "Thank you", /, **fields: Any
) -> QuickReply:
    """One text for any customer, unless ``texts`` says otherwise."""
    buttons = tuple(fields.pop("buttons", ()))
    fields.setdefault("texts", (Words(body, buttons=buttons),))
    fields.setdefault("name", shortcut.title())
    return quick_replies.create(Content(shortcut=shortcut, **fields), by=None)


def add_file(reply: QuickReply, name: str, content: bytes, mime: str) -> QuickReplyFile:
    file = QuickReplyFile(quick_reply=reply, name=name, mime=mime, size=len(content))
    file.file.save(name, ContentFile(content))
    return file


def uses(reply: QuickReply) -> int:
    return sum(QuickReplyUse.objects.filter(quick_reply=reply).values_list("count", flat=True))


def events_of(conversation: Conversation) -> list[str]:
    events = conversation.messages.filter(kind=Message.Kind.EVENT).order_by("pk")
    return [event.content["event"] for event in events]
