"""Working through stored webhooks: in order of arrival, many at once, one drainer a number.

The guarantee is the row: it is marked as processed in the transaction that applied it, so a
drainer that dies leaves it to the next. What cannot be applied is parked; nothing is raised
but that the database is gone.
"""

from __future__ import annotations

import enum
import logging
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

from django.db import connection, transaction
from django.utils import timezone

from inbox import nudges
from inbox.actions import inbound, lanes, number_locks
from inbox.actions.inbound import parking
from inbox.actions.inbound.numbers import Numbers, note_heard
from inbox.actions.statements import fetch, instances, run
from inbox.models import ParkedHappening, Webhook
from inbox.whatsapp import read
from inbox.whatsapp.happenings import Happening, Unknown, Unreadable

logger = logging.getLogger(__name__)

BATCH_BYTES = 2 * 2**20
BATCH_ROWS = 500
# SQLite has one writer at a time, and those who wait look only now and then whether it is
# their turn, ever more seldom: they need short batches, and gaps between them. Too short they
# must not be: each costs a commit, and a new piece of the search index.
SQLITE_BATCH_ROWS = 100
SQLITE_BATCH_SECONDS = 0.12
GAP_SECONDS = 0.03
# A batch costs as much as some thirty messages: after a small one, a few more may gather.
WORTH_A_BATCH = 100
# Then another worker goes on, so that a polite stop need not wait for the rush to end.
STINT_SECONDS = 20.0
# Advisory locks of ours on PostgreSQL: who drains a lane.
LANE_LOCKS = 7201

_LYING = "FROM inbox_webhook WHERE lane = %b AND processed_at IS NULL ORDER BY id LIMIT %b"
ANY = f"SELECT id {_LYING}"
SIZES = f"SELECT id, length(body) {_LYING}"
COLUMNS = ("id", "received_at", "signed_by", "body")
BODIES = f"""
    SELECT {", ".join(COLUMNS)} FROM inbox_webhook WHERE id = ANY(%b::bigint[]) ORDER BY id
"""  # noqa: S608
DONE = """
    UPDATE inbox_webhook SET processed_at = %b
    WHERE id = ANY(%b::bigint[]) AND processed_at IS NULL
"""

Post = tuple[Webhook, list[Happening]]


class Outcome(enum.Enum):
    APPLIED = enum.auto()
    OVERTAKEN = enum.auto()  # somebody else has done some of the batch: nothing was applied
    TAKEN = enum.auto()  # another process is at this lane


def drain(lane: str) -> None:
    """Work until nothing is left in the lane.

    Whoever finds the lane taken may leave: who has it looks once more after letting go of
    it, and then sees every row that was stored before.
    """
    ends = time.monotonic() + STINT_SECONDS
    while True:
        with lanes.turn(lane) as is_ours:
            if not is_ours or not _work(lane, ends):
                return
        nudges.expect_drain(lane)
        if not fetch(ANY, lane, 1):
            return
        if time.monotonic() >= ends:
            nudges.drain(lane)
            return


def _work(lane: str, ends: float) -> bool:
    """Until nothing is left or the time is up; False when another process is at it."""
    outcome = Outcome.OVERTAKEN
    while outcome is Outcome.OVERTAKEN:  # what was read ahead comes after what is left
        outcome = _apply_batches(lane, ends)
    return outcome is Outcome.APPLIED


def _apply_batches(lane: str, ends: float) -> Outcome:
    for posts in _batches(lane, ends):
        outcome = _apply(lane, posts)
        if outcome is not Outcome.APPLIED:
            return outcome
    return Outcome.APPLIED


def _batches(lane: str, ends: float) -> Iterator[list[Post]]:
    """Read before the transaction begins: on SQLite it keeps everybody else from writing.

    In a rush the next batch is read on a thread beside: it computes while the one that is
    being applied waits for the database.
    """
    rows = SQLITE_BATCH_ROWS if connection.vendor == "sqlite" else BATCH_ROWS
    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as beside:
        posts = _read(_oldest(lane, rows))
        while posts and time.monotonic() < ends:
            ahead = _oldest(lane, rows, after=posts) if len(posts) == rows else []
            reading = beside.submit(_read, ahead) if len(ahead) == rows else None
            began = time.monotonic()
            yield posts
            if connection.vendor == "sqlite":
                rows = _fitting(rows, time.monotonic() - began)
            if connection.vendor == "sqlite" or len(posts) < WORTH_A_BATCH:
                time.sleep(GAP_SECONDS)
            posts = reading.result() if reading else _read(_oldest(lane, rows))


def _fitting(rows: int, seconds: float) -> int:
    """How many rows the next batch may have, when so many took so long."""
    return max(SQLITE_BATCH_ROWS, min(BATCH_ROWS, int(rows * SQLITE_BATCH_SECONDS / seconds)))


def _read(webhooks: Iterable[Webhook]) -> list[Post]:
    return [(webhook, read(bytes(webhook.body))) for webhook in webhooks]


def _oldest(lane: str, rows: int, *, after: Collection[Post] = ()) -> list[Webhook]:
    """As many rows as make a sensible batch, always at least one if there is any.

    Besides those of the batch before, which are not marked yet.
    """
    known = {webhook.pk for webhook, _happenings in after}
    lying = fetch(SIZES, lane, rows + len(known))
    sizes = [(pk, size) for pk, size in lying if pk not in known][:rows]
    totals = accumulate(size for _pk, size in sizes)
    fitting = sum(total <= BATCH_BYTES for total in totals)
    chosen = [pk for pk, _size in sizes[: max(1, fitting)]]
    return instances(Webhook, COLUMNS, fetch(BODIES, chosen)) if chosen else []


@transaction.atomic
def _apply(lane: str, posts: Sequence[Post]) -> Outcome:
    if not _take_lane(lane):
        return Outcome.TAKEN
    webhooks = [webhook.pk for webhook, _happenings in posts]
    if run(DONE, timezone.now(), webhooks) != len(webhooks):
        transaction.set_rollback(True)
        return Outcome.OVERTAKEN
    arrivals = _arrivals(posts)
    # A post may speak of several; only one drainer at a time works for each.
    number_locks.hold(arrival.channel.pk for arrival in arrivals)
    inbound.apply_all(arrivals)
    note_heard(arrivals)
    return Outcome.APPLIED


def _take_lane(lane: str) -> bool:
    """On SQLite the write transaction itself is the lock."""
    if connection.vendor != "postgresql":
        return True
    key = zlib.crc32(lane.encode()) - 2**31
    return fetch("SELECT pg_try_advisory_xact_lock(%b::int, %b::int)", LANE_LOCKS, key) == [
        (True,)
    ]


def _arrivals(posts: Iterable[Post]) -> list[inbound.Arrival[Happening]]:
    numbers, arrivals = Numbers(), []
    for webhook, happenings in posts:
        for happening in happenings:
            if found := numbers.arrivals(happening, webhook):
                arrivals += found
            else:
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
