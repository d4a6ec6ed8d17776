"""How this WhatsApp behaves towards the business; changeable while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field

Ladder = list[tuple[str, int]]
STEPS = ("sent", "delivered", "read", "played")


@dataclass(slots=True)
class Rules:
    ladder: Ladder = field(default_factory=lambda: [("sent", 0), ("delivered", 800)])
    read_after_ms: int = 2500  # for people who read by themselves
    window: str = "sync"  # 131047 in the answer (sync), as a status (async), or off
    unknown_recipients: str = "create"  # or "fail": 131026, not on WhatsApp
    approve_templates_ms: int = -1  # below zero: by hand
    free_service_allowance: int = 1000  # delivered free per number and month
    pair_limit: bool = False  # 131056 above 45 messages in 6 s or 1 per 6 s
    throughput: int = 0  # 130429 above this many messages a second; 0: no limit


def parse_ladder(text: str) -> Ladder:
    """``sent:0,delivered:800`` → steps with milliseconds after acceptance."""
    ladder: Ladder = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, wait = part.partition(":")
        if name not in STEPS or not (wait or "0").isdigit():
            raise ValueError(f"not a step of the ladder: {part!r} (e.g. delivered:800)")
        ladder.append((name, int(wait or 0)))
    return ladder


def show_ladder(ladder: Ladder) -> str:
    return ",".join(f"{name}:{wait}" for name, wait in ladder)
