"""When to try again what surely was not sent. Pure."""

from __future__ import annotations

import random
from datetime import timedelta

from inbox.whatsapp import ErrorClass, GraphError

TRIES = 5
LONGEST = timedelta(minutes=15)
PAIR_LIMIT = 131056
MAINTENANCE = timedelta(seconds=60)  # the number is being moved
_PAUSES = (2.0, 15.0, 90.0, 480.0)  # together under 15 minutes
_JITTER = 0.2  # so that many who were refused together do not come back together


def pause_after(error: GraphError, tries: int) -> timedelta | None:
    """How long to wait after so many tries; None: long enough, a person decides."""
    if tries >= TRIES:
        return None
    asked = timedelta(seconds=error.retry_after or 0)
    pause = max(_own_pause(error, tries), asked)
    return pause if pause <= LONGEST else None


def _own_pause(error: GraphError, tries: int) -> timedelta:
    if error.code == PAIR_LIMIT:  # Meta's own rule: 4^X seconds
        return timedelta(seconds=4.0 ** max(tries - 1, 0))
    spread = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)
    pause = timedelta(seconds=_PAUSES[min(max(tries, 1), len(_PAUSES)) - 1] * spread)
    is_maintenance = error.kind is ErrorClass.RETRY_DOUBTFUL and error.may_be_repeated
    return max(pause, MAINTENANCE) if is_maintenance else pause
