"""How many free service messages of this month a number has used, as Meta counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from inbox.models import Channel, Message

WARN_AT = 0.8
# Counting reads a month of messages; the number need not be newer than this.
COUNTED_EVERY_SECONDS = 600
ENTRY_POINT = "free_entry_point"  # free on another account, whatever the month brings


@dataclass(frozen=True, slots=True)
class Allowance:
    used: int
    free: int

    @property
    def is_short(self) -> bool:
        return self.used >= self.free * WARN_AT

    @property
    def is_used_up(self) -> bool:
        return self.used >= self.free


def this_month(channels: Sequence[Channel], *, now: datetime) -> dict[int, Allowance]:
    """For each number, by its pk."""
    counted = _count([channel.pk for channel in channels], now)
    free = settings.FREE_SERVICE_MESSAGES
    return {channel.pk: Allowance(counted.get(channel.pk, 0), free) for channel in channels}


def _count(channel_ids: list[int], now: datetime) -> dict[int, int]:
    month = timezone.localtime(now, timezone.get_default_timezone()).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    key = f"service-allowance:{month:%Y-%m}:{'-'.join(map(str, sorted(channel_ids)))}"
    counted: dict[int, int] | None = cache.get(key)
    if counted is None:
        rows = (
            Message.objects.filter(
                channel_id__in=channel_ids,
                direction=Message.Direction.OUT,
                price_category="service",
                delivered_at__gte=month,
            )
            .exclude(price_type=ENTRY_POINT)
            .values_list("channel_id")
            .annotate(count=Count("pk"))
        )
        counted = dict(rows)
        cache.set(key, counted, COUNTED_EVERY_SECONDS)
    return counted
