"""From what an agent wrote to a queued message: checked, stored, and its case brought along."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events, nudges, search, tasks
from inbox.actions import bulk, read_marks, timeline
from inbox.actions.deliveries.bodies import NO_FILE, Upload, outgoing_of
from inbox.actions.deliveries.classes import ADVERTISING
from inbox.actions.replies import refusals
from inbox.actions.replies.quick import QuickUse, chosen, follow
from inbox.actions.statements import fetch
from inbox.models import Agent, Attachment, Conversation, Message, Template
from inbox.models.conversation import END_OF_QUEUE
from inbox.prepared import PreparedRows
from inbox.whatsapp import NotSendable

LONGEST_PREVIEW = 160
# Meta's clock may be a little ahead of ours; a reply still stands below what it answers.
CLOCKS_DIFFER = timedelta(minutes=5)
NOT_UPLOADED_YET = "0"
WANTED = -1  # stands for the conversation (inbox.prepared)
EARLIER = "SELECT id, conversation_id FROM inbox_message WHERE draft_key = %b"
# What colleagues have said since the agent last looked.
ANSWERS = """
    SELECT id FROM inbox_message
    WHERE conversation_id = %b AND id > %b AND direction = 'out'
        AND kind <> 'reaction' AND origin <> 'automatic'
        AND (author_id IS NULL OR author_id <> %b)
    ORDER BY id
"""


class AnsweredMeanwhile(Exception):
    """Colleagues wrote since the agent last looked; ``messages`` is what they sent."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(messages)
        self.messages = messages

    def __str__(self) -> str:
        return _("Somebody has answered meanwhile. Read that first, then send yours if needed.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said, before it is a message."""

    kind: Message.Kind
    body: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    template: Template | None = None
    attachment: Attachment | None = None  # its file is stored, its row is not


@transaction.atomic
def queue(
    conversation: Conversation,
    draft: Draft,
    *,
    draft_key: UUID,
    by: Agent,
    quoted: Message | None = None,
    seen: int | None = None,
    quick: QuickUse | None = None,
) -> Message:
    """Store the message and hand it to the way out; or find it, when it was stored before."""
    hold(conversation)
    if earlier := _already_queued(conversation, draft_key):
        return earlier
    now = timezone.now()
    message = _message(conversation, draft, draft_key, by, quoted, now)
    made_of = chosen(quick, by=by)
    if any(reply.is_advertising for reply in made_of):
        message.content = message.content | {"class": ADVERTISING}
    refusals.require_possible(message, draft.template, now=now)
    require_sendable(message, draft.template, draft.attachment)
    _require_unanswered(conversation, by, seen)
    refusals.require_open_case(conversation, by=by)
    _take_over(conversation, by)
    store(message, draft.attachment)
    _bring_along(conversation, message)
    if quick:
        follow(conversation, quick, made_of, by=by)
    return message


def hold(conversation: Conversation) -> None:
    """Read the row as it is now and keep it: replies to one person are stored one by one."""
    [now] = _held().ask({WANTED: conversation.pk})
    for column in Conversation._meta.concrete_fields:
        setattr(conversation, column.attname, getattr(now, column.attname))
    conversation.contact, conversation.channel = now.contact, now.channel


@cache
def _held() -> PreparedRows[Conversation]:
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    return PreparedRows(rows.filter(pk=WANTED).select_related("contact", "channel"))


def require_sendable(
    message: Message, template: Template | None = None, file: Attachment | None = None
) -> None:
    """Raise ``NotSendable``, which names the field, for what WhatsApp would refuse."""
    upload = Upload(file.kind, file.filename, NOT_UPLOADED_YET) if file else NO_FILE
    outgoing_of(message, upload=upload, template=template).to_body()


def store(message: Message, attachment: Attachment | None = None) -> None:
    bulk.insert([message])
    if attachment is not None:
        attachment.message = message
        attachment.save(force_insert=True)
    search.index_messages([message])
    nudges.after_commit(tasks.carry, message.channel_id)


def _already_queued(conversation: Conversation, draft_key: UUID) -> Message | None:
    for pk, its_conversation in fetch(EARLIER, draft_key):
        if its_conversation != conversation.pk:
            raise NotSendable("draft_key", _("This was already sent, in another conversation."))
        return Message.objects.get(pk=pk)
    return None


def _message(
    conversation: Conversation,
    draft: Draft,
    draft_key: UUID,
    by: Agent,
    quoted: Message | None,
    now: datetime,
) -> Message:
    if quoted and not _is_quotable(quoted, conversation):
        raise NotSendable("quoted", _("Only messages of this person can be quoted."))
    return Message(
        conversation=conversation,
        channel=conversation.channel,
        direction=Message.Direction.OUT,
        kind=draft.kind,
        status=Message.Status.QUEUED,
        origin=Message.Origin.AGENT,
        author=by,
        body=draft.body,
        content=draft.content,
        quoted=quoted,
        quoted_wamid=(quoted.wamid or "") if quoted else "",
        draft_key=draft_key,
        at=place(conversation, now),
        due_at=now,
        created_at=now,
        changed_at=now,
    )


def _is_quotable(quoted: Message, conversation: Conversation) -> bool:
    same_person = quoted.conversation.contact_id == conversation.contact_id
    was_said = quoted.direction != Message.Direction.INTERNAL
    return same_person and was_said and quoted.channel_id == conversation.channel_id


def place(conversation: Conversation, now: datetime) -> datetime:
    newest = conversation.last_message_at
    return newest if now < newest < now + CLOCKS_DIFFER else now


def _require_unanswered(conversation: Conversation, by: Agent, seen: int | None) -> None:
    if seen is None:
        return
    seen = min(seen, sys.maxsize)  # it comes from outside, and SQLite counts no further
    if answers := [pk for (pk,) in fetch(ANSWERS, conversation.pk, seen, by.pk)]:
        raise AnsweredMeanwhile(list(Message.objects.filter(pk__in=answers).order_by("pk")))


def _take_over(conversation: Conversation, by: Agent) -> None:
    """Whoever sends owns the conversation, says Meta: the other app steps back."""
    if conversation.owned_elsewhere:
        conversation.owned_elsewhere = False
        timeline.record(conversation, "ownership", by=by, owner="us")


def _bring_along(conversation: Conversation, message: Message) -> None:
    """The row in the list: answered, read, nobody waits."""
    if conversation.unread_count and message.author:
        read_marks.request(conversation, message.author)
    changes = {
        "last_message_at": message.at,
        "last_message_id": message.pk,
        "last_message_kind": message.kind,
        "last_message_direction": message.direction,
        "last_message_status": message.status,
        "last_message_preview": _preview(message),
        "first_replied_at": conversation.first_replied_at or message.created_at,
        "waiting_since": None,
        "queued_at": END_OF_QUEUE,
        "unread_count": 0,
        "is_marked_unread": False,
        "handover_note": "",
        "owned_elsewhere": conversation.owned_elsewhere,
        "changed_at": message.changed_at,
    }
    for name, value in changes.items():
        setattr(conversation, name, value)
    bulk.write([conversation], list(changes))
    events.publish(events.about(conversation))


def _preview(message: Message) -> str:
    cards = message.content.get("cards") or [message.content]
    text = message.body or cards[0].get("name", "")
    return " ".join(text.split())[:LONGEST_PREVIEW]
