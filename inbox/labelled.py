"""Labels and lists: which labels rows have, and whether many have a label."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from inbox.lately import lately
from inbox.models import ContactLabel, ConversationLabel
from inbox.prepared import Prepared, in_places, places

Links: TypeAlias = type[ConversationLabel] | type[ContactLabel]
# A label on fewer conversations than this is found from the label, a commoner one by walking
# the list: either way a page costs little.
COMMON_LABEL = 1000
REMEMBER_SECONDS = 600
STEP = 10  # the query is made for ten conversations, for twenty …


class LabelOnRow(NamedTuple):
    pk: int
    name: str


@lately(REMEMBER_SECONDS)
def is_rare(label: int, links: Links = ConversationLabel) -> bool:
    """Remembered, because it decides about the way only, not about the result."""
    few = links._default_manager.filter(label=label).values("pk")[: COMMON_LABEL + 1]
    return few.count() <= COMMON_LABEL


def labels_of(conversations: list[int], *, sensitive: bool) -> dict[int, list[LabelOnRow]]:
    """In their order, by conversation; ``sensitive``: also those not everybody may see."""
    return _by_row(_given(ConversationLabel, conversations, sensitive))


def labels_of_contacts(contacts: list[int], *, sensitive: bool) -> dict[int, list[LabelOnRow]]:
    return _by_row(_given(ContactLabel, contacts, sensitive))


def _by_row(given: Iterable[tuple[Any, ...]]) -> dict[int, list[LabelOnRow]]:
    labels: dict[int, list[LabelOnRow]] = {}
    for row, pk, name in given:
        labels.setdefault(row, []).append(LabelOnRow(pk, name))
    return labels


def _given(links: Links, rows: list[int], sensitive: bool) -> Iterable[tuple[Any, ...]]:
    if not rows:
        return ()
    most = -(-len(rows) // STEP) * STEP
    return _prepared(links, most, sensitive).ask(in_places(rows, most))


@lru_cache(maxsize=64)
def _prepared(links: Links, most: int, sensitive: bool) -> Prepared:
    of = "conversation" if links is ConversationLabel else "contact"
    given = links._default_manager.filter(**{f"{of}__in": places(most)})
    if not sensitive:
        given = given.filter(label__is_sensitive=False)
    in_order = given.order_by("label__position", "label__name", "label")
    return Prepared(in_order.values_list(of, "label", "label__name"))
