"""Which automatic text answers a customer's message, if any, and why. Pure: no clock either.

Asked when a message has come, and again at ``again_at``, when somebody may have waited too
long. Outside the opening hours it is more useful to hear when we are back than to be greeted,
so that text goes first.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.hours.plan import Plan
from inbox.hours.reckoning import after_open_time, is_open, next_opening

# Whoever gets an answer this long after writing, or after a standstill of ours, would wonder.
LATE = timedelta(minutes=10)
# So soon after an answer of a person's somebody is still there.
RECENT_REPLY = timedelta(minutes=30)
# What comes this soon after the conversation began is still its beginning.
BEGINNING = timedelta(minutes=10)


class Kind(enum.StrEnum):
    GREETING = "greeting"
    RETURNING = "returning"
    AWAY = "away"
    BUSY = "busy"
    PRIVACY = "privacy"


class Reason(enum.StrEnum):
    """Why this text, or why none."""

    FIRST_MESSAGE = "first message"
    LONG_AGO = "long ago"
    CLOSED_NOW = "closed now"
    NOBODY_ANSWERED = "nobody answered"
    NOT_INFORMED_YET = "not informed yet"

    BLOCKED = "blocked"
    CASE_CLOSED = "case closed"
    OTHER_APP = "other app"
    OPTS_OUT = "opts out"
    CAME_LATE = "came late"
    RECENT_REPLY = "recent reply"
    SAID_BEFORE = "said before"
    NOTHING_FITS = "nothing fits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the rules need to know about one conversation at one moment."""

    now: datetime
    due_at: datetime  # since when an answer is due
    wrote_at: datetime  # the customer's newest message
    heard_at: datetime  # when we heard of it
    opened_at: datetime
    waiting_since: datetime | None = None
    replied_at: datetime | None = None  # by a person, here or elsewhere
    is_known: bool = False  # there were conversations before, or we wrote first
    last_ended_at: datetime | None = None
    is_blocked: bool = False
    is_closed: bool = False
    is_elsewhere: bool = False  # another app answers this person
    opts_out: bool = False  # with what they have just written
    has_opted_out: bool = False  # at any time
    said: frozenset[Kind] = frozenset()
    is_informed: bool = False  # has the privacy notice of today
    plan: Plan | None = None  # None: somebody is always there


# Texts that are switched on, each with its days (RETURNING) or minutes (BUSY).
Switched = Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind | None
    reason: Reason
    with_notice: bool = False  # the privacy notice goes below the text
    again_at: datetime | None = None


def decide(facts: Facts, switched: Switched) -> Verdict:
    if refusal := _never(facts):
        return Verdict(None, refusal)
    busy_at = _busy_at(facts, switched)
    later = busy_at if busy_at and busy_at > facts.now else None
    if facts.now - facts.due_at > LATE:
        return Verdict(None, Reason.CAME_LATE, again_at=later)
    if facts.replied_at and facts.now - facts.replied_at < RECENT_REPLY:
        return Verdict(None, Reason.RECENT_REPLY, again_at=later)
    kind, reason = _fitting(facts, switched)
    if kind is None and busy_at and later is None:
        return Verdict(Kind.BUSY, Reason.NOBODY_ANSWERED)
    if not _lacks_notice(facts, switched):
        return Verdict(kind, reason, again_at=later)
    if kind is None:
        return Verdict(Kind.PRIVACY, Reason.NOT_INFORMED_YET, again_at=later)
    return Verdict(kind, reason, with_notice=True, again_at=later)


def _never(facts: Facts) -> Reason | None:
    if facts.is_blocked:
        return Reason.BLOCKED
    if facts.is_closed:
        return Reason.CASE_CLOSED
    if facts.is_elsewhere:
        return Reason.OTHER_APP
    return Reason.OPTS_OUT if facts.opts_out else None


def _fitting(facts: Facts, switched: Switched) -> tuple[Kind | None, Reason]:
    """Of the texts that answer a message at once."""
    if not _is_fresh(facts):
        return None, Reason.CAME_LATE
    if Kind.AWAY in switched and facts.plan and not is_open(facts.plan, facts.now):
        if Kind.AWAY in facts.said:
            return None, Reason.SAID_BEFORE
        return Kind.AWAY, Reason.CLOSED_NOW
    kind, reason = _welcome(facts, switched)
    if kind and facts.said:
        return None, Reason.SAID_BEFORE
    return kind, reason


def _welcome(facts: Facts, switched: Switched) -> tuple[Kind | None, Reason]:
    """Courtesies: never for those who asked us to write less."""
    if facts.has_opted_out or facts.wrote_at - facts.opened_at > BEGINNING:
        return None, Reason.NOTHING_FITS
    if Kind.GREETING in switched and not facts.is_known:
        return Kind.GREETING, Reason.FIRST_MESSAGE
    if Kind.RETURNING in switched and facts.last_ended_at:
        days = timedelta(days=switched[Kind.RETURNING])
        if facts.wrote_at - facts.last_ended_at > days:
            return Kind.RETURNING, Reason.LONG_AGO
    return None, Reason.NOTHING_FITS


def _lacks_notice(facts: Facts, switched: Switched) -> bool:
    return Kind.PRIVACY in switched and not facts.is_informed and _is_fresh(facts)


def _is_fresh(facts: Facts) -> bool:
    """Neither told late (imported, or after a standstill), nor long lying here."""
    return facts.heard_at - facts.wrote_at <= LATE and facts.now - facts.wrote_at <= LATE


def _busy_at(facts: Facts, switched: Switched) -> datetime | None:
    """When the customer has waited long enough to be told so; not later than ``now`` where
    that is already so. None: it will not be said."""
    if Kind.BUSY not in switched or Kind.BUSY in facts.said or facts.waiting_since is None:
        return None
    if facts.heard_at - facts.wrote_at > LATE:
        return None
    plan, wait = facts.plan, timedelta(minutes=switched[Kind.BUSY])
    since = facts.waiting_since
    at = after_open_time(plan, since, wait) if plan else since + wait
    if at is None:
        return None
    if facts.replied_at:
        at = max(at, facts.replied_at + RECENT_REPLY)
    at = max(at, facts.now)
    return at if plan is None or is_open(plan, at) else next_opening(plan, at)
