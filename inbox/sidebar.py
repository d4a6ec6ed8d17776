"""What stands beside the list: folders, labels, colleagues and numbers, each with its count.

Counting stops at a thousand, and never walks through what is closed. A large house has
hundreds of colleagues: beside the list stand those of one's team, the filter offers all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from uuid import UUID

from django.db import connection

from inbox.folders import FOLDERS
from inbox.models import Agent, Channel, Label
from inbox.templatetags.people import COLOURS, initials
from inbox.visibility import without

MOST = 1000
# Labels are counted among this many open conversations, the newest.
LABELLED_AMONG = 10_000
# So many colleagues stand beside the list, those with the most open conversations.
COLLEAGUES = 12
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
class Narrowing:
    """What a list can be narrowed to; the same for a whole team."""

    labels: tuple[Line, ...]
    people: tuple[Line, ...]
    numbers: tuple[Line, ...]


def narrowing_of(team: int | None, hidden: tuple[int, ...]) -> Narrowing:
    """Beside the list: with counts, and of all colleagues those one works with."""
    return Narrowing(_labels(hidden), _people(team, hidden), _numbers(hidden))


def choices_of(hidden: tuple[int, ...]) -> Narrowing:
    """For the filter: everything, without counts."""
    labels = Label.objects.values_list("pk", "code", "name")
    people = Agent.objects.active().values_list("pk", "code", "name")
    return Narrowing(_lines(labels), _lines(people), _numbers(hidden))


def folders_of(agent: Agent, hidden: tuple[int, ...]) -> FolderCounts:
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


def _people(team: int | None, hidden: tuple[int, ...]) -> tuple[Line, ...]:
    """Those of the team, or of the house where one has no team; the busiest, by name."""
    among = f" AND c.channel_id NOT IN ({', '.join(['%s'] * len(hidden))})" if hidden else ""
    of_team = "" if team is None else " AND a.team_id = %s"
    counts = _counts(
        "SELECT a.id, (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation c"  # noqa: S608
        f" WHERE c.assignee_id = a.id AND c.status = 'open'{among} LIMIT {MOST}) AS counted)"
        f" FROM inbox_agent a WHERE a.is_active{of_team}",
        hidden if team is None else (*hidden, team),
    )
    busiest = nlargest(COLLEAGUES, counts, key=lambda pk: (counts[pk], -pk))
    people = Agent.objects.active().filter(pk__in=busiest).values_list("pk", "code", "name")
    return tuple(Line(pk, code, name, Count.upto(counts[pk])) for pk, code, name in people)


def _numbers(hidden: tuple[int, ...]) -> tuple[Line, ...]:
    numbers = Channel.objects.in_use().exclude(pk__in=hidden)
    return _lines(numbers.values_list("pk", "code", "name"))


def _lines(rows: Iterable[tuple[int, UUID, str]]) -> tuple[Line, ...]:
    return tuple(Line(*row) for row in rows)


def _counts(sql: str, params: tuple[object, ...]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)  # type: ignore[arg-type]
        return dict(cursor.fetchall())
