"""What this machine can do at best: the yardstick beside the measures."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psycopg

from bench import load
from bench.house import House
from bench.load import Sample
from bench.results import Result, rate
from bench.wire import request

BODY = b"x" * 900  # about what one update of WhatsApp weighs
TABLE = "CREATE TABLE IF NOT EXISTS bench_limit (id integer, body {bytes} NOT NULL)"


def measure(house: House) -> Iterator[Result]:
    insert = _insert_sqlite(house) if house.is_embedded else _insert_postgres()
    yield rate("limit: bare INSERT, commit each", _repeat(insert, house.pace.seconds / 2), None)
    yield rate("limit: bare socket, 32 connections", _bare_socket(house), None)


def empty_view(house: House) -> Iterator[Result]:
    """Django's part of every page."""
    requests = itertools.repeat(request("GET", "/healthz"))
    for clients in (1, 8):
        sample = load.run(
            load.hammer(
                house.desk.port, requests, connections=clients, seconds=house.pace.seconds / 2
            )
        )
        yield rate(f"limit: empty view, {clients} clients", sample, None)


def _repeat(work: Callable[[], object], seconds: float) -> Sample:
    sample, started = Sample(), time.perf_counter()
    while (before := time.perf_counter()) < started + seconds:
        work()
        sample.seconds.append(time.perf_counter() - before)
    sample.lasted = time.perf_counter() - started
    return sample


def _insert_postgres() -> Callable[[], object]:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection.execute(TABLE.format(bytes="bytea"))
    statement = "INSERT INTO bench_limit (body) VALUES (%s)"
    return lambda: connection.execute(statement, [BODY], prepare=True, binary=True)


def _insert_sqlite(house: House) -> Callable[[], object]:
    """As durable as the desk's own database: written ahead, and synchronised each time."""
    connection = sqlite3.connect(house.desk.folder / "limit.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE.format(bytes="blob"))
    return lambda: connection.execute("INSERT INTO bench_limit (body) VALUES (?)", [BODY])


def _bare_socket(house: House) -> Sample:
    """A server that answers without looking, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.bare"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        requests = itertools.repeat(request("POST", "/", body=BODY))
        try:
            return load.run(
                load.hammer(port, requests, connections=32, seconds=house.pace.seconds / 2)
            )
        finally:
            server.kill()
