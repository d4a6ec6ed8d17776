"""The ASGI application behind /webhooks/whatsapp/."""

from __future__ import annotations

import asyncio
import logging
import re
from functools import cache

from django.conf import settings
from django.db import Error

from inbox.door import handshake
from inbox.door.asgi import (
    Gone,
    Receive,
    Scope,
    Send,
    TooLarge,
    answer,
    header,
    read_body,
)
from inbox.door.intake import Full, Intake
from inbox.door.keys import Keys

logger = logging.getLogger(__name__)

_SIGNATURE = re.compile(rb"sha256=[0-9a-f]{64}")
_LANE = re.compile(rb'"phone_number_id"\s*:\s*"?([0-9A-Za-z_.-]{1,64})["\s,}]')
FRESH_SECONDS = 5.0
# A secret that was stored a moment ago must work, yet forged posts must not load the database.
PATIENCE_SECONDS = 1.0
# A bigger body takes the event loop too long to hash.
_HASH_IN_THREAD = 128 * 1024


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    receiver = _receiver()
    if scope["type"] == "lifespan":
        await receiver.live(receive, send)
    elif scope["type"] == "http":
        await receiver.respond(scope, receive, send)


@cache
def _receiver() -> Receiver:
    return Receiver()


class Receiver:
    def __init__(self) -> None:
        self.keys = Keys()
        self.intake = Intake()
        self._loading = asyncio.Lock()

    async def live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(self.intake.close)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] == "POST":
                await answer(send, await self._take(scope, receive))
            elif scope["method"] == "GET":
                await self._shake_hands(scope, send)
            else:
                await answer(send, 405)
        except TooLarge:
            await answer(send, 413)
        except Gone:
            return
        except (Error, Full) as trouble:
            # Meta repeats for days what was not answered with 200.
            logger.error("webhook not stored: %s", type(trouble).__name__)
            await answer(send, 503)

    async def _shake_hands(self, scope: Scope, send: Send) -> None:
        await self._load_keys(older_than=PATIENCE_SECONDS)
        challenge = handshake.reply(scope["query_string"], self.keys.verify_tokens)
        if challenge is None:
            await answer(send, 403)
        else:
            await answer(send, 200, challenge)

    async def _take(self, scope: Scope, receive: Receive) -> int:
        given = header(scope, b"x-hub-signature-256")
        body = await read_body(scope, receive, limit=settings.WEBHOOK_MAX_BYTES)
        if not _SIGNATURE.fullmatch(given):
            return 403
        signed_by = await self._signer(given, body)
        if signed_by is None:
            return 403
        await self.intake.store(body, lane_of(body), signed_by)
        return 200

    async def _signer(self, given: bytes, body: bytes) -> str | None:
        await self._load_keys(older_than=FRESH_SECONDS)
        signed_by = await self._match(given, body)
        if signed_by is None and await self._load_keys(older_than=PATIENCE_SECONDS):
            signed_by = await self._match(given, body)
        return signed_by

    async def _load_keys(self, *, older_than: float) -> bool:
        """Say whether they were loaded; of many that want it at once, one does it."""
        if self.keys.age <= older_than:
            return False
        async with self._loading:
            if self.keys.age > older_than:
                await asyncio.to_thread(self.keys.load)
        return True

    async def _match(self, given: bytes, body: bytes) -> str | None:
        if len(body) > _HASH_IN_THREAD:
            return await asyncio.to_thread(self.keys.signer, given, body)
        return self.keys.signer(given, body)


def lane_of(body: bytes) -> str:
    """The first number the body speaks of, found without reading it; "" if there is none."""
    found = _LANE.search(body)
    return found[1].decode() if found else ""
