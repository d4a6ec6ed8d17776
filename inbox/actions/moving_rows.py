"""Whatever points at one row is made to point at another: for two that become one.

All tables are asked of Django, so that a new one need not be thought of here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
AT_ONCE = 1000  # databases take so many values in one statement, and more only with luck
# By model and column: the keys of the rows that were moved.
Moved: TypeAlias = dict[str, list[int]]
Written: TypeAlias = list[dict[str, Any]]


def move(*, of: M, to: M, besides: Collection[str] = ()) -> Moved:
    """What the other has already, and may have once only, stays where it is.

    ``besides``: columns that stay as they are, each as ``inbox.message.contact_id``.
    """
    moved: Moved = {}
    for model, column in _pointing(type(of)):
        if _name(model, column) in besides:
            continue
        rows = _rows(model).filter(**{column: of.pk})
        if keys := list(rows.order_by("pk").values_list("pk", flat=True)):
            moved[_name(model, column)] = _point(model, column, keys, to)
    return {name: keys for name, keys in moved.items() if keys}


def move_back(moved: Mapping[str, Sequence[int]], *, of: M, to: M) -> None:
    """Those of them that have not gone elsewhere meanwhile."""
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        try:
            model = apps.get_model(label)
        except LookupError:
            continue  # a table of an earlier time
        rows = _rows(model).filter(**{column: of.pk}).values_list("pk", flat=True)
        _point(model, column, sorted(set(keys) & set(rows)), to)


def staying(of: Model) -> list[Model]:
    """The rows that point at it now."""
    return [
        row
        for model, column in _pointing(type(of))
        for row in _rows(model).filter(**{column: of.pk}).order_by("pk")
    ]


def write(rows: Sequence[Model]) -> Written:
    """As plain values. Django's own JSON would cut moments to milliseconds."""
    plain = json.dumps(serializers.serialize("python", rows), default=str)
    written: Written = json.loads(plain)
    return written


def restore(written: Written) -> list[Model]:
    """The rows as they were when they were written. Columns of an earlier time are left out."""
    restored = []
    for each in serializers.deserialize("python", written, ignorenonexistent=True):
        each.save()
        restored.append(each.object)
    return restored


def _pointing(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.attname  # type: ignore[misc, union-attr]


def _point(model: type[Model], column: str, keys: list[int], to: Model) -> list[int]:
    """All at once; one by one where some clash. Says which were moved."""
    if len(keys) > AT_ONCE:
        batches = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
        return [key for batch in batches for key in _point(model, column, batch, to)]
    try:
        with transaction.atomic():
            _rows(model).filter(pk__in=keys).update(**{column: to.pk})
    except IntegrityError:
        if len(keys) == 1:
            return []
        return [key for each in keys for key in _point(model, column, [each], to)]
    return keys


def _rows(model: type[Model]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.all()
    return rows


def _name(model: type[Model], column: str) -> str:
    return f"{model._meta.label_lower}.{column}"
