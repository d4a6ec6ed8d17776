"""What a saved view asks of a conversation: conditions in groups, of which all or any hold.

Kept as JSON: ``{"all": [{"field": "labels", "op": "any", "value": [3]}, {"any": […]}]}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEPEST = 3  # a group, in it groups, in them conditions
MOST_CONDITIONS = 20
MOST_VALUES = 50
LONGEST_WAIT = 525_600  # minutes: a year
WINDOW_HOURS = 24
LARGEST_ID = 2**53

STATUSES = ("open", "snoozed", "closed")
PRIORITIES = (-1, 0, 1, 2)
OPERATORS: dict[str, tuple[str, ...]] = {
    "status": ("is", "is_not"),
    "labels": ("any", "all", "none"),
    "assignee": ("is", "is_not"),
    "number": ("is", "is_not"),
    "priority": ("is", "is_not"),
    "waiting": ("longer_than",),
    "unread": ("is",),
    "language": ("is", "is_not"),
    "window": ("ends_within",),
}
_SINGLE = {"assignee", "waiting", "unread", "window"}
_ASSIGNEE = re.compile(r"(?:me|nobody|somebody|(?:agent|team):[1-9][0-9]{0,14})\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?\Z")

Value: TypeAlias = str | int


class BadTree(ValueError):
    """In a sentence what is wrong."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Condition:
    field: str
    op: str
    values: tuple[Value, ...]

    def written(self) -> dict[str, Any]:
        return {"field": self.field, "op": self.op, "value": list(self.values)}


@dataclass(frozen=True, slots=True)
class Group:
    is_all: bool
    parts: tuple[Condition | Group, ...]

    def written(self) -> dict[str, Any]:
        return {"all" if self.is_all else "any": [part.written() for part in self.parts]}

    def conditions(self) -> Iterator[Condition]:
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part

    def values_of(self, field: str) -> set[Value]:
        """All that conditions on this field name."""
        return {v for one in self.conditions() if one.field == field for v in one.values}


def read(raw: Any) -> Group:
    """Raises ``BadTree``."""
    tree = _group(raw, depth=1)
    if sum(1 for _condition in tree.conditions()) > MOST_CONDITIONS:
        raise BadTree(_("These are too many conditions."))
    if not _statuses(tree):
        raise BadTree(_("Nothing can be in two states at once: check the conditions."))
    return tree


def statuses(tree: Group) -> tuple[str, ...]:
    """Nothing with any other status can fit: what an index can begin with."""
    possible = _statuses(tree)
    return tuple(status for status in STATUSES if status in possible)


def with_label_merged(tree: Group, label: int, into: int) -> Group:
    """The same with another label in the place of one."""

    def changed(part: Condition | Group) -> Condition | Group:
        if isinstance(part, Group):
            return Group(part.is_all, tuple(map(changed, part.parts)))
        if part.field != "labels":
            return part
        values = dict.fromkeys(into if value == label else value for value in part.values)
        return Condition(part.field, part.op, tuple(values))

    return Group(tree.is_all, tuple(map(changed, tree.parts)))


def _statuses(part: Condition | Group) -> set[str]:
    if isinstance(part, Group):
        found = map(_statuses, part.parts)
        return reduce(set.intersection if part.is_all else set.union, found)
    if part.field != "status":
        return set(STATUSES)
    named = {str(value) for value in part.values}
    return named if part.op == "is" else set(STATUSES) - named


def _group(raw: Any, depth: int) -> Group:
    if not isinstance(raw, dict) or len(raw) != 1:
        raise BadTree(_("This is not a filter."))
    ((word, parts),) = raw.items()
    if word not in {"all", "any"} or not isinstance(parts, list):
        raise BadTree(_("This is not a filter."))
    if not parts:
        raise BadTree(_("Add at least one condition."))
    if depth >= DEEPEST:
        raise BadTree(_("Groups are nested too deeply."))
    if len(parts) > MOST_CONDITIONS:
        raise BadTree(_("These are too many conditions."))
    return Group(word == "all", tuple(_part(part, depth + 1) for part in parts))


def _part(raw: Any, depth: int) -> Condition | Group:
    if isinstance(raw, dict) and set(raw) == {"field", "op", "value"}:
        return _condition(raw["field"], raw["op"], raw["value"])
    return _group(raw, depth)


def _condition(field: Any, op: Any, values: Any) -> Condition:
    if not isinstance(field, str) or field not in OPERATORS:
        raise BadTree(_("A view cannot filter by this."))
    if not isinstance(op, str) or op not in OPERATORS[field]:
        raise BadTree(_("This comparison is not possible here."))
    if not isinstance(values, list) or not values:
        raise BadTree(_("Choose what to compare with."))
    if len(values) > (1 if field in _SINGLE else MOST_VALUES):
        raise BadTree(_("Too much is chosen."))
    if not all(_fits(field, value) for value in values):
        raise BadTree(_("What is chosen does not fit."))
    return Condition(field, op, tuple(dict.fromkeys(values)))


def _fits(field: str, value: Any) -> bool:
    match field:
        case "status":
            return isinstance(value, str) and value in STATUSES
        case "assignee":
            return isinstance(value, str) and _ASSIGNEE.match(value) is not None
        case "language":
            return isinstance(value, str) and is_language(value)
        case "unread":
            return isinstance(value, str) and value in {"yes", "no"}
        case "priority":
            return _is_number(value, PRIORITIES[0], PRIORITIES[-1])
        case "waiting":
            return _is_number(value, 1, LONGEST_WAIT)
        case "window":
            return _is_number(value, 1, WINDOW_HOURS)
    return _is_number(value, 1, LARGEST_ID)  # labels, numbers


def is_language(word: str) -> bool:
    return _LANGUAGE.match(word) is not None


def _is_number(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most  # True is no number here
