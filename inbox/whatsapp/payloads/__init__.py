"""Webhook bodies in, happenings out.

`read` is total: whatever bytes come, it returns a list and never raises. What it does not
understand it returns as `Unknown` with the part in question, and goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from inbox.whatsapp.happenings import Happening, Unknown, Unreadable

from . import body as bodies
from .changes import read_change
from .reading import ident, moment, obj

OBJECT = "whatsapp_business_account"
# Of signed nonsense a few pieces tell as much as a million of them.
MOST_ODD = 100

__all__ = ["read"]


def read(body: bytes) -> list[Happening]:
    try:
        document = bodies.load(body)
    except (ValueError, RecursionError) as mistake:
        return [Unreadable(reason=type(mistake).__name__)]
    if not isinstance(document, dict):
        return [Unreadable(reason="no object")]
    return list(_few_odd(_read_document(document)))


def _few_odd(happenings: Iterator[Happening]) -> Iterator[Happening]:
    odd = 0
    for happening in happenings:
        if isinstance(happening, Unknown):
            odd += 1
            if odd > MOST_ODD:
                continue
        yield happening
    if odd > MOST_ODD:
        yield Unknown(path="more", reason=f"{odd - MOST_ODD} more odd pieces")


def _read_document(document: dict[str, object]) -> Iterator[Happening]:
    entries = document.get("entry")
    if not isinstance(entries, list):
        yield Unknown(raw=document, reason="no entries")
    elif document.get("object", OBJECT) != OBJECT:
        yield Unknown(raw=document, reason="not about WhatsApp")
    else:
        for number, entry in enumerate(entries):
            yield from _read_entry(entry, f"entry[{number}]")


def _read_entry(entry: object, path: str) -> Iterator[Happening]:
    if not isinstance(entry, dict):
        yield Unknown(raw={"item": entry}, path=path, reason="no object")
        return
    waba_id, time = ident(entry.get("id")), entry.get("time")
    changes = entry.get("changes")
    if changes is None and "value" in entry:
        changes = [entry]
    if not isinstance(changes, list):
        at = moment(time)
        yield Unknown(waba_id=waba_id, at=at, raw=entry, path=path, reason="no changes")
        return
    for number, change in enumerate(changes):
        place = f"{path}.changes[{number}]"
        if isinstance(change, dict):
            yield from read_change(change, waba_id=waba_id, entry_time=time, path=place)
        else:
            odd = obj({"item": change})
            yield Unknown(waba_id=waba_id, raw=odd, path=place, reason="no object")
