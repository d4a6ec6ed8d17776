"""The rules for writing to a person. Pure: no database, no clock, no network, no settings.

Deny by default: what is not known to be allowed is refused.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

POLICY_VERSION = "1"
# Meta: 24 hours from the person's last message. We stop a minute earlier, because the
# message still has to travel.
SERVICE_WINDOW = timedelta(hours=24)
WINDOW_SAFETY = timedelta(seconds=60)


class MessageClass(enum.StrEnum):
    """What a message is for. Decides which rules it meets."""

    REPLY = "reply"  # free text or media, answering somebody who wrote
    UTILITY = "utility"  # an approved template about the person's own business with us
    MARKETING = "marketing"  # an approved template that sells something
    PROMOTION = "promotion"  # free text that sells something
    UNKNOWN = "unknown"


class Reason(enum.StrEnum):
    """Why the answer is what it is. Stable: stored, counted, and shown as a sentence."""

    OK = "OK"
    OUT_OF_WINDOW = "OUT_OF_WINDOW"
    NO_CONSENT = "NO_CONSENT"
    OBJECTED = "OBJECTED"
    CONTACT_BAN = "CONTACT_BAN"
    UNKNOWN_CLASS = "UNKNOWN_CLASS"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the rules need to know about one person at one of our numbers."""

    last_wrote_at: datetime | None = None
    objected_at: datetime | None = None  # no advertising any more ("STOP")
    banned_at: datetime | None = None  # nothing but answers any more ("STOP ALL")
    # WhatsApp said that the window which this message opened is closed, whatever we think.
    window_denied_for: datetime | None = None

    def window_is_open(self, now: datetime) -> bool:
        if self.last_wrote_at is None or self.last_wrote_at == self.window_denied_for:
            return False
        return now < self.last_wrote_at + SERVICE_WINDOW - WINDOW_SAFETY


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: Reason


ALLOWED = Verdict(True, Reason.OK)


def may_contact(standing: Standing, message_class: MessageClass, *, now: datetime) -> Verdict:
    """Say whether a message of this class may leave now, and why (not)."""
    match message_class:
        case MessageClass.REPLY:
            # Also for those who objected: support is never taken hostage.
            return ALLOWED if standing.window_is_open(now) else _refused(Reason.OUT_OF_WINDOW)
        case MessageClass.UTILITY:
            return _refused(Reason.CONTACT_BAN) if standing.banned_at else ALLOWED
        case MessageClass.MARKETING:
            return _may_advertise(standing)
        case MessageClass.PROMOTION:
            is_open = standing.window_is_open(now)
            return _may_advertise(standing) if is_open else _refused(Reason.OUT_OF_WINDOW)
    return _refused(Reason.UNKNOWN_CLASS)


def _may_advertise(standing: Standing) -> Verdict:
    if standing.banned_at:
        return _refused(Reason.CONTACT_BAN)
    return _refused(Reason.OBJECTED if standing.objected_at else Reason.NO_CONSENT)


def _refused(reason: Reason) -> Verdict:
    return Verdict(False, reason)
