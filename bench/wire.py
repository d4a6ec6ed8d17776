"""One keep-alive HTTP connection: prepared bytes out, next to no parsing in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple, cast

END_OF_HEAD = b"\r\n\r\n"


class Answer(NamedTuple):
    status: int
    seconds: float  # from the first byte sent to the last one received
    body: bytes
    head: bytes


class Wire(asyncio.Protocol):
    """Says one request after the other; ``heard`` is called for each whole answer."""

    def __init__(self, heard: Callable[[Wire, Answer], None]) -> None:
        self._heard = heard
        self._received = bytearray()
        self._length = -1  # of the whole answer, once the head has told
        self._head_length = 0
        self._is_chunked = False
        self.sent_at = 0.0
        self.is_lost = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        if self.sent_at:
            self._finish(599, b"")

    def say(self, request: bytes, *, since: float = 0.0) -> None:
        """``since``: when it ought to have been said, if we are late."""
        self.sent_at = since or perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._head_length and not self._read_head():
            return
        if self._is_chunked:
            if self._received.endswith(b"0\r\n\r\n"):
                self._finish(self._status(), _joined(self._received[self._head_length :]))
        elif len(self._received) >= self._length:
            self._finish(self._status(), bytes(self._received[self._head_length :]))

    def _status(self) -> int:
        return int(self._received[9:12])

    def _read_head(self) -> bool:
        end = self._received.find(END_OF_HEAD)
        if end == -1:
            return False
        head = self._received[:end].lower()
        self._head_length = end + len(END_OF_HEAD)
        place = head.find(b"\r\ncontent-length:")
        self._is_chunked = place == -1 and b"\r\ntransfer-encoding: chunked" in head
        length = 0 if place == -1 else int(head[place + 17 :].split(b"\r\n", 1)[0])
        self._length = self._head_length + length
        return True

    def _finish(self, status: int, body: bytes) -> None:
        head = bytes(self._received[: self._head_length])
        answer = Answer(status, perf_counter() - self.sent_at, body, head)
        self._received.clear()
        self._head_length, self.sent_at = 0, 0.0
        self._heard(self, answer)


def _joined(chunks: bytearray) -> bytes:
    body, at = bytearray(), 0
    while True:
        end = chunks.index(b"\r\n", at)
        size = int(chunks[at:end].split(b";")[0], 16)
        if size == 0:
            return bytes(body)
        body += chunks[end + 2 : end + 2 + size]
        at = end + size + 4


async def connect(port: int, heard: Callable[[Wire, Answer], None]) -> Wire:
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(lambda: Wire(heard), "127.0.0.1", port)
    return wire


def request(
    method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """The bytes a browser would send, as far as the desk looks at them."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
