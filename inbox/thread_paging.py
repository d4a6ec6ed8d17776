"""Pages of a conversation's timeline, by key: the newest, older, newer, around one, changed.

The key of a message is ``<its moment>~<its number>``; keys sort as texts, also in browsers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from inbox.models import Conversation, Message

PAGE = 50
# Clocks of several processes differ, and a row's moment is a little before its commit.
OVERLAP = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the timeline."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{moment[:26]}Z~{self.pk:012}"


class Entry(NamedTuple):
    """What bubbles show of a message. Plain columns: whole models cost twice the time."""

    pk: int
    code: UUID
    direction: str
    kind: str
    status: str
    origin: str
    author_id: int | None
    author_name: str | None
    body: str
    content: Any
    quoted_id: int | None
    quoted_wamid: str
    draft_key: UUID | None
    at: datetime
    edited_at: datetime | None
    revoked_at: datetime | None
    due_at: datetime | None
    failure_class: str
    failure_code: int | None

    @property
    def key(self) -> Key:
        return Key(self.at, self.pk)


COLUMNS = ["author__name" if name == "author_name" else name for name in Entry._fields]


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in reading order, and whether there are more at either end."""

    entries: list[Entry]
    has_older: bool = False
    has_newer: bool = False


def read_moment(text: str) -> datetime:
    """Raises ValueError for what is no moment with a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def read_key(text: str) -> Key:
    """Raises ValueError for what is no key."""
    moment, separator, number = text.partition("~")
    if not separator or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise ValueError("not a key")
    return Key(read_moment(moment), int(number))


def newest(conversation: Conversation) -> Page:
    entries, more = _cut(_shown(conversation).order_by("-at", "-id"), PAGE)
    return Page(entries[::-1], has_older=more)


def before(conversation: Conversation, key: Key) -> Page:
    earlier = Q(at__lt=key.at) | Q(at=key.at, pk__lt=key.pk)
    # The plain bound lets the store enter its index at the key.
    rows = _shown(conversation).filter(earlier, at__lte=key.at).order_by("-at", "-id")
    entries, more = _cut(rows, PAGE)
    return Page(entries[::-1], has_older=more, has_newer=True)


def after(conversation: Conversation, key: Key) -> Page:
    later = Q(at__gt=key.at) | Q(at=key.at, pk__gt=key.pk)
    rows = _shown(conversation).filter(later, at__gte=key.at).order_by("at", "id")
    entries, more = _cut(rows, PAGE)
    return Page(entries, has_older=True, has_newer=more)


def around(conversation: Conversation, pk: int) -> Page:
    """A page with this message in its midst; the newest when it is not of here."""
    found, _more = _cut(_shown(conversation).filter(pk=pk), 1)
    if not found:
        return newest(conversation)
    older, newer = before(conversation, found[0].key), after(conversation, found[0].key)
    half = PAGE // 2
    return Page(
        [*older.entries[-half:], *found, *newer.entries[:half]],
        has_older=older.has_older or len(older.entries) > half,
        has_newer=newer.has_newer or len(newer.entries) > half,
    )


def changed(conversation: Conversation, *, since: datetime, start: Key) -> list[Entry]:
    """What is new or different since then, from this place on."""
    here = Q(at__gt=start.at) | Q(at=start.at, pk__gte=start.pk)
    rows = _shown(conversation).filter(here, at__gte=start.at, changed_at__gt=since - OVERLAP)
    return _entries(rows.order_by("at", "id"))


def those(pks: Iterable[int]) -> list[Entry]:
    """These messages, in the order they were stored."""
    return _entries(Message.objects.filter(pk__in=list(pks)).order_by("pk"))


def _shown(conversation: Conversation) -> QuerySet[Message]:
    messages = Message.objects.filter(conversation=conversation)
    return messages.exclude(kind=Message.Kind.REACTION)


def _cut(rows: QuerySet[Message], size: int) -> tuple[list[Entry], bool]:
    found = _entries(rows[: size + 1])
    return found[:size], len(found) > size


def _entries(rows: QuerySet[Message]) -> list[Entry]:
    return [Entry._make(row) for row in rows.values_list(*COLUMNS)]
