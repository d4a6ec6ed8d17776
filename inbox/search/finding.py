"""Asking the index on behalf of an agent, and turning ids into what a result shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from inbox.models import Agent, Contact, Message
from inbox.names import format_phone
from inbox.search import store
from inbox.search.documents import filenames_of, text_of
from inbox.search.highlighting import Piece, excerpt, marked, marked_number
from inbox.search.words import Query, fold, read_query
from inbox.visibility import hidden_channels, without

CONTACTS = 6
# Among this many the best are chosen: names that begin with what was typed come first.
CONTACT_CANDIDATES = 60
MESSAGES = 20
# What a result shows of a message; the rest of the row stays where it is.
SHOWN = (
    "kind",
    "direction",
    "channel_id",
    "body",
    "content",
    "at",
    "revoked_at",
    "author__name",
    "conversation__code",
    "conversation__status",
    "conversation__contact__code",
    "conversation__contact__display_name",
)


@dataclass(frozen=True, slots=True)
class ContactHit:
    contact: Contact
    conversation_code: UUID
    name: tuple[Piece, ...]
    detail: tuple[Piece, ...]  # the number or user name


@dataclass(frozen=True, slots=True)
class MessageHit:
    message: Message
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    contacts: tuple[ContactHit, ...] = ()
    messages: tuple[MessageHit, ...] = ()
    was_asked: bool = False  # False: too short to look for anything


def find(agent: Agent, text: str) -> Found:
    """Contacts and messages that this agent may see; what was typed is only ever text."""
    query = read_query(text)
    if not query.words:
        return Found()
    hidden = hidden_channels(agent)
    return Found(_contacts(query, text, hidden), _messages(query, hidden), was_asked=True)


def _contacts(query: Query, text: str, hidden: tuple[int, ...]) -> tuple[ContactHit, ...]:
    ids = store.find_contacts(query, hidden=hidden, limit=CONTACT_CANDIDATES)
    if not ids:
        return ()
    newest = without(hidden).filter(contact=OuterRef("pk")).order_by("-opened_at")
    contacts = (
        Contact.objects.filter(pk__in=ids)
        .annotate(conversation_code=Subquery(newest.values("code")[:1]))
        .exclude(conversation_code=None)
    )
    beginning = fold(text.strip())
    best = sorted(
        contacts,
        key=lambda c: (not fold(c.display_name).startswith(beginning), -c.pk),
    )
    return tuple(
        ContactHit(
            contact,
            contact.conversation_code,
            marked(contact.display_name, query),
            _detail(contact, query),
        )
        for contact in best[:CONTACTS]
    )


def _detail(contact: Contact, query: Query) -> tuple[Piece, ...]:
    number = format_phone(contact.phone) if contact.phone else ""
    if query.phone and number:
        return marked_number(number, query.phone)
    if contact.username and contact.display_name != f"@{contact.username}":
        return marked(f"@{contact.username}", query)
    return (Piece(number),) if number and number != contact.display_name else ()


def _messages(query: Query, hidden: tuple[int, ...]) -> tuple[MessageHit, ...]:
    ids = store.find_messages(query, hidden=hidden, limit=MESSAGES)
    if not ids:
        return ()
    found = Message.objects.filter(pk__in=ids).select_related("conversation__contact", "author")
    messages = list(found.only(*SHOWN))
    filenames = filenames_of(messages)
    messages.sort(key=lambda m: (m.at, m.pk), reverse=True)
    return tuple(
        MessageHit(m, excerpt(text_of(m, filenames.get(m.pk, ())), query)) for m in messages
    )
