"""Asking the door as an ASGI server does."""

from __future__ import annotations

import asyncio
from typing import Any

from inbox.door.receiver import Receiver
from inbox.whatsapp import signature
from tests.factories import APP_SECRET

BODY = b'{"object":"whatsapp_business_account","entry":[]}'


async def call(
    door: Receiver,
    method: str,
    *,
    chunks: list[bytes] | None = None,
    headers: dict[str, str] | None = None,
    query: str = "",
) -> tuple[int, bytes]:
    """What the door answers: status and body."""
    parts = chunks or [b""]
    told = [
        {"type": "http.request", "body": part, "more_body": n < len(parts)}
        for n, part in enumerate(parts, 1)
    ]
    said: list[Any] = []

    async def receive() -> Any:
        return told.pop(0) if told else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": method,
        "query_string": query.encode("latin-1"),
        "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
    }
    await door.respond(scope, receive, send)
    return (said[0]["status"], said[1]["body"]) if said else (0, b"")


def post(door: Receiver, body: bytes, header: str | None = None, **more: Any) -> int:
    signed = signature.sign(body, APP_SECRET) if header is None else header
    headers = {"X-Hub-Signature-256": signed} if signed else {}
    chunks = more.pop("chunks", [body])
    status, _ = asyncio.run(call(door, "POST", chunks=chunks, headers=headers | more))
    return status
