"""What WhatsApp would post: signed, each body different."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import secrets
import time
from collections.abc import Iterable, Sequence
from typing import Any

from bench.people import Customer
from bench.seeder import ACCOUNT, APP_SECRET, NUMBER
from bench.wire import request
from bench.words import Writer

PATH = "/webhooks/whatsapp/"
Update = dict[str, Any]
_writer = Writer(7)
_numbers = itertools.count(1)
_run = secrets.token_hex(8).upper()  # ids of one run never meet those of another


def post(*updates: Update) -> bytes:
    """One POST with these updates, each as a change of its own."""
    changes = [{"field": "messages", "value": value} for value in updates]
    document = {
        "object": "whatsapp_business_account",
        "entry": [{"id": ACCOUNT, "changes": changes}],
    }
    body = json.dumps(document, separators=(",", ":")).encode()
    signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
    return request("POST", PATH, headers=headers, body=body)


def text(customer: Customer) -> Update:
    """The customer writes something."""
    return {
        **_about_number(),
        "contacts": [_contact(customer)],
        "messages": [
            {
                "from": customer.phone,
                "from_user_id": customer.bsuid,
                "id": f"wamid.HBgN{_run}{next(_numbers):016X}AA==",
                "timestamp": str(int(time.time())),
                "type": "text",
                "text": {"body": _writer.text()},
            }
        ],
    }


def status(wamid: str, code: str, word: str, customer: Customer) -> Update:
    """What became of a message of ours."""
    return {
        **_about_number(),
        "statuses": [
            {
                "id": wamid,
                "status": word,
                "timestamp": str(int(time.time())),
                "recipient_id": customer.phone,
                "recipient_user_id": customer.bsuid,
                "biz_opaque_callback_data": f"msg:{code}",
                "pricing": {
                    "billable": False,
                    "pricing_model": "PMP",
                    "type": "free_customer_service",
                    "category": "service",
                },
            }
        ],
    }


def texts(people: Sequence[Customer], count: int) -> Iterable[bytes]:
    """Each person in turn, one update a post."""
    writing = itertools.islice(itertools.cycle(people), count)
    return (post(text(customer)) for customer in writing)


def _about_number() -> Update:
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "4930901820", "phone_number_id": NUMBER},
    }


def _contact(customer: Customer) -> Update:
    return {
        "profile": {"name": customer.name},
        "wa_id": customer.phone,
        "user_id": customer.bsuid,
    }
