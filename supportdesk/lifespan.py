"""Start and stop several ASGI applications as one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.door.asgi import Application, Message, Receive, Send


class Part:
    """One application's side of the lifespan conversation."""

    def __init__(self, application: Application) -> None:
        self._told: asyncio.Queue[Message] = asyncio.Queue()
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._task = asyncio.ensure_future(application(scope, self._told.get, self._said.put))

    async def tell(self, message: Message) -> Message | None:
        """Pass a message on and return the answer; None when it knows no lifespan."""
        await self._told.put(dict(message))
        answer = asyncio.ensure_future(self._said.get())
        await asyncio.wait({answer, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        answer.cancel()
        self._task.exception()  # seen: an application without a lifespan raises
        return None


async def live_together(
    applications: Sequence[Application], receive: Receive, send: Send
) -> None:
    parts = [Part(application) for application in applications]
    while True:
        message = await receive()
        answers = await asyncio.gather(*(part.tell(message) for part in parts))
        failed = [a for a in answers if a and a["type"].endswith(".failed")]
        await send(failed[0] if failed else {"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
