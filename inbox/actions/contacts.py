"""What agents know of a contact: the name they go by, and how to speak to them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inbox import events, search
from inbox.actions import contact_history, timeline
from inbox.models import Agent, Contact, Conversation
from inbox.names import display_name


@transaction.atomic
def rename(contact: Contact, *, name: str, by: Agent) -> bool:
    """Give a contact our own name; "" goes back to what they call themselves."""
    contact = contact_history.hold(contact)
    if contact.name == name:
        return False
    contact.name = name
    contact.display_name = display_name(contact)
    contact.save(update_fields=["name", "display_name"])
    search.index_contacts([contact])
    _tell(contact, "renamed", by=by)
    return True


@transaction.atomic
def set_language(contact: Contact, *, language: str, by: Agent) -> bool:
    """The language that templates and automatic texts are chosen in for this contact."""
    contact = contact_history.hold(contact)
    if contact.language == language:
        return False
    contact.language = language
    contact.save(update_fields=["language"])
    _tell(contact, "language", by=by)
    return True


@transaction.atomic
def set_address_form(contact: Contact, *, form: str, by: Agent) -> bool:
    """Du or Sie: which of the texts that are written for both this contact gets."""
    contact = contact_history.hold(contact)
    if contact.address_form == form:
        return False
    contact.address_form = form
    contact.save(update_fields=["address_form"])
    _tell(contact, "address_form", by=by)
    return True


def _tell(contact: Contact, word: str, *, by: Agent) -> None:
    """A line in each conversation that is not closed (without the name: it may be erased)."""
    contact_history.record(contact, word, by=by)
    conversations = Conversation.objects.filter(contact=contact).exclude(
        status=Conversation.Status.CLOSED
    )
    for conversation in conversations:
        conversation.changed_at = timezone.now()
        conversation.save(update_fields=["changed_at"])
        timeline.record(conversation, word, by=by)
        events.publish(events.about(conversation))
