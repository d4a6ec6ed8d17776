"""A happening together with the number it came to: what the rest of the room works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from inbox.models import Channel
from inbox.whatsapp.happenings import Happening

H = TypeVar("H", bound=Happening, covariant=True)

# A clock that runs ahead a little is believed; one from next year would never leave the end
# of the thread, nor close a window.
MAX_AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True, eq=False)
class Arrival(Generic[H]):
    happening: H
    channel: Channel
    webhook_id: int
    heard_at: datetime

    @property
    def at(self) -> datetime:
        """Meta's clock, and ours where Meta's makes no sense."""
        at = self.happening.at
        return self.heard_at if at is None or at > self.heard_at + MAX_AHEAD else at


class CannotApply(Exception):
    """This happening makes no sense here; ``str()`` is the reason, without personal data."""
