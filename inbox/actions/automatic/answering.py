"""One look at a conversation: what the rules say is queued like any reply, and leaves so.

It answers nobody's question: the customer goes on waiting, and what is unread stays unread.
The row in the list keeps the customer's words for the same reason.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consent.gate import NotAllowed
from inbox import automatic_texts, events
from inbox.actions.automatic import facts, notices
from inbox.actions.replies import queueing, refusals
from inbox.automatic import rules
from inbox.automatic.rules import Kind, Verdict
from inbox.models import AutomaticText, AutomaticUse, Conversation, Message
from inbox.whatsapp import NotSendable

Texts = dict[Kind, AutomaticText]


@transaction.atomic
def answer(conversation_id: int, *, now: datetime | None = None) -> Message | None:
    """Send what is due, and say when to look again. Doing it again changes nothing."""
    now = now or timezone.now()
    conversation = _hold(conversation_id)
    if conversation is None or not _is_due(conversation, now):
        return None
    texts = _texts(conversation)
    verdict = _verdict(conversation, texts, now)
    message = _queue(conversation, verdict, texts, now) if verdict else None
    _settle(conversation, verdict.again_at if verdict else None, now, told=message is not None)
    return message


def key_of(conversation: Conversation, kind: Kind, version: int = 0) -> uuid.UUID:
    """The same for everybody who tries: the database takes it once."""
    name = f"{kind}:{version}" if kind == Kind.PRIVACY else kind.value
    return uuid.uuid5(conversation.code, name)


def _hold(conversation_id: int) -> Conversation | None:
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    related = ("contact", "channel__opening_hours", "team__opening_hours")
    return rows.select_related(*related).filter(pk=conversation_id).first()


def _is_due(conversation: Conversation, now: datetime) -> bool:
    due_at = conversation.automatic_due_at
    return due_at is not None and due_at <= now


def _texts(conversation: Conversation) -> Texts:
    stored = AutomaticText.objects.filter(channel=conversation.channel_id, is_on=True)
    return {Kind(text.kind): text for text in stored.prefetch_related("variants")}


def _verdict(conversation: Conversation, texts: Texts, now: datetime) -> Verdict | None:
    known = facts.gather(conversation, texts.values(), now=now) if texts else None
    if known is None:
        return None
    return rules.decide(known, {kind: text.after for kind, text in texts.items()})


def _queue(
    conversation: Conversation, verdict: Verdict, texts: Texts, now: datetime
) -> Message | None:
    if verdict.kind is None:
        return None
    parts = [texts[verdict.kind]]
    if verdict.with_notice:
        parts.append(texts[Kind.PRIVACY])
    message = _message(conversation, verdict.kind, parts, now)
    try:
        refusals.require_possible(message, None, now=now)
        queueing.require_sendable(message)
    except (NotAllowed, NotSendable):
        return None
    if Message.objects.filter(draft_key=message.draft_key).exists():
        return None
    queueing.store(message)
    for text in parts:
        _count(text, now)
        if text.kind == Kind.PRIVACY:
            notices.record(text, message, at=now)
    return message


def _message(
    conversation: Conversation, kind: Kind, parts: list[AutomaticText], now: datetime
) -> Message:
    return Message(
        conversation=conversation,
        channel=conversation.channel,
        direction=Message.Direction.OUT,
        kind=Message.Kind.TEXT,
        status=Message.Status.QUEUED,
        origin=Message.Origin.AUTOMATIC,
        body=automatic_texts.written(parts, conversation, now=now),
        content={"automatic": kind.value},
        draft_key=key_of(conversation, kind, parts[0].version),
        at=queueing.place(conversation, now),
        due_at=now,
        created_at=now,
        changed_at=now,
    )


def _settle(
    conversation: Conversation, again_at: datetime | None, now: datetime, *, told: bool
) -> None:
    conversation.automatic_due_at = again_at
    changed = ["automatic_due_at"]
    if told:
        conversation.changed_at = now
        changed.append("changed_at")
        events.publish(events.about(conversation))
    conversation.save(update_fields=changed)


def _count(text: AutomaticText, now: datetime) -> None:
    day = timezone.localdate(now, timezone.get_default_timezone())
    use, made = AutomaticUse.objects.get_or_create(text=text, day=day, defaults={"count": 1})
    if not made:
        AutomaticUse.objects.filter(pk=use.pk).update(count=F("count") + 1)
