"""Pages of the conversation list: which rows, in which order, thirty at a time, by key.

All are asked by queries that are made once for every shape of list (inbox.prepared).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.lookups import GreaterThan, LessThan
from django.utils import timezone

from inbox import view_queries
from inbox.folders import Folder
from inbox.labelled import LabelOnRow, is_rare, labels_of
from inbox.models import Agent, Channel, Conversation, ConversationLabel, Label
from inbox.models.conversation import ConversationQuerySet
from inbox.paging import Key, Pair
from inbox.prepared import AsText, Prepared, read_moment
from inbox.visibility import without

PAGE = 30
MOST_CODES = 50  # conversations looked for at once
REMEMBERED = 8192  # rows, about 10 MB
# What stands for the real ones in a query that is made once for all.
ANYBODY = -1
PLACES = {"assignee": -3, "number": -4}
MOST_LABELS = 10  # one list is narrowed to
LABEL_PLACES = tuple(range(-10 - MOST_LABELS, -10))
PLACE = Key(datetime(1970, 1, 1, tzinfo=UTC), -5)
CODE_PLACES = [UUID(int=number) for number in range(MOST_CODES)]


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

    labels: tuple[Label, ...] = ()
    assignee: Agent | None = None
    number: Channel | None = None

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The given ones."""
        labels = [("label", label) for label in self.labels]
        all_ = (*labels, ("assignee", self.assignee), ("number", self.number))
        return tuple(
            Choice(name, thing.pk, thing.code, str(thing)) for name, thing in all_ if thing
        )


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


# The rows in question, their order, how many at most.
Query: TypeAlias = Callable[[ConversationQuerySet, Sort, int], ConversationQuerySet]
Places: TypeAlias = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list as an agent looks at it."""

    agent: Agent
    hidden: tuple[int, ...]  # numbers this agent may not see
    folder: Folder
    sort: Sort = Sort.NEWEST
    filters: Filters = Filters()

    def page(self, after: Key | None = None) -> Page:
        found = self._ask(_first) if after is None else self._ask(_after, _at(after))
        shown = found[:PAGE]
        more = len(found) > PAGE
        return Page(self._with_labels(shown), shown[-1].key(self.sort) if more else None)

    def those_of(self, codes: Sequence[UUID]) -> list[Entry]:
        """Which of these conversations, ``MOST_CODES`` at most, are in this list now."""
        return self._with_labels(self._ask(_those, _with(codes))) if codes else []

    def _with_labels(self, rows: list[Columns]) -> list[Entry]:
        """As far as this agent may see them."""
        pks, sensitive = [row.pk for row in rows], self.agent.data_protection
        labels = labels_of(pks, sensitive=sensitive)
        return [Entry(row, tuple(labels.get(row.pk, ()))) for row in rows]

    def everything(self, most: int) -> list[tuple[UUID, int, int | None]]:
        """All conversations of this list in their order: code, id, and who has it.

        One more than ``most`` says that there are more.
        """
        rows = _ordered(self._narrowed(self._in_folder(), is_rare=False), self.sort)
        asked = Prepared(rows.values_list("code", "pk", "assignee")[: most + 1], is_uneven=True)
        moments = view_queries.places(self.folder.moments, timezone.now())
        return [(code, pk, had) for code, pk, had in asked.ask(moments)]

    def _ask(self, query: Query, more: Places | None = None) -> list[Columns]:
        labels = [label.pk for label in self.filters.labels]
        rare = None if query is _those else next(filter(is_rare, labels), None)
        labels.sort(key=lambda label: label != rare)
        chosen = {c.name: c.pk for c in self.filters.chosen if c.name in PLACES}
        prepared = _prepared(
            query,
            self.hidden,
            self.folder,
            self.sort,
            tuple(chosen),
            len(labels),
            rare is not None,
            PAGE,
        )
        places = {PLACES[name]: pk for name, pk in chosen.items()} | {ANYBODY: self.agent.pk}
        its_labels = dict(zip(LABEL_PLACES, labels, strict=False))
        moments = view_queries.places(self.folder.moments, timezone.now())
        return _read(prepared.ask(places | its_labels | moments | (more or {})))

    def _in_folder(self) -> ConversationQuerySet:
        return self.folder.select(without(self.hidden), self.agent)

    def _narrowed(self, rows: ConversationQuerySet, is_rare: bool) -> ConversationQuerySet:
        """``is_rare``: the first label is on few."""
        wanted = self.filters
        if wanted.assignee:
            rows = rows.filter(assignee=wanted.assignee)
        if wanted.number:
            rows = rows.filter(channel=wanted.number)
        for number, label in enumerate(wanted.labels):
            links = ConversationLabel.objects.filter(label=label)
            if is_rare and number == 0:  # SQLite begins with those that have it
                rows = rows.filter(pk__in=links.values("conversation"))
            else:
                rows = rows.filter(Exists(links.filter(conversation=OuterRef("pk"))))
        return rows


def _first(rows: ConversationQuerySet, sort: Sort, most: int) -> ConversationQuerySet:
    """First the thirty, by the index alone, then what they show.

    Joined before they are cut off, PostgreSQL now and then sorts the whole list.
    """
    first = _ordered(rows, sort).values("pk")[: most + 1]
    return _ordered(Conversation.objects.filter(pk__in=first), sort)


def _after(rows: ConversationQuerySet, sort: Sort, most: int) -> ConversationQuerySet:
    return _first(rows.filter(_beyond(sort, PLACE.as_pair())), sort, most)


def _those(rows: ConversationQuerySet, sort: Sort, most: int) -> ConversationQuerySet:
    return rows.filter(code__in=CODE_PLACES).order_by()


def _ordered(rows: ConversationQuerySet, sort: Sort) -> ConversationQuerySet:
    if sort is Sort.WAITING:
        return rows.order_by("queued_at", "pk")
    return rows.order_by("-last_message_at", "-pk")


def _beyond(sort: Sort, place: Pair) -> GreaterThan | LessThan:
    if sort is Sort.WAITING:
        return GreaterThan(Pair(F("queued_at"), F("pk")), place)
    return LessThan(Pair(F("last_message_at"), F("pk")), place)


def _at(key: Key) -> Places:
    moment = connection.ops.adapt_datetimefield_value  # SQLite wants a text
    return {moment(PLACE.moment): moment(key.moment), PLACE.pk: key.pk}


def _with(codes: Sequence[UUID]) -> Places:
    write = partial(
        Conversation._meta.get_field("code").get_db_prep_value, connection=connection
    )
    filled = [*codes, *[codes[-1]] * (MOST_CODES - len(codes))]
    return dict(zip(map(write, CODE_PLACES), map(write, filled), strict=True))


@lru_cache(maxsize=512)
def _prepared(
    query: Query,
    hidden: tuple[int, ...],
    folder: Folder,
    sort: Sort,
    names: tuple[str, ...],
    label_count: int,
    is_rare: bool,
    most: int,
) -> Prepared:
    filters = Filters(
        labels=tuple(Label(pk=place) for place in LABEL_PLACES[:label_count]),
        assignee=Agent(pk=PLACES["assignee"]) if "assignee" in names else None,
        number=Channel(pk=PLACES["number"]) if "number" in names else None,
    )
    pattern = Listing(Agent(pk=ANYBODY), hidden, folder, sort, filters)
    rows = query(pattern._narrowed(pattern._in_folder(), is_rare), sort, most)
    return Prepared(rows.values_list(*SHOWN), is_uneven=label_count > 0 or bool(folder.version))


def _read(rows: Iterable[tuple[Any, ...]]) -> list[Columns]:
    return [_columns(tuple(values)) for values in rows]


@lru_cache(maxsize=REMEMBERED)
def _columns(values: tuple[Any, ...]) -> Columns:
    its = dict(zip(Columns._fields, values, strict=True))
    its |= {name: read_moment(text) if (text := its[name]) else None for name in MOMENTS}
    its |= {name: UUID(text) if (text := its[name]) else None for name in CODES}
    return Columns(**its)
