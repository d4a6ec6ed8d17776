"""What a quick reply says to a customer: which of its texts, and what stands in its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inbox.contact_fields import field_values, own_fields
from inbox.hours.plan import Plan
from inbox.models import Agent, Contact, Conversation, QuickReplyText
from inbox.names import first_name, format_phone
from inbox.opening_phrases import closes_at_phrase, next_opening_phrase
from inbox.placeholders import Filled, Place, fill, split

# The places of texts, and what each is, for those who write them.
VALUES: dict[str, str | Promise] = {
    "contact.first_name": _("The customer's first name"),
    "contact.name": _("The customer's whole name"),
    "contact.phone": _("The customer's number"),
    "agent.name": _("Name of the agent who sends it"),
    "agent.first_name": _("First name of the agent who sends it"),
    "conversation.number": _("Number of the conversation"),
    "team.name": _("Team of the conversation"),
    "next_opening": _("When we open next, such as “Monday, 23 November, from 9 am”"),
    "closes_at": _("Until when we are open, such as “6 pm”"),
}
# Always known, so that no fallback is needed.
ALWAYS_KNOWN = frozenset({"agent.name", "agent.first_name", "conversation.number"})
FIELD = "field."


def known_places() -> dict[str, str | Promise]:
    """All names that may stand in a text, and what they are."""
    return VALUES | {f"{FIELD}{key}": label for key, label in own_fields().items()}


class Worded(Protocol):
    """The words for some customers: of a language, addressed in a form; "" is any."""

    @property
    def language(self) -> str: ...

    @property
    def form(self) -> str: ...


W = TypeVar("W", bound=Worded)


def best_text(texts: Iterable[W], language: str, form: str) -> W | None:
    """The text that fits a customer best. The language goes before how they are addressed;
    where neither is known the text for any stands first, and Sie before du."""
    languages = [_plain(language), "", settings.LANGUAGE_CODE, "en"]
    forms = [form, "", Contact.AddressForm.SIE, Contact.AddressForm.DU]

    def rank(text: W) -> tuple[int, int, str]:
        return (
            _place_in(languages, _plain(text.language)),
            _place_in(forms, text.form),
            text.language,
        )

    return min(texts, key=rank, default=None)


def missing_fallbacks(text: str) -> list[str]:
    """Places that may be empty and say nothing then, each once."""
    names = [
        part.name
        for part in split(text)
        if isinstance(part, Place) and part.fallback is None and part.name not in ALWAYS_KNOWN
    ]
    return list(dict.fromkeys(names))


def filled(
    text: QuickReplyText, conversation: Conversation, agent: Agent, *, now: datetime
) -> Filled:
    """The text as it would go to this customer, and which places stay open."""
    names = {part.name for part in split(text.body) if isinstance(part, Place)}
    language = text.language or conversation.contact.language or get_language() or "en"
    return fill(
        text.body, values_for(conversation, agent, language=language, now=now, names=names)
    )


def values_for(
    conversation: Conversation,
    agent: Agent | None,
    *,
    language: str,
    now: datetime,
    names: Iterable[str] = VALUES,
) -> Mapping[str, str]:
    """The texts for ``names``; nothing is asked of the database for others. No agent: the
    desk itself writes."""
    wanted = set(names)
    contact = conversation.contact
    known = {
        "contact.first_name": first_name(contact.name or contact.profile_name),
        "contact.name": contact.name or contact.profile_name,
        "contact.phone": format_phone(contact.phone) if contact.phone else "",
        "agent.name": agent.name if agent else "",
        "agent.first_name": agent.get_short_name() if agent else "",
        "conversation.number": str(conversation.pk),
    }
    if "team.name" in wanted:
        known["team.name"] = conversation.team.name if conversation.team else ""
    if wanted & _OF_HOURS.keys() and (plan := plan_of(conversation, language)):
        known |= {name: say(plan, now, language) for name, say in _OF_HOURS.items()}
    if any(name.startswith(FIELD) for name in wanted):
        with translation.override(language):  # dates and numbers are written in it
            held = field_values(contact)
        known |= {f"{FIELD}{key}": value for key, value in held.items()}
    return known


def plan_of(conversation: Conversation, language: str) -> Plan | None:
    """The hours of the conversation's team go before those of the number."""
    team = conversation.team
    hours = (team.opening_hours if team else None) or conversation.channel.opening_hours
    return hours.plan(language) if hours else None


_OF_HOURS: dict[str, Callable[[Plan, datetime, str], str]] = {
    "next_opening": next_opening_phrase,
    "closes_at": closes_at_phrase,
}


def _plain(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _place_in(order: list[str], value: str) -> int:
    return order.index(value) if value in order else len(order)
