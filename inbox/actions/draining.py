"""Working through stored webhooks: in order of arrival, many at once, one drainer a number.

The guarantee is the row: it is marked as processed in the transaction that applied it, so a
drainer that dies leaves it to the next. What cannot be applied is parked; nothing is raised
but that the database is gone.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Length
from django.utils import timezone

from inbox.actions import inbound
from inbox.actions.inbound import parking
from inbox.actions.inbound.any_of import any_of
from inbox.actions.inbound.numbers import Numbers, note_heard
from inbox.models import ParkedHappening, Webhook
from inbox.whatsapp import read
from inbox.whatsapp.happenings import Happening, Unknown, Unreadable

logger = logging.getLogger(__name__)

BATCH_ROWS = 400
BATCH_BYTES = 2 * 2**20
# Advisory locks of ours on PostgreSQL: who drains a lane, who works for a number.
LANE_LOCKS, NUMBER_LOCKS = 7201, 7202


def drain(lane: str) -> None:
    """Work until nothing is left in the lane.

    Whoever finds the lane taken may leave: who has it looks once more after letting go of
    it, and then sees every row that was stored before.
    """
    while _to_do(lane).exists():
        if not _drain_batch(lane):
            return


def _to_do(lane: str) -> Any:
    return Webhook.objects.filter(lane=lane, processed_at=None)


@transaction.atomic
def _drain_batch(lane: str) -> bool:
    """Apply the oldest rows; False when somebody else is at it."""
    if not _take_lane(lane):
        return False
    webhooks = _oldest(lane)
    arrivals = _read(webhooks)
    _hold_numbers(arrivals)
    inbound.apply_all(arrivals)
    note_heard(arrivals)
    done = Webhook.objects.filter(any_of("pk", [webhook.pk for webhook in webhooks]))
    done.update(processed_at=timezone.now())
    return True


def _take_lane(lane: str) -> bool:
    """On SQLite the write transaction itself is the lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        key = zlib.crc32(lane.encode()) - 2**31
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LANE_LOCKS, key])
        taken: bool = cursor.fetchone()[0]
    return taken


def _hold_numbers(arrivals: Sequence[inbound.Arrival[Happening]]) -> None:
    """A post may speak of several numbers; only one drainer at a time works for each."""
    numbers = sorted({arrival.channel.pk for arrival in arrivals})
    if connection.vendor != "postgresql" or not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, number) FROM unnest(%s::int[]) AS number",
            [NUMBER_LOCKS, numbers],
        )


def _oldest(lane: str) -> list[Webhook]:
    """As many rows as make a sensible batch, always at least one."""
    sizes = _to_do(lane).order_by("id").annotate(size=Length("body"))
    rows = list(sizes.values_list("pk", "size")[:BATCH_ROWS])
    totals = accumulate(size for _pk, size in rows)
    fitting = sum(total <= BATCH_BYTES for total in totals)
    chosen = [pk for pk, _size in rows[: max(1, fitting)]]
    return list(Webhook.objects.filter(any_of("pk", chosen)).order_by("id"))


def _read(webhooks: Sequence[Webhook]) -> list[inbound.Arrival[Happening]]:
    numbers = Numbers()
    return [
        arrival
        for webhook in webhooks
        for happening in read(bytes(webhook.body))
        for arrival in _arrivals(happening, webhook, numbers)
    ]


def _arrivals(
    happening: Happening, webhook: Webhook, numbers: Numbers
) -> list[inbound.Arrival[Happening]]:
    arrivals = list(numbers.arrivals(happening, webhook))
    if not arrivals:
        _set_aside(happening, webhook, numbers)
    return arrivals


def _set_aside(happening: Happening, webhook: Webhook, numbers: Numbers) -> None:
    """It is about no number of ours, or does not say about which."""
    state = ParkedHappening.State
    if isinstance(happening, Unreadable):
        parking.keep_nameless(happening, webhook, state.FAILED, happening.reason)
    elif isinstance(happening, Unknown) and not happening.phone_number_id:
        parking.keep_nameless(happening, webhook, state.UNKNOWN, happening.reason)
    elif numbers.is_unclear(happening):
        parking.keep_nameless(happening, webhook, state.FAILED, "names no number")
    else:
        # One app secret serves several accounts: this is somebody else's.
        logger.info("webhook %s, %r: not about a number of ours", webhook.pk, happening)
