"""The life of an outgoing message as data: which status may follow which, and who moves it.

``manage.py document_message_states`` writes ``docs/message-states.md`` from it, so that the
picture cannot lie; a test fails when it is stale.
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox.models.message import Message

Status = Message.Status


@dataclass(frozen=True, slots=True)
class Move:
    source: str
    target: str
    why: str


def _reported() -> tuple[Move, ...]:
    """What WhatsApp reports only ever moves forward, and may skip steps."""
    told = (Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED)
    sources = (Status.SENDING, Status.UNCERTAIN, *told)
    return tuple(
        Move(source, target, "WhatsApp reports it")
        for source in sources
        for target in told
        if Message.RANK[source] < Message.RANK[target]
    )


MOVES: tuple[Move, ...] = (
    Move(Status.QUEUED, Status.SENDING, "claimed: the gate and the rates agree"),
    Move(Status.QUEUED, Status.FAILED, "refused by the gate, or discarded by its author"),
    Move(Status.SENDING, Status.QUEUED, "surely not sent: throttled, no connection, circuit"),
    Move(Status.SENDING, Status.UNCERTAIN, "the answer was lost, or the worker died"),
    Move(Status.SENDING, Status.FAILED, "refused by WhatsApp"),
    Move(Status.UNCERTAIN, Status.FAILED, "WhatsApp reports it"),
    Move(Status.SENT, Status.FAILED, "WhatsApp reports it"),
    *_reported(),
)

_HEAD = """# The life of an outgoing message

Written by `manage.py document_message_states` from `inbox/message_states.py`; do not edit.

Sending again makes a new message; the old one stays as it ended.

"""


def as_markdown() -> str:
    return _HEAD + _picture() + "\n" + _table()


def _picture() -> str:
    lines = ["    [*] --> queued"]
    lines += [f"    {move.source} --> {move.target}" for move in MOVES]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])


def _table() -> str:
    rows = [f"| {move.source} | {move.target} | {move.why} |" for move in MOVES]
    return "\n".join(["| from | to | why |", "| --- | --- | --- |", *rows, ""])
