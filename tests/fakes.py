"""WhatsApp's side of the wire, for tests of what we send. The real client speaks to it."""

from __future__ import annotations

import itertools
import json
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import httpx

from inbox.whatsapp import GraphClient

Body = dict[str, Any]
Answer = Callable[[httpx.Request], httpx.Response]


class FakeGraph:
    """Accepts every message, unless told otherwise; keeps what it was told. Thread-safe."""

    def __init__(self) -> None:
        self.messages: list[Body] = []
        self.uploads = 0
        self.requests: list[httpx.Request] = []
        self.number: Body = {"id": "1", "status": "CONNECTED"}
        self.documents: dict[str, Body] = {}
        self.on_message: Callable[[Body], None] = lambda body: None
        self._scripts: dict[str, list[Answer]] = defaultdict(list)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        transport = httpx.MockTransport(self._answer)
        self.client = GraphClient("https://graph.example", "v26.0", transport=transport)

    @property
    def texts(self) -> list[str]:
        """What was said in plain text, in the order it came."""
        return [body["text"]["body"] for body in self.messages if body.get("type") == "text"]

    def refuse(
        self, code: int, *, times: int = 1, at: str = "messages", status: int = 400, **more: Any
    ) -> None:
        """Answer the next calls with an error of the Graph API."""
        headers = {"Retry-After": str(wait)} if (wait := more.pop("retry_after", None)) else {}
        error = {"message": f"(#{code}) refused", "code": code, "fbtrace_id": "A1", **more}

        def answer(request: httpx.Request) -> httpx.Response:
            return httpx.Response(status, json={"error": error}, headers=headers)

        self._scripts[at] += [answer] * times

    def fail(self, failure: Exception, *, at: str = "messages") -> None:
        """Break off the next call. A read timeout comes after the message was taken."""

        def answer(request: httpx.Request) -> httpx.Response:
            if isinstance(failure, httpx.ReadTimeout):
                self._take(request)
            raise failure

        self._scripts[at].append(answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        what = request.url.path.rpartition("/")[2]
        with self._lock:
            self.requests.append(request)
            script = self._scripts[what]
            answer = script.pop(0) if script else self._usual
        return answer(request)

    def _usual(self, request: httpx.Request) -> httpx.Response:
        what = request.url.path.rpartition("/")[2]
        if request.method == "POST" and what == "messages":
            return self._take(request)
        if request.method == "POST" and what == "media":
            return self._keep_upload(request)
        return httpx.Response(200, json=self.documents.get(what, self.number))

    def _take(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        with self._lock:
            self.messages.append(body)
            wamid = f"wamid.OUT{next(self._numbers)}"
        self.on_message(body)
        return httpx.Response(200, json={"messages": [{"id": wamid}], "success": True})

    def _keep_upload(self, request: httpx.Request) -> httpx.Response:
        request.read()
        with self._lock:
            self.uploads += 1
            return httpx.Response(200, json={"id": f"9{self.uploads:05}"})
