"""supportdesk.asgi and supportdesk.lifespan: who answers which address"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from inbox.live import hub
from supportdesk import lifespan


async def get(path: str, *, query: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    """What the web process answers, down from the server's side."""
    from supportdesk.asgi import application

    said: list[Any] = []
    hung_up = asyncio.Event()

    async def receive() -> Any:
        if not said:
            return {"type": "http.request", "body": b"", "more_body": False}
        await hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": [(b"host", b"localhost")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    await application(scope, receive, send)
    await hub.here().close()  # the live room's, which belongs to this event loop
    body = b"".join(message.get("body", b"") for message in said[1:])
    headers = {key.decode(): value.decode() for key, value in said[0]["headers"]}
    return said[0]["status"], headers, body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "status"),
    [("/webhooks/whatsapp/", 403), ("/live/", 401), ("/", 302), ("/no/such/page/", 404)],
    ids=["door", "live", "pages", "nowhere"],
)
def test_each_address_has_its_room(path: str, status: int) -> None:
    assert asyncio.run(get(path))[0] == status


@pytest.mark.django_db(transaction=True)
def test_a_query_of_any_bytes_is_no_error() -> None:
    status, _headers, _body = asyncio.run(get("/no/such/page/", query=b"q=\xff\xfe&x=%20"))
    assert status == 404


class Recorder:
    """An application that says what it heard of the lifespan."""

    def __init__(self, *, knows_lifespan: bool = True, fails: bool = False) -> None:
        self.heard: list[str] = []
        self.knows_lifespan, self.fails = knows_lifespan, fails

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.knows_lifespan:
            raise ValueError(scope["type"])  # as the specification of ASGI wants it
        while True:
            message = await receive()
            self.heard.append(message["type"])
            await send({"type": message["type"] + (".failed" if self.fails else ".complete")})
            if message["type"] == "lifespan.shutdown":
                return


def run(*applications: Recorder) -> list[str]:
    told = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    said: list[str] = []

    async def receive() -> Any:
        return told.pop(0)

    async def send(message: Any) -> None:
        said.append(message["type"])

    asyncio.run(lifespan.live_together(applications, receive, send))
    return said


def test_all_start_and_stop_together() -> None:
    first, second = Recorder(), Recorder()

    assert run(first, second) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert first.heard == second.heard == ["lifespan.startup", "lifespan.shutdown"]


def test_one_without_a_lifespan_does_not_matter() -> None:
    other = Recorder()
    said = run(Recorder(knows_lifespan=False), other)

    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert other.heard == ["lifespan.startup", "lifespan.shutdown"]


def test_one_that_cannot_start_keeps_the_server_from_starting() -> None:
    assert run(Recorder(), Recorder(fails=True))[0] == "lifespan.startup.failed"
