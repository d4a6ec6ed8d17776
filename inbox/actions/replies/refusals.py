"""Whether we may write to somebody at all, before looking at what is to be said."""

from __future__ import annotations

from datetime import datetime

from consent import gate
from consent.gate import MessageClass
from inbox import failures
from inbox.actions import conversations
from inbox.actions.deliveries.classes import class_of, request_about
from inbox.models import Agent, Channel, Conversation, Message, Template
from inbox.whatsapp import NotSendable


def refusal_for(conversation: Conversation, *, now: datetime) -> gate.Verdict:
    """Whether a free reply is possible now: what the composer shows."""
    return gate.ask(request_about(conversation, MessageClass.REPLY), now=now)


def advertising_refusal(conversation: Conversation, *, now: datetime) -> str:
    """Why free text that sells something may not be sent now; "" when it may."""
    verdict = gate.ask(request_about(conversation, MessageClass.PROMOTION), now=now)
    return "" if verdict.allowed else str(gate.sentence_for(verdict.reason))


def require_possible(message: Message, template: Template | None, *, now: datetime) -> None:
    """Raise ``NotSendable`` or ``gate.NotAllowed`` when this may not be queued now."""
    conversation = message.conversation
    if conversation.contact.blocked_at:
        raise NotSendable("contact", failures.sentence_of(failures.BLOCKED))
    _require_number(conversation.channel, now)
    gate.require(request_about(conversation, class_of(message, template)), now=now)
    _require_not_restricted(conversation, now)


def _require_number(channel: Channel, now: datetime) -> None:
    if channel.retired_at:
        raise NotSendable("channel", failures.sentence_of(failures.RETIRED))
    until = channel.replies_restricted_until
    if until and now < until:
        raise NotSendable("channel", failures.sentence_of(failures.RESTRICTED))


def _require_not_restricted(conversation: Conversation, now: datetime) -> None:
    """Meta may forbid us to start: then only those who wrote within a day can be reached."""
    until = conversation.channel.business_initiated_restricted_until
    if until and now < until and not conversation.window_is_open(now):
        raise NotSendable("channel", failures.sentence_of(failures.RESTRICTED))


def require_open_case(conversation: Conversation, *, by: Agent) -> None:
    """Answering in a closed case opens it again, unless a newer one is open."""
    if conversation.status != Conversation.Status.CLOSED:
        return
    try:
        conversations.reopen(conversation, by=by)
    except conversations.NotPossible as exc:
        raise NotSendable("conversation", str(exc)) from exc
