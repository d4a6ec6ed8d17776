"""supportdesk.threads: a WSGI application behind an ASGI server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from supportdesk import wsgi_requests
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


@pytest.mark.parametrize(
    "body",
    [[b"all at once"], [b"all ", b"at ", b"once"], [], [b"x" * 600_000] * 3],
    ids=["at once", "in pieces", "nothing", "a file"],
)
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


def never(environ: Any, start_response: Any) -> list[bytes]:
    raise AssertionError("it was asked")


def test_no_thread_waits_for_what_is_still_on_its_way() -> None:
    asked_after: list[int] = []
    browser = Browser(b"first ", b"second ", b"third")

    def application(environ: Any, start_response: Any) -> list[bytes]:
        asked_after.append(len(browser._body))
        start_response("200 OK", [])
        return []

    browser.ask(application)

    assert asked_after == [0]


def test_more_than_any_form_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi_requests, "MOST_POSTED", 10)
    browser = Browser(b"123456", b"789012", b"never read")

    browser.ask(never)

    assert browser.heard[0]["status"] == 413
    assert browser._body == [b"never read"]


def test_a_browser_that_goes_away_while_it_sends_is_not_answered() -> None:
    browser = Browser(b"half", b"")

    async def receive() -> Any:
        if len(browser._body) == 1:
            return {"type": "http.disconnect"}
        return await browser.receive()

    asyncio.run(OnThreads(never, threads=1)(dict(SCOPE), receive, browser.send))

    assert browser.heard == []


def environ_of(**scope: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def application(environ: Any, start_response: Any) -> list[bytes]:
        found.update(environ)
        start_response("200 OK", [])
        return []

    browser = Browser()
    on_threads = OnThreads(application, threads=1)
    asyncio.run(on_threads(SCOPE | scope, browser.receive, browser.send))
    return found


def test_the_request_is_told_as_wsgi_has_it() -> None:
    found = environ_of(
        method="PATCH",
        path="/künden/",
        query_string=b"q=1",
        client=("192.0.2.7", 4711),
        server=("192.0.2.1", 8000),
        headers=[(b"content-length", b"3"), (b"x-requested-with", b"fetch")],
    )

    assert found["REQUEST_METHOD"] == "PATCH"
    assert found["PATH_INFO"].encode("latin-1").decode() == "/künden/"
    assert found["QUERY_STRING"] == "q=1"
    assert found["REMOTE_ADDR"] == "192.0.2.7"
    assert (found["SERVER_NAME"], found["SERVER_PORT"]) == ("192.0.2.1", "8000")
    assert (found["CONTENT_LENGTH"], found["HTTP_X_REQUESTED_WITH"]) == ("3", "fetch")


def test_a_header_that_comes_twice_is_put_together() -> None:
    found = environ_of(
        headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"via", b"x"), (b"via", b"y")]
    )

    assert found["HTTP_COOKIE"] == "a=1; b=2"
    assert found["HTTP_VIA"] == "x,y"


def test_an_underscore_does_not_pass_for_a_hyphen() -> None:
    found = environ_of(
        headers=[(b"x_forwarded_proto", b"https"), (b"x-forwarded-proto", b"http")]
    )

    assert found["HTTP_X_FORWARDED_PROTO"] == "http"
