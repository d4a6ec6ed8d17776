"""Notes on a person. Everybody reads them; only who wrote one changes it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inbox.actions import contact_history
from inbox.models import Agent, Contact, ContactNote


@transaction.atomic
def add(contact: Contact, *, body: str, by: Agent) -> ContactNote:
    contact = contact_history.hold(contact)
    note = ContactNote.objects.create(contact=contact, author=by, body=body)
    contact_history.record(contact, "note_added", by=by)
    contact_history.tell(contact)
    return note


@transaction.atomic
def change(note: ContactNote, *, body: str, by: Agent) -> bool:
    contact = contact_history.hold(note.contact)
    note = ContactNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.body == body:
        return False
    note.body, note.changed_at = body, timezone.now()
    note.save(update_fields=["body", "changed_at"])
    contact_history.record(contact, "note_changed", by=by)
    return True


@transaction.atomic
def delete(note: ContactNote, *, by: Agent) -> None:
    contact = contact_history.hold(note.contact)
    if ContactNote.objects.filter(pk=note.pk).delete()[0]:
        contact_history.record(contact, "note_deleted", by=by)
        contact_history.tell(contact)
