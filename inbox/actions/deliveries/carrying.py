"""One stint of carrying for one number: claim, call, settle, until nothing is due.

Many calls are in flight at once, on threads that know no database; claiming and settling
stay on the worker's own thread and connection.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from inbox import nudges, tasks
from inbox.actions.deliveries import circuits
from inbox.actions.deliveries.calling import Report, call
from inbox.actions.deliveries.claiming import NOTHING, Claim, Parcel, claim, keep
from inbox.actions.deliveries.outcomes import settle

IN_FLIGHT = 16
STINT_SECONDS = 30.0  # then another worker goes on, so that no number keeps one for itself
KEEP_EVERY_SECONDS = 30.0
NAP_SECONDS = 0.25  # shorter waits than this are slept through
COME_BACK_SECONDS = 10.0  # longer ones are the sweeper's
TRIES = 3
logger = logging.getLogger(__name__)
Flying = dict[Future[Report], Parcel]


def carry(channel_id: int) -> None:
    """Carry what is due of one number. Several may do so at once; nothing is sent twice."""
    if not circuits.is_closed(channel_id, now=timezone.now()):
        return
    ends = time.monotonic() + STINT_SECONDS
    with ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="carry") as threads:
        next_at = _work(channel_id, threads, ends)
    if next_at:
        _come_back(channel_id, next_at)


def _work(channel_id: int, threads: ThreadPoolExecutor, ends: float) -> datetime | None:
    flying: Flying = {}
    while True:
        is_over = time.monotonic() >= ends
        claimed = NOTHING if is_over else _claim(channel_id, room=IN_FLIGHT - len(flying))
        flying |= {threads.submit(call, parcel): parcel for parcel in claimed.parcels}
        if flying:
            _land(flying)
        elif is_over:
            return timezone.now()
        elif not _nap(claimed.next_at):
            return claimed.next_at


def _claim(channel_id: int, *, room: int) -> Claim:
    if not room:
        return NOTHING
    try:
        return claim(channel_id, now=timezone.now(), room=room)
    except DatabaseError:
        # What is in the air still has to land; the sweeper brings somebody for the rest.
        logger.exception("channel %s: nothing could be claimed", channel_id)
        return NOTHING


def _land(flying: Flying) -> None:
    """Wait for a call to end, and settle those that did."""
    done, _ = wait(flying, timeout=KEEP_EVERY_SECONDS, return_when=FIRST_COMPLETED)
    for future in done:
        _settle(flying.pop(future), future.result())
    if not done:
        keep(flying.values(), now=timezone.now())


def _settle(parcel: Parcel, report: Report) -> None:
    """An outcome is worth several tries. Lost all the same, it leaves SENDING behind."""
    pk = parcel.message.pk
    for attempt in range(1, TRIES + 1):
        try:
            settle(parcel, report, now=timezone.now())
        except DatabaseError:
            logger.warning("message %s: outcome not stored (%d)", pk, attempt, exc_info=True)
            time.sleep(0.1 * attempt)
        except Exception:
            logger.exception("message %s: outcome not stored", pk)
            return
        else:
            return


def _nap(next_at: datetime | None) -> bool:
    """Sleep until then, if that is a moment away."""
    if next_at is None:
        return False
    seconds = (next_at - timezone.now()).total_seconds()
    if seconds > NAP_SECONDS:
        return False
    time.sleep(max(seconds, 0.001))
    return True


def _come_back(channel_id: int, at: datetime) -> None:
    """Somebody should carry on then; asked once for each moment."""
    seconds = max((at - timezone.now()).total_seconds(), 0)
    if seconds > COME_BACK_SECONDS:
        return
    if cache.add(f"carry-{channel_id}-{at.timestamp():.1f}", True, COME_BACK_SECONDS):
        # A signature is as good as a task: it has a name and can be delayed.
        later = tasks.carry.s().set(countdown=seconds)
        nudges.now(later, channel_id)  # type: ignore[arg-type]
