"""Labels and lists: which labels rows have, and whether many conversations have a label."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from inbox.lately import lately
from inbox.models import ConversationLabel
from inbox.prepared import Prepared, in_places, places

# A label on fewer conversations than this is found from the label, a commoner one by walking
# the list: either way a page costs little.
COMMON_LABEL = 1000
REMEMBER_SECONDS = 600
STEP = 10  # the query is made for ten conversations, for twenty …


class LabelOnRow(NamedTuple):
    pk: int
    name: str


@lately(REMEMBER_SECONDS)
def is_rare(label: int) -> bool:
    """Remembered, because it decides about the way only, not about the result."""
    few = ConversationLabel.objects.filter(label=label).values("pk")[: COMMON_LABEL + 1]
    return few.count() <= COMMON_LABEL


def labels_of(conversations: list[int]) -> dict[int, list[LabelOnRow]]:
    """In their order, by conversation."""
    labels: dict[int, list[LabelOnRow]] = {}
    for conversation, pk, name in _given(conversations):
        labels.setdefault(conversation, []).append(LabelOnRow(pk, name))
    return labels


def _given(conversations: list[int]) -> Iterable[tuple[Any, ...]]:
    if not conversations:
        return ()
    most = -(-len(conversations) // STEP) * STEP
    return _prepared(most).ask(in_places(conversations, most))


@lru_cache(maxsize=32)
def _prepared(most: int) -> Prepared:
    given = ConversationLabel.objects.filter(conversation__in=places(most))
    in_order = given.order_by("label__position", "label__name", "label")
    return Prepared(in_order.values_list("conversation", "label", "label__name"))
