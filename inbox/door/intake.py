"""Storing posts: whatever waits when the writer is free goes into one INSERT, one commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

import psycopg
from django.db import connection, transaction
from django.db.utils import Error, OperationalError
from django.utils import timezone

from inbox.door.nudging import Nudger
from inbox.models import Webhook

MAX_ROWS = 500
MAX_BYTES = 16 * 2**20
MAX_WAITING_BYTES = 64 * 2**20


class Full(Exception):
    """More waits to be stored than we want to hold in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    body: bytes
    lane: str
    signed_by: str
    stored: asyncio.Future[None]


class Intake:
    """One writer thread with a database connection of its own, started when first needed."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Post | None] = SimpleQueue()
        self._waiting_bytes = 0  # touched by the event loop only
        self._writer: threading.Thread | None = None
        self._nudger = Nudger()

    async def store(self, body: bytes, lane: str, signed_by: str) -> None:
        """Return when the post is committed; raise ``django.db.Error`` when it is not."""
        if self._waiting_bytes + len(body) > MAX_WAITING_BYTES:
            raise Full
        if self._writer is None:
            self._start()
        stored = asyncio.get_running_loop().create_future()
        self._waiting_bytes += len(body)
        self._waiting.put(Post(body, lane, signed_by, stored))
        try:
            await stored
        finally:
            self._waiting_bytes -= len(body)

    def close(self) -> None:
        """Store and nudge what still waits, then end both threads."""
        if self._writer is not None:
            self._waiting.put(None)
            self._writer.join()
            self._writer = None
        self._nudger.close()

    def _start(self) -> None:
        self._writer = threading.Thread(target=self._write, name="intake", daemon=True)
        self._writer.start()

    def _write(self) -> None:
        try:
            while batch := self._next_batch():
                self._write_batch(batch)
        finally:
            connection.close()

    def _next_batch(self) -> list[Post]:
        """All that waits, up to a sensible size; empty when the door is being closed."""
        first = self._waiting.get()
        return [] if first is None else [first, *self._rest(len(first.body))]

    def _rest(self, size: int) -> Iterator[Post]:
        for _ in range(MAX_ROWS - 1):
            if size > MAX_BYTES:
                return
            try:
                post = self._waiting.get_nowait()
            except Empty:
                return
            if post is None:
                self._waiting.put(None)  # closing: after this batch
                return
            size += len(post.body)
            yield post

    def _write_batch(self, batch: list[Post]) -> None:
        failure: BaseException | None = None
        try:
            insert(batch)
        except Exception as trouble:
            failure = trouble if isinstance(trouble, Error) else OperationalError(str(trouble))
            # Whatever it was: the next batch gets a fresh connection.
            connection.close()
        loop = batch[0].stored.get_loop()
        loop.call_soon_threadsafe(_resolve, batch, failure)
        if failure is None:
            self._nudger.nudge({post.lane for post in batch})


def _resolve(batch: list[Post], failure: BaseException | None) -> None:
    for post in batch:
        if post.stored.done():  # the other side hung up
            continue
        if failure is None:
            post.stored.set_result(None)
        else:
            post.stored.set_exception(failure)


_INSERT = (
    "INSERT INTO inbox_webhook (received_at, body, lane, signed_by)"
    " SELECT %b, body, lane, signed_by FROM unnest(%b::bytea[], %b::text[], %b::text[])"
    " AS posts(body, lane, signed_by)"
)


def insert(batch: list[Post]) -> None:
    now = timezone.now()
    if connection.vendor == "postgresql":
        try:
            _insert_arrays(batch, now)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            # An idle connection may have died unnoticed (database restarted): once more.
            connection.close()
            _insert_arrays(batch, now)
    else:
        _insert_rows(batch, now)


def _insert_arrays(batch: list[Post], now: datetime) -> None:
    """One prepared statement whatever the number of rows, bytes sent as bytes."""
    connection.ensure_connection()
    raw = connection.connection
    bodies = [post.body for post in batch]
    lanes = [post.lane for post in batch]
    signers = [post.signed_by for post in batch]
    with psycopg.Cursor(raw) as cursor:
        cursor.execute(_INSERT, [now, bodies, lanes, signers], prepare=True)


def _insert_rows(batch: list[Post], now: datetime) -> None:
    with transaction.atomic():
        Webhook.objects.bulk_create(
            Webhook(body=p.body, lane=p.lane, signed_by=p.signed_by, received_at=now)
            for p in batch
        )
