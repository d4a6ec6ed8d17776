"""What bubbles show beside their message: files, reactions, quoted messages.

One query each for a whole page, and none for what no message of the page can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from inbox.bubbles.mentions import Names, names_of
from inbox.models import Attachment, Message, Reaction
from inbox.prepared import Prepared, in_places, places
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
    Kind.NOTE,
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


class Around(NamedTuple):
    """All of it for one message."""

    files: tuple[StoredFile, ...]
    reactions: tuple[Emoji, ...]
    quoted: Quoted | None
    names: Names = ()  # of those a note mentions


NOTHING = Around((), (), None)


def around(entries: Sequence[Entry]) -> list[Around]:
    """What stands around each of these messages."""
    files = _by_message(_attached, [e.pk for e in entries if e.kind in WITH_FILES])
    said = [e.pk for e in entries if e.kind not in WITHOUT_REACTIONS]
    reactions = _by_message(_reacted, said)
    known = _ask(_known, list({e.quoted_id for e in entries if e.quoted_id}))
    quoted = {row[0]: Quoted._make(row) for row in known}
    names = names_of(entries)
    return [
        Around(
            tuple(map(StoredFile._make, files.get(entry.pk, ()))),
            tuple(map(Emoji._make, reactions.get(entry.pk, ()))),
            quoted.get(entry.quoted_id or 0),
            names.get(entry.pk, ()),
        )
        if entry.quoted_id or any(entry.pk in its for its in (files, reactions, names))
        else NOTHING
        for entry in entries
    ]


def _by_message(
    query: Callable[[Sequence[int]], Rows], messages: list[int]
) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _ask(query, messages):
        found[row[0]].append(row)
    return found


def _ask(query: Callable[[Sequence[int]], Rows], pks: list[int]) -> Iterable[Row]:
    """By a query that is made once for as many as a page has, and asked with fewer."""
    if not pks:
        return ()
    most = -(-len(pks) // PAGE) * PAGE
    return _prepared(query, most).ask(in_places(pks, most))


@lru_cache(maxsize=32)
def _prepared(query: Callable[[Sequence[int]], Rows], most: int) -> Prepared:
    return Prepared(query(places(most)))


def _attached(messages: Sequence[int]) -> Rows:
    rows = Attachment.objects.filter(message__in=messages).order_by("pk")
    return rows.values_list(*StoredFile._fields)


def _reacted(messages: Sequence[int]) -> Rows:
    rows = Reaction.objects.filter(message__in=messages).exclude(emoji="").order_by("at")
    return rows.values_list(*Emoji._fields)


def _known(messages: Sequence[int]) -> Rows:
    return Message.objects.filter(pk__in=messages).values_list(*Quoted._fields)
