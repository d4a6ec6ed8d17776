"""Pages of a conversation's timeline, by key: the newest, older, newer, around one, changed.

The key of a message is ``<its moment>~<its number>``; keys sort as texts, also in browsers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from inbox.models import Conversation, Message

PAGE = 50
# Clocks of several processes differ, and a row's moment is a little before its commit.
OVERLAP = timedelta(seconds=10)
# What bubbles do not show stays in the store.
UNSHOWN = (
    "channel",
    "wamid",
    "created_at",
    "due_at",
    "claimed_at",
    "attempts",
    "decision",
    "price_category",
    "price_type",
)


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the timeline."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{self.pk:012}"


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in reading order, and whether there are more at either end."""

    messages: list[Message]
    has_older: bool = False
    has_newer: bool = False


def key_of(message: Message) -> Key:
    return Key(message.at, message.pk)


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
    messages, more = _cut(_shown(conversation).order_by("-at", "-id"), PAGE)
    return Page(messages[::-1], has_older=more)


def before(conversation: Conversation, key: Key) -> Page:
    earlier = Q(at__lt=key.at) | Q(at=key.at, pk__lt=key.pk)
    # The plain bound lets the store enter its index at the key.
    rows = _shown(conversation).filter(earlier, at__lte=key.at).order_by("-at", "-id")
    messages, more = _cut(rows, PAGE)
    return Page(messages[::-1], has_older=more, has_newer=True)


def after(conversation: Conversation, key: Key) -> Page:
    later = Q(at__gt=key.at) | Q(at=key.at, pk__gt=key.pk)
    rows = _shown(conversation).filter(later, at__gte=key.at).order_by("at", "id")
    messages, more = _cut(rows, PAGE)
    return Page(messages, has_older=True, has_newer=more)


def around(conversation: Conversation, pk: int) -> Page:
    """A page with this message in its midst; the newest when it is not of here."""
    message = _shown(conversation).filter(pk=pk).first()
    if message is None:
        return newest(conversation)
    key = key_of(message)
    older, newer = before(conversation, key), after(conversation, key)
    half = PAGE // 2
    return Page(
        [*older.messages[-half:], message, *newer.messages[:half]],
        has_older=older.has_older or len(older.messages) > half,
        has_newer=newer.has_newer or len(newer.messages) > half,
    )


def changed(conversation: Conversation, *, since: datetime, start: Key) -> list[Message]:
    """What is new or different since then, from this place on."""
    here = Q(at__gt=start.at) | Q(at=start.at, pk__gte=start.pk)
    rows = _shown(conversation).filter(here, at__gte=start.at, changed_at__gt=since - OVERLAP)
    return list(rows.order_by("at", "id"))


def _shown(conversation: Conversation) -> QuerySet[Message]:
    messages = Message.objects.filter(conversation=conversation)
    return messages.exclude(kind=Message.Kind.REACTION).defer(*UNSHOWN)


def _cut(rows: QuerySet[Message], size: int) -> tuple[list[Message], bool]:
    found = list(rows[: size + 1])
    return found[:size], len(found) > size
