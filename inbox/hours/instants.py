"""Wall clock times of a place, and the instants they are.

Twice a year a clock time exists twice or not at all. What opens then opens at the first
instant at which the clock shows that time or a later one; what closes, closes at the last
such instant, so that the hour that comes twice is open as a whole.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60


def opening(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which something opens ``minute`` minutes after midnight."""
    return _instant(day, minute, zone, fold=0)


def closing(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """``minute`` may lie in the next day: 1440 is midnight, 1800 six in the morning."""
    return _instant(day, minute, zone, fold=1)


def _instant(day: date, minute: int, zone: ZoneInfo, *, fold: int) -> datetime:
    later, of_day = divmod(minute, MINUTES_A_DAY)
    clock = time(of_day // 60, of_day % 60, fold=fold)
    local = datetime.combine(day + timedelta(days=later), clock, tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(fold=fold) == local:
        return instant
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The clock jumps over this time: the instant of the jump."""
    instant = local.replace(fold=1).astimezone(UTC)
    offset = instant.astimezone(zone).utcoffset()
    while instant.astimezone(zone).utcoffset() == offset:
        instant += MINUTE
    return instant
