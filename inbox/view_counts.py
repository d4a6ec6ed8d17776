"""How many conversations each saved view shows, beside the list.

No index carries what people put together, so counting looks at the newest of each status
only, and stops at a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils import timezone

from inbox import view_queries
from inbox.folders import Folder
from inbox.lately import lately
from inbox.models import Agent
from inbox.prepared import fetch
from inbox.saved_views import folders_for
from inbox.sidebar import ANYBODY, KEEP_SECONDS, MOST, count_text
from inbox.visibility import without

AMONG = 5000
_TABLE = '"inbox_conversation"'
Folders = tuple[Folder, ...]


def counted_views(agent: Agent, hidden: tuple[int, ...]) -> Iterator[tuple[Folder, str]]:
    """What says "me" is counted for each agent, everything else for many at once."""
    views = folders_for(agent)
    shared = tuple(view for view in views if not view.own)
    own = tuple(view for view in views if view.own)
    counts = dict(zip(shared, _counts(shared, hidden, ANYBODY), strict=True))
    counts |= dict(zip(own, _counts(own, hidden, agent.pk), strict=True))
    for view in views:
        yield view, counts[view]


@lately(KEEP_SECONDS)
def _counts(views: Folders, hidden: tuple[int, ...], agent: int) -> tuple[str, ...]:
    """All in one query."""
    if not views:
        return ()
    sql, params = _counting(views, hidden, MOST, AMONG)
    now, places = timezone.now(), dict[Any, Any]({ANYBODY: agent})
    for view in views:
        places |= view_queries.places(view.moments, now)
    (counted,) = fetch(sql, [places.get(p, p) for p in params])
    return tuple(map(count_text, counted))


@lru_cache(maxsize=256)
def _counting(
    views: Folders, hidden: tuple[int, ...], most: int, among: int
) -> tuple[str, tuple[Any, ...]]:
    columns, params = [], list[Any]()
    for view in views:
        parts = []
        for status in view.statuses:
            sql, its = _part(view, status, hidden, most, among)
            parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608
            params += its
        columns.append(" + ".join(parts) or "0")
    return f"SELECT {', '.join(columns)}", tuple(params)


def _part(
    view: Folder, status: str, hidden: tuple[int, ...], most: int, among: int
) -> tuple[str, list[Any]]:
    """Those of one status: the view's conditions asked of the newest only."""
    newest = without(hidden).filter(status=status).order_by("-last_message_at", "-pk")
    few, few_params = newest.values(*_COLUMNS)[:among].query.sql_with_params()
    found = view.select(without(()), Agent(pk=ANYBODY)).order_by().values("id")[:most]
    sql, params = found.query.sql_with_params()
    before, table, after = sql.partition(f"FROM {_TABLE}")
    assert table and not before.count("%s")  # noqa: S101 (the shape of Django's queries)
    return f"{before}FROM ({few}) AS {_TABLE}{after}", [*few_params, *params]


# All that views ask for.
_COLUMNS = (
    *("id", "status", "assignee_id", "team_id", "channel_id", "contact_id", "priority"),
    *("waiting_since", "window_expires_at", "unread_count", "is_marked_unread"),
)
