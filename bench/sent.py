"""Messages of ours that WhatsApp has taken and not yet reported about."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from bench.people import Customer, newest_message
from inbox.models import Channel, Message

# The list's rows show them, so that their ticks have to be told there as well.
SHOWN = """
    UPDATE inbox_conversation SET last_message_id = m.id, last_message_direction = 'out',
        last_message_kind = 'text', last_message_status = 'sent'
    FROM (
        SELECT conversation_id, max(id) AS id FROM inbox_message WHERE id > %s
        GROUP BY conversation_id
    ) AS m
    WHERE m.conversation_id = inbox_conversation.id
"""


class Sent(NamedTuple):
    customer: Customer
    wamid: str
    code: str


@transaction.atomic
def to(customers: Sequence[Customer]) -> list[Sent]:
    """One message to each of them, stored as sent."""
    newest, now, run = newest_message(), timezone.now(), secrets.token_hex(8).upper()
    channel = Channel.objects.get().pk
    rows = [
        Message(
            conversation_id=customer.conversation,
            channel_id=channel,
            direction=Message.Direction.OUT,
            status=Message.Status.SENT,
            origin=Message.Origin.AGENT,
            wamid=f"wamid.HBgN{run}{number:016X}EE==",
            body="Ist unterwegs.",
            sent_at=now,
        )
        for number, customer in enumerate(customers)
    ]
    Message.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, [newest])
    return [
        Sent(customer, str(row.wamid), str(row.code))
        for customer, row in zip(customers, rows, strict=True)
    ]
