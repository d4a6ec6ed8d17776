"""Claiming what may leave now: the first message of each conversation, gate and rates willing.

One transaction, no call to the outside. What it claims nobody else claims; what somebody else
holds at this moment it passes over, and comes back for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from consent import gate
from inbox import failures
from inbox.actions.deliveries import classes, endings, lanes, rates
from inbox.models import Channel, Conversation, Message, Template

# A claimed message nobody spoke of for this long belongs to a worker that died.
PATIENCE = timedelta(seconds=90)
# Rows that somebody else holds are free again after one short transaction.
HELD = timedelta(milliseconds=50)
Status = Message.Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message with all that is needed to call it out, and no database."""

    message: Message
    channel: Channel
    template: Template | None


@dataclass(frozen=True, slots=True)
class Claim:
    parcels: Sequence[Parcel] = ()
    # Nothing to claim now: when it is worth coming back. None: not before somebody writes.
    next_at: datetime | None = None


NOTHING = Claim()


def claim(channel_id: int, *, now: datetime, room: int) -> Claim:
    """Mark what leaves now as SENDING. ``room``: how many calls can be made at once."""
    if lanes.are_empty(channel_id):
        return NOTHING  # most rounds end here, without a lock
    with transaction.atomic():
        channel = Channel.objects.select_for_update(no_key=True).get(pk=channel_id)
        return _claim(channel, now, room) if _is_open(channel, now) else NOTHING


def keep(parcels: Iterable[Parcel], *, now: datetime) -> None:
    """These are still being called out; a large file takes its time."""
    sending = Message.objects.filter(status=Status.SENDING)
    sending.filter(pk__in=[p.message.pk for p in parcels]).update(due_at=now + PATIENCE)


def _is_open(channel: Channel, now: datetime) -> bool:
    restricted_until = channel.replies_restricted_until
    is_restricted = restricted_until is not None and now < restricted_until
    return not (channel.is_circuit_open or channel.retired_at or is_restricted)


def _claim(channel: Channel, now: datetime, room: int) -> Claim:
    heads = lanes.heads(channel.pk, now)
    bucket = rates.of_number(channel, now)
    if not heads:
        return Claim(next_at=lanes.next_due(channel.pk, now))
    if bucket.whole < 1:
        return Claim(next_at=now + bucket.wait)
    conversations = _hold(heads, channel)
    pairs = {pk: rates.of_pair(c, now) for pk, c in conversations.items()}
    ready = [conversations[pk] for pk, pair in pairs.items() if pair.whole >= 1]
    messages = _load(heads, ready, limit=min(room, bucket.whole))
    free = _whose_people_are_free(messages)
    parcels = _decide(free, channel, now)
    if parcels:
        _take_tokens(parcels, bucket, pairs, now)
        return Claim(parcels)  # whoever claimed something comes back anyway
    passed_over = len(conversations) < len(heads) or len(free) < len(messages)
    return Claim(next_at=_next_at(channel, pairs, now, refused=bool(free), held=passed_over))


def _next_at(
    channel: Channel,
    pairs: Mapping[int, rates.Bucket],
    now: datetime,
    *,
    refused: bool,
    held: bool,
) -> datetime | None:
    if refused:
        return now  # the gate held some back, and others stand behind them
    moments = [now + pair.wait for pair in pairs.values() if pair.whole < 1]
    if held:
        moments.append(now + HELD)
    if later := lanes.next_due(channel.pk, now):
        moments.append(later)
    return min(moments, default=None)


def _hold(due: Iterable[int], channel: Channel) -> dict[int, Conversation]:
    rows = Conversation.objects.select_for_update(
        no_key=True, skip_locked=True, of=("self",)
    ).select_related("contact")
    conversations = list(rows.filter(pk__in=list(due)).order_by("pk"))
    for conversation in conversations:
        conversation.channel = channel
    return {conversation.pk: conversation for conversation in conversations}


def _load(
    heads: Mapping[int, int], ready: Sequence[Conversation], *, limit: int
) -> list[Message]:
    """Read again now that the lanes are held: somebody may have taken a message back."""
    rows = Message.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    rows = rows.select_related("quoted").prefetch_related("attachments")
    wanted = {heads[c.pk]: c for c in ready}
    due = rows.filter(pk__in=list(wanted), status=Status.QUEUED).order_by("due_at", "pk")
    messages = list(due[:limit])
    for message in messages:
        message.conversation = wanted[message.pk]
    return messages


def _whose_people_are_free(messages: Sequence[Message]) -> list[Message]:
    held = gate.hold({_subject(message) for message in messages})
    return [message for message in messages if _subject(message) in held]


def _subject(message: Message) -> UUID:
    subject: UUID = message.conversation.contact.consent_subject
    return subject


def _decide(messages: Sequence[Message], channel: Channel, now: datetime) -> list[Parcel]:
    """Ask the gate once more, and store what it says with each message."""
    templates = classes.templates_of(messages, channel)
    parcels = [Parcel(m, channel, classes.template_of(m, templates)) for m in messages]
    requests = [
        classes.request_about(p.message.conversation, classes.class_of(p.message, p.template))
        for p in parcels
    ]
    leaving = []
    for parcel, decision in zip(parcels, gate.decide(requests, now=now), strict=True):
        parcel.message.decision = decision
        if reason := _refusal(parcel.message):
            _refuse(parcel.message, reason)
        else:
            leaving.append(parcel)
    _mark_sending([parcel.message for parcel in leaving], now)
    return leaving


def _refusal(message: Message) -> str:
    if message.conversation.contact.blocked_at:
        return failures.BLOCKED
    decision = message.decision
    return "" if decision is None or decision.allowed else str(decision.reason)


def _refuse(message: Message, reason: str) -> None:
    message.save(update_fields=["decision"])
    endings.fail(message, reason)
    endings.follow(message)


def _mark_sending(messages: Sequence[Message], now: datetime) -> None:
    # One by one: for the few of a claim, one statement over all takes longer to be made.
    for message in messages:
        message.status = Status.SENDING
        message.claimed_at = message.changed_at = now
        message.due_at = now + PATIENCE
        message.attempts += 1
        message.failure_class = message.failure_detail = ""
        message.failure_code = None
        message.save(
            update_fields=[
                *("status", "claimed_at", "changed_at", "due_at", "attempts", "decision"),
                *("failure_class", "failure_code", "failure_detail"),
            ]
        )


def _take_tokens(
    parcels: Sequence[Parcel],
    bucket: rates.Bucket,
    pairs: dict[int, rates.Bucket],
    now: datetime,
) -> None:
    channel = parcels[0].channel
    channel.rate_tokens = bucket.tokens - len(parcels)
    channel.rate_refilled_at = now
    channel.save(update_fields=["rate_tokens", "rate_refilled_at"])
    for parcel in parcels:
        conversation = parcel.message.conversation
        conversation.pair_tokens = pairs[conversation.pk].tokens - 1
        conversation.pair_refilled_at = now
        conversation.save(update_fields=["pair_tokens", "pair_refilled_at"])
