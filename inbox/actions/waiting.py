"""Who waits for us: put right again when an answer turns out not to have left."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, QuerySet

from inbox.models import Conversation, Message

Direction = Message.Direction


def restore(conversation: Conversation) -> None:
    """The customer waits since their first message that nothing of ours has answered."""
    since = _first_unanswered(conversation)
    if conversation.status == Conversation.Status.CLOSED or since is None:
        return
    conversation.waiting_since = since
    conversation.queued_at = since
    conversation.save(update_fields=["waiting_since", "queued_at"])


def _first_unanswered(conversation: Conversation) -> datetime | None:
    said = Message.objects.filter(conversation=conversation)
    answered = _answers(said).order_by("-at", "-id").values_list("at", flat=True).first()
    theirs = said.filter(direction=Direction.IN)
    if answered:
        theirs = theirs.filter(at__gt=answered)
    first: datetime | None = theirs.aggregate(first=Min("at"))["first"]
    return first


def _answers(said: QuerySet[Message]) -> QuerySet[Message]:
    ours = said.filter(direction=Direction.OUT).exclude(status=Message.Status.FAILED)
    return ours.exclude(kind=Message.Kind.REACTION).exclude(origin=Message.Origin.AUTOMATIC)
