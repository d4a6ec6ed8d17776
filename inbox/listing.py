"""Pages of the conversation list: which rows, in which order, thirty at a time, by key.

A key is ``<moment>~<number>`` of the row it stands for; keys sort as texts, also in browsers.
Paging by key shows every row once however many come and go meanwhile, and costs the same on
the hundredth page as on the first.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Value
from django.db.models.lookups import GreaterThan, LessThan

from inbox.folders import FOLDERS, Folder
from inbox.labelled import LabelOnRow, is_rare, labels_of
from inbox.models import Agent, Channel, Conversation, ConversationLabel, Label
from inbox.models.conversation import ConversationQuerySet
from inbox.prepared import AsText, Prepared, read_moment
from inbox.visibility import without

PAGE = 30
REMEMBERED = 8192  # rows, about 10 MB
# What stands for them in a query that is made once for all (inbox.prepared).
ANYBODY = -1
PLACES = {"label": -2, "assignee": -3, "number": -4}


class Sort(enum.StrEnum):
    WAITING = "waiting"  # longest waiting first
    NEWEST = "newest"


class Choice(NamedTuple):
    """What a list is narrowed to, by its name in addresses."""

    name: str
    pk: int
    code: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """All given ones must hold."""

    label: Label | None = None
    assignee: Agent | None = None
    number: Channel | None = None

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The given ones."""
        all_ = (("label", self.label), ("assignee", self.assignee), ("number", self.number))
        return tuple(
            Choice(name, thing.pk, thing.code, str(thing)) for name, thing in all_ if thing
        )


class Key(NamedTuple):
    """A place in the list."""

    moment: datetime
    pk: int

    def as_pair(self) -> Pair:
        return Pair(Value(self.moment, output_field=DateTimeField()), Value(self.pk))

    def __str__(self) -> str:
        written = self.moment.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{written[:26]}Z~{self.pk:018}"


class Columns(NamedTuple):
    """All that a row shows, and nothing else of the conversation."""

    pk: int
    code: UUID
    status: str
    priority: int
    channel_id: int
    waiting_since: datetime | None
    queued_at: datetime
    snoozed_until: datetime | None
    window_expires_at: datetime | None
    last_message_at: datetime
    last_message_kind: str
    last_message_direction: str
    last_message_status: str
    last_message_preview: str
    unread_count: int
    is_marked_unread: bool
    contact__code: UUID
    contact__display_name: str
    assignee__code: UUID | None
    assignee__name: str | None

    def key(self, sort: Sort) -> Key:
        return Key(self.queued_at if sort is Sort.WAITING else self.last_message_at, self.pk)


MOMENTS = (
    "waiting_since", "queued_at", "snoozed_until", "window_expires_at", "last_message_at"
)  # fmt: skip
CODES = ("code", "contact__code", "assignee__code")
_AS_TEXT = {*MOMENTS, *CODES}
SHOWN = [AsText(name) if name in _AS_TEXT else name for name in Columns._fields]


@dataclass(frozen=True, slots=True)
class Entry:
    columns: Columns
    labels: tuple[LabelOnRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    entries: list[Entry]
    next_key: Key | None  # None: this was the last page


@dataclass(frozen=True, slots=True)
class Listing:
    """One list as an agent looks at it."""

    agent: Agent
    hidden: tuple[int, ...]  # numbers this agent may not see
    folder: Folder
    sort: Sort = Sort.NEWEST
    filters: Filters = Filters()

    def page(self, after: Key | None = None) -> Page:
        found = self._first() if after is None else self._after(after)
        shown = found[:PAGE]
        more = len(found) > PAGE
        return Page(with_labels(shown), shown[-1].key(self.sort) if more else None)

    def _after(self, key: Key) -> list[Columns]:
        rows = self._ordered(self.conversations()).filter(self._beyond(key))
        return _read(self._shown(rows, PAGE).values_list(*SHOWN))

    def _first(self) -> list[Columns]:
        """As everybody looks at it all day, by a query that is made once for all."""
        label = self.filters.label
        its = {choice.name: choice.pk for choice in self.filters.chosen}
        rare = label is not None and is_rare(label.pk)
        query = _prepared(self.hidden, self.folder.slug, self.sort, tuple(its), rare, PAGE)
        places = {PLACES[name]: pk for name, pk in its.items()} | {ANYBODY: self.agent.pk}
        return _read(query.ask(places))

    def _shown(self, rows: ConversationQuerySet, most: int) -> ConversationQuerySet:
        """First the thirty, by the index alone, then what they show.

        Joined before they are cut off, PostgreSQL now and then sorts the whole list.
        """
        chosen = Conversation.objects.filter(pk__in=rows.values("pk")[: most + 1])
        return self._ordered(chosen)

    def those_of(self, codes: Iterable[UUID]) -> list[Entry]:
        """Which of these conversations are in this list now."""
        rows = self._narrowed(self._in_folder(), is_rare=False)
        return with_labels(_read(rows.filter(code__in=list(codes)).values_list(*SHOWN)))

    def conversations(self) -> ConversationQuerySet:
        label = self.filters.label
        return self._narrowed(self._in_folder(), label is not None and is_rare(label.pk))

    def _in_folder(self) -> ConversationQuerySet:
        return self.folder.select(without(self.hidden), self.agent)

    def _narrowed(self, rows: ConversationQuerySet, is_rare: bool) -> ConversationQuerySet:
        wanted = self.filters
        if wanted.assignee:
            rows = rows.filter(assignee=wanted.assignee)
        if wanted.number:
            rows = rows.filter(channel=wanted.number)
        if wanted.label:
            links = ConversationLabel.objects.filter(label=wanted.label)
            if is_rare:  # SQLite begins with those that have it
                return rows.filter(pk__in=links.values("conversation"))
            return rows.filter(Exists(links.filter(conversation=OuterRef("pk"))))
        return rows

    def _ordered(self, rows: ConversationQuerySet) -> ConversationQuerySet:
        if self.sort is Sort.WAITING:
            return rows.order_by("queued_at", "pk")
        return rows.order_by("-last_message_at", "-pk")

    def _beyond(self, key: Key) -> GreaterThan | LessThan:
        if self.sort is Sort.WAITING:
            return GreaterThan(Pair(F("queued_at"), F("pk")), key.as_pair())
        return LessThan(Pair(F("last_message_at"), F("pk")), key.as_pair())


@lru_cache(maxsize=256)
def _prepared(
    hidden: tuple[int, ...],
    slug: str,
    sort: Sort,
    names: tuple[str, ...],
    is_rare: bool,
    most: int,
) -> Prepared:
    filters = Filters(
        label=Label(pk=PLACES["label"]) if "label" in names else None,
        assignee=Agent(pk=PLACES["assignee"]) if "assignee" in names else None,
        number=Channel(pk=PLACES["number"]) if "number" in names else None,
    )
    pattern = Listing(Agent(pk=ANYBODY), hidden, FOLDERS[slug], sort, filters)
    rows = pattern._narrowed(pattern._in_folder(), is_rare)
    shown = pattern._shown(pattern._ordered(rows), most).values_list(*SHOWN)
    return Prepared(shown, is_uneven="label" in names)


class Pair(Func):
    """``(moment, id)``: compared as a whole, which goes straight to a place in an index."""

    template = "(%(expressions)s)"
    output_field = DateTimeField()


def read_key(text: str) -> Key:
    """Raises ValueError for what is no key."""
    moment_text, separator, number = text.partition("~")
    if not separator or not (number.isascii() and number.isdigit()) or len(number) > 18:
        raise ValueError("not a key")
    moment = datetime.fromisoformat(moment_text)
    if moment.tzinfo is None or moment.year < 2000:
        raise ValueError("not a key")
    return Key(moment.astimezone(UTC), int(number))


def with_labels(rows: list[Columns]) -> list[Entry]:
    labels = labels_of([row.pk for row in rows])
    return [Entry(row, tuple(labels.get(row.pk, ()))) for row in rows]


def _read(rows: Iterable[tuple[Any, ...]]) -> list[Columns]:
    return [_columns(tuple(values)) for values in rows]


@lru_cache(maxsize=REMEMBERED)
def _columns(values: tuple[Any, ...]) -> Columns:
    its = dict(zip(Columns._fields, values, strict=True))
    its |= {name: read_moment(text) if (text := its[name]) else None for name in MOMENTS}
    its |= {name: UUID(text) if (text := its[name]) else None for name in CODES}
    return Columns(**its)
