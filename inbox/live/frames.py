"""Server-sent events as bytes, and how an event is written as one."""

from __future__ import annotations

import json
from typing import Any


def event(name: str, data: str = "{}") -> bytes:
    """``data`` is JSON on one line; an event without data would not reach the page."""
    return f"event: {name}\ndata: {data}\n\n".encode()


def presence(code: str, viewing: list[dict[str, str]], writing: list[dict[str, str]]) -> bytes:
    document: dict[str, Any] = {"code": code, "viewing": viewing, "writing": writing}
    return event("presence", json.dumps(document, separators=(",", ":")))


# Fetch what you show: first thing on a connection, and whenever hints may have been missed.
CONNECTED = event("connected")
# A comment would do for proxies, but the page cannot hear comments, and wants to know as well.
STILL_HERE = event("still-here")
LOCKED_OUT = event("locked-out")
