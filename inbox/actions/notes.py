"""Notes that agents write to each other, in the midst of what is said with the customer.

A note is a message that has no way out: it is internal, has no status, is never due, and asks
no gate. It is no answer, and the list's row does not change for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import events, mentioning, search
from inbox.actions import followers, mentions
from inbox.actions.conversations import NotPossible
from inbox.actions.replies.files import stored
from inbox.actions.replies.queueing import hold, place
from inbox.mentioning import Named
from inbox.models import Agent, Attachment, Conversation, Message, MessageVersion
from inbox.notices import Why

# So long its author may change a note or take it back.
OPEN_FOR = timedelta(hours=1)


def add(
    conversation: Conversation,
    *,
    body: str,
    by: Agent,
    draft_key: UUID | None = None,
    files: Iterable[UploadedFile[bytes]] = (),
    picked: Collection[str] = (),
) -> Message:
    """``picked``: who may be mentioned in it, as the browser names them. The same draft twice
    is one note."""
    with ExitStack() as kept:
        attachments = [kept.enter_context(stored(file)) for file in files]
        return _store(conversation, body.strip(), by, draft_key, attachments, picked)


@transaction.atomic
def _store(
    conversation: Conversation,
    body: str,
    by: Agent,
    draft_key: UUID | None,
    attachments: list[Attachment],
    picked: Collection[str],
) -> Message:
    hold(conversation)
    if draft_key and (earlier := Message.objects.filter(draft_key=draft_key).first()):
        if (earlier.kind, earlier.author_id) != (Message.Kind.NOTE, by.pk):
            raise NotPossible(_("This was already sent, as something else."))
        return earlier
    note = _note(conversation, body, by, mentions.named_by(conversation, picked))
    note.draft_key = draft_key or uuid.uuid4()
    note.save(force_insert=True)
    for attachment in attachments:
        attachment.message = note
        attachment.save(force_insert=True)
    search.index_messages([note])
    called = mentions.call(note)
    followers.call(conversation, Why.NOTE, but={by.pk, *called})
    events.publish(events.about(conversation))
    return note


def add_by_rule(conversation: Conversation, *, body: str, rule: str) -> Message:
    """Nobody wrote it, so nobody changes it. Its row must be held."""
    note = _note(conversation, body.strip(), None, [])
    note.content["rule"] = rule
    note.save(force_insert=True)
    search.index_messages([note])
    followers.call(conversation, Why.NOTE, but=())
    events.publish(events.about(conversation))
    return note


def _note(
    conversation: Conversation, body: str, by: Agent | None, named: list[Named]
) -> Message:
    now = timezone.now()
    return Message(
        conversation=conversation,
        channel=conversation.channel,
        direction=Message.Direction.INTERNAL,
        kind=Message.Kind.NOTE,
        author=by,
        body=body,
        content=mentioning.as_content(mentioning.those_said(body, named)),
        at=place(conversation, now),
        created_at=now,
        changed_at=now,
    )


@transaction.atomic
def edit(note: Message, *, body: str, by: Agent, picked: Collection[str] = ()) -> bool:
    """What it said before is kept. Who is named now and was not is told."""
    _hold(note)
    _require_own(note, by)
    body = body.strip()
    if not body and not note.attachments.exists():
        raise NotPossible(_("Write something first."))
    named = mentioning.those_said(body, mentions.named_by(note.conversation, picked))
    content = mentioning.as_content(named)
    if (note.body, note.content) == (body, content):
        return False
    now = timezone.now()
    MessageVersion.objects.create(
        message=note, body=note.body, content=note.content, replaced_at=now
    )
    note.body, note.content = body, content
    _change(note, now, edited_at=now)
    told = set(note.mentions.values_list("agent", flat=True))
    mentions.take_back(note, but=mentions.call(note, but=told))
    return True


@transaction.atomic
def delete(note: Message, *, by: Agent) -> bool:
    _hold(note)
    if note.revoked_at:
        return False
    _require_own(note, by)
    now = timezone.now()
    _change(note, now, revoked_at=now)
    mentions.take_back(note)
    return True


@transaction.atomic
def restore(note: Message, *, by: Agent) -> bool:
    """It was deleted by mistake. Who had not looked yet is told again."""
    _hold(note)
    if not note.revoked_at:
        return False
    _require_own(note, by, is_deleted=True)
    _change(note, timezone.now(), revoked_at=None)
    told = set(note.mentions.values_list("agent", flat=True))
    mentions.call(note, but=told)
    return True


def may_change(note: Message, by: Agent, *, now: datetime) -> bool:
    return note.author_id == by.pk and now < note.created_at + OPEN_FOR


def _hold(note: Message) -> None:
    hold(note.conversation)
    note.refresh_from_db(fields=["body", "content", "revoked_at", "edited_at"])


def _require_own(note: Message, by: Agent, *, is_deleted: bool = False) -> None:
    if note.kind != Message.Kind.NOTE:
        raise NotPossible(_("Only notes can be changed: this was sent."))
    if note.author_id != by.pk:
        raise NotPossible(_("Only who wrote a note can change it."))
    if bool(note.revoked_at) != is_deleted:
        raise NotPossible(_("This note was deleted."))
    if not may_change(note, by, now=timezone.now()):
        raise NotPossible(_("A note can be changed for one hour. Write another one."))


def _change(note: Message, now: datetime, **fields: datetime | None) -> None:
    for name, value in fields.items():
        setattr(note, name, value)
    note.changed_at = now
    note.save(update_fields=["body", "content", "changed_at", *fields])
    search.index_messages([note])
    events.publish(events.about(note.conversation))
