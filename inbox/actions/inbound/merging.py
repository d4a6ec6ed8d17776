"""Two contacts turn out to be one person: everything moves to one of them."""

from __future__ import annotations

from django.utils import timezone

from consent import gate
from inbox import events, search
from inbox.actions.inbound.news import News
from inbox.models import (
    Contact,
    ContactIdentity,
    Conversation,
    ConversationLabel,
    FormerCode,
    Message,
)
from inbox.models.conversation import END_OF_QUEUE

OPEN = (Conversation.Status.OPEN, Conversation.Status.SNOOZED)


def merge(*, into: Contact, gone: Contact, news: News) -> None:
    """Windows, refusals, ids and conversations carry over; the emptied contact is deleted."""
    gate.merge(into=into.consent_subject, gone=gone.consent_subject)
    _fuse_open_conversations(into, gone, news)
    Conversation.objects.filter(contact=gone).update(contact=into)
    ContactIdentity.objects.filter(contact=gone).update(contact=into)
    _fill_in(into, gone)
    search.forget_contacts([gone.pk])
    Contact.objects.filter(pk=gone.pk).delete()
    moved = Conversation.objects.filter(contact=into, status__in=OPEN)
    news.conversations |= set(moved.values_list("pk", flat=True))
    news.names.pop(gone.pk, None)


def _fill_in(into: Contact, gone: Contact) -> None:
    for name in ("name", "profile_name", "language", "phone", "bsuid", "username"):
        setattr(into, name, getattr(into, name) or getattr(gone, name))
    into.blocked_at = into.blocked_at or gone.blocked_at
    into.save(
        update_fields=[
            *("name", "profile_name", "language", "phone", "bsuid", "username", "blocked_at")
        ]
    )


def _fuse_open_conversations(into: Contact, gone: Contact, news: News) -> None:
    """Only one may be open per number: what was said in the other moves into it."""
    both = Conversation.objects.filter(contact__in=[into, gone], status__in=OPEN)
    locked = both.select_for_update(no_key=True).order_by("pk")
    kept = {c.channel_id: c for c in locked if c.contact_id == into.pk}
    for conversation in both.filter(contact=gone):
        if conversation.channel_id in kept:
            _fuse(kept[conversation.channel_id], conversation, news)


def _fuse(kept: Conversation, emptied: Conversation, news: News) -> None:
    now = timezone.now()
    Message.objects.filter(conversation=emptied).update(conversation=kept, changed_at=now)
    _move_labels(kept, emptied)
    FormerCode.objects.filter(conversation=emptied).update(conversation=kept)
    FormerCode.objects.create(code=emptied.code, conversation=kept)
    if kept.last_message_id is None or emptied.last_message_at > kept.last_message_at:
        for name in ("at", "id", "kind", "direction", "status", "preview"):
            setattr(kept, f"last_message_{name}", getattr(emptied, f"last_message_{name}"))
    waiting = [c.waiting_since for c in (kept, emptied) if c.waiting_since]
    kept.waiting_since = min(waiting, default=None)
    kept.queued_at = kept.waiting_since or END_OF_QUEUE
    windows = [c.window_expires_at for c in (kept, emptied) if c.window_expires_at]
    kept.window_expires_at = max(windows, default=None)
    kept.unread_count += emptied.unread_count
    kept.opened_at = min(kept.opened_at, emptied.opened_at)
    kept.assignee_id = kept.assignee_id or emptied.assignee_id
    kept.team_id = kept.team_id or emptied.team_id
    kept.priority = max(kept.priority, emptied.priority)
    if emptied.status == Conversation.Status.OPEN:
        kept.status, kept.snoozed_until = Conversation.Status.OPEN, None
    kept.changed_at = now
    kept.save()
    news.gone.append(events.about(emptied))
    news.conversations.discard(emptied.pk)
    emptied.delete()


def _move_labels(kept: Conversation, emptied: Conversation) -> None:
    links = ConversationLabel.objects.filter(conversation=emptied)
    ConversationLabel.objects.bulk_create(
        [
            ConversationLabel(conversation=kept, label_id=label)
            for label in links.values_list("label_id", flat=True)
        ],
        ignore_conflicts=True,
    )
