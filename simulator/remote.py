"""Drives a running simulator from a test or a script, over HTTP only.

    with running(desk_webhook="http://127.0.0.1:8000/webhooks/whatsapp/") as whatsapp:
        lena = whatsapp.person(name="Lena Hofmann")
        whatsapp.says(lena, "Guten Morgen!")
        whatsapp.settle()
        [reply] = whatsapp.sent(to=lena, count=1)

``running`` starts a process of its own on a free port and stops it afterwards.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import httpx

from simulator.shapes import Json

_ROOT = Path(__file__).resolve().parent.parent


class ControlError(Exception):
    """The simulator refused; the text says why."""


class Remote:
    def __init__(self, url: str, *, timeout: float = 130.0) -> None:
        self.url = url.rstrip("/")
        # Plain HTTP on this machine: loading certificates would only cost time.
        nothing = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.http = httpx.Client(
            base_url=self.url, timeout=timeout, trust_env=False, verify=nothing
        )

    def __enter__(self) -> Remote:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.http.close()

    def ask(self, method: str, path: str, data: Json | None = None, **query: object) -> Json:
        """Any control: ``ask("POST", "/faults", {...})``."""
        parameters = {key: str(value) for key, value in query.items() if value is not None}
        # The standard library's JSON escapes what UTF-8 cannot carry: half a surrogate pair.
        content = None if data is None else json.dumps(data).encode()
        answer = self.http.request(
            method, f"/control{path}", content=content, params=parameters
        )
        result: Json = answer.json()
        if answer.status_code >= 400:
            raise ControlError(f"{answer.status_code}: {result.get('error')}")
        return result

    # --- people

    def person(self, **what: object) -> Json:
        """``name``, ``phone``, ``username``, ``bsuid_only``, ``language``, ``online`` …"""
        return self.ask("POST", "/people", dict(what))

    def says(self, person: Json | str, text: str = "", **what: object) -> str:
        """Write: a text, or any kind with ``type=…``. Gives the message id."""
        data = {**({"text": text} if text else {}), **what}
        return str(self.ask("POST", f"{_of(person)}/messages", data)["id"])

    def presses(self, person: Json | str, choice: object = 0, message: str = "") -> str:
        data = {"choice": choice, "message": message}
        return str(self.ask("POST", f"{_of(person)}/press", data)["id"])

    def reads(self, person: Json | str, message: str = "") -> int:
        return int(self.ask("POST", f"{_of(person)}/read", {"message": message})["read"])

    def changes(self, person: Json | str, **what: object) -> Json:
        return self.ask("PATCH", _of(person), dict(what))

    def does(self, person: Json | str, deed: str, **what: object) -> Json:
        """block, unblock, call, change-number, change-user-id, preference."""
        return self.ask("POST", f"{_of(person)}/{deed}", dict(what))

    # --- the desk's messages

    def sent(
        self,
        *,
        to: Json | str | None = None,
        count: int = 0,
        timeout: float = 5,
        **query: object,
    ) -> list[Json]:
        """What the desk sent, oldest first; waits until there are ``count``."""
        who = to.get("id") if isinstance(to, dict) else to
        asked = {"person": who, "count": count, "timeout": timeout, **query}
        messages: list[Json] = self.ask("GET", "/sent", None, **asked)["messages"]
        return messages

    def status(self, message_id: str, status: str, *, code: int = 0) -> Json:
        path = f"/sent/{quote(message_id, safe='')}/status"
        return self.ask("POST", path, {"status": status, "code": code})

    # --- conduct

    def settle(self, timeout: float = 10, *, retries: bool = True) -> bool:
        data = {"timeout": timeout, "retries": retries}
        return bool(self.ask("POST", "/settle", data)["settled"])

    def rules(self, **what: object) -> Json:
        return self.ask("PATCH", "/rules", dict(what))

    def webhooks(self, **what: object) -> Json:
        return self.ask("PATCH", "/webhooks", dict(what))

    def fault(self, endpoint: str = "*", **what: object) -> Json:
        """``fault("messages", code=130429, next=2)``; see README for the rest."""
        return self.ask("POST", "/faults", {"endpoint": endpoint, **what})

    def clear_faults(self) -> None:
        self.ask("DELETE", "/faults")

    def deliveries(self, *, state: str = "", body: bool = False) -> list[Json]:
        asked = {"state": state, "body": "1" if body else "", "limit": 2000}
        found: list[Json] = self.ask("GET", "/deliveries", None, **asked)["deliveries"]
        return found

    def raw(self, **what: object) -> Json:
        return self.ask("POST", "/raw", dict(what))

    def event(self, field: str, value: Json, **what: object) -> Json:
        return self.ask("POST", "/events", {"field": field, "value": value, **what})

    def judge(self, template: str, verdict: str, **what: object) -> Json:
        return self.ask("POST", f"/templates/{template}/{verdict}", dict(what))

    def clock(self, **what: object) -> float:
        return float(self.ask("POST", "/clock", dict(what))["now"])

    def burst(self, **what: object) -> Json:
        return self.ask("POST", "/burst", dict(what))

    def reset(self, **what: object) -> Json:
        return self.ask("POST", "/reset", dict(what))


def _of(person: Json | str) -> str:
    key = person["id"] if isinstance(person, dict) else person
    return f"/people/{quote(str(key), safe='')}"


@contextmanager
def running(**options: object) -> Iterator[Remote]:
    """A simulator of one's own; options are its flags with underscores."""
    flags = [_flag(name, value) for name, value in {"port": 0, **options}.items()]
    process = subprocess.Popen(  # noqa: S603 - our own module with our own flags
        [sys.executable, "-m", "simulator", *flags],
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - for the type checker
        line = process.stdout.readline()
        if not line.startswith("simulator: "):
            raise ControlError("the simulator did not start")
        with Remote(line.removeprefix("simulator: ").strip()) as remote:
            yield remote
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def _flag(name: str, value: object) -> str:
    flag = "--" + name.replace("_", "-")
    if isinstance(value, bool):
        return flag if value else flag.replace("--", "--no-", 1)
    return f"{flag}={value}"
