"""What the inbox brings to the gate: who is to be written to, and who wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consent.rules import MessageClass


@dataclass(frozen=True, slots=True)
class Request:
    """May this person be sent a message of this class from this number?"""

    subject: UUID
    sender: str  # phone number id
    message_class: MessageClass


@dataclass(frozen=True, slots=True)
class Inbound:
    """A person wrote to one of our numbers, at this moment by Meta's clock."""

    subject: UUID
    sender: str
    at: datetime
