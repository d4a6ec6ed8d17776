"""Where words are kept: PostgreSQL's full text or SQLite's FTS5, behind the same verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from inbox.search.words import Query


@dataclass(frozen=True, slots=True)
class MessageWords:
    message_id: int
    channel_id: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactWords:
    contact_id: int
    words: tuple[str, ...]


class Store(Protocol):
    def put_messages(self, rows: Sequence[MessageWords]) -> None: ...
    def drop_messages(self, ids: Sequence[int]) -> None: ...
    def put_contacts(self, rows: Sequence[ContactWords]) -> None: ...
    def drop_contacts(self, ids: Sequence[int]) -> None: ...
    def find_messages(self, query: Query, hidden: Sequence[int], limit: int) -> list[int]: ...
    def find_contacts(self, query: Query, hidden: Sequence[int], limit: int) -> list[int]: ...


def put_messages(rows: Sequence[MessageWords]) -> None:
    if rows:
        _store().put_messages(rows)


def drop_messages(ids: Sequence[int]) -> None:
    if ids:
        _store().drop_messages(ids)


def put_contacts(rows: Sequence[ContactWords]) -> None:
    if rows:
        _store().put_contacts(rows)


def drop_contacts(ids: Sequence[int]) -> None:
    if ids:
        _store().drop_contacts(ids)


def find_messages(query: Query, *, hidden: Sequence[int], limit: int) -> list[int]:
    """The newest messages with all the words, newest first; none of the hidden numbers."""
    return _store().find_messages(query, hidden, limit) if query.words else []


def find_contacts(query: Query, *, hidden: Sequence[int], limit: int) -> list[int]:
    """Contacts with the number, or with words that begin like all of these; newest first."""
    return _store().find_contacts(query, hidden, limit) if query.words else []


def _store() -> Store:
    from inbox.search import postgres, sqlite

    return sqlite if connection.vendor == "sqlite" else postgres
