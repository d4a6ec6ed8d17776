"""What the panel beside a conversation, and a contact's own page, tell about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent import gate
from inbox.forms.contacts import LANGUAGES
from inbox.label_choice import HERE, THEIRS, Given, given
from inbox.models import Agent, Contact, ContactIdentity, Conversation, Message
from inbox.models.conversation import ConversationQuerySet
from inbox.names import format_phone
from inbox.prepared import Prepared
from inbox.visibility import without

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


class Earlier(NamedTuple):
    """Another conversation with the same person."""

    code: UUID
    status: str
    opened_at: datetime
    first_words: str | None
    last_message_preview: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    phone: str
    language: str | Promise
    consents: tuple[Consent, ...]
    labels: tuple[Given, ...]
    contact_labels: tuple[Given, ...]
    earlier: tuple[Earlier, ...]


def card_of(conversation: Conversation, hidden: tuple[int, ...], reader: Agent) -> PersonCard:
    """``hidden``: the numbers whose conversations are not shown (inbox.visibility)."""
    contact = conversation.contact
    places = {HERE.pk: conversation.pk, THEIRS.pk: contact.pk}
    labels = given(conversation.pk, contact.pk, reader)
    return PersonCard(
        format_phone(contact.phone) if contact.phone else "",
        language_name(contact.language),
        _consents(conversation, _wrote_at(hidden, places)),
        tuple(label for label in labels if label.on_conversation),
        tuple(label for label in labels if label.on_contact),
        tuple(Earlier._make(row) for row in _earlier(hidden).ask(places)),
    )


@lru_cache(maxsize=256)
def _earlier(hidden: tuple[int, ...]) -> Prepared:
    others = without(hidden).filter(contact=THEIRS).exclude(pk=HERE.pk)
    return Prepared(with_first_words(others).values_list(*Earlier._fields)[:EARLIER])


@lru_cache(maxsize=256)
def _first_case(hidden: tuple[int, ...]) -> Prepared:
    wrote = without(hidden).filter(contact=THEIRS).exclude(window_expires_at=None)
    return Prepared(wrote.order_by("opened_at").values_list("opened_at")[:1])


def _wrote_at(hidden: tuple[int, ...], places: Mapping[int, int]) -> datetime | None:
    for row in _first_case(hidden).ask(places):
        opened_at: datetime = row[0]
        return opened_at
    return None


def with_first_words(conversations: ConversationQuerySet) -> ConversationQuerySet:
    """Newest first, each with ``first_words``: what the customer began with."""
    first = Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN
    ).order_by("at", "pk")
    words = first.values(words=Substr("body", 1, FIRST_WORDS))[:1]
    return conversations.annotate(first_words=Subquery(words)).order_by("-opened_at", "-pk")


def _consents(conversation: Conversation, wrote_at: datetime | None) -> tuple[Consent, ...]:
    """What may be written: answers, as they wrote to us; advertising if they agreed."""
    if wrote_at:
        service = Consent(_("Service requests"), _("Customer wrote first"), "ok", wrote_at)
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
