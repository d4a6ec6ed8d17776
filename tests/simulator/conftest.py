"""One simulator in a thread and one tiny desk for all of these tests; reset before each."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from simulator.app import create_app
from simulator.options import DEMO_NUMBER, Options
from simulator.remote import Remote
from tests.simulator.desk import Desk, Json


@pytest.fixture(scope="session")
def _desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def _simulator(_desk: Desk) -> Iterator[str]:
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    options = Options(port=port, desk_webhook=_desk.url, ladder="sent:0,delivered:0")
    config = uvicorn.Config(create_app(options), log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def desk(_desk: Desk) -> Desk:
    return _desk


@pytest.fixture
def whatsapp(_simulator: str, desk: Desk) -> Iterator[Remote]:
    with Remote(_simulator) as remote:
        remote.reset(seed="1")
        remote.webhooks(retry_ms=5)
        desk.clear()
        yield remote
        remote.settle(2, retries=False)  # so that nothing of this test reaches the next


class Graph:
    """The Graph API as the desk calls it."""

    def __init__(self, url: str) -> None:
        headers = {"Authorization": "Bearer simulator-token"}
        nothing = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # quicker than loading them all
        self.http = httpx.Client(base_url=url, headers=headers, trust_env=False, verify=nothing)

    def get(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(f"/v26.0/{path}", params=query)

    def post(self, path: str, **body: object) -> httpx.Response:
        return self.http.post(f"/v26.0/{path}", json=body)

    def send(self, to: str, kind: str = "text", part: object = None, **more: object) -> Json:
        """Send and expect success; gives the answer."""
        answer = self.try_to_send(to, kind, part, **more)
        assert answer.status_code == 200, answer.text
        result: Json = answer.json()
        return result

    def try_to_send(
        self, to: str, kind: str = "text", part: object = None, **more: object
    ) -> httpx.Response:
        whom = {"recipient": to} if "." in to else {"to": f"+{to.lstrip('+')}"}
        body = {
            "messaging_product": "whatsapp",
            **whom,
            "type": kind,
            kind: {"body": "Guten Tag"} if part is None else part,
            **more,
        }
        return self.http.post(f"/v26.0/{DEMO_NUMBER}/messages", json=body)


def error_of(answer: httpx.Response) -> Json:
    error: Json = answer.json()["error"]
    return error


@pytest.fixture
def graph(whatsapp: Remote) -> Iterator[Graph]:
    graph = Graph(whatsapp.url)
    yield graph
    graph.http.close()


@pytest.fixture
def lena(whatsapp: Remote, desk: Desk) -> Json:
    """A customer who wrote a moment ago, so that the window is open."""
    person = whatsapp.person(name="Lena Hofmann", phone="4915123456789")
    whatsapp.says(person, "Guten Morgen!")
    whatsapp.settle()
    desk.clear()
    return person
