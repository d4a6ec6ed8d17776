"""Runs a WSGI application on a fixed pool of threads, behind an ASGI server.

A page is made whole on its thread and handed to the event loop once: going back and forth for
its head, each part and its end would cost more than its queries do. What is sent is gathered
before, and of a long answer (a file) each piece is fetched when the one before has been taken,
so that a browser on a slow line holds no thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from supportdesk import wsgi_requests

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from inbox.door.asgi import Receive, Scope, Send

MOST_AT_ONCE = 512 * 1024


class OnThreads:
    def __init__(self, application: WSGIApplication, *, threads: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            sent = await wsgi_requests.body(receive)
        except wsgi_requests.Gone:
            return
        except wsgi_requests.TooMuch:
            await _refuse(send, 413)
            return
        with sent:
            await self._answer(scope, sent, send)

    async def _answer(self, scope: Scope, sent: IO[bytes], send: Send) -> None:
        on_thread = partial(asyncio.get_running_loop().run_in_executor, self._pool)
        answer = Answer(self._application, wsgi_requests.environ(scope, sent))
        try:
            piece = await on_thread(answer.begin)
            await send(
                {
                    "type": "http.response.start",
                    "status": answer.status,
                    "headers": answer.headers,
                }
            )
            while not answer.is_over:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await on_thread(answer.next_piece)
            await send({"type": "http.response.body", "body": piece})
        finally:
            if not answer.is_over:
                await on_thread(answer.end)


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class Answer:
    """What the application answers. Made on threads, one at a time."""

    def __init__(self, application: WSGIApplication, environ: dict[str, Any]) -> None:
        self._application, self._environ = application, environ
        self._parts: Iterable[bytes] = ()
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.is_over = False

    def begin(self) -> bytes:
        """Ask the application. Returns the first piece, which mostly is all."""
        self._parts = self._application(self._environ, self._start)
        self._rest = iter(self._parts)
        return self.next_piece()

    def _start(self, status: str, headers: list[tuple[str, str]], *_failure: Any) -> Any:
        self.status = int(status[:3])
        self.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]

    def next_piece(self) -> bytes:
        piece = bytearray()
        for part in self._rest:
            piece += part
            if len(piece) >= MOST_AT_ONCE:
                return bytes(piece)
        self.end()
        return bytes(piece)

    def end(self) -> None:
        """Also for an answer that nobody waits for any more."""
        self.is_over = True
        if close := getattr(self._parts, "close", None):
            close()
