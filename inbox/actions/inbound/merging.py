"""Two contacts turn out to be one person: everything moves to one of them."""

from __future__ import annotations

from consent import gate
from inbox import events, search
from inbox.actions import moving_rows, uniting
from inbox.actions.inbound.news import News
from inbox.models import Contact, Conversation

_TAKEN_OVER = (
    *("name", "profile_name", "language", "address_form"),
    *("phone", "bsuid", "username"),
)
OPEN = (Conversation.Status.OPEN, Conversation.Status.SNOOZED)


def merge(*, into: Contact, gone: Contact, news: News) -> None:
    """Windows, refusals, ids and conversations carry over; the emptied contact is deleted."""
    gate.merge(into=into.consent_subject, gone=gone.consent_subject)
    _fuse_open_conversations(into, gone, news)
    moving_rows.move(of=gone, to=into)
    _fill_in(into, gone)
    search.forget_contacts([gone.pk])
    Contact.objects.filter(pk=gone.pk).delete()
    moved = Conversation.objects.filter(contact=into, status__in=OPEN)
    news.conversations |= set(moved.values_list("pk", flat=True))
    news.names.pop(gone.pk, None)


def _fill_in(into: Contact, gone: Contact) -> None:
    for name in _TAKEN_OVER:
        setattr(into, name, getattr(into, name) or getattr(gone, name))
    into.blocked_at = into.blocked_at or gone.blocked_at
    into.save(update_fields=[*_TAKEN_OVER, "blocked_at"])


def _fuse_open_conversations(into: Contact, gone: Contact, news: News) -> None:
    """Only one may be open per number: what was said in the other moves into it."""
    both = Conversation.objects.filter(contact__in=[into, gone], status__in=OPEN)
    locked = both.select_for_update(no_key=True).order_by("pk")
    kept = {c.channel_id: c for c in locked if c.contact_id == into.pk}
    for conversation in both.filter(contact=gone):
        if conversation.channel_id in kept:
            news.gone.append(events.about(conversation))
            news.conversations.discard(conversation.pk)
            uniting.unite(kept[conversation.channel_id], conversation)
