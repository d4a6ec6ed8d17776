"""Posts as WhatsApp posts, through the whole web application, and what the workers then do."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from inbox.actions import draining, media
from inbox.door import receiver
from inbox.whatsapp import signature
from supportdesk.asgi import application
from tests.factories import APP_SECRET

PATH = "/webhooks/whatsapp/"


def post(body: bytes) -> int:
    """The raw bytes with a valid signature; what the desk answers."""
    return asyncio.run(_post(body))


async def _post(body: bytes) -> int:
    transport = httpx.ASGITransport(app=application)
    signed = {"X-Hub-Signature-256": signature.sign(body, APP_SECRET)}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as whatsapp:
        answer = await whatsapp.post(PATH, content=body, headers=signed)
    return answer.status_code


def close() -> None:
    """End the threads of the door; the next post opens a new one."""
    receiver._receiver().intake.close()
    receiver._receiver.cache_clear()


def work(nudged: list[tuple[Any, ...]]) -> None:
    """Do what was handed to the workers, until nothing is left."""
    while nudged:
        task, *arguments = nudged.pop(0)
        if task == "drain":
            draining.drain(*arguments)
        elif task == "fetch_media":
            media.fetch(*arguments)
        else:
            assert task == "sync_templates", task
