"""supportdesk.threads: a WSGI application behind an ASGI server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from supportdesk.threads import MOST_AT_ONCE, OnThreads

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/",
    "query_string": b"",
    "headers": [(b"content-type", b"text/plain")],
}


class Parts:
    """What an application returns: parts, and that it was closed."""

    def __init__(self, *parts: bytes) -> None:
        self._parts = parts
        self.taken: list[int] = []
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for number, part in enumerate(self._parts):
            self.taken.append(number)
            yield part

    def close(self) -> None:
        self.closed += 1


class Browser:
    """Sends a body in pieces, and keeps what it was answered."""

    def __init__(self, *body: bytes) -> None:
        self._body = list(body) or [b""]
        self.heard: list[Any] = []

    async def receive(self) -> Any:
        piece = self._body.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self._body)}

    async def send(self, message: Any) -> None:
        self.heard.append(message)

    def ask(self, application: Any) -> None:
        on_threads = OnThreads(application, threads=1)
        asyncio.run(on_threads(dict(SCOPE), self.receive, self.send))

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.heard[1:])


def test_a_page_is_one_head_and_one_body() -> None:
    parts, browser = Parts(b"first ", b"second"), Browser()

    def application(environ: Any, start_response: Any) -> Parts:
        start_response("404 Not Found", [("Content-Type", "text/html"), ("X-Name", " ü ")])
        return parts

    browser.ask(application)

    assert browser.heard == [
        {
            "type": "http.response.start",
            "status": 404,
            "headers": [(b"content-type", b"text/html"), (b"x-name", b"\xfc")],
        },
        {"type": "http.response.body", "body": b"first second"},
    ]
    assert parts.closed == 1


def test_a_long_answer_comes_in_pieces_and_none_before_it_is_asked_for() -> None:
    part = b"x" * (MOST_AT_ONCE // 2)
    parts, browser = Parts(*[part] * 5), Browser()
    taken: list[int] = []

    async def send(message: Any) -> None:
        taken.append(len(parts.taken))
        browser.heard.append(message)

    def application(environ: Any, start_response: Any) -> Parts:
        start_response("200 OK", [])
        return parts

    on_threads = OnThreads(application, threads=1)
    asyncio.run(on_threads(dict(SCOPE), browser.receive, send))

    assert taken == [2, 2, 4, 5]  # head, two pieces, the rest
    assert browser.body == part * 5
    assert [message.get("more_body", False) for message in browser.heard[1:]] == [
        True,
        True,
        False,
    ]
    assert parts.closed == 1


def test_a_browser_that_goes_away_leaves_nothing_open() -> None:
    parts = Parts(*[b"x" * MOST_AT_ONCE] * 5)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise ConnectionResetError

    def application(environ: Any, start_response: Any) -> Parts:
        start_response("200 OK", [])
        return parts

    on_threads = OnThreads(application, threads=1)
    with pytest.raises(ConnectionResetError):
        asyncio.run(on_threads(dict(SCOPE), Browser().receive, send))

    assert parts.taken == [0]
    assert parts.closed == 1


@pytest.mark.parametrize("body", [[b"all at once"], [b"all ", b"at ", b"once"], []])
def test_the_application_reads_what_was_sent(body: list[bytes]) -> None:
    read: list[bytes] = []

    def application(environ: Any, start_response: Any) -> list[bytes]:
        read.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return []

    Browser(*body).ask(application)

    assert read == [b"".join(body)]


def test_the_application_runs_on_a_thread_of_the_pool() -> None:
    names: list[str] = []

    def application(environ: Any, start_response: Any) -> list[bytes]:
        names.append(threading.current_thread().name)
        start_response("200 OK", [])
        return []

    Browser().ask(application)

    assert names[0].startswith("page")


def test_an_application_that_fails_is_no_answer() -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        raise ZeroDivisionError

    browser = Browser()
    with pytest.raises(ZeroDivisionError):
        browser.ask(application)

    assert browser.heard == []  # the server answers 500 by itself
