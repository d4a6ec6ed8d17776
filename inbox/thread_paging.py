"""Pages of a conversation's timeline, by key: the newest, older, newer, around one, changed.

The key of a message is ``<its moment>~<its number>``; keys sort as texts, also in browsers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from inbox.models import Conversation, Message
from inbox.prepared import AsText, Prepared, read_moment

PAGE = 50
# Clocks of several processes differ, and a row's moment is a little before its commit.
OVERLAP = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the timeline."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{at[:26]}Z~{self.pk:012}"


class Entry(NamedTuple):
    """What bubbles show of a message, as the database writes it.

    Plain columns, as whole models cost twice the time. Moments, codes and contents stay texts:
    most messages were drawn before (inbox.bubbles.drawing), and are only recognised.
    """

    pk: int
    code: str
    direction: str
    kind: str
    status: str
    origin: str
    author_id: int | None
    author_name: str | None
    body: str
    content: str
    quoted_id: int | None
    quoted_wamid: str
    draft_key: str | None
    at: str
    edited_at: str | None
    revoked_at: str | None
    due_at: str | None
    failure_class: str
    failure_code: int | None

    @property
    def key(self) -> Key:
        return Key(read_moment(self.at), self.pk)

    @property
    def order(self) -> str:
        """Its key as a text."""
        return str(self.key)


AS_TEXT = {"code", "content", "draft_key", "at", "edited_at", "revoked_at", "due_at"}
COLUMNS: list[str | AsText] = [
    AsText(name) if name in AS_TEXT else "author__name" if name == "author_name" else name
    for name in Entry._fields
]


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in reading order, and whether there are more at either end."""

    entries: list[Entry]
    has_older: bool = False
    has_newer: bool = False


def told_moment(text: str) -> datetime:
    """What a browser says. Raises ValueError for what is no moment with a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def read_key(text: str) -> Key:
    """Raises ValueError for what is no key."""
    moment, separator, number = text.partition("~")
    if not separator or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise ValueError("not a key")
    return Key(told_moment(moment), int(number))


def newest(conversation: Conversation) -> Page:
    entries, more = _cut(_ask(_newest, conversation))
    return Page(entries[::-1], has_older=more)


def before(conversation: Conversation, key: Key) -> Page:
    entries, more = _cut(_ask(_before, conversation, key))
    return Page(entries[::-1], has_older=more, has_newer=True)


def after(conversation: Conversation, key: Key) -> Page:
    entries, more = _cut(_ask(_after, conversation, key))
    return Page(entries, has_older=True, has_newer=more)


def around(conversation: Conversation, pk: int) -> Page:
    """A page with this message in its midst; the newest when it is not of here."""
    found = _read(_shown(conversation).filter(pk=pk).values_list(*COLUMNS))
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
    return _ask(_changed, conversation, start, since - OVERLAP)


def those(pks: Iterable[int]) -> list[Entry]:
    """These few messages, mostly one, in the order they were stored."""
    rows = [row for pk in sorted(pks) for row in _prepared(_that).ask({PLACE.pk: pk})]
    return _read(rows)


# What stands for the real ones in queries that are made once (inbox.prepared).
HERE = Conversation(pk=-1)
PLACE = Key(datetime(1970, 1, 1, tzinfo=UTC), -2)
SINCE = datetime(1970, 1, 2, tzinfo=UTC)


def _ask(
    query: Callable[[], QuerySet[Message]],
    conversation: Conversation,
    key: Key = PLACE,
    since: datetime = SINCE,
) -> list[Entry]:
    given = _parameter
    places = {
        HERE.pk: conversation.pk,
        PLACE.pk: key.pk,
        given(PLACE.at): given(key.at),
        given(SINCE): given(since),
    }
    return _read(_prepared(query).ask(places))


def _parameter(moment: datetime) -> Any:
    """A moment as it stands in a query: SQLite wants a text."""
    return connection.ops.adapt_datetimefield_value(moment)


@cache
def _prepared(query: Callable[[], QuerySet[Message]]) -> Prepared:
    return Prepared(query().values_list(*COLUMNS))


def _that() -> QuerySet[Message]:
    return Message.objects.filter(pk=PLACE.pk)


def _newest() -> QuerySet[Message]:
    return _shown(HERE).order_by("-at", "-id")[: PAGE + 1]


def _before() -> QuerySet[Message]:
    earlier = Q(at__lt=PLACE.at) | Q(at=PLACE.at, pk__lt=PLACE.pk)
    # The plain bound lets the store enter its index at the key.
    rows = _shown(HERE).filter(earlier, at__lte=PLACE.at)
    return rows.order_by("-at", "-id")[: PAGE + 1]


def _after() -> QuerySet[Message]:
    later = Q(at__gt=PLACE.at) | Q(at=PLACE.at, pk__gt=PLACE.pk)
    rows = _shown(HERE).filter(later, at__gte=PLACE.at)
    return rows.order_by("at", "id")[: PAGE + 1]


def _changed() -> QuerySet[Message]:
    here = Q(at__gt=PLACE.at) | Q(at=PLACE.at, pk__gte=PLACE.pk)
    rows = _shown(HERE).filter(here, at__gte=PLACE.at, changed_at__gt=SINCE)
    return rows.order_by("at", "id")


def _shown(conversation: Conversation) -> QuerySet[Message]:
    messages = Message.objects.filter(conversation=conversation)
    return messages.exclude(kind=Message.Kind.REACTION)


def _cut(found: list[Entry]) -> tuple[list[Entry], bool]:
    """The page, and whether one more than that was found."""
    return found[:PAGE], len(found) > PAGE


def _read(rows: Iterable[tuple[Any, ...]]) -> list[Entry]:
    return [Entry._make(row) for row in rows]
