"""When the conversations of somebody who is not there go back to the queue. Knows no table."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# Whoever has the desk open is seen at least every minute; unseen for so long they have gone,
# even if nobody was left to say so.
SEEN_WITHIN = timedelta(minutes=3)
NEVER_HERE = datetime.min.replace(tzinfo=UTC)


class Why(enum.StrEnum):
    AWAY = "away"
    OFFLINE = "offline"
    LOCKED_OUT = "locked_out"


@dataclass(frozen=True, slots=True)
class Attendance:
    """How an agent is there, as it is stored."""

    presence: str
    absent_since: datetime | None
    last_seen_at: datetime | None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """What a number says about absence; ``after`` None: nothing goes back."""

    after: timedelta | None = None
    takes_all: bool = False  # also where no customer waits


@dataclass(frozen=True, slots=True)
class Held:
    """An open conversation that somebody has."""

    assigned_at: datetime | None
    is_waited_in: bool


def is_here(one: Attendance, *, now: datetime) -> bool:
    """Online, in a browser that is open now."""
    seen = one.last_seen_at is not None and now - one.last_seen_at <= SEEN_WITHIN
    return one.is_active and one.presence == "online" and seen


def absent_since(one: Attendance, *, now: datetime) -> datetime | None:
    """None while they are here."""
    if is_here(one, now=now):
        return None
    if one.presence == "online":
        return one.last_seen_at or now
    return one.absent_since or one.last_seen_at or NEVER_HERE


def goes_back(one: Attendance, held: Held, rule: Rule, *, now: datetime) -> Why | None:
    """Why it goes back to the queue now; None: it stays.

    What somebody was given while they were absent stays with them for as long, too: whoever
    gave it to them knew.
    """
    if not one.is_active:
        return Why.LOCKED_OUT
    since = absent_since(one, now=now)
    if since is None or rule.after is None or not (rule.takes_all or held.is_waited_in):
        return None
    begins = max(since, held.assigned_at) if held.assigned_at else since
    if now < begins + rule.after:
        return None
    return Why.AWAY if one.presence == "away" else Why.OFFLINE
