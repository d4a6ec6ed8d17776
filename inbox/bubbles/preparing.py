"""From rows to bubbles: what each message shows, and nothing that it does not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox import failures
from inbox.bubbles.bubble import Bubble, Failure, ReactionShown
from inbox.bubbles.day_lines import day_line
from inbox.bubbles.files import file_of
from inbox.bubbles.parts import PARTS, referral_of
from inbox.bubbles.quotes import quote_of
from inbox.bubbles.surroundings import Surroundings, surroundings_of
from inbox.bubbles.text import is_emoji_only, to_html
from inbox.models import Agent, Conversation, Message
from inbox.stencils import Word
from inbox.templatetags.timeline import sentence_of
from inbox.thread_paging import Entry

Kind, Status = Message.Kind, Message.Status
Direction, Origin = Message.Direction, Message.Origin

_FILES = Word("inbox/_bubble_files.html")
_OPTIONS = Word("inbox/_bubble_options.html")
_REMARK = Word("inbox/_bubble_remark.html")
_UNKNOWN = Word("inbox/_bubble_unknown.html")
_REVOKED = Word("inbox/_bubble_revoked.html")
FRAGMENTS: dict[str, Word] = {
    Kind.IMAGE: _FILES,
    Kind.VIDEO: _FILES,
    Kind.AUDIO: _FILES,
    Kind.VOICE: _FILES,
    Kind.DOCUMENT: _FILES,
    Kind.STICKER: _FILES,
    Kind.LOCATION: Word("inbox/_bubble_location.html"),
    Kind.CONTACTS: Word("inbox/_bubble_contacts.html"),
    Kind.BUTTONS: _OPTIONS,
    Kind.LIST: _OPTIONS,
    Kind.LINK_BUTTON: _OPTIONS,
    Kind.TEMPLATE: _OPTIONS,
    Kind.REQUEST: _REMARK,
    Kind.BUTTON_REPLY: Word("inbox/_bubble_button_reply.html"),
    Kind.FLOW_REPLY: Word("inbox/_bubble_form_answers.html"),
    Kind.ORDER: Word("inbox/_bubble_order.html"),
    Kind.CALL_PERMISSION: _REMARK,
    Kind.UNSUPPORTED: _REMARK,
    Kind.UNKNOWN: _UNKNOWN,
}
PLAIN = {Kind.TEXT, Kind.NOTE}
TROUBLED = {Status.FAILED, Status.UNCERTAIN}
_WORDS = {w: Word(w) for w in (*Direction.values, *Status.values, *Kind.values)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, on which clock, at which conversation."""

    agent: Agent
    conversation: Conversation
    zone: tzinfo = field(default_factory=timezone.get_current_timezone)
    now: datetime = field(default_factory=timezone.now)
    language: str = field(default_factory=lambda: get_language() or "")

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
            bubble["day"] = day_line(day, reader.zone, today, reader.language)
        if entry.pk == first_unread:
            bubble["unread"] = entry.order[:-1]
        bubbles.append(bubble)
    return bubbles


def _first_unread(entries: Sequence[Entry], unread: int) -> int | None:
    incoming = [entry.pk for entry in entries if entry.direction == Direction.IN]
    return incoming[-unread] if 0 < unread <= len(incoming) else None


def _bubble(entry: Entry, at: datetime, reader: Reader, around: Surroundings) -> Bubble:
    bubble = _item(entry, at)
    if entry.kind == Kind.EVENT:
        bubble["sentence"] = sentence_of(entry.content, entry.author_name or "")
        return bubble
    if entry.draft_key and entry.author_id == reader.agent.pk:
        bubble["draft_key"] = str(entry.draft_key)
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


def _item(entry: Entry, at: datetime) -> Bubble:
    """What every message and event has."""
    moment = at.isoformat(timespec="seconds")
    return {
        "pk": str(entry.pk),
        "code": str(entry.code),
        "order": entry.order,
        "direction": _WORDS.get(entry.direction, entry.direction),
        "status": _WORDS.get(entry.status, entry.status),
        "kind": _WORDS.get(entry.kind, entry.kind),
        "moment": moment,
        "clock": moment[11:16],
    }


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
        if entry.kind == Kind.TEXT and is_emoji_only(entry.body):
            bubble["big"] = True
    if entry.kind not in PLAIN:
        _add_part(bubble, entry, content, reader)
        bubble["files"] = [file_of(file) for file in around.files.get(entry.pk, ())]
    if entry.quoted_id or entry.quoted_wamid:
        quoted = around.quoted.get(entry.quoted_id or 0)
        bubble["quote"] = quote_of(quoted, reader.contact_name)
    if content:
        _add_riders(bubble, content)
    if entry.edited_at:
        bubble["edited"] = True


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
    if referral := referral_of(content):
        bubble["referral"] = referral


def _add_fate(bubble: Bubble, entry: Entry) -> None:
    bubble["is_ours"] = True
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
    bubble["failure"] = Failure(
        uncertain=entry.status == Status.UNCERTAIN,
        sentence=failures.sentence_for(message),
        can_resend=failures.can_resend(message),
    )


def _revoked(entry: Entry) -> str:
    if entry.direction == Direction.IN:
        return _("The customer deleted this message.")
    return _("This message was deleted.")
