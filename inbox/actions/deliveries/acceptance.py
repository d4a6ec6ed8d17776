"""WhatsApp took a message: what nearly every call ends with, stored in one statement."""

from __future__ import annotations

from datetime import datetime

from inbox.actions.statements import fetch
from inbox.models import Message

# A status may have come first, and what it said stays. An echo of the message may have come
# first too, and taken its id; should it come this very moment, the carrier's next try sees it.
_IS_OPEN = "status IN ('queued', 'sending', 'uncertain')"
TAKEN = f"""
    UPDATE inbox_message SET
        sent_at = COALESCE(sent_at, %b), due_at = NULL, changed_at = %b,
        wamid = CASE
            WHEN EXISTS (
                SELECT 1 FROM inbox_message echo
                WHERE echo.channel_id = inbox_message.channel_id AND echo.wamid = %b
            ) THEN wamid
            ELSE COALESCE(wamid, %b)
        END,
        failure_class = CASE WHEN {_IS_OPEN} THEN '' ELSE failure_class END,
        failure_code = CASE WHEN {_IS_OPEN} THEN NULL ELSE failure_code END,
        failure_detail = CASE WHEN {_IS_OPEN} THEN '' ELSE failure_detail END,
        status = CASE WHEN {_IS_OPEN} THEN 'sent' ELSE status END
    WHERE id = %b
    RETURNING status, wamid
"""  # noqa: S608 (only words of ours)


def store(message: Message, wamid: str, *, now: datetime) -> None:
    rows = fetch(TAKEN, now, now, wamid, wamid, message.pk)
    message.status, message.wamid = rows[0]
