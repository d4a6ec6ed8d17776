"""What an automatic text says to a customer: which variant, and what stands in its places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.automatic import languages, wording
from inbox.automatic.rules import Kind
from inbox.models import AutomaticText, AutomaticVariant, Channel, Contact, Conversation
from inbox.placeholders import Place, split
from inbox.quick_replies import best_text, known_places, values_for

OWN_PLACES: dict[str, str | Promise] = {
    wording.COMPANY: _("Name of the company as WhatsApp shows it"),
    wording.LINK: _("The link of the privacy notice"),
}
# Always known, so that no fallback is needed.
CERTAIN = frozenset({*OWN_PLACES, "conversation.number"})


def places() -> dict[str, str | Promise]:
    """All names that may stand in an automatic text. No agent is there to be named."""
    known = known_places().items()
    return OWN_PLACES | {name: text for name, text in known if not name.startswith("agent.")}


def without_fallback(text: str, kind: Kind) -> list[str]:
    """Places that may be empty and say nothing then, each once."""
    # Whoever is told that it is closed can be told until when.
    certain = CERTAIN | {"next_opening"} if kind == Kind.AWAY else CERTAIN
    names = [
        part.name
        for part in split(text)
        if isinstance(part, Place) and not part.fallback and part.name not in certain
    ]
    return list(dict.fromkeys(names))


def language_of(contact: Contact, channel: Channel) -> str:
    return contact.language or languages.guess(
        phone=contact.phone, bsuid=contact.bsuid, our_phone=channel.display_phone_number
    )


def written(
    texts: Iterable[AutomaticText], conversation: Conversation, *, now: datetime
) -> str:
    """These texts as one message to this customer; "" where none of them has words."""
    return wording.join([_written(text, conversation, now) for text in texts])


def _written(text: AutomaticText, conversation: Conversation, now: datetime) -> str:
    contact, channel = conversation.contact, conversation.channel
    language = language_of(contact, channel)
    variant = best_text(text.variants.all(), language, contact.address_form)
    return write_variant(variant, text, conversation, language, now) if variant else ""


def write_variant(
    variant: AutomaticVariant,
    text: AutomaticText,
    conversation: Conversation,
    language: str,
    now: datetime,
) -> str:
    names = wording.places_in(variant.body)
    channel = conversation.channel
    known = values_for(
        conversation, None, language=variant.language or language, now=now, names=names
    )
    own = {wording.COMPANY: channel.verified_name or channel.name, wording.LINK: text.link}
    return wording.write(variant.body, {**known, **own})
