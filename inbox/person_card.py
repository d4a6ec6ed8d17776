"""What the panel beside a conversation, and a contact's own page, tell about a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent import gate
from inbox.forms.contacts import LANGUAGES
from inbox.models import Contact, ContactIdentity, Conversation, Label, Message
from inbox.models.conversation import ConversationQuerySet
from inbox.names import format_phone

EARLIER = 8
FIRST_WORDS = 80
ENDING = 4  # letters shown of a business-scoped id


@dataclass(frozen=True, slots=True)
class Consent:
    """One purpose and whether it is allowed: ok, none or stopped."""

    title: str | Promise
    text: str | Promise
    state: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    name: str | Promise
    value: str
    first_seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    contact: Contact
    phone: str
    language: str | Promise
    consents: tuple[Consent, ...]
    labels: tuple[Label, ...]
    other_labels: tuple[Label, ...]
    earlier: tuple[Conversation, ...]
    has_more: bool


def card_of(conversation: Conversation, visible: ConversationQuerySet) -> PersonCard:
    contact = conversation.contact
    of_contact = visible.filter(contact=contact)
    earlier = list(with_first_words(of_contact.exclude(pk=conversation.pk))[: EARLIER + 1])
    mine = set(conversation.labels.values_list("pk", flat=True))
    labels = list(Label.objects.all())
    return PersonCard(
        contact,
        format_phone(contact.phone) if contact.phone else "",
        language_name(contact.language),
        consents_of(conversation, of_contact),
        tuple(label for label in labels if label.pk in mine),
        tuple(label for label in labels if label.pk not in mine),
        tuple(earlier[:EARLIER]),
        len(earlier) > EARLIER,
    )


def with_first_words(conversations: ConversationQuerySet) -> ConversationQuerySet:
    """Newest first, each with ``first_words``: what the customer began with."""
    first = Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN
    ).order_by("at", "pk")
    words = first.values(words=Substr("body", 1, FIRST_WORDS))[:1]
    return conversations.annotate(first_words=Subquery(words)).order_by("-opened_at", "-pk")


def consents_of(
    conversation: Conversation, of_contact: ConversationQuerySet
) -> tuple[Consent, ...]:
    """What may be written: answers, as they wrote to us; advertising if they agreed."""
    wrote = of_contact.exclude(window_expires_at=None).aggregate(at=Min("opened_at"))["at"]
    if wrote:
        service = Consent(_("Service requests"), _("Customer wrote first"), "ok", wrote)
    else:
        service = Consent(_("Service requests"), _("Has not written to us yet"), "none")
    request = gate.Request(
        conversation.contact.consent_subject,
        conversation.channel.phone_number_id,
        gate.MessageClass.MARKETING,
    )
    reason = gate.ask(request, now=timezone.now()).reason
    return service, _advertising(reason)


def _advertising(reason: gate.Reason) -> Consent:
    if reason is gate.Reason.OK:
        return Consent(_("Advertising"), _("Agreed"), "ok")
    if reason is gate.Reason.OBJECTED:
        return Consent(_("Advertising"), _("Stopped by the customer"), "stopped")
    if reason is gate.Reason.CONTACT_BAN:
        text = _("Stopped by the customer, and every other message that is no answer")
        return Consent(_("Advertising"), text, "stopped")
    return Consent(_("Advertising"), _("Not agreed"), "none")


def identities_of(contact: Contact) -> list[Identity]:
    """All ids this person has or had; business-scoped ones only by their end."""
    rows = contact.identities.order_by("kind", "-first_seen_at", "-pk")
    return [
        Identity(_identity_name(row), _shown(row), row.first_seen_at, row.ended_at)
        for row in rows
    ]


def language_name(code: str) -> str | Promise:
    return dict(LANGUAGES).get(code, code) if code else ""


def _identity_name(identity: ContactIdentity) -> str | Promise:
    if identity.kind in {ContactIdentity.Kind.BSUID, ContactIdentity.Kind.PARENT_BSUID}:
        return _("WhatsApp id")
    return identity.get_kind_display()


def _shown(identity: ContactIdentity) -> str:
    if identity.kind == ContactIdentity.Kind.PHONE:
        return format_phone(identity.value)
    if identity.kind == ContactIdentity.Kind.USERNAME:
        return f"@{identity.value}"
    return f"…{identity.value[-ENDING:]}"
