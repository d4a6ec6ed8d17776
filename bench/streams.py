"""Open tabs: connections to the live stream that note when they hear of a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import cast

from bench.load import Sample
from bench.people import Reader

CODE = b'"code":"'
LENGTH = 36
CONNECTED = b"event: connected\n"
QUIET_SECONDS = 2.0
PATIENCE = 300.0


class Board:
    """What was posted when, and how long each tab waited to hear of it."""

    def __init__(self) -> None:
        self.posted: dict[bytes, float] = {}
        self.sample = Sample()
        self.heard_at = 0.0  # anything at all


class Tab(asyncio.Protocol):
    def __init__(self, reader: Reader, board: Board) -> None:
        self._reader, self._board = reader, board
        self._rest = b""
        self.is_connected = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._reader.get("/live/"))

    def data_received(self, data: bytes) -> None:
        now, board = perf_counter(), self._board
        board.heard_at = now
        data = self._rest + data
        self.is_connected = self.is_connected or CONNECTED in data
        at = data.find(CODE)
        while at != -1 and at + len(CODE) + LENGTH <= len(data):
            start = at + len(CODE)
            if (since := board.posted.get(data[start : start + LENGTH])) is not None:
                board.sample.seconds.append(now - since)
            at = data.find(CODE, start)
        # The beginning of what comes in two pieces.
        self._rest = data[at:] if at != -1 else data[1 - len(CODE) :]


async def open_tabs(port: int, readers: Sequence[Reader], board: Board) -> list[Tab]:
    """All connected, and told so."""
    loop, tabs = asyncio.get_running_loop(), []
    for reader in readers:
        _, tab = await loop.create_connection(
            lambda reader=reader: Tab(reader, board),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        tabs.append(tab)
    end = perf_counter() + PATIENCE
    while not all(tab.is_connected for tab in tabs):
        if perf_counter() > end:
            raise TimeoutError(f"not all of {len(tabs)} tabs are connected")
        await asyncio.sleep(0.05)
    return tabs


async def quiet(board: Board) -> None:
    """Until nothing was heard for a while: those who come are told to all who are here."""
    end = perf_counter() + PATIENCE
    while perf_counter() < min(board.heard_at + QUIET_SECONDS, end):
        await asyncio.sleep(0.05)


async def all_heard(board: Board, count: int) -> None:
    end = perf_counter() + PATIENCE
    while len(board.sample.seconds) < count and perf_counter() < end:
        await asyncio.sleep(0.05)


def close(tabs: Sequence[Tab]) -> None:
    for tab in tabs:
        tab.transport.close()
