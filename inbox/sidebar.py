"""What stands beside the list: folders, labels, colleagues and numbers, each with its count.

Counting stops at a thousand, and never walks through what is closed. What is the same for
many agents is counted once in half a second; static/js/sidebar.js waits so long before it
asks again, so that a change is always counted. A large house has hundreds of colleagues:
beside the list stand those of one's team, the filter offers all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple
from uuid import UUID

from inbox.folders import FOLDERS
from inbox.lately import lately
from inbox.models import Agent, Channel, Label
from inbox.prepared import fetch
from inbox.templatetags.people import COLOURS, initials
from inbox.visibility import without

MOST = 1000
# Labels are counted among this many open conversations, the newest.
LABELLED_AMONG = 10_000
# So many colleagues stand beside the list, those with the most open conversations.
COLLEAGUES = 12
KEEP_SECONDS = 0.5
# Stands for the agent in a query that is made once for all.
ANYBODY = -1


def count_text(number: int) -> str:
    """ "" for none, which is not shown."""
    return f"{MOST - 1}+" if number >= MOST else str(number or "")


# Folders by their slug, in their order, and how many are in each.
FolderCounts = tuple[tuple[str, str], ...]


class Line(NamedTuple):
    """A label, colleague or number to narrow the list to."""

    pk: int
    code: UUID
    name: str
    how_many: str = ""

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def colour(self) -> int:
        return self.code.int % COLOURS


class Narrowing(NamedTuple):
    """What a list can be narrowed to."""

    labels: tuple[Line, ...]
    people: tuple[Line, ...]
    numbers: tuple[Line, ...]


def narrowing_of(agent: Agent, hidden: tuple[int, ...]) -> Narrowing:
    """Beside the list: with counts, and of all colleagues those one works with."""
    labels = _labels(hidden, agent.data_protection)
    return Narrowing(labels, _people(agent.team_id, hidden), _numbers(hidden))


def choices_of(agent: Agent, hidden: tuple[int, ...]) -> Narrowing:
    """For the filter: everything, without counts."""
    labels = Label.objects.visible_to(agent).values_list("pk", "code", "name")
    people = Agent.objects.active().values_list("pk", "code", "name")
    return Narrowing(_lines(labels), _lines(people), _numbers(hidden))


def folders_of(agent: Agent, hidden: tuple[int, ...]) -> FolderCounts:
    """Only what is the agent's own is counted anew each time."""
    counts = _shared_counts(hidden) | _count(OWN, hidden, agent.pk)
    return tuple((slug, counts.get(slug, "")) for slug in FOLDERS)


OWN = tuple(folder.slug for folder in FOLDERS.values() if folder.counted and folder.own)
SHARED = tuple(folder.slug for folder in FOLDERS.values() if folder.counted and not folder.own)


@lately(KEEP_SECONDS)
def _shared_counts(hidden: tuple[int, ...]) -> dict[str, str]:
    return _count(SHARED, hidden, ANYBODY)


def _count(slugs: tuple[str, ...], hidden: tuple[int, ...], agent: int) -> dict[str, str]:
    """In one query, each stopping at a thousand rows of its own index."""
    sql, params = _counting(slugs, hidden, MOST)
    (counted,) = fetch(sql, [agent if p == ANYBODY else p for p in params])
    return dict(zip(slugs, map(count_text, counted), strict=True))


@lru_cache(maxsize=256)
def _counting(
    slugs: tuple[str, ...], hidden: tuple[int, ...], most: int
) -> tuple[str, tuple[int | str, ...]]:
    """The query and its parameters. Making it costs more than asking it."""
    parts, params = [], list[int | str]()
    for slug in slugs:
        found = FOLDERS[slug].select(without(hidden), Agent(pk=ANYBODY))
        sql, its = found.order_by().values("id")[:most].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608
        params += its
    return f"SELECT {', '.join(parts)}", tuple(params)


@lately(KEEP_SECONDS)
def _labels(hidden: tuple[int, ...], sensitive: bool) -> tuple[Line, ...]:
    newest = without(hidden).open().order_by("-last_message_at", "-pk").values("id")
    sql, params = newest[:LABELLED_AMONG].query.sql_with_params()
    counts = _counts(
        f"SELECT l.label_id, count(*) FROM ({sql}) AS newest"  # noqa: S608
        " JOIN inbox_conversationlabel l ON l.conversation_id = newest.id GROUP BY l.label_id",
        params,
    )
    labels = Label.objects.visible_to(Agent(data_protection=sensitive))
    return tuple(
        Line(pk, code, name, count_text(counts.get(pk, 0)))
        for pk, code, name in labels.values_list("pk", "code", "name")
    )


@lately(KEEP_SECONDS)
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
    return tuple(Line(pk, code, name, count_text(counts[pk])) for pk, code, name in people)


@lately(KEEP_SECONDS)
def _numbers(hidden: tuple[int, ...]) -> tuple[Line, ...]:
    numbers = Channel.objects.in_use().exclude(pk__in=hidden)
    return _lines(numbers.values_list("pk", "code", "name"))


def _lines(rows: Iterable[tuple[int, UUID, str]]) -> tuple[Line, ...]:
    return tuple(Line(*row) for row in rows)


def _counts(sql: str, params: tuple[object, ...]) -> dict[int, int]:
    return dict(fetch(sql, params))
