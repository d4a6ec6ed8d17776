"""From rows to bubbles: one dictionary each, so that the template only has to place them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from inbox import failures
from inbox.bubbles.day_lines import DayLine, day_line
from inbox.bubbles.files import File, file_of
from inbox.bubbles.parts import PARTS, Part, Referral, referral_of
from inbox.bubbles.quotes import Quote, quote_of
from inbox.bubbles.surroundings import Surroundings, surroundings_of
from inbox.bubbles.text import is_emoji_only, to_html
from inbox.bubbles.ticks import ticks
from inbox.models import Agent, Conversation, Message
from inbox.templatetags.timeline import sentence_of
from inbox.thread_paging import key_of

Kind, Status, Direction, Origin = (
    Message.Kind,
    Message.Status,
    Message.Direction,
    Message.Origin,
)

FRAGMENTS: dict[str, str] = {
    Kind.IMAGE: "inbox/_bubble_files.html",
    Kind.VIDEO: "inbox/_bubble_files.html",
    Kind.AUDIO: "inbox/_bubble_files.html",
    Kind.VOICE: "inbox/_bubble_files.html",
    Kind.DOCUMENT: "inbox/_bubble_files.html",
    Kind.STICKER: "inbox/_bubble_files.html",
    Kind.LOCATION: "inbox/_bubble_location.html",
    Kind.CONTACTS: "inbox/_bubble_contacts.html",
    Kind.BUTTONS: "inbox/_bubble_options.html",
    Kind.LIST: "inbox/_bubble_options.html",
    Kind.LINK_BUTTON: "inbox/_bubble_options.html",
    Kind.TEMPLATE: "inbox/_bubble_options.html",
    Kind.REQUEST: "inbox/_bubble_remark.html",
    Kind.BUTTON_REPLY: "inbox/_bubble_button_reply.html",
    Kind.FLOW_REPLY: "inbox/_bubble_form_answers.html",
    Kind.ORDER: "inbox/_bubble_order.html",
    Kind.CALL_PERMISSION: "inbox/_bubble_remark.html",
    Kind.UNSUPPORTED: "inbox/_bubble_remark.html",
    Kind.UNKNOWN: "inbox/_bubble_unknown.html",
}
PLAIN = {Kind.TEXT, Kind.NOTE}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, on which clock, at which conversation."""

    agent: Agent
    conversation: Conversation
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)
    now: datetime = field(default_factory=timezone.now)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


class ReactionShown(TypedDict):
    emoji: str
    by: str


class Bubble(TypedDict):
    """What ``inbox/_messages.html`` shows. Every key is there: a missing one costs time."""

    attributes: SafeString
    code: str
    day: DayLine | None
    starts_unread: str  # the place of the line "New"
    sentence: str  # of an event
    speaker: str
    author: str
    via: str
    forwarded: str
    quote: Quote | None
    referral: Referral | None
    fragment: str
    files: list[File]
    part: Part
    text: SafeString
    big: bool
    revoked: str
    may_see_revoked: bool
    edited: bool
    time: str
    moment: str
    ticks: SafeString
    uncertain: bool
    failure: str
    can_resend: bool
    can_discard: bool
    reactions: list[ReactionShown]
    raw: str


NOTHING = SafeString("")
EMPTY = Bubble(
    attributes=NOTHING,
    code="",
    day=None,
    starts_unread="",
    sentence="",
    speaker="",
    author="",
    via="",
    forwarded="",
    quote=None,
    referral=None,
    fragment="",
    files=[],
    part={},
    text=NOTHING,
    big=False,
    revoked="",
    may_see_revoked=False,
    edited=False,
    time="",
    moment="",
    ticks=NOTHING,
    uncertain=False,
    failure="",
    can_resend=False,
    can_discard=False,
    reactions=[],
    raw="",
)


def prepare(messages: Sequence[Message], reader: Reader, *, unread: int = 0) -> list[Bubble]:
    """The bubbles of a page; ``unread`` of the customer's last messages get a line above."""
    around = surroundings_of(messages)
    today = reader.today
    day: date | None = None
    first_unread = _first_unread(messages, unread)
    bubbles = []
    for message in messages:
        at = message.at.astimezone(reader.zone)
        bubble = _bubble(message, at, reader, around)
        if at.date() != day:
            day = at.date()
            bubble["day"] = day_line(day, reader.zone, today)
        if message.pk == first_unread:
            bubble["starts_unread"] = str(key_of(message))[:-1]
        bubbles.append(bubble)
    return bubbles


def _first_unread(messages: Sequence[Message], unread: int) -> int | None:
    incoming = [m.pk for m in messages if m.direction == Direction.IN]
    return incoming[-unread] if 0 < unread <= len(incoming) else None


def _bubble(message: Message, at: datetime, reader: Reader, around: Surroundings) -> Bubble:
    bubble = EMPTY.copy()
    bubble["attributes"] = _attributes(message, reader)
    bubble["code"] = str(message.code)
    bubble["time"] = f"{at.hour:02}:{at.minute:02}"
    bubble["moment"] = at.isoformat(timespec="seconds")
    author = around.agents.get(message.author_id or 0)
    if message.kind == Kind.EVENT:
        bubble["sentence"] = sentence_of(message.content, author.name if author else "")
        return bubble
    _add_speaker(bubble, message, author, reader)
    if message.revoked_at:
        bubble["revoked"] = _revoked(message)
        bubble["may_see_revoked"] = reader.agent.is_lead
    else:
        _add_saying(bubble, message, reader, around)
    _add_fate(bubble, message)
    if reactions := around.reactions.get(message.pk):
        name = reader.conversation.contact.display_name
        bubble["reactions"] = [
            ReactionShown(emoji=r.emoji, by=_("Us") if r.from_us else name) for r in reactions
        ]
    return bubble


def _attributes(message: Message, reader: Reader) -> SafeString:
    draft = ""
    if message.draft_key and message.author_id == reader.agent.pk:
        draft = f' data-draft-key="{message.draft_key}"'
    return mark_safe(  # noqa: S308 (numbers, a moment, uuids, and words that are escaped)
        f'id="message-{message.pk}" data-code="{message.code}" data-order="{key_of(message)}"'
        f' data-direction="{escape(message.direction)}" data-status="{escape(message.status)}"'
        f' data-kind="{escape(message.kind)}"{draft}'
    )


def _add_speaker(
    bubble: Bubble, message: Message, author: Agent | None, reader: Reader
) -> None:
    if message.direction == Direction.IN:
        bubble["speaker"] = reader.conversation.contact.display_name
        return
    name = author.name if author else _("Supportdesk")
    bubble["speaker"] = name
    if message.kind == Kind.NOTE:
        bubble["author"] = _("%(name)s · internal note") % {"name": name}
    elif message.origin == Origin.PHONE_APP:
        bubble["via"] = bubble["speaker"] = _("Sent from the phone app")
    elif message.origin == Origin.OTHER_APP:
        bubble["via"] = bubble["speaker"] = _("Sent by another app")
    elif message.origin == Origin.AUTOMATIC:
        bubble["via"] = bubble["speaker"] = _("Sent automatically")
    elif author:
        bubble["author"] = name


def _add_saying(bubble: Bubble, message: Message, reader: Reader, around: Surroundings) -> None:
    content = message.content if isinstance(message.content, dict) else {}
    if message.body:
        bubble["text"] = to_html(message.body)
        bubble["big"] = message.kind == Kind.TEXT and is_emoji_only(message.body)
    if message.kind not in PLAIN:
        _add_part(bubble, message, content, reader)
    if files := around.files.get(message.pk):
        bubble["files"] = [file_of(attachment) for attachment in files]
    if message.quoted_id or message.quoted_wamid:
        bubble["quote"] = quote_of(message, reader.conversation, around)
    if content:
        _add_riders(bubble, content)
    if message.edited_at:
        bubble["edited"] = True


def _add_part(
    bubble: Bubble, message: Message, content: dict[str, Any], reader: Reader
) -> None:
    bubble["fragment"] = FRAGMENTS.get(message.kind, FRAGMENTS[Kind.UNKNOWN])
    if part_of := PARTS.get(message.kind, PARTS[Kind.UNKNOWN]):
        bubble["part"] = part_of(content)
    if bubble["fragment"] == FRAGMENTS[Kind.UNKNOWN] and reader.agent.is_admin:
        bubble["raw"] = json.dumps(content, indent=2, ensure_ascii=False)[:20_000]


def _add_riders(bubble: Bubble, content: dict[str, Any]) -> None:
    if forwarded := content.get("forwarded"):
        bubble["forwarded"] = (
            _("Forwarded many times") if forwarded == "often" else _("Forwarded")
        )
    if referral := referral_of(content):
        bubble["referral"] = referral


def _add_fate(bubble: Bubble, message: Message) -> None:
    if message.direction != Direction.OUT:
        return
    bubble["ticks"] = ticks(message.status)
    bubble["uncertain"] = message.status == Status.UNCERTAIN
    if message.status in {Status.FAILED, Status.UNCERTAIN}:
        bubble["failure"] = str(failures.sentence_for(message))
        bubble["can_resend"] = failures.can_resend(message)
    bubble["can_discard"] = message.status == Status.QUEUED


def _revoked(message: Message) -> str:
    if message.direction == Direction.IN:
        return _("The customer deleted this message.")
    return _("This message was deleted.")
