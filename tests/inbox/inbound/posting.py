"""Webhooks as Meta posts them, stored as the door stores them, and drained."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from inbox.actions import draining
from inbox.door.receiver import lane_of
from inbox.encryption import fingerprint
from inbox.models import Channel, Message, Webhook
from tests.factories import APP_SECRET

_numbers = itertools.count(1)


def store(body: bytes, *, secret: str = APP_SECRET, **fields: Any) -> Webhook:
    """As the door leaves it: signed and not yet worked through."""
    lane, signer = lane_of(body), fingerprint(secret)
    return Webhook.objects.create(body=body, lane=lane, signed_by=signer, **fields)


def deliver(*documents: dict[str, Any], secret: str = APP_SECRET) -> None:
    """Post these together and drain them."""
    webhooks = [store(json.dumps(each).encode(), secret=secret) for each in documents]
    for lane in {webhook.lane for webhook in webhooks}:
        draining.drain(lane)


def bodies() -> list[str]:
    """What customers said, in the order in which it was stored."""
    said = Message.objects.filter(direction=Message.Direction.IN).order_by("pk")
    return [message.body for message in said]


def change(channel: Channel, field: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": channel.waba_id, "changes": [{"field": field, "value": value}]}],
    }


def of_number(channel: Channel, field: str = "messages", **value: Any) -> dict[str, Any]:
    """A change of a number; ``value``: messages=[…], statuses=[…], contacts=[…]."""
    digits = "".join(filter(str.isdigit, channel.display_phone_number))
    metadata = {"display_phone_number": digits, "phone_number_id": channel.phone_number_id}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return change(channel, field, whole)


def text(body: str = "Hello", *, at: datetime | None = None, **keys: Any) -> dict[str, Any]:
    """A customer's text; who wrote it is in ``keys``."""
    return message("text", {"text": {"body": body}}, at=at, **keys)


def message(
    kind: str, parts: dict[str, Any], *, at: datetime | None = None, **keys: Any
) -> dict[str, Any]:
    who = {} if "from_user_id" in keys or "from_" in keys else {"from": "491700000123"}
    if phone := keys.pop("from_", ""):
        who = {"from": phone}
    head = {"id": f"wamid.IN{next(_numbers)}", "timestamp": seconds(at), "type": kind}
    return {**who, **head, **parts, **keys}


def status(word: str, wamid: str, *, at: datetime | None = None, **keys: Any) -> dict[str, Any]:
    head = {"id": wamid, "status": word, "timestamp": seconds(at)}
    return {**head, "recipient_id": "491700000123", **keys}


def seconds(at: datetime | None) -> str:
    moment = at or timezone.now() - timedelta(minutes=1)
    return str(int(moment.timestamp()))
