"""How fast we may write: a bucket of tokens for each number and for each person. Pure, but for
the pace of a throttled number, which is remembered in the cache: forgetting it costs little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from inbox.models import Channel, Conversation

# Meta: one message in 6 seconds to the same person; a burst is borrowed from the future.
PAIR_BURST = 5
PAIR_PER_SECOND = 1 / 6
# After a throttling the pace is halved, and comes back in this time.
RECOVERY = timedelta(minutes=10)
# Many calls in flight are throttled together: that counts once.
ONCE_WITHIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Bucket:
    tokens: float
    per_second: float

    @property
    def whole(self) -> int:
        # A hair below a whole number is the arithmetic of floats.
        return math.floor(self.tokens + 1e-6)

    @property
    def wait(self) -> timedelta:
        """Until there is a token."""
        if self.whole >= 1:
            return timedelta()
        return timedelta(seconds=(1 - self.tokens) / self.per_second)


def of_pair(conversation: Conversation, now: datetime) -> Bucket:
    return _refilled(
        conversation.pair_tokens,
        now - conversation.pair_refilled_at,
        per_second=PAIR_PER_SECOND,
        capacity=PAIR_BURST,
    )


def of_number(channel: Channel, now: datetime) -> Bucket:
    """Holds at most what may leave in one second."""
    pace = pace_of(channel, now)
    return _refilled(
        channel.rate_tokens, now - channel.rate_refilled_at, per_second=pace, capacity=pace
    )


def _refilled(tokens: float, since: timedelta, *, per_second: float, capacity: float) -> Bucket:
    grown = tokens + max(since.total_seconds(), 0) * per_second
    return Bucket(min(grown, capacity), per_second)


def pace_of(channel: Channel, now: datetime) -> float:
    """Messages a second: the number's own, or less while it recovers."""
    full = float(max(channel.messages_per_second, 1))
    lowered = cache.get(_key(channel))
    if lowered is None:
        return full
    pace, since = lowered
    grown = full * ((now - since) / RECOVERY)
    return float(min(max(pace + grown, 1), full))


def halve(channel: Channel, now: datetime) -> None:
    """WhatsApp said that we are too fast."""
    lowered = cache.get(_key(channel))
    if lowered is not None and now - lowered[1] < ONCE_WITHIN:
        return
    pace = max(pace_of(channel, now) / 2, 1)
    cache.set(_key(channel), (pace, now), RECOVERY.total_seconds())


def _key(channel: Channel) -> str:
    return f"pace-{channel.pk}"
