"""Quick replies that rules send: automatic messages, which ask the gate like all others.

Like the texts that numbers send by themselves they answer nobody: the customer goes on
waiting, and the list keeps the customer's words.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from consent.gate import NotAllowed
from inbox import events
from inbox.actions import quick_replies
from inbox.actions.automatic.facts import is_opting_out
from inbox.actions.replies import queueing, refusals
from inbox.automatic_texts import language_of
from inbox.automation.loops import MESSAGES_IN, MOST_MESSAGES
from inbox.automation.outcomes import Outcome
from inbox.models import Conversation, Message, QuickReply, QuickReplyText, Rule
from inbox.placeholders import Place, fill, split
from inbox.quick_replies import best_text, values_for
from inbox.whatsapp import NotSendable

_TAKEN = [
    *(Message.Status.SENT, Message.Status.DELIVERED),
    *(Message.Status.READ, Message.Status.PLAYED),
]
AUTOMATIC = "rule"  # what ``content["automatic"]`` says


def choosable() -> Any:
    """Quick replies that a rule may send: everybody's, no advertising, without files."""
    service = QuickReply.ContentClass.SERVICE
    shared = QuickReply.objects.active().filter(owner=None, content_class=service, files=None)
    return shared.prefetch_related("texts")


def send(conversation: Conversation, rule: Rule, code: str, cause: str) -> Outcome:
    """The conversation's row is held."""
    now = timezone.now()
    reply: QuickReply | None = choosable().filter(code=code).first()
    if reply is None:
        return Outcome.GONE
    if refusal := _refusal(conversation, now):
        return refusal
    contact = conversation.contact
    language = language_of(contact, conversation.channel)
    text = best_text(reply.texts.all(), language, contact.address_form)
    body = _written(text, conversation, language, now) if text else None
    if text is None or not body:
        return Outcome.WORDS_MISSING
    message = _message(conversation, rule, text, body, cause, now)
    try:
        refusals.require_possible(message, None, now=now)
        queueing.require_sendable(message)
    except (NotAllowed, NotSendable):
        return Outcome.NOT_ALLOWED
    queueing.store(message)
    events.publish(events.about(conversation))
    quick_replies.count_use(reply)
    return Outcome.DONE


def has_gone(conversation: Conversation, rule: Rule, cause: str) -> bool:
    """Whether WhatsApp has taken what the rule said for this cause."""
    said = Message.objects.filter(draft_key=key_of(conversation, rule, cause))
    return said.filter(status__in=_TAKEN).exists()


def key_of(conversation: Conversation, rule: Rule, cause: str) -> uuid.UUID:
    """The same for everybody who tries: the database takes it once."""
    return uuid.uuid5(conversation.code, f"rule:{rule.code}:{cause}")


def _refusal(conversation: Conversation, now: datetime) -> Outcome | None:
    if conversation.status == Conversation.Status.CLOSED or conversation.owned_elsewhere:
        return Outcome.NOT_NOW
    if is_opting_out(conversation, now=now):
        return Outcome.NOT_ALLOWED
    said = Message.objects.filter(
        conversation=conversation,
        origin=Message.Origin.AUTOMATIC,
        content__automatic=AUTOMATIC,
        at__gt=now - MESSAGES_IN,
    )
    return Outcome.ENOUGH_SAID if said.count() >= MOST_MESSAGES else None


def _written(
    text: QuickReplyText, conversation: Conversation, language: str, now: datetime
) -> str | None:
    """None where something is not known that must be. No agent is there to be named."""
    names = {part.name for part in split(text.body) if isinstance(part, Place)}
    language = text.language or language
    known = values_for(conversation, None, language=language, now=now, names=names)
    filled = fill(text.body, known)
    return None if filled.missing else filled.text.strip()


def _message(
    conversation: Conversation,
    rule: Rule,
    text: QuickReplyText,
    body: str,
    cause: str,
    now: datetime,
) -> Message:
    content: dict[str, Any] = {"automatic": AUTOMATIC, "rule": rule.name}
    kind = Message.Kind.TEXT
    if text.buttons:
        kind = Message.Kind.BUTTONS
        titles = enumerate(text.buttons, 1)
        buttons = [{"id": f"button-{n}", "title": title} for n, title in titles]
        content |= {"buttons": buttons, "header": "", "footer": ""}
    return Message(
        conversation=conversation,
        channel=conversation.channel,
        direction=Message.Direction.OUT,
        kind=kind,
        status=Message.Status.QUEUED,
        origin=Message.Origin.AUTOMATIC,
        body=body,
        content=content,
        draft_key=key_of(conversation, rule, cause),
        at=queueing.place(conversation, now),
        due_at=now,
        created_at=now,
        changed_at=now,
    )
