"""Plain functions that make rows for tests. Each takes what the test is about as keywords."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from consent import gate
from inbox.encryption import fingerprint
from inbox.models import (
    Agent,
    AppSecret,
    Channel,
    Contact,
    ContactIdentity,
    Conversation,
    Message,
    Team,
)
from inbox.models.conversation import END_OF_QUEUE
from inbox.names import display_name

_numbers = itertools.count(1)
APP_SECRET = "test-app-secret"
PASSWORD = "correct horse battery"


def make_team(name: str | None = None) -> Team:
    return Team.objects.create(name=name or f"Team {next(_numbers)}")


def make_agent(name: str | None = None, *, role: str = "agent", **fields: Any) -> Agent:
    number = next(_numbers)
    fields.setdefault("language", "en")
    return Agent.objects.create_user(
        fields.pop("email", f"agent{number}@example.org"),
        fields.pop("password", PASSWORD),
        name=name or f"Agent {number}",
        role=role,
        **fields,
    )


def make_channel(*, secret: str = APP_SECRET, **fields: Any) -> Channel:
    number = next(_numbers)
    defaults = {
        "name": f"Number {number}",
        "phone_number_id": f"2000000000{number:05}",
        "waba_id": "100000000000001",
        "display_phone_number": "+49 30 901820",
        "token": "test-token",
        "verify_token": "test-verify",
    }
    channel = Channel.objects.create(**(defaults | fields))
    AppSecret.objects.create(channel=channel, secret=secret, fingerprint=fingerprint(secret))
    return channel


def make_contact(**fields: Any) -> Contact:
    number = next(_numbers)
    defaults = {"profile_name": f"Customer {number}", "phone": f"491511{number:07}"}
    contact = Contact(consent_subject=uuid.uuid4(), **(defaults | fields))
    contact.display_name = display_name(contact)
    contact.save()
    gate.register([contact.consent_subject])
    kinds = ContactIdentity.Kind
    for kind in (kinds.PHONE, kinds.BSUID, kinds.USERNAME):
        if value := getattr(contact, kind.value):
            ContactIdentity.objects.create(contact=contact, kind=kind, value=value)
    return contact


def make_conversation(
    *,
    wrote: timedelta | None = timedelta(minutes=5),
    contact: Contact | None = None,
    channel: Channel | None = None,
    **fields: Any,
) -> Conversation:
    """A conversation whose contact last wrote ``wrote`` ago (None: never) and waits for us."""
    contact = contact or make_contact()
    channel = channel or make_channel()
    now = timezone.now()
    wrote_at = now - wrote if wrote is not None else None
    fields.setdefault("waiting_since", wrote_at)
    fields.setdefault("queued_at", fields["waiting_since"] or END_OF_QUEUE)
    fields.setdefault("last_message_at", wrote_at or now)
    if fields.get("status") == "closed":
        fields.setdefault("closed_at", now)
    if wrote_at:
        fields.setdefault("window_expires_at", wrote_at + timedelta(hours=24))
        subject, sender = contact.consent_subject, channel.phone_number_id
        gate.note_inbound([gate.Inbound(subject, sender, wrote_at)])
    return Conversation.objects.create(contact=contact, channel=channel, **fields)


def make_message(conversation: Conversation, body: str = "Hello", **fields: Any) -> Message:
    """An incoming text, unless told otherwise."""
    defaults: dict[str, Any] = {
        "direction": Message.Direction.IN,
        "status": Message.Status.RECEIVED,
        "wamid": f"wamid.TEST{next(_numbers)}",
    }
    if fields.get("direction") == Message.Direction.OUT:
        defaults |= {"status": Message.Status.SENT, "origin": Message.Origin.AGENT}
    elif fields.get("direction") == Message.Direction.INTERNAL:
        defaults |= {"status": Message.Status.NONE, "wamid": None}
    return Message.objects.create(
        conversation=conversation,
        channel=conversation.channel,
        body=body,
        **(defaults | fields),
    )
