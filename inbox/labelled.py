"""Labels and lists: which labels rows have, and whether many conversations have a label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from inbox.lately import lately
from inbox.models import ConversationLabel

# A label on fewer conversations than this is found from the label, a commoner one by walking
# the list: either way a page costs little.
COMMON_LABEL = 1000
REMEMBER_SECONDS = 600


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


def _given(conversations: list[int]) -> Iterable[tuple[int, int, str]]:
    if not conversations:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given.conversation_id, label.id, label.name"  # noqa: S608
            " FROM inbox_conversationlabel given JOIN inbox_label label"
            " ON label.id = given.label_id"
            f" WHERE given.conversation_id IN ({', '.join(['%s'] * len(conversations))})"
            " ORDER BY label.position, label.name, label.id",
            conversations,
        )
        found: list[tuple[int, int, str]] = cursor.fetchall()
        return found
