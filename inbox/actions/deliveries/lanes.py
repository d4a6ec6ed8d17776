"""Each conversation is a lane: what was written first leaves first, one at a time.

A message that has to wait (throttled, no connection) holds up those behind it; one whose fate
is unknown does not, for only a person can settle it.
"""

from __future__ import annotations

from datetime import datetime

from inbox.actions.statements import fetch
from inbox.models import Message

# Lanes looked at in one claim, those that wait longest first.
WIDTH = 100
Status = Message.Status

# Asked for every message that leaves, so written here and prepared by the database. A due
# moment keeps them on their small index, and the plus keeps them off that of whole threads.
QUEUED = """
    FROM inbox_message WHERE channel_id = %b AND due_at IS NOT NULL AND status = 'queued'
"""
ANY = f"SELECT id {QUEUED} LIMIT 1"
LATER = f"SELECT due_at {QUEUED} AND due_at > %b ORDER BY due_at LIMIT 1"
LANES = f"""
    SELECT id, conversation_id, status, due_at FROM inbox_message
    WHERE channel_id = %b AND due_at IS NOT NULL AND status IN ('queued', 'sending')
        AND +conversation_id IN (
            SELECT conversation_id {QUEUED} AND due_at <= %b
            GROUP BY conversation_id ORDER BY min(due_at) LIMIT {WIDTH}
        )
    ORDER BY id
"""  # noqa: S608 (only words of ours)


def heads(channel_id: int, now: datetime) -> list[int]:
    """The first message of each lane, where that is due and nothing is under way."""
    first: dict[int, tuple[int, bool]] = {}
    busy: set[int] = set()
    for pk, conversation, status, due_at in fetch(LANES, channel_id, channel_id, now):
        first.setdefault(conversation, (pk, due_at <= now))
        if status == Status.SENDING:
            busy.add(conversation)
    return [pk for lane, (pk, is_due) in first.items() if is_due and lane not in busy]


def next_due(channel_id: int, now: datetime) -> datetime | None:
    """When something that is not due yet will be."""
    rows = fetch(LATER, channel_id, now)
    return rows[0][0] if rows else None


def are_empty(channel_id: int) -> bool:
    return not fetch(ANY, channel_id)
