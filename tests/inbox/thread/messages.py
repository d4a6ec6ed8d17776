"""Messages and files for the tests of the thread, and how the thread draws them."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from inbox import bubbles, thread_paging
from inbox.models import Agent, Attachment, Conversation, Message
from tests.factories import make_message


def make_answer(conversation: Conversation, body: str = "Hi", **fields: Any) -> Message:
    return make_message(conversation, body, direction=Message.Direction.OUT, **fields)


def make_event(conversation: Conversation, word: str, **data: Any) -> Message:
    return make_message(
        conversation,
        "",
        direction=Message.Direction.INTERNAL,
        kind=Message.Kind.EVENT,
        author=data.pop("by", None),
        content={"event": word, **data},
    )


def make_file(message: Message, content: bytes = b"0123456789", **fields: Any) -> Attachment:
    defaults = {
        "kind": message.kind,
        "state": Attachment.State.STORED,
        "mime_type": "image/jpeg",
        "size": len(content),
    }
    attachment = Attachment(message=message, **(defaults | fields))
    if attachment.state == Attachment.State.STORED:
        attachment.file.save("", ContentFile(content), save=False)
    attachment.save()
    return attachment


def draw(message: Message, reader: Agent) -> str:
    """The list item of one message as this agent sees it."""
    entries = thread_paging.those([message.pk])
    return bubbles.draw(entries, bubbles.Reader(reader, message.conversation))
