"""A Graph API made of functions: what was asked is kept, what is answered is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from inbox.whatsapp import GraphClient

BASE = "https://graph.facebook.com"
VERSION = "v26.0"
TOKEN = "EAAtoken"
NUMBER = "109200774410451"

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Graph:
    """Answers in the given order and keeps every request."""

    def __init__(self, *answers: Answer, base_url: str = BASE) -> None:
        self.requests: list[httpx.Request] = []
        self._answers = list(answers)
        transport = httpx.MockTransport(self._answer)
        self.client = GraphClient(base_url, VERSION, transport=transport)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def request(self) -> httpx.Request:
        (request,) = self.requests
        return request

    @property
    def sent(self) -> Any:
        return json.loads(self.request.content)


def ok(document: object) -> httpx.Response:
    return httpx.Response(200, json=document)


def refused(code: int, *, status: int = 400, **more: Any) -> httpx.Response:
    error = {"message": f"(#{code}) No", "code": code, "fbtrace_id": "Az81", **more}
    return httpx.Response(status, json={"error": error})
