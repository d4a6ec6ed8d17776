"""A small HTTP/1.1 client on asyncio streams: keeps connections open and costs little memory.

Follows no redirects and speaks only what a webhook call needs.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_ANSWER = 64 * 1024
_IDLE_PER_HOST = 64


class NoAnswer(Exception):
    """The other side could not be reached, or did not answer in HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_before: bool


class Http:
    def __init__(self) -> None:
        self._idle: dict[tuple[str, int, bool], list[_Line]] = {}

    async def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        timeout: float = 20.0,
    ) -> Answer:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join([*lines, "", ""]).encode()
        try:
            async with asyncio.timeout(timeout):
                return await self._exchange((host, port, secure), head + body)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            raise NoAnswer(type(error).__name__) from error

    async def _exchange(self, place: tuple[str, int, bool], message: bytes) -> Answer:
        while True:
            line = await self._open(place)
            try:
                line.writer.write(message)
                await line.writer.drain()
                first = await line.reader.readline()
                if not first:
                    raise ConnectionResetError
            except ConnectionError:
                line.writer.close()
                if line.used_before:  # it was closed while lying idle: take another one
                    continue
                raise
            except BaseException:
                line.writer.close()
                raise
            return await self._read(place, line, first)

    async def _open(self, place: tuple[str, int, bool]) -> _Line:
        idle = self._idle.get(place, [])
        while idle:
            line = idle.pop()
            if not line.writer.is_closing() and not line.reader.at_eof():
                return line
            line.writer.close()
        host, port, secure = place
        context = ssl.create_default_context() if secure else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context, limit=2**18)
        return _Line(reader, writer, used_before=False)

    async def _read(self, place: tuple[str, int, bool], line: _Line, first: bytes) -> Answer:
        keep = False
        try:
            status = int(first.split()[1])
            headers = await _read_headers(line.reader)
            body, keep = await _read_body(line.reader, headers, status)
        except IndexError as error:
            raise ValueError("no HTTP") from error
        finally:
            idle = self._idle.setdefault(place, [])
            if keep and len(idle) < _IDLE_PER_HOST:
                idle.append(_Line(line.reader, line.writer, used_before=True))
            else:
                line.writer.close()
        return Answer(status, body)

    def close(self) -> None:
        for lines in self._idle.values():
            for line in lines:
                line.writer.close()
        self._idle.clear()


async def _read_headers(reader: asyncio.StreamReader) -> dict[str, str]:
    headers = {}
    while (line := await reader.readline()) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip().lower()
    return headers


async def _read_body(
    reader: asyncio.StreamReader, headers: dict[str, str], status: int
) -> tuple[bytes, bool]:
    """The body, and whether the connection can be used again."""
    keep = headers.get("connection") != "close"
    if headers.get("transfer-encoding") == "chunked":
        return await _read_chunks(reader), keep
    if "content-length" in headers:
        length = int(headers["content-length"])
        if length > MAX_ANSWER:
            return await reader.readexactly(MAX_ANSWER), False
        return await reader.readexactly(length), keep
    if status in (204, 304):
        return b"", keep
    return await reader.read(MAX_ANSWER), False


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0] or b"0", 16):
        body += await reader.readexactly(size)
        await reader.readline()
        if len(body) > MAX_ANSWER:
            raise ValueError("answer too long")
    while (await reader.readline()) not in (b"\r\n", b"\n", b""):
        pass
    return body
