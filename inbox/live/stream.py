"""``GET /live/``: the one long answer of the desk, as raw ASGI (see supportdesk/asgi.py).

HEAD tells a page whose connection failed whether it is still signed in: 204 or 401.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from contextlib import suppress
from http import HTTPStatus
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host

from inbox.door.asgi import Receive, Scope, Send
from inbox.live import hub, sign_in
from inbox.live.listener import Listener

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy that gathers would make us late
    (b"x-content-type-options", b"nosniff"),
]

logger = logging.getLogger(__name__)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)
    else:
        await send({"type": "websocket.close"})


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if refusal := _refusal_for(scope):
        return await _end(send, refusal)
    cookies = _header(scope, b"cookie")
    try:
        found = await hub.here().worker.run(sign_in.find, cookies)
    except DatabaseError:
        return await _end(send, HTTPStatus.SERVICE_UNAVAILABLE)
    if found is None:
        return await _end(send, HTTPStatus.UNAUTHORIZED)
    if scope["method"] == "HEAD":
        return await _end(send, HTTPStatus.NO_CONTENT)
    return await _stream(Listener(found), receive, send)


def _refusal_for(scope: Scope) -> HTTPStatus | None:
    """Only our own pages listen: the cookie alone does not tell who asks."""
    if scope["method"] not in {"GET", "HEAD"}:
        return HTTPStatus.METHOD_NOT_ALLOWED
    host = _header(scope, b"host")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return HTTPStatus.BAD_REQUEST
    if _header(scope, b"sec-fetch-site") not in {"", "same-origin", "none"}:
        return HTTPStatus.FORBIDDEN
    origin = _header(scope, b"origin")
    if origin and urlsplit(origin).netloc != host:
        return HTTPStatus.FORBIDDEN
    return None


def _header(scope: Scope, name: bytes) -> str:
    # HTTP/2 may send cookies one by one.
    return "; ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def _end(send: Send, status: HTTPStatus) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _stream(listener: Listener, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    goodbye = asyncio.create_task(_wait_for_goodbye(receive, listener))
    own = hub.here()
    try:
        await own.join(listener)
        while frame := await listener.next():
            await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        pass  # the browser went away while we were writing
    finally:
        goodbye.cancel()
        own.leave(listener)


async def _wait_for_goodbye(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


# --- Starting and stopping with the server -----------------------------------------------


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    _end_streams_when_asked_to_stop()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hub.here().close()
    await send({"type": "lifespan.shutdown.complete"})


def _end_streams_when_asked_to_stop() -> None:
    """The server waits for open answers before it tells us, and ours do not end."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop, own = asyncio.get_running_loop(), hub.here()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        with suppress(RuntimeError):  # the loop has gone already
            asyncio.run_coroutine_threadsafe(own.close(), loop)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, ask_to_stop)
