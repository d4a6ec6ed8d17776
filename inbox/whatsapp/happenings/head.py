"""What every happening carries, whatever it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person:
    """Who, as far as one webhook tells. Any of it may be missing, even all."""

    bsuid: str = ""
    """Business-scoped user id: the key to prefer."""
    parent_bsuid: str = ""
    phone: str = ""
    """Digits without "+". Missing for people who hide behind a username."""
    other_phone: str = ""
    """Brazil, Mexico: the same number as the contact entry spells it, if it differs."""
    username: str = ""
    """A label. Can be given up and taken by someone else, so never a key."""
    profile_name: str = ""

    @property
    def has_id(self) -> bool:
        return bool(self.bsuid or self.phone or self.parent_bsuid)

    @property
    def is_told(self) -> bool:
        return self.has_id or bool(self.username or self.profile_name)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Happening:
    """One thing Meta told us. Its repr names no person: it may end up in a log."""

    waba_id: str = ""
    phone_number_id: str = ""
    """Empty when Meta does not say: then go by `display_phone_number` or `waba_id`."""
    display_phone_number: str = ""
    """Our own number, digits only."""
    at: datetime | None = None
    """Meta's clock, aware UTC. None when there was no readable timestamp."""
    raw: dict[str, object] = field(default_factory=dict)
    """The fragment as Meta sent it: no NUL, no lone surrogates, no NaN, at most 60 deep.

    What is no object stands under the key "item".
    """
    path: str = ""
    """Where in the body: ``entry[0].changes[0].value.messages[3]``."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path}>"

    @property
    def dedupe_key(self) -> str:
        """The same for every repeat of the same news. For what has no id of its own."""
        when = self.at.isoformat() if self.at else ""
        head = [type(self).__name__, self.waba_id, self.phone_number_id, when]
        canonical = json.dumps([head, self.raw], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Unknown(Happening):
    """Something we cannot read further. Kept for admins to look at; harms nobody."""

    field: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Unreadable(Happening):
    """The whole body is no JSON object. There is nothing in `raw`."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recorded(Happening):
    """A field we know and do nothing about (automatic_events, tracking_events, …)."""

    field: str = ""
