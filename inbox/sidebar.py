"""What stands beside the list: folders, labels, colleagues and numbers, each with its count.

Counting stops at a thousand, and never walks through what is closed. What is the same for
everybody who sees the same numbers is counted once in a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.core.cache import cache
from django.db import connection

from inbox.folders import FOLDERS
from inbox.models import Agent, Channel, Label
from inbox.templatetags.people import COLOURS, initials
from inbox.visibility import without

MOST = 1000
# Labels are counted among this many open conversations, the newest.
LABELLED_AMONG = 10_000
KEEP_SECONDS = 3
# Stands for the agent in a query that is made once for all.
ANYBODY = -1


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    is_more: bool = False

    @classmethod
    def upto(cls, number: int) -> Count:
        return cls(number) if number < MOST else cls(MOST - 1, is_more=True)

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_more else str(self.number)

    def __bool__(self) -> bool:
        return self.number > 0


# Folders by their slug, in their order; None: not counted.
FolderCounts = tuple[tuple[str, Count | None], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A label, colleague or number to narrow the list to."""

    pk: int
    code: UUID
    name: str
    count: Count | None = None

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def colour(self) -> int:
        return self.code.int % COLOURS


@dataclass(frozen=True, slots=True)
class Shared:
    """The part that is the same for all who see the same numbers."""

    labels: tuple[Line, ...]
    people: tuple[Line, ...]
    numbers: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sidebar:
    counts: FolderCounts
    shared: Shared


def sidebar_of(agent: Agent, hidden: tuple[int, ...]) -> Sidebar:
    return Sidebar(_folders(agent, hidden), _shared(hidden))


def _folders(agent: Agent, hidden: tuple[int, ...]) -> FolderCounts:
    """All folders in one query, each stopping at a thousand rows of its own index."""
    sql, params = _counting(hidden, MOST)
    with connection.cursor() as cursor:
        its = [agent.pk if p == ANYBODY else p for p in params]
        cursor.execute(sql, its)  # type: ignore[arg-type]
        numbers = dict(zip(_counted(), cursor.fetchone(), strict=True))
    return tuple((s, Count.upto(numbers[s]) if s in numbers else None) for s in FOLDERS)


@lru_cache(maxsize=128)
def _counting(hidden: tuple[int, ...], most: int) -> tuple[str, tuple[object, ...]]:
    """The query for all folders, and its parameters. Making it costs more than asking it."""
    parts, params = [], list[object]()
    for slug in _counted():
        found = FOLDERS[slug].select(without(hidden), Agent(pk=ANYBODY))
        sql, its = found.order_by().values("id")[:most].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608
        params += its
    return f"SELECT {', '.join(parts)}", tuple(params)


def _counted() -> list[str]:
    return [folder.slug for folder in FOLDERS.values() if folder.counted]


def _shared(hidden: tuple[int, ...]) -> Shared:
    key = f"sidebar:{','.join(map(str, hidden))}"
    shared: Shared | None = cache.get(key)
    if shared is None:
        shared = Shared(_labels(hidden), _people(hidden), _numbers(hidden))
        cache.set(key, shared, KEEP_SECONDS)
    return shared


def _labels(hidden: tuple[int, ...]) -> tuple[Line, ...]:
    newest = without(hidden).open().order_by("-last_message_at", "-pk").values("id")
    sql, params = newest[:LABELLED_AMONG].query.sql_with_params()
    counts = _counts(
        f"SELECT l.label_id, count(*) FROM ({sql}) AS newest"  # noqa: S608
        " JOIN inbox_conversationlabel l ON l.conversation_id = newest.id GROUP BY l.label_id",
        params,
    )
    labels = Label.objects.values_list("pk", "code", "name")
    return tuple(
        Line(pk, code, name, Count.upto(counts.get(pk, 0))) for pk, code, name in labels
    )


def _people(hidden: tuple[int, ...]) -> tuple[Line, ...]:
    among = f" AND c.channel_id NOT IN ({', '.join(['%s'] * len(hidden))})" if hidden else ""
    counts = _counts(
        "SELECT a.id, (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation c"  # noqa: S608
        f" WHERE c.assignee_id = a.id AND c.status = 'open'{among} LIMIT {MOST}) AS counted)"
        " FROM inbox_agent a WHERE a.is_active",
        hidden,
    )
    people = Agent.objects.active().values_list("pk", "code", "name")
    return tuple(
        Line(pk, code, name, Count.upto(counts.get(pk, 0))) for pk, code, name in people
    )


def _numbers(hidden: tuple[int, ...]) -> tuple[Line, ...]:
    numbers = Channel.objects.in_use().exclude(pk__in=hidden)
    return tuple(Line(*row) for row in numbers.values_list("pk", "code", "name"))


def _counts(sql: str, params: tuple[object, ...]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)  # type: ignore[arg-type]
        return dict(cursor.fetchall())
