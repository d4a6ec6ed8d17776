"""How a message of ours ends up, written to its row, its conversation's row and the browsers.

Who calls holds the conversation's row and the message's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from inbox.actions import hints, waiting
from inbox.models import Conversation, Message, Reaction

Status = Message.Status
# A status with our own id usually settles an uncertain message long before that.
UNCERTAIN_FOR = timedelta(minutes=2)


def change(message: Message, **fields: object) -> None:
    fields["changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(message, name, value)
    message.save(update_fields=list(fields))


def show(message: Message) -> None:
    """Let the list's row and the browsers follow the message."""
    conversation = message.conversation
    if message.kind == Message.Kind.REACTION and message.quoted_id:
        Message.objects.filter(pk=message.quoted_id).update(changed_at=message.changed_at)
    row = Conversation.objects.filter(pk=conversation.pk, last_message_id=message.pk)
    row.update(last_message_status=message.status, changed_at=message.changed_at)
    hints.tell(conversation)


def fail(message: Message, failure: str, *, code: int | None = None, detail: str = "") -> None:
    """It did not go out and will not, unless a person sends it again."""
    change(
        message,
        status=Status.FAILED,
        failed_at=timezone.now(),
        due_at=None,
        failure_class=failure,
        failure_code=code,
        failure_detail=detail,
    )
    if message.kind == Message.Kind.REACTION:
        _take_back(message)
    else:
        waiting.restore(message.conversation)
    show(message)


def doubt(message: Message, failure: str, *, now: datetime, detail: str = "") -> None:
    """It may have gone out. It holds nobody up, and is never sent again by itself."""
    change(
        message,
        status=Status.UNCERTAIN,
        due_at=now + UNCERTAIN_FOR,
        failure_class=failure,
        failure_detail=detail,
    )
    show(message)


def _take_back(message: Message) -> None:
    """A reaction that did not arrive is not shown either."""
    ours = Reaction.objects.filter(message=message.quoted_id, from_us=True)
    ours.filter(emoji=message.content.get("emoji", "")).update(emoji="")
