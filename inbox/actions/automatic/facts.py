"""What the rules want to know of a conversation, read from the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max

from consent import gate
from consent.gate import MessageClass, Reason
from inbox.actions.automatic import notices
from inbox.actions.deliveries.classes import request_about
from inbox.automatic.rules import Facts, Kind
from inbox.models import AutomaticText, Conversation, Message
from inbox.models.automatic import SPEECHLESS
from inbox.quick_replies import plan_of

# Whatever follows so soon after an opt-out still belongs to it.
OPTING_OUT = timedelta(minutes=10)
LOOKED_AT = 10  # messages
Direction = Message.Direction


def gather(
    conversation: Conversation, texts: Iterable[AutomaticText], *, now: datetime
) -> Facts | None:
    """None: there is nothing that could be answered."""
    theirs = _theirs(conversation)
    if not theirs or conversation.automatic_due_at is None:
        return None
    newest = theirs[0]
    replied_at = _replied_at(conversation)
    earlier, last_ended_at = _earlier(conversation)
    return Facts(
        now=now,
        due_at=conversation.automatic_due_at,
        wrote_at=newest.at,
        heard_at=newest.created_at,
        opened_at=conversation.opened_at,
        waiting_since=conversation.waiting_since,
        replied_at=replied_at,
        is_known=bool(earlier or replied_at),
        last_ended_at=last_ended_at,
        is_blocked=conversation.contact.blocked_at is not None,
        is_closed=conversation.status == Conversation.Status.CLOSED,
        is_elsewhere=conversation.owned_elsewhere,
        opts_out=_says_so(theirs, now),
        has_opted_out=_has_opted_out(conversation, now),
        said=_said(conversation),
        is_informed=_is_informed(conversation, texts),
        plan=plan_of(conversation, "en"),
    )


def is_opting_out(conversation: Conversation, *, now: datetime) -> bool:
    """Whether they have just asked not to be written to."""
    return _says_so(_theirs(conversation), now)


def _theirs(conversation: Conversation) -> list[Message]:
    """The newest first."""
    said = Message.objects.filter(conversation=conversation, direction=Direction.IN)
    rows = said.exclude(kind__in=SPEECHLESS).only("at", "created_at", "body", "content")
    return list(rows.order_by("-at", "-id")[:LOOKED_AT])


def _says_so(theirs: list[Message], now: datetime) -> bool:
    return any(_opts_out(m) for m in theirs if m is theirs[0] or _is_new(m, now))


def _is_new(message: Message, now: datetime) -> bool:
    return now - message.at < OPTING_OUT


def _opts_out(message: Message) -> bool:
    texts = (message.body, message.content.get("payload", ""))
    return any(isinstance(text, str) and gate.wish_in(text) for text in texts)


def _replied_at(conversation: Conversation) -> datetime | None:
    ours = Message.objects.filter(conversation=conversation, direction=Direction.OUT)
    replies = ours.exclude(status=Message.Status.FAILED).exclude(
        origin=Message.Origin.AUTOMATIC
    )
    said = replies.exclude(kind=Message.Kind.REACTION).order_by("-at", "-id")
    return said.values_list("at", flat=True).first()


def _said(conversation: Conversation) -> frozenset[Kind]:
    automatic = Message.objects.filter(
        conversation=conversation, origin=Message.Origin.AUTOMATIC
    )
    contents = automatic.values_list("content", flat=True)
    words = {content.get("automatic") for content in contents}
    return frozenset(kind for kind in Kind if kind in words and kind != Kind.PRIVACY)


def _earlier(conversation: Conversation) -> tuple[int, datetime | None]:
    """How many other conversations with this person the number had, and the last one's end."""
    others = Conversation.objects.filter(
        contact=conversation.contact_id, channel=conversation.channel_id
    ).exclude(pk=conversation.pk)
    found = others.aggregate(count=Count("pk"), ended=Max("closed_at"))
    return found["count"], found["ended"]


def _has_opted_out(conversation: Conversation, now: datetime) -> bool:
    """By what the gate would say to advertising; only those who refused are told apart."""
    verdict = gate.ask(request_about(conversation, MessageClass.MARKETING), now=now)
    return verdict.reason in {Reason.OBJECTED, Reason.CONTACT_BAN}


def _is_informed(conversation: Conversation, texts: Iterable[AutomaticText]) -> bool:
    notice = next((text for text in texts if text.kind == Kind.PRIVACY), None)
    return notice is None or notices.was_given(notice, conversation.contact)
