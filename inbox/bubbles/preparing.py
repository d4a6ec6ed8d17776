"""From rows to bubbles: what each message shows, and nothing that it does not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox import automatic_words, failures, rule_words
from inbox.bubbles.bubble import Bubble, Failure, ReactionShown
from inbox.bubbles.files import Sender, file_of
from inbox.bubbles.mentions import to_html_with
from inbox.bubbles.parts import PARTS, referral_of
from inbox.bubbles.quotes import quote_of
from inbox.bubbles.surroundings import Around, around
from inbox.bubbles.text import is_emoji_only, to_html
from inbox.mentioning import named_in
from inbox.models import Agent, Conversation, Message
from inbox.prepared import read_moment
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
    Kind.PENDING_FILE: _REMARK,
    Kind.UNSUPPORTED: _REMARK,
    Kind.UNKNOWN: _UNKNOWN,
}
TROUBLED = {Status.FAILED, Status.UNCERTAIN}
_WORDS = {w: Word(w) for w in (*Direction.values, *Status.values, *Kind.values)}


class Sight(NamedTuple):
    """All of a reader that a bubble depends on; those who share it see the same."""

    contact_name: str
    is_lead: bool
    is_admin: bool
    zone: tzinfo
    language: str


class Reader:
    """Who looks, on which clock, at which conversation."""

    def __init__(self, agent: Agent, conversation: Conversation) -> None:
        self.agent = agent
        self.sight = Sight(
            conversation.contact.display_name,
            agent.is_lead,
            agent.is_admin,
            timezone.get_current_timezone(),
            get_language() or "",
        )

    @cached_property
    def today(self) -> date:
        return timezone.localdate()


def prepare(entries: Sequence[Entry], reader: Reader) -> list[Bubble]:
    """What is shown of each, for pages that show them in a way of their own."""
    return [
        bubble_of(entry, its, reader.sight, own=is_own(entry, reader))
        for entry, its in zip(entries, around(entries), strict=True)
    ]


def is_own(entry: Entry, reader: Reader) -> bool:
    """Whether the reader wrote it, here and in a browser that may still show it as a draft."""
    return entry.draft_key is not None and entry.author_id == reader.agent.pk


def local(entry: Entry, sight: Sight) -> datetime:
    return read_moment(entry.at).astimezone(sight.zone)


def bubble_of(entry: Entry, its: Around, sight: Sight, *, own: bool) -> Bubble:
    bubble = _item(entry, sight)
    content = _content(entry)
    if entry.kind == Kind.EVENT:
        bubble["sentence"] = sentence_of(content, entry.author_name or "")
        return bubble
    if own:
        bubble["draft_key"] = str(UUID(entry.draft_key))
    _add_speaker(bubble, entry, content, sight)
    if entry.revoked_at:
        bubble["fragment"] = _REVOKED
        bubble["revoked"] = _revoked(entry)
        bubble["may_see_revoked"] = sight.is_lead
    else:
        _add_saying(bubble, entry, content, its, sight)
    if entry.direction == Direction.OUT:
        _add_fate(bubble, entry, content)
    if its.reactions:
        bubble["reactions"] = [
            ReactionShown(emoji=r.emoji, by=_("Us") if r.from_us else sight.contact_name)
            for r in its.reactions
        ]
    return bubble


def _content(entry: Entry) -> dict[str, Any]:
    """Mostly there is nothing in it."""
    content = {} if entry.content == "{}" else json.loads(entry.content)
    return content if isinstance(content, dict) else {}


def _item(entry: Entry, sight: Sight) -> Bubble:
    """What every message and event has."""
    moment = local(entry, sight).isoformat(timespec="seconds")
    return {
        "pk": str(entry.pk),
        "code": str(UUID(entry.code)),
        "order": entry.order,
        "direction": _WORDS.get(entry.direction, entry.direction),
        "status": _WORDS.get(entry.status, entry.status),
        "kind": _WORDS.get(entry.kind, entry.kind),
        "moment": moment,
        "clock": moment[11:16],
    }


def _add_speaker(bubble: Bubble, entry: Entry, content: dict[str, Any], sight: Sight) -> None:
    if entry.direction == Direction.IN:
        bubble["speaker"] = sight.contact_name
    elif entry.kind == Kind.NOTE:
        name = entry.author_name or rule_words.name_in(content) or "–"
        bubble["author"] = _("%(name)s · internal note") % {"name": name}
    elif entry.author_name:
        bubble["author"] = bubble["speaker"] = entry.author_name
    else:
        bubble["remark"] = bubble["speaker"] = _sender_without_name(
            entry.origin, content.get("automatic")
        )


def _sender_without_name(origin: str, automatic: object) -> str:
    if origin == Origin.PHONE_APP:
        return _("Sent from the phone app")
    if origin == Origin.OTHER_APP:
        return _("Sent by another app")
    return automatic_words.remark(automatic)


def _add_saying(
    bubble: Bubble, entry: Entry, content: dict[str, Any], its: Around, sight: Sight
) -> None:
    if entry.body:
        bubble["text"] = to_html(entry.body)
        if entry.kind == Kind.TEXT and is_emoji_only(entry.body):
            bubble["big"] = True
    if entry.kind == Kind.NOTE:
        _add_note(bubble, entry, content, its)
    elif entry.kind != Kind.TEXT:
        _add_part(bubble, entry, content, sight)
        bubble["files"] = [file_of(file, _sender(bubble)) for file in its.files]
    if entry.quoted_id or entry.quoted_wamid:
        bubble["quote"] = quote_of(its.quoted, sight.contact_name)
    if content:
        _add_riders(bubble, content)
    if entry.edited_at:
        bubble["edited"] = True


def _add_note(bubble: Bubble, entry: Entry, content: dict[str, Any], its: Around) -> None:
    if its.names:
        bubble["text"] = to_html_with(entry.body, named_in(content), its.names)
    if its.files:
        bubble["fragment"] = _FILES
        sender = Sender(entry.author_name or "–", is_named=True)
        bubble["files"] = [file_of(file, sender) for file in its.files]


def _sender(bubble: Bubble) -> Sender:
    return Sender(bubble.get("speaker", ""), is_named="remark" not in bubble)


def _add_part(bubble: Bubble, entry: Entry, content: dict[str, Any], sight: Sight) -> None:
    bubble["fragment"] = FRAGMENTS.get(entry.kind, _UNKNOWN)
    if part_of := PARTS.get(entry.kind, PARTS[Kind.UNKNOWN]):
        bubble["part"] = part_of(content)
    if bubble["fragment"] == _UNKNOWN and sight.is_admin:
        bubble["raw"] = json.dumps(content, indent=2, ensure_ascii=False)[:20_000]


def _add_riders(bubble: Bubble, content: dict[str, Any]) -> None:
    if forwarded := content.get("forwarded"):
        often = forwarded == "often"
        bubble["forwarded"] = _("Forwarded many times") if often else _("Forwarded")
    if referral := referral_of(content):
        bubble["referral"] = referral


def _add_fate(bubble: Bubble, entry: Entry, content: dict[str, Any]) -> None:
    bubble["is_ours"] = True
    if entry.status not in TROUBLED:
        return
    message = Message(
        direction=entry.direction,
        origin=entry.origin,
        status=entry.status,
        due_at=read_moment(entry.due_at) if entry.due_at else None,
        failure_class=entry.failure_class,
        failure_code=entry.failure_code,
        content=content,
    )
    bubble["failure"] = Failure(
        uncertain=entry.status == Status.UNCERTAIN,
        sentence=failures.sentence_for(message),
        can_resend=failures.can_resend(message),
    )


def _revoked(entry: Entry) -> str:
    if entry.kind == Kind.NOTE:
        return _("This note was deleted.")
    if entry.direction == Direction.IN:
        return _("The customer deleted this message.")
    return _("This message was deleted.")
