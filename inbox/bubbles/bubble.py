"""What a message looks like: all that its list item shows."""

from __future__ import annotations

from typing import TypedDict

from django.utils.safestring import SafeString

from inbox.bubbles.files import File
from inbox.bubbles.parts import Part, Referral
from inbox.bubbles.quotes import Quote
from inbox.stencils import Word


class ReactionShown(TypedDict):
    emoji: str
    by: str


class Failure(TypedDict):
    uncertain: bool
    sentence: str
    can_resend: bool


class Bubble(TypedDict, total=False):
    """What ``inbox/_message.html`` shows; only what there is. Texts are escaped there."""

    pk: str
    code: str
    order: str
    direction: str
    status: str
    kind: str
    draft_key: str
    big: bool
    moment: str
    clock: str
    sentence: str  # of an event
    speaker: str
    author: str
    forwarded: str
    referral: Referral
    quote: Quote
    fragment: Word
    files: list[File]
    part: Part
    text: SafeString
    revoked: str
    may_see_revoked: bool
    raw: str
    remark: str
    edited: bool
    is_ours: bool
    failure: Failure
    reactions: list[ReactionShown]
