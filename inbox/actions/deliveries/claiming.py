"""Claiming what may leave now: the first message of each conversation, gate and rates willing.

One transaction, no call to the outside. What it claims nobody else claims; what somebody else
holds at this moment it passes over, and comes back for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from consent import gate
from inbox import failures
from inbox.actions import bulk
from inbox.actions.deliveries import classes, endings, lanes, rates
from inbox.models import Attachment, Channel, Message, Template
from inbox.prepared import PreparedRows, in_places, places

# A claimed message nobody spoke of for this long belongs to a worker that died.
PATIENCE = timedelta(seconds=90)
# Rows that somebody else holds are free again after one short transaction.
HELD = timedelta(milliseconds=50)
FEW = 16  # lanes that are due at once, mostly
WANTED = -1  # stands for the number (inbox.prepared)
Status = Message.Status


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message with all that is needed to call it out, and no database."""

    message: Message
    channel: Channel
    template: Template | None
    attachment: Attachment | None


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
        [channel] = _number().ask({WANTED: channel_id})
        return _claim(channel, now, room) if _is_open(channel, now) else NOTHING


def keep(parcels: Iterable[Parcel], *, now: datetime) -> None:
    """These are still being called out; a large file takes its time."""
    sending = Message.objects.filter(status=Status.SENDING)
    sending.filter(pk__in=[p.message.pk for p in parcels]).update(due_at=now + PATIENCE)


@cache
def _number() -> PreparedRows[Channel]:
    rows = Channel.objects.select_for_update(no_key=True)
    return PreparedRows(rows.filter(pk=WANTED).order_by())


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
    held = _hold(heads, channel)
    pairs = {m.pk: rates.of_pair(m.conversation, now) for m in held}
    ready = [m for m in held if pairs[m.pk].whole >= 1]
    parcels = _parcels(ready[: min(room, bucket.whole)], channel)
    decided = _decide(parcels, now)
    if leaving := [parcel for parcel in decided if not _is_refused(parcel.message)]:
        _take_tokens(leaving, bucket, pairs, now)
        _mark_sending([parcel.message for parcel in leaving], now)
        return Claim(leaving)  # whoever claimed something comes back anyway
    passed_over = len(held) < len(heads) or len(decided) < len(parcels)
    moments = [now + pair.wait for pair in pairs.values() if pair.whole < 1]
    return Claim(next_at=_next_at(channel, moments, now, refused=decided, held=passed_over))


def _next_at(
    channel: Channel,
    moments: list[datetime],
    now: datetime,
    *,
    refused: Sequence[Parcel],
    held: bool,
) -> datetime | None:
    if refused:
        return now  # the gate held some back, and others stand behind them
    if held:
        moments.append(now + HELD)
    if later := lanes.next_due(channel.pk, now):
        moments.append(later)
    return min(moments, default=None)


def _hold(heads: Sequence[int], channel: Channel) -> list[Message]:
    """These messages and their conversations, who waits longest first.

    Read as they are now that they are held: somebody may have taken one back.
    """
    most = FEW if len(heads) <= FEW else lanes.WIDTH
    messages = _queued(most).ask(in_places(heads, most))
    for message in messages:
        message.channel = message.conversation.channel = channel
    return messages


@cache
def _queued(most: int) -> PreparedRows[Message]:
    rows = Message.objects.select_for_update(
        no_key=True, skip_locked=True, of=("self", "conversation")
    )
    rows = rows.select_related("conversation__contact", "quoted")
    return PreparedRows(
        rows.filter(pk__in=places(most), status=Status.QUEUED).order_by("due_at", "pk")
    )


def _parcels(messages: Sequence[Message], channel: Channel) -> list[Parcel]:
    templates = classes.templates_of(messages, channel)
    files = classes.files_of(messages)
    return [
        Parcel(m, channel, classes.template_of(m, templates), files.get(m.pk)) for m in messages
    ]


def _decide(parcels: Sequence[Parcel], now: datetime) -> list[Parcel]:
    """Ask the gate once more. Those whose person is held by somebody else are left out."""
    requests = [
        classes.request_about(p.message.conversation, classes.class_of(p.message, p.template))
        for p in parcels
    ]
    decided = []
    for parcel, decision in zip(parcels, gate.decide(requests, now=now), strict=True):
        if decision is not None:
            parcel.message.decision = decision  # stored with it, whatever comes of it
            decided.append(parcel)
    return decided


def _is_refused(message: Message) -> bool:
    if reason := _refusal(message):
        message.save(update_fields=["decision"])
        endings.fail(message, reason)
        endings.follow(message)
    return bool(reason)


def _refusal(message: Message) -> str:
    if message.conversation.contact.blocked_at:
        return failures.BLOCKED
    decision = message.decision
    return "" if decision is None or decision.allowed else str(decision.reason)


def _mark_sending(messages: Sequence[Message], now: datetime) -> None:
    for message in messages:
        message.status = Status.SENDING
        message.claimed_at = message.changed_at = now
        message.due_at = now + PATIENCE
        message.attempts += 1
        message.failure_class = message.failure_detail = ""
        message.failure_code = None
    bulk.write(
        messages,
        [
            *("status", "claimed_at", "changed_at", "due_at", "attempts", "decision"),
            *("failure_class", "failure_code", "failure_detail"),
        ],
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
    for parcel in parcels:
        conversation = parcel.message.conversation
        conversation.pair_tokens = pairs[parcel.message.pk].tokens - 1
        conversation.pair_refilled_at = now
    bulk.write([channel], ["rate_tokens", "rate_refilled_at"])
    conversations = [parcel.message.conversation for parcel in parcels]
    bulk.write(conversations, ["pair_tokens", "pair_refilled_at"])
