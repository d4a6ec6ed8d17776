"""From rows to bubbles: one dictionary each, so that the template only has to place them.

Fifty are made for every thread that is opened. What most messages have is therefore made
here as HTML, piece by piece from escaped parts; what is rare is left to the template.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inbox import failures
from inbox.bubbles import plain
from inbox.bubbles.bubble import EMPTY, Bubble, ReactionShown
from inbox.bubbles.day_lines import day_line
from inbox.bubbles.files import file_of
from inbox.bubbles.parts import PARTS, referral_of
from inbox.bubbles.quotes import quote_of
from inbox.bubbles.surroundings import Surroundings, surroundings_of
from inbox.bubbles.text import is_emoji_only, to_html
from inbox.bubbles.ticks import ticks
from inbox.models import Agent, Conversation, Message
from inbox.templatetags.timeline import sentence_of
from inbox.thread_paging import Entry

Kind, Status = Message.Kind, Message.Status
Direction, Origin = Message.Direction, Message.Origin

_FILES = "inbox/_bubble_files.html"
_OPTIONS = "inbox/_bubble_options.html"
_REMARK = "inbox/_bubble_remark.html"
_UNKNOWN = "inbox/_bubble_unknown.html"
_REVOKED = "inbox/_bubble_revoked.html"
FRAGMENTS: dict[str, str] = {
    Kind.IMAGE: _FILES,
    Kind.VIDEO: _FILES,
    Kind.AUDIO: _FILES,
    Kind.VOICE: _FILES,
    Kind.DOCUMENT: _FILES,
    Kind.STICKER: _FILES,
    Kind.LOCATION: "inbox/_bubble_location.html",
    Kind.CONTACTS: "inbox/_bubble_contacts.html",
    Kind.BUTTONS: _OPTIONS,
    Kind.LIST: _OPTIONS,
    Kind.LINK_BUTTON: _OPTIONS,
    Kind.TEMPLATE: _OPTIONS,
    Kind.REQUEST: _REMARK,
    Kind.BUTTON_REPLY: "inbox/_bubble_button_reply.html",
    Kind.FLOW_REPLY: "inbox/_bubble_form_answers.html",
    Kind.ORDER: "inbox/_bubble_order.html",
    Kind.CALL_PERMISSION: _REMARK,
    Kind.UNSUPPORTED: _REMARK,
    Kind.UNKNOWN: _UNKNOWN,
}
PLAIN = {Kind.TEXT, Kind.NOTE}
TROUBLED = {Status.FAILED, Status.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, on which clock, at which conversation."""

    agent: Agent
    conversation: Conversation
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)
    now: datetime = field(default_factory=timezone.now)

    @property
    def contact_name(self) -> str:
        return self.conversation.contact.display_name


def prepare(entries: Sequence[Entry], reader: Reader, *, unread: int = 0) -> list[Bubble]:
    """The bubbles of a page; ``unread`` of the customer's last messages get a line above."""
    around = surroundings_of(entries)
    first_unread = _first_unread(entries, unread)
    today = reader.now.astimezone(reader.zone).date()
    day = None
    bubbles = []
    for entry in entries:
        at = entry.at.astimezone(reader.zone)
        bubble = _bubble(entry, at, reader, around)
        if (date := at.date()) != day:
            day = date
            bubble["lines"] = True
            bubble["day"] = day_line(day, reader.zone, today)
        if entry.pk == first_unread:
            bubble["lines"] = True
            bubble["unread"] = str(entry.key)[:-1]
        bubble["plain"] = plain.draw(bubble)
        bubbles.append(bubble)
    return bubbles


def _first_unread(entries: Sequence[Entry], unread: int) -> int | None:
    incoming = [entry.pk for entry in entries if entry.direction == Direction.IN]
    return incoming[-unread] if 0 < unread <= len(incoming) else None


def _bubble(entry: Entry, at: datetime, reader: Reader, around: Surroundings) -> Bubble:
    bubble = EMPTY.copy()
    bubble["attributes"] = _attributes(entry, reader)
    bubble["time"] = _time(at)
    if entry.kind == Kind.EVENT:
        bubble["sentence"] = sentence_of(entry.content, entry.author_name or "")
        return bubble
    _add_speaker(bubble, entry, reader)
    if entry.revoked_at:
        bubble["fragment"] = _REVOKED
        bubble["revoked"] = _revoked(entry)
        bubble["may_see_revoked"] = reader.agent.is_lead
    else:
        _add_saying(bubble, entry, reader, around)
    if entry.direction == Direction.OUT:
        _add_fate(bubble, entry)
    if entry.pk in around.reactions:
        bubble["reactions"] = [
            ReactionShown(emoji=r.emoji, by=_("Us") if r.from_us else reader.contact_name)
            for r in around.reactions[entry.pk]
        ]
    return bubble


def _attributes(entry: Entry, reader: Reader) -> SafeString:
    draft = big = ""
    if entry.draft_key and entry.author_id == reader.agent.pk:
        draft = f' data-draft-key="{entry.draft_key}"'
    if entry.kind == Kind.TEXT and is_emoji_only(entry.body):
        big = " data-big"
    return SafeString(
        f'id="message-{entry.pk}" data-code="{entry.code}" data-order="{entry.key}"'
        f' data-direction="{_word(entry.direction)}" data-status="{_word(entry.status)}"'
        f' data-kind="{_word(entry.kind)}"{draft}{big}'
    )


@lru_cache(maxsize=256)
def _word(word: str) -> str:
    """The same few, again and again."""
    return escape(word)


def _time(at: datetime) -> SafeString:
    moment = at.isoformat(timespec="seconds")
    return SafeString(f'<time datetime="{moment}">{moment[11:16]}</time>')


def _add_speaker(bubble: Bubble, entry: Entry, reader: Reader) -> None:
    if entry.direction == Direction.IN:
        bubble["speaker"] = reader.contact_name
    elif entry.kind == Kind.NOTE:
        bubble["author"] = _("%(name)s · internal note") % {"name": entry.author_name or "–"}
    elif entry.author_name:
        bubble["author"] = bubble["speaker"] = entry.author_name
    else:
        bubble["remark"] = bubble["speaker"] = _sender_without_name(entry.origin)


def _sender_without_name(origin: str) -> str:
    if origin == Origin.PHONE_APP:
        return _("Sent from the phone app")
    if origin == Origin.OTHER_APP:
        return _("Sent by another app")
    return _("Sent automatically")


def _add_saying(bubble: Bubble, entry: Entry, reader: Reader, around: Surroundings) -> None:
    content = entry.content if isinstance(entry.content, dict) else {}
    if entry.body:
        bubble["text"] = to_html(entry.body)
    if entry.kind not in PLAIN:
        _add_part(bubble, entry, content, reader)
        bubble["files"] = [file_of(file) for file in around.files.get(entry.pk, ())]
    if entry.quoted_id or entry.quoted_wamid:
        quoted = around.quoted.get(entry.quoted_id or 0)
        bubble["quote"] = quote_of(quoted, reader.contact_name)
        bubble["extras"] = True
    if content:
        _add_riders(bubble, content)
    bubble["edited"] = entry.edited_at is not None


def _add_part(bubble: Bubble, entry: Entry, content: dict[str, Any], reader: Reader) -> None:
    bubble["fragment"] = FRAGMENTS.get(entry.kind, _UNKNOWN)
    if part_of := PARTS.get(entry.kind, PARTS[Kind.UNKNOWN]):
        bubble["part"] = part_of(content)
    if bubble["fragment"] == _UNKNOWN and reader.agent.is_admin:
        bubble["raw"] = json.dumps(content, indent=2, ensure_ascii=False)[:20_000]


def _add_riders(bubble: Bubble, content: dict[str, Any]) -> None:
    if forwarded := content.get("forwarded"):
        often = forwarded == "often"
        bubble["forwarded"] = _("Forwarded many times") if often else _("Forwarded")
        bubble["extras"] = True
    if referral := referral_of(content):
        bubble["referral"] = referral
        bubble["extras"] = True


def _add_fate(bubble: Bubble, entry: Entry) -> None:
    bubble["ticks"] = ticks(entry.status)
    if entry.status not in TROUBLED:
        return
    message = Message(
        direction=entry.direction,
        origin=entry.origin,
        status=entry.status,
        due_at=entry.due_at,
        failure_class=entry.failure_class,
        failure_code=entry.failure_code,
        content=entry.content,
    )
    bubble["troubled"] = True
    bubble["uncertain"] = entry.status == Status.UNCERTAIN
    bubble["failure"] = failures.sentence_for(message)
    bubble["can_resend"] = failures.can_resend(message)


def _revoked(entry: Entry) -> str:
    if entry.direction == Direction.IN:
        return _("The customer deleted this message.")
    return _("This message was deleted.")
