"""What bubbles show beside their message: files, reactions, quoted messages.

One query each for a whole page, and none for what no message of the page can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from inbox.models import Attachment, Message, Reaction
from inbox.thread_paging import Entry

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
    if ids := [entry.pk for entry in entries if entry.kind in WITH_FILES]:
        rows = Attachment.objects.filter(message__in=ids).order_by("pk")
        for row in rows.values_list(*StoredFile._fields):
            found[row[0]].append(StoredFile._make(row))
    return found


def _reactions(entries: Sequence[Entry]) -> dict[int, list[Emoji]]:
    found: dict[int, list[Emoji]] = defaultdict(list)
    if ids := [entry.pk for entry in entries if entry.kind not in WITHOUT_REACTIONS]:
        rows = Reaction.objects.filter(message__in=ids).exclude(emoji="").order_by("at")
        for row in rows.values_list(*Emoji._fields):
            found[row[0]].append(Emoji._make(row))
    return found


def _quoted(entries: Sequence[Entry]) -> dict[int, Quoted]:
    ids = {entry.quoted_id for entry in entries if entry.quoted_id}
    if not ids:
        return {}
    rows = Message.objects.filter(pk__in=ids).values_list(*Quoted._fields)
    return {row[0]: Quoted._make(row) for row in rows}
