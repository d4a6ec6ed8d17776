"""The live stream behind a real server, and browsers that listen to it."""

from __future__ import annotations

import json
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import uvicorn
from django.conf import settings
from django.test import Client

from inbox.live import hub, stream
from inbox.models import Agent
from tests import services

PATIENCE = 10.0


@contextmanager
def server() -> Iterator[str]:
    """Yields the address of ``/live/``."""
    port = services.free_port()
    config = uvicorn.Config(
        stream.application, port=port, log_level="error", timeout_graceful_shutdown=2
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    wait_for(lambda: running.started)
    try:
        yield f"http://127.0.0.1:{port}/live/"
    finally:
        for own in list(hub._hubs.values()):
            own.loop.call_soon_threadsafe(own.loop.create_task, own.close())
        running.should_exit = True
        thread.join(PATIENCE)


def cookies_of(agent: Agent) -> dict[str, str]:
    client = Client()
    client.force_login(agent, backend="inbox.backends.AgentBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


class Browser:
    """Reads a stream on a thread of its own; what it heard is waited for."""

    def __init__(self, url: str, cookies: dict[str, str]) -> None:
        self._heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._client = httpx.Client(cookies=cookies, timeout=httpx.Timeout(5, read=60))
        self._response = self._client.send(self._client.build_request("GET", url), stream=True)
        self.status = self._response.status_code
        self.headers = self._response.headers
        network = self._response.extensions["network_stream"]
        self._socket: socket.socket = network.get_extra_info("socket")
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        name = ""
        try:
            for line in self._response.iter_lines():
                field, _colon, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    self._heard.put((name, json.loads(value)))
        except (httpx.HTTPError, httpx.StreamError):
            pass  # closed from either side
        self.ended.set()

    def hear(self, wanted: str) -> Any:
        """The data of the next event of this name; others are passed over."""
        while True:
            name, data = self._heard.get(timeout=PATIENCE)
            if name == wanted:
                return data

    def heard(self) -> list[tuple[str, Any]]:
        """All that has arrived and was not asked for yet."""
        found = []
        while not self._heard.empty():
            found.append(self._heard.get())
        return found

    def close(self) -> None:
        """As a closed tab does it: without a word."""
        with suppress(OSError):  # it may be closed already
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._response.close()
        self._client.close()
        self._socket.close()


def wait_for(condition: Any) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")
