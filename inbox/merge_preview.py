"""What a merge of two contacts would do, for the page that asks first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from consent import gate
from inbox.contact_fields import FieldShown, fields_shown
from inbox.models import Contact, Conversation
from inbox.person_card import Identity, identities_of, language_name


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as it is now."""

    contact: Contact
    language: str
    identities: list[Identity]
    fields: list[FieldShown]
    conversation_count: int
    note_count: int


def side_of(contact: Contact) -> Side:
    return Side(
        contact,
        str(language_name(contact.language)),
        identities_of(contact),
        [field for field in fields_shown(contact.pk) if field.text],
        contact.conversations.count(),
        contact.notes.count(),
    )


def united(kept: Contact, gone: Contact) -> list[str]:
    """Names of the numbers at which both have an open conversation."""
    open_ones = Conversation.objects.exclude(status=Conversation.Status.CLOSED)
    with_kept = open_ones.filter(contact=kept).values("channel")
    both = open_ones.filter(contact=gone, channel__in=with_kept)
    return list(both.order_by("channel__name").values_list("channel__name", flat=True))


def refused(kept: Contact, gone: Contact) -> list[str]:
    """What either refused, which then holds for both."""
    now = timezone.now()
    reasons = set()
    for contact in (kept, gone):
        request = gate.Request(contact.consent_subject, "", gate.MessageClass.MARKETING)
        reasons.add(gate.ask(request, now=now).reason)
    sentences = []
    if gate.Reason.CONTACT_BAN in reasons:
        sentences.append(_("No messages but answers, as one of the two wanted."))
    elif gate.Reason.OBJECTED in reasons:
        sentences.append(_("No advertising, as one of the two wanted."))
    if kept.blocked_at or gone.blocked_at:
        sentences.append(_("Blocked, as one of the two is."))
    return sentences
