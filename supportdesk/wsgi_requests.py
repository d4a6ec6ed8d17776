"""A request as the server tells it by ASGI, in the words of WSGI.

What a browser sends is gathered on the event loop, long things in a file: so that an upload
over a slow line holds no thread.
"""

from __future__ import annotations

import sys
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inbox.door.asgi import Receive, Scope

MOST_IN_MEMORY = 1_000_000
MOST_POSTED = 110_000_000  # the largest file, and the form around it


class TooMuch(Exception):
    """More was sent than any form of ours takes."""


class Gone(Exception):
    """The browser went away before it had sent all."""


async def body(receive: Receive) -> IO[bytes]:
    """Most of what is posted has arrived with its head."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return BytesIO(message.get("body", b""))
    # Closed by whoever asked for it: it outlives this function.
    gathered = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115
    try:
        await _gather(gathered, message, receive)
    except BaseException:
        gathered.close()
        raise
    return gathered


async def _gather(
    gathered: SpooledTemporaryFile[bytes], message: Any, receive: Receive
) -> None:
    while True:
        if message["type"] != "http.request":
            raise Gone
        gathered.write(message.get("body", b""))
        if gathered.tell() > MOST_POSTED:
            raise TooMuch
        if not message.get("more_body"):
            break
        message = await receive()
    gathered.seek(0)


def environ(scope: Scope, sent: IO[bytes]) -> dict[str, Any]:
    server, port = scope.get("server") or ("localhost", 80)
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # WSGI wants bytes in the letters of latin-1.
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 0),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": sent,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if client := scope.get("client"):
        found["REMOTE_ADDR"] = client[0]
    _add_headers(found, scope["headers"])
    return found


def _add_headers(found: dict[str, Any], headers: list[tuple[bytes, bytes]]) -> None:
    for name, value in headers:
        if b"_" in name:  # would pass for the one with a hyphen, which a proxy may have set
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        if key in found:
            text = f"{found[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        found[key] = text
