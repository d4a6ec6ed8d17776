"""What bubbles show beside their message: files, reactions, quoted messages.

One query each for a whole page, and none for what no message of the page can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from inbox.models import Attachment, Message, Reaction
from inbox.prepared import Prepared
from inbox.thread_paging import PAGE, Entry

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = QuerySet[Any, Row]

Kind = Message.Kind
WITH_FILES = {
    Kind.IMAGE,
    Kind.VIDEO,
    Kind.AUDIO,
    Kind.VOICE,
    Kind.DOCUMENT,
    Kind.STICKER,
    Kind.TEMPLATE,
}
WITHOUT_REACTIONS = {Kind.EVENT, Kind.NOTE}


class StoredFile(NamedTuple):
    message_id: int
    code: UUID
    kind: str
    state: str
    mime_type: str
    filename: str
    size: int
    hash_differs: bool
    thumbnail: str
    width: int | None
    height: int | None
    failure: str


class Emoji(NamedTuple):
    message_id: int
    from_us: bool
    emoji: str


class Quoted(NamedTuple):
    pk: int
    conversation__code: UUID
    direction: str
    kind: str
    body: str
    author__name: str | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    files: dict[int, list[StoredFile]]
    reactions: dict[int, list[Emoji]]
    quoted: dict[int, Quoted]


def surroundings_of(entries: Sequence[Entry]) -> Surroundings:
    return Surroundings(_files(entries), _reactions(entries), _quoted(entries))


def _files(entries: Sequence[Entry]) -> dict[int, list[StoredFile]]:
    found: dict[int, list[StoredFile]] = defaultdict(list)
    for row in _about(_attached, [e.pk for e in entries if e.kind in WITH_FILES]):
        found[row[0]].append(StoredFile._make(row))
    return found


def _reactions(entries: Sequence[Entry]) -> dict[int, list[Emoji]]:
    found: dict[int, list[Emoji]] = defaultdict(list)
    for row in _about(_reacted, [e.pk for e in entries if e.kind not in WITHOUT_REACTIONS]):
        found[row[0]].append(Emoji._make(row))
    return found


def _quoted(entries: Sequence[Entry]) -> dict[int, Quoted]:
    rows = _about(_known, list({e.quoted_id for e in entries if e.quoted_id}))
    return {row[0]: Quoted._make(row) for row in rows}


def _about(query: Callable[[Sequence[int]], Rows], pks: list[int]) -> Iterable[Row]:
    """By a query that is made once for as many as a page has, and asked with fewer."""
    if not pks:
        return ()
    size = -(-len(pks) // PAGE) * PAGE
    given = [*pks, *pks[-1:] * (size - len(pks))]
    return _prepared(query, size).ask(dict(zip(_places(size), given, strict=True)))


@lru_cache(maxsize=32)
def _prepared(query: Callable[[Sequence[int]], Rows], size: int) -> Prepared:
    return Prepared(query(_places(size)))


def _places(size: int) -> range:
    """What stands for the messages (inbox.prepared)."""
    return range(-size, 0)


def _attached(messages: Sequence[int]) -> Rows:
    rows = Attachment.objects.filter(message__in=messages).order_by("pk")
    return rows.values_list(*StoredFile._fields)


def _reacted(messages: Sequence[int]) -> Rows:
    rows = Reaction.objects.filter(message__in=messages).exclude(emoji="").order_by("at")
    return rows.values_list(*Emoji._fields)


def _known(messages: Sequence[int]) -> Rows:
    return Message.objects.filter(pk__in=messages).values_list(*Quoted._fields)
