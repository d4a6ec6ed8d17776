"""Messages of ours that WhatsApp has taken and not yet reported about."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection, transaction

from bench.loading import code, load
from bench.people import Customer, newest_message
from inbox.models import Channel, Message

COLUMNS = ["id", "code", "conversation_id", "wamid", "body"]
# The list's rows show them, so that their ticks have to be told there as well.
SHOWN = """
    UPDATE inbox_conversation SET last_message_id = m.id, last_message_direction = 'out',
        last_message_kind = 'text', last_message_status = 'sent'
    FROM inbox_message m WHERE m.conversation_id = inbox_conversation.id AND m.id > %s
"""


class Sent(NamedTuple):
    customer: Customer
    wamid: str
    code: str


@transaction.atomic
def to(customers: Sequence[Customer]) -> list[Sent]:
    """One message to each of them, stored as sent."""
    chance, run = random.Random(), secrets.token_hex(8).upper()
    newest, now = newest_message(), datetime.now(UTC)
    sent = [
        Sent(customer, f"wamid.HBgN{run}{number:016X}EE==", code(chance))
        for number, customer in enumerate(customers)
    ]
    rows = (
        (newest + n, its.code, its.customer.conversation, its.wamid, "Ist unterwegs.")
        for n, its in enumerate(sent, 1)
    )
    load(
        Message, COLUMNS, rows, channel_id=Channel.objects.get().pk, direction="out",
        status="sent", origin="agent", at=now, created_at=now, changed_at=now, sent_at=now,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, [newest])
    return sent
