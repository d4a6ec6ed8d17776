"""Messages changed or deleted after they were sent. What they said before is kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from inbox.actions import bulk
from inbox.actions.inbound import parking
from inbox.actions.inbound.arrivals import Arrival, CannotApply
from inbox.actions.inbound.bubbles import bubble_of, preview_of
from inbox.actions.inbound.messages import LONGEST_WAMID
from inbox.actions.inbound.news import News
from inbox.models import Conversation, Message, MessageVersion
from inbox.whatsapp.happenings import MessageEdited, MessageReceived, MessageRevoked

Change = Arrival[MessageEdited | MessageRevoked]


def apply(arrivals: Sequence[Change], news: News) -> None:
    """One by one and in order: a message may be edited twice and then deleted."""
    if not arrivals:
        return
    targets = _targets(arrivals)
    for arrival in arrivals:
        message = targets.get((arrival.channel.pk, arrival.happening.target_wamid))
        if message is None:
            parking.wait([(arrival, arrival.happening.target_wamid[:LONGEST_WAMID])])
        elif (message.direction == Message.Direction.OUT) != arrival.happening.from_us:
            raise CannotApply("speaks of a message of the other side")
        else:
            _change(message, arrival, news)


def _targets(arrivals: Sequence[Change]) -> dict[tuple[int, str], Message]:
    messages = Message.objects.filter(
        channel__in={arrival.channel.pk for arrival in arrivals},
        wamid__in={arrival.happening.target_wamid for arrival in arrivals},
    ).select_for_update(of=("self",), no_key=True)
    return {(m.channel_id, m.wamid or ""): m for m in messages.order_by("pk")}


def _change(message: Message, arrival: Change, news: News) -> None:
    if message.revoked_at is not None:
        return
    before = MessageVersion(
        message=message, body=message.body, content=message.content, replaced_at=arrival.at
    )
    happening = arrival.happening
    if isinstance(happening, MessageRevoked):
        message.body, message.content, message.revoked_at = "", {}, arrival.at
    elif not _edit(message, happening, arrival):
        return
    before.save(force_insert=True)
    message.changed_at = timezone.now()
    bulk.write([message], ["body", "content", "edited_at", "revoked_at", "changed_at"])
    shown = Conversation.objects.filter(pk=message.conversation_id, last_message_id=message.pk)
    shown.update(last_message_preview=preview_of(message), changed_at=message.changed_at)
    news.conversations.add(message.conversation_id)
    news.index([message])


def _edit(message: Message, edited: MessageEdited, arrival: Change) -> bool:
    """Say whether it changed anything: an older edit, or the same again, does not."""
    if message.edited_at is not None and message.edited_at > arrival.at:
        return False
    bubble = bubble_of(
        MessageReceived(
            wamid=edited.wamid, type=edited.type, content=edited.content, raw=edited.raw
        )
    )
    content = {**message.content, **bubble.content}
    if (message.body, message.content) == (bubble.body, content):
        return False
    message.body, message.content, message.edited_at = bubble.body, content, arrival.at
    return True
