"""How a message of ours ends up: first on its own row, then on its conversation's.

The two are never waited for together. The way in holds conversations and messages in its own
order, and two who each hold what the other wants would stop both.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from inbox import events
from inbox.actions import bulk, waiting
from inbox.models import Conversation, Message, Reaction
from inbox.prepared import Prepared, PreparedRows

WANTED = -1  # stands for the row that is asked for (inbox.prepared)
Status = Message.Status
# A status with our own id usually settles an uncertain message long before that.
UNCERTAIN_FOR = timedelta(minutes=2)


def hold(pk: int) -> Message:
    """The message as it is now, kept until the transaction ends."""
    rows = Message.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("conversation__contact", "conversation__channel").get(pk=pk)


def change(message: Message, **fields: object) -> None:
    fields["changed_at"] = timezone.now()
    for name, value in fields.items():
        setattr(message, name, value)
    message.save(update_fields=list(fields))


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


def doubt(message: Message, failure: str, *, now: datetime, detail: str = "") -> None:
    """It may have gone out. It holds nobody up, and is never sent again by itself."""
    change(
        message,
        status=Status.UNCERTAIN,
        due_at=now + UNCERTAIN_FOR,
        failure_class=failure,
        failure_detail=detail,
    )


@transaction.atomic
def follow(message: Message) -> None:
    """Let the conversation, its row in the list and the browsers follow the message."""
    [conversation] = _conversation().ask({WANTED: message.conversation_id})
    # Read under the lock: a status may have moved it on since.
    [(status,)] = _status().ask({WANTED: message.pk})
    if message.kind == Message.Kind.REACTION:
        _show_reaction(message, status)
    elif status == Status.FAILED:
        waiting.restore(conversation)
    if conversation.last_message_id == message.pk:
        conversation.last_message_status = status
        conversation.changed_at = timezone.now()
        bulk.write([conversation], ["last_message_status", "changed_at"])
    events.publish(events.about(conversation))


@cache
def _conversation() -> PreparedRows[Conversation]:
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    return PreparedRows(rows.filter(pk=WANTED))


@cache
def _status() -> Prepared:
    return Prepared(Message.objects.filter(pk=WANTED).values_list("status"))


def _show_reaction(message: Message, status: str) -> None:
    """A reaction that did not arrive is not shown either."""
    if status == Status.FAILED:
        ours = Reaction.objects.filter(message=message.quoted_id, from_us=True)
        ours.filter(emoji=message.content.get("emoji", "")).update(emoji="")
    if message.quoted_id:
        Message.objects.filter(pk=message.quoted_id).update(changed_at=timezone.now())
