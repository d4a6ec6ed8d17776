"""Updates and the bytes they become: Meta's envelope, Meta's escaping, Meta's limits."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.shapes import Json

MAX_UPDATES = 1000
MAX_BYTES = 3 * 10**6
_LISTS = ("messages", "statuses", "contacts")


@dataclass(frozen=True, slots=True)
class Update:
    """One thing to tell: a change with one message, status or account event in it."""

    account_id: str
    field: str
    value: Json
    number_id: str = ""
    message_id: str = ""  # the customer's message in it, which gets its second tick
    time: int | None = None  # only account-level fields carry one
    size: int = 0

    @classmethod
    def of(
        cls,
        account_id: str,
        name: str,
        value: Json,
        *,
        number_id: str = "",
        message_id: str = "",
        time: int | None = None,
    ) -> Update:
        size = len(json.dumps(value)) + value_slashes(value) + 120
        return cls(account_id, name, value, number_id, message_id, time, size)


def value_slashes(value: Json) -> int:
    """How many bytes escaping adds at most, so that a batch stays below the limit."""
    return json.dumps(value, ensure_ascii=False).count("/")


def encode(updates: Sequence[Update], *, shape: str = "separate", escape: bool = True) -> bytes:
    """One webhook body. ``merged`` puts the updates of a number into one change."""
    entries: dict[tuple[str, int | None], list[Json]] = {}
    for update in updates:
        changes = entries.setdefault((update.account_id, update.time), [])
        change = {"value": update.value, "field": update.field}
        if shape == "separate" or not _merge(changes, change):
            changes.append(change)
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": account, **({"time": time} if time is not None else {}), "changes": changes}
            for (account, time), changes in entries.items()
        ],
    }
    return serialise(body, escape=escape)


def _merge(changes: list[Json], change: Json) -> bool:
    """Add to the last change if it is about the same number; else prepare this one for more."""
    last = changes[-1] if changes else None
    if change["field"] != "messages":
        return False
    if last is None or last["value"].get("metadata") != change["value"].get("metadata"):
        value = change["value"]
        change["value"] = {k: [*v] if k in _LISTS else v for k, v in value.items()}
        return False
    for name in _LISTS:
        known = last["value"].setdefault(name, [])
        for item in change["value"].get(name, ()):
            if name != "contacts" or item not in known[-20:]:
                known.append(item)
        if not known:
            del last["value"][name]
    return True


def serialise(body: object, *, escape: bool = True) -> bytes:
    """JSON as Meta writes it: without spaces, non-ASCII as \\u00e1 and slashes as \\/."""
    text = json.dumps(body, ensure_ascii=escape, separators=(",", ":"))
    if escape:
        text = text.replace("/", "\\/")
    return text.encode("utf-8", "surrogatepass")


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
