"""A row of the list in words: what was last said, since when they wait, how long we may answer.

Pure, so that the same row need not be drawn twice (inbox.views.rows).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox.models import Conversation, Message
from inbox.models.conversation import WINDOW_SAFETY

LONG_WAIT = timedelta(hours=1)
SHORT_WINDOW = timedelta(hours=2)
REMEMBERED = 4096  # words of one sort, in all languages

# Kinds that look like text say nothing more; the others show an icon, and their word when
# there is no caption.
ICONS: dict[str, str] = {
    Message.Kind.IMAGE: "image",
    Message.Kind.VIDEO: "video",
    Message.Kind.AUDIO: "music",
    Message.Kind.VOICE: "microphone",
    Message.Kind.DOCUMENT: "file",
    Message.Kind.STICKER: "sticker",
    Message.Kind.LOCATION: "location",
    Message.Kind.CONTACTS: "card",
    Message.Kind.BUTTONS: "buttons",
    Message.Kind.LIST: "list",
    Message.Kind.LINK_BUTTON: "link",
    Message.Kind.REQUEST: "question",
    Message.Kind.TEMPLATE: "template",
    Message.Kind.BUTTON_REPLY: "reply",
    Message.Kind.FLOW_REPLY: "form",
    Message.Kind.ORDER: "cart",
    Message.Kind.CALL_PERMISSION: "phone",
    Message.Kind.PENDING_FILE: "file",
    Message.Kind.UNSUPPORTED: "question",
    Message.Kind.UNKNOWN: "question",
    Message.Kind.NOTE: "note",
}
TICKS: dict[str, str] = {
    Message.Status.QUEUED: "clock",
    Message.Status.SENDING: "clock",
    Message.Status.UNCERTAIN: "question",
    Message.Status.SENT: "tick",
    Message.Status.DELIVERED: "ticks",
    Message.Status.READ: "ticks",
    Message.Status.PLAYED: "ticks",
    Message.Status.FAILED: "alert",
}


@dataclass(frozen=True, slots=True)
class Preview:
    text: str
    icon: str = ""
    tick: str = ""
    status: str = ""
    status_word: str = ""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A text that goes on ticking in the browser, counted from or to a moment."""

    moment: datetime
    text: str
    is_urgent: bool = False


def preview(*, kind: str, direction: str, status: str, text: str) -> Preview:
    word, icon = text or _kind_word(kind, get_language()), ICONS.get(kind, "")
    if direction != Message.Direction.OUT or status not in TICKS:
        return Preview(word, icon)
    return Preview(word, icon, TICKS[status], status, _status_word(status, get_language()))


def waiting(since: datetime | None, *, now: datetime) -> Countdown | None:
    if since is None:
        return None
    waited = now - since
    return Countdown(since, _waits(_minutes(waited), get_language()), waited >= LONG_WAIT)


def window(expires_at: datetime | None, *, now: datetime) -> Countdown | None:
    """How long we may still answer; None when there never was a window."""
    if expires_at is None:
        return None
    end = expires_at - WINDOW_SAFETY
    left = end - now
    if left <= timedelta():
        return Countdown(end, _("window closed"))
    is_urgent = left < SHORT_WINDOW
    return Countdown(end, _left(_minutes(left), is_urgent, get_language()), is_urgent)


def _minutes(time: timedelta) -> int:
    return max(0, int(time.total_seconds()) // 60)


# Words that many rows share: finding a translation takes longer than all else of a row's
# times. The language is that of now; it is here so that each has its own.


@lru_cache(maxsize=REMEMBERED)
def _waits(minutes: int, language: str | None) -> str:
    return _("waits %(time)s") % {"time": _span(minutes)}


@lru_cache(maxsize=REMEMBERED)
def _left(minutes: int, is_urgent: bool, language: str | None) -> str:
    time = _span(minutes)
    return _("%(time)s left") % {"time": time} if is_urgent else time


def _span(minutes: int) -> str:
    """``48 min``, ``1 h 12``, ``3 d``. static/js/countdowns.js says the same."""
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        return _("%(hours)d h %(minutes)02d") % {
            "hours": minutes // 60,
            "minutes": minutes % 60,
        }
    return _("%(days)d d") % {"days": minutes // 1440}


@lru_cache(maxsize=REMEMBERED)
def _kind_word(kind: str, language: str | None) -> str:
    return str(Message.Kind(kind).label) if kind in set(Message.Kind) else ""


@lru_cache(maxsize=REMEMBERED)
def _status_word(status: str, language: str | None) -> str:
    return str(Message.Status(status).label)


def priority_name(priority: int) -> str:
    """ "" for normal, which needs no mark."""
    if priority == Conversation.Priority.NORMAL:
        return ""
    return str(Conversation.Priority(priority).label)
