"""Words, places and contact cards."""

from __future__ import annotations

from typing import Unpack

from inbox.actions.replies.along import Along
from inbox.actions.replies.queueing import Draft, queue
from inbox.models import Conversation, Message

Kind = Message.Kind


def send_text(conversation: Conversation, *, body: str, **along: Unpack[Along]) -> Message:
    return queue(conversation, Draft(Kind.TEXT, body.strip()), **along)


def send_location(
    conversation: Conversation,
    *,
    latitude: float,
    longitude: float,
    name: str = "",
    address: str = "",
    **along: Unpack[Along],
) -> Message:
    place = {"latitude": latitude, "longitude": longitude}
    content = {**place, "name": name.strip(), "address": address.strip(), "url": ""}
    return queue(conversation, Draft(Kind.LOCATION, content=content), **along)


def send_contact_card(
    conversation: Conversation,
    *,
    name: str,
    phone: str,
    email: str = "",
    organisation: str = "",
    **along: Unpack[Along],
) -> Message:
    card = {
        "name": name.strip(),
        "organisation": organisation.strip(),
        "phones": [{"phone": phone.strip(), "wa_id": ""}] if phone.strip() else [],
        "emails": [email.strip()] if email.strip() else [],
        "urls": [],
        "addresses": [],
        "birthday": "",
    }
    content = {"cards": [card], "requested": False}
    return queue(conversation, Draft(Kind.CONTACTS, content=content), **along)
