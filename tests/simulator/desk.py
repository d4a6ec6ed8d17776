"""A desk of a few lines: takes webhooks, remembers them, answers as told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "simulator-app-secret"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    raw: bytes
    signature: str | None
    path: str

    @property
    def body(self) -> Json:
        data: Json = json.loads(self.raw)
        return data

    @property
    def changes(self) -> list[Json]:
        return [change for entry in self.body["entry"] for change in entry["changes"]]

    @property
    def values(self) -> list[Json]:
        return [change["value"] for change in self.changes]

    def is_signed(self, secret: str = SECRET) -> bool:
        digest = hmac.new(secret.encode(), self.raw, hashlib.sha256).hexdigest()
        return self.signature == f"sha256={digest}"


class Desk:
    def __init__(self) -> None:
        desk = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                signature = self.headers["X-Hub-Signature-256"]
                status = desk.take(Post(self.rfile.read(length), signature, self.path))
                self._answer(status, b"")

            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                known = query.get("hub.verify_token") == [desk.verify_token]
                challenge = query.get("hub.challenge", [""])[0].encode()
                self._answer(200 if known else 403, challenge if known else b"")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.verify_token = "simulator-verify"
        self.posts: list[Post] = []
        self.answers: deque[int] = deque()  # used up one by one, then 200
        self.while_taking: Callable[[Post], None] | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/webhooks/whatsapp/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def take(self, post: Post) -> int:
        if self.while_taking:
            self.while_taking(post)
        self.posts.append(post)
        return self.answers.popleft() if self.answers else 200

    def clear(self) -> None:
        self.posts.clear()
        self.answers.clear()
        self.while_taking = None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # --- what was told

    @property
    def values(self) -> list[Json]:
        return [value for post in list(self.posts) for value in post.values]

    @property
    def messages(self) -> list[Json]:
        return [message for value in self.values for message in value.get("messages", [])]

    @property
    def statuses(self) -> list[Json]:
        return [status for value in self.values for status in value.get("statuses", [])]

    def wait_for_posts(self, count: int, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while len(self.posts) < count:
            assert time.monotonic() < until, f"{len(self.posts)} of {count} posts came"
            time.sleep(0.005)
