"""Asking the index on behalf of an agent, and turning ids into what a result shows.

Asked at every letter, so both queries are made once, with places for as many ids as there can
be, and no row becomes more than a tuple.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from inbox.models import Agent, Contact, Message
from inbox.names import format_phone
from inbox.prepared import AsText, Prepared, in_places, places, read_moment
from inbox.search import store
from inbox.search.documents import filenames_of, text_of
from inbox.search.highlighting import Piece, excerpt, marked, marked_number
from inbox.search.words import Query, fold, read_query
from inbox.visibility import hidden_channels, without

CONTACTS = 6
# Among this many the best are chosen: names that begin with what was typed come first.
CONTACT_CANDIDATES = 60
MESSAGES = 20


class ContactHit(NamedTuple):
    pk: int
    code: UUID
    display_name: str
    conversation_code: UUID
    name: tuple[Piece, ...]
    detail: tuple[Piece, ...]  # the number or user name


class MessageHit(NamedTuple):
    pk: int
    at: datetime
    author: str
    conversation_code: UUID
    contact_code: UUID
    contact_name: str
    excerpt: tuple[Piece, ...]


class Found(NamedTuple):
    contacts: tuple[ContactHit, ...] = ()
    messages: tuple[MessageHit, ...] = ()
    was_asked: bool = False  # False: too short to look for anything


class _Person(NamedTuple):
    pk: int
    code: str
    display_name: str
    phone: str
    username: str
    conversation_code: str | None  # the newest one that may be seen


class _Said(NamedTuple):
    pk: int
    kind: str
    revoked_at: str | None
    body: str
    content: Any
    at: str
    author: str | None
    conversation_code: str
    contact_code: str
    contact_name: str


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
    people = map(_Person._make, _people(hidden).ask(in_places(ids, CONTACT_CANDIDATES)))
    beginning = fold(text.strip())
    best = sorted(
        (person for person in people if person.conversation_code),
        key=lambda person: (not fold(person.display_name).startswith(beginning), -person.pk),
    )
    return tuple(_contact_hit(person, query) for person in best[:CONTACTS])


def _contact_hit(person: _Person, query: Query) -> ContactHit:
    return ContactHit(
        pk=person.pk,
        code=UUID(person.code),
        display_name=person.display_name,
        conversation_code=UUID(person.conversation_code),
        name=marked(person.display_name, query),
        detail=_detail(person, query),
    )


def _detail(person: _Person, query: Query) -> tuple[Piece, ...]:
    number = format_phone(person.phone) if person.phone else ""
    if query.phone and number:
        return marked_number(number, query.phone)
    if person.username and person.display_name != f"@{person.username}":
        return marked(f"@{person.username}", query)
    return (Piece(number),) if number and number != person.display_name else ()


def _messages(query: Query, hidden: tuple[int, ...]) -> tuple[MessageHit, ...]:
    ids = store.find_messages(query, hidden=hidden, limit=MESSAGES)
    if not ids:
        return ()
    found = [_Said._make(row) for row in _said().ask(in_places(ids, MESSAGES))]
    filenames = filenames_of(found)
    hits = [_message_hit(said, filenames.get(said.pk, []), query) for said in found]
    return tuple(sorted(hits, key=lambda hit: (hit.at, hit.pk), reverse=True))


def _message_hit(said: _Said, filenames: list[str], query: Query) -> MessageHit:
    return MessageHit(
        pk=said.pk,
        at=read_moment(said.at),
        author=(said.author or "").split(" ")[0],
        conversation_code=UUID(said.conversation_code),
        contact_code=UUID(said.contact_code),
        contact_name=said.contact_name,
        excerpt=excerpt(text_of(said, filenames), query),
    )


@lru_cache(maxsize=256)
def _people(hidden: tuple[int, ...]) -> Prepared:
    newest = without(hidden).filter(contact=OuterRef("pk")).order_by("-opened_at")
    rows = Contact.objects.filter(pk__in=places(CONTACT_CANDIDATES)).order_by()
    code = Subquery(newest.values(text=AsText("code"))[:1])
    return Prepared(
        rows.values_list("pk", AsText("code"), "display_name", "phone", "username", code)
    )


@cache
def _said() -> Prepared:
    rows = Message.objects.filter(pk__in=places(MESSAGES)).order_by()
    return Prepared(
        rows.values_list(
            "pk",
            "kind",
            AsText("revoked_at"),
            "body",
            "content",
            AsText("at"),
            "author__name",
            AsText("conversation__code"),
            AsText("conversation__contact__code"),
            "conversation__contact__display_name",
        )
    )
