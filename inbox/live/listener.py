"""One open connection: what still has to be written to it. A thousand of them are cheap."""

from __future__ import annotations

import asyncio

from inbox.live import frames
from inbox.live.sign_in import SignIn

HEARTBEAT_SECONDS = 25.0
# A browser so slow that this much is waiting for it fetches everything instead.
MOST_WAITING = 200


class Listener:
    __slots__ = ("_frames", "_wake", "is_ended", "sign_in")

    def __init__(self, sign_in: SignIn) -> None:
        self.sign_in = sign_in
        self.is_ended = False
        self._frames: list[bytes] = []
        self._wake = asyncio.Event()

    def push(self, frame: bytes) -> None:
        if self.is_ended:
            return
        if len(self._frames) >= MOST_WAITING:
            self._frames = [frames.CONNECTED]
        else:
            self._frames.append(frame)
        self._wake.set()

    def end(self, frame: bytes = b"") -> None:
        """Write one last thing, instead of all that waits, and close."""
        if not self.is_ended:
            self.is_ended = True
            self._frames = [frame] if frame else []
            self._wake.set()

    async def next(self) -> bytes:
        """All that waits, as soon as something does; b"" at the end."""
        if not self._frames and not self.is_ended:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                return frames.STILL_HERE
        self._wake.clear()
        waiting, self._frames = self._frames, []
        return b"".join(waiting)
