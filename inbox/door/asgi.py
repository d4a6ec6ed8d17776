"""The few shapes of ASGI that the door speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class TooLarge(Exception):
    """The body is longer than anything Meta sends."""


class Gone(Exception):
    """The other side hung up before it had said all."""


def header(scope: Scope, name: bytes) -> bytes:
    """The only value of this header; b"" when there is none, or more than one."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0] if len(values) == 1 else b""


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    claimed = header(scope, b"content-length")
    if claimed.isdigit() and int(claimed) > limit:
        raise TooLarge
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        body: bytes = message.get("body", b"")
        if len(body) > limit:
            raise TooLarge
        return body
    return await _read_rest(message, receive, limit=limit)


async def _read_rest(message: Message, receive: Receive, *, limit: int) -> bytes:
    chunks = bytearray()
    while True:
        if message["type"] != "http.request":
            raise Gone
        chunks += message.get("body", b"")
        if len(chunks) > limit:
            raise TooLarge
        if not message.get("more_body"):
            return bytes(chunks)
        message = await receive()


async def answer(send: Send, status: int, text: bytes = b"") -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text)),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
