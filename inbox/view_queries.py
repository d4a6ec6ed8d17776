"""The conversations a saved view shows.

Moments stand for others: ``BASE`` for now, an hour before it for an hour ago, so that a query
made once can be asked at any time.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from inbox.models import Agent, ConversationLabel
from inbox.models.conversation import ConversationQuerySet
from inbox.view_trees import Condition, Group, Value, statuses

BASE = datetime(1900, 1, 1, tzinfo=UTC)


def select(tree: Group, rows: ConversationQuerySet, agent: Agent) -> ConversationQuerySet:
    """The status goes first: the indexes of the list begin with it."""
    possible = statuses(tree)
    one_status = Q(status=possible[0]) if len(possible) == 1 else Q(status__in=possible)
    return rows.filter(one_status, _group(tree, agent))


def moments(tree: Group) -> dict[Any, timedelta]:
    """What stands for moments in the query, and how far from now they are."""
    adapt = connection.ops.adapt_datetimefield_value  # SQLite wants a text
    return {adapt(BASE + delta): delta for delta in _deltas(tree)}


def places(found: Mapping[Any, timedelta], now: datetime) -> dict[Any, Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return {place: adapt(now + delta) for place, delta in found.items()}


def _deltas(tree: Group) -> Iterator[timedelta]:
    for condition in tree.conditions():
        if condition.field == "waiting":
            yield _waited(condition)
        elif condition.field == "window":
            yield from (timedelta(), _left(condition))


def _waited(condition: Condition) -> timedelta:
    return -timedelta(minutes=int(condition.values[0]))


def _left(condition: Condition) -> timedelta:
    return timedelta(hours=int(condition.values[0]))


def _group(tree: Group, agent: Agent) -> Q:
    found = [_part(part, agent) for part in tree.parts]
    return reduce(operator.and_ if tree.is_all else operator.or_, found)


def _part(part: Condition | Group, agent: Agent) -> Q:
    if isinstance(part, Group):
        return _group(part, agent)
    if part.field == "labels":
        return _labels(part)
    found = _condition(part, agent)
    return ~found if part.op == "is_not" else found


def _condition(condition: Condition, agent: Agent) -> Q:
    values = condition.values
    match condition.field:
        case "status":
            return Q(status__in=values)
        case "assignee":
            return _assignee(str(values[0]), agent)
        case "number":
            return Q(channel__in=values)
        case "priority":
            return reduce(operator.or_, map(_priority, values))
        case "waiting":
            return Q(waiting_since__lt=BASE + _waited(condition))
        case "unread":
            unread = Q(unread_count__gt=0) | Q(is_marked_unread=True)
            return unread if values == ("yes",) else ~unread
        case "language":
            return Q(contact__language__in=values)
        case "window":
            end = BASE + _left(condition)
            return Q(window_expires_at__gt=BASE, window_expires_at__lte=end)
    raise ValueError(condition.field)


def _priority(value: Value) -> Q:
    # -1 stands for the agent in queries that are made once (inbox.listing).
    return Q(priority__lt=0) if value == -1 else Q(priority=value)


def _assignee(value: str, agent: Agent) -> Q:
    match value.partition(":"):
        case ("me", _, _):
            return Q(assignee=agent.pk)
        case ("nobody", _, _):
            return Q(assignee=None)
        case ("somebody", _, _):
            return Q(assignee__isnull=False)
        case ("team", _, pk):
            return Q(team=int(pk))
        case (_, _, pk):
            return Q(assignee=int(pk))


def _labels(condition: Condition) -> Q:
    labels = [int(value) for value in condition.values]
    links = ConversationLabel.objects.filter(conversation=OuterRef("pk"))
    if condition.op == "all":
        each = [Q(Exists(links.filter(label=label))) for label in labels]
        return reduce(operator.and_, each)
    found = Q(Exists(links.filter(label__in=labels)))
    return ~found if condition.op == "none" else found
