"""The history of a contact: who did what, and when. The sentences are made at display."""

from __future__ import annotations

from django.db import transaction

from inbox import events
from inbox.models import Agent, Contact, ContactEvent, ContactMerge, Conversation


def hold(contact: Contact) -> Contact:
    """The row as it is now, held until commit; the one it was merged into, if it was."""
    assert transaction.get_connection().in_atomic_block  # noqa: S101 (a lock outlives nothing)
    rows = Contact.objects.select_for_update(of=("self",), no_key=True)
    held = rows.get(pk=contact.pk)
    while merge := ContactMerge.objects.filter(gone=held, split_at=None).first():
        held = rows.get(pk=merge.kept_id)
    return held


def record(contact: Contact, word: str, *, by: Agent | None, **data: object) -> None:
    """Names of things only, never what was written: this outlives the values."""
    ContactEvent.objects.create(contact=contact, word=word, by=by, data=data)


def tell(contact: Contact) -> None:
    """Browsers that show this person should look again."""
    shown = Conversation.objects.filter(contact=contact).exclude(
        status=Conversation.Status.CLOSED
    )
    if hints := [events.about(conversation) for conversation in shown]:
        events.publish(*hints)
