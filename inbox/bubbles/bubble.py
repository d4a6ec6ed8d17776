"""What a message looks like: all that its list item shows."""

from __future__ import annotations

from typing import TypedDict

from django.utils.safestring import SafeString

from inbox.bubbles.day_lines import DayLine
from inbox.bubbles.files import File
from inbox.bubbles.parts import Part, Referral
from inbox.bubbles.quotes import Quote


class ReactionShown(TypedDict):
    emoji: str
    by: str


class Bubble(TypedDict):
    """What ``inbox/_message.html`` shows. Every key is there: a missing one costs time."""

    attributes: SafeString
    lines: bool  # whether there is a line above it: a new day, or the first unread
    day: DayLine | None
    unread: str  # the place of the line "New"
    sentence: str  # of an event
    speaker: str
    author: str
    extras: bool  # whether there is any of the next three
    forwarded: str
    referral: Referral | None
    quote: Quote | None
    fragment: str
    files: list[File]
    part: Part
    text: SafeString
    revoked: str
    may_see_revoked: bool
    remark: str
    edited: bool
    time: SafeString
    ticks: SafeString
    troubled: bool
    uncertain: bool
    failure: str
    can_resend: bool
    reactions: list[ReactionShown]
    raw: str
    plain: SafeString  # all of it, where it is a plain text


NOTHING = SafeString("")
EMPTY = Bubble(
    attributes=NOTHING,
    lines=False,
    day=None,
    unread="",
    sentence="",
    speaker="",
    author="",
    extras=False,
    forwarded="",
    referral=None,
    quote=None,
    fragment="",
    files=[],
    part={},
    text=NOTHING,
    revoked="",
    may_see_revoked=False,
    remark="",
    edited=False,
    time=NOTHING,
    ticks=NOTHING,
    troubled=False,
    uncertain=False,
    failure="",
    can_resend=False,
    reactions=[],
    raw="",
    plain=NOTHING,
)
