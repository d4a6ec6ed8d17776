"""Everything that comes in by webhook, and what each of it leads to.

A bubble, a mark on a bubble, a line in the timeline, a state of the number, or something
parked that an admin can read. ``apply_all`` takes what the drainer read.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from inbox.actions.inbound import waiting
from inbox.actions.inbound.applying import apply_all
from inbox.actions.inbound.arrivals import Arrival, CannotApply
from inbox.models import Channel

__all__ = ["Arrival", "CannotApply", "apply_all", "apply_waiting"]


def apply_waiting(channel: Channel, wamids: Iterable[str]) -> None:
    """These messages of ours have their id now: apply what came for them too early."""
    with transaction.atomic():
        waiting.settle({(channel.pk, wamid) for wamid in wamids})
