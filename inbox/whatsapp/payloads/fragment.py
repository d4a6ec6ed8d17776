"""One piece of a webhook together with where it stood and whom it reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from inbox.whatsapp.happenings import Person, Unknown

from .people import NO_CONTACTS, Contacts
from .reading import moment


class Head(TypedDict):
    """What every happening starts with."""

    waba_id: str
    phone_number_id: str
    display_phone_number: str
    at: datetime | None
    raw: dict[str, object]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What all pieces of one change share."""

    waba_id: str = ""
    phone_number_id: str = ""
    display_phone_number: str = ""
    field: str = ""
    contacts: Contacts = NO_CONTACTS
    standby: bool = False
    historic: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    raw: dict[str, object]
    path: str
    origin: Origin
    at: datetime | None = None
    """The time of the whole entry, for pieces that have none of their own."""

    def head(self) -> Head:
        origin = self.origin
        return {
            "waba_id": origin.waba_id,
            "phone_number_id": origin.phone_number_id,
            "display_phone_number": origin.display_phone_number,
            "at": moment(self.raw.get("timestamp")) or self.at,
            "raw": self.raw,
            "path": self.path,
        }

    def complete(self, told: Person) -> Person:
        return self.origin.contacts.complete(told)

    def unknown(self, reason: str) -> Unknown:
        return Unknown(**self.head(), field=self.origin.field, reason=reason)
