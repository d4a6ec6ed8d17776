"""Who talks to the desk, how long and when: planned before any row is made.

Messages of all cases are then made in the order of their moments, as they would have come:
those of one thread lie scattered over the table.
"""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass, field
from datetime import datetime, timedelta

HISTORY = int(timedelta(days=365).total_seconds())
STATUSES = ("open", "snoozed", "closed")
STATUS_WEIGHTS = (60, 3, 37)
LONG_THREADS = 10
RETURNING = 0.25  # of all cases are earlier ones of a customer who has a newer one
_CASES = 2**24  # more than there ever are: a moment and a case's place in one number


@dataclass(slots=True)
class Last:
    """What the list shows of a case's last message."""

    pk: int
    kind: str
    direction: str
    status: str
    body: str
    at: datetime
    wamid: str


@dataclass(slots=True)
class Case:
    """One conversation, and what its messages make of it while they pass by."""

    pk: int
    contact: int
    messages: int
    status: str
    agent: int | None
    last: Last | None = None
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    wrote_at: datetime | None = None
    replied_at: datetime | None = None
    unread: int = 0


@dataclass(slots=True)
class Plan:
    """All cases, and the order in which their messages come."""

    cases: list[Case]
    contacts: int
    _moments: array[int] = field(default_factory=lambda: array("q"))

    def messages(self) -> list[tuple[int, Case]]:
        """Seconds since the beginning of history, and whose message comes then."""
        return [(m // _CASES, self.cases[m % _CASES]) for m in self._moments]


def plan(conversations: int, messages: int, agents: list[int], chance: random.Random) -> Plan:
    contacts = max(1, int(conversations * (1 - RETURNING)))
    lengths = _lengths(conversations, messages, chance)
    cases = [
        Case(
            pk=number,
            contact=number if number <= contacts else chance.randint(1, contacts),
            messages=length,
            status=chance.choices(STATUSES, STATUS_WEIGHTS)[0],
            agent=chance.choice([None, *chance.choices(agents, k=3)]),
        )
        for number, length in enumerate(lengths, 1)
    ]
    for case in cases[contacts:]:
        case.status = "closed"
    made = Plan(cases, contacts)
    made._moments.extend(sorted(_moments(cases, chance)))
    return made


def _lengths(conversations: int, messages: int, chance: random.Random) -> list[int]:
    """Skewed, at least one each, exactly ``messages`` together; a few are very long."""
    weights = [chance.lognormvariate(0, 1) for _ in range(conversations)]
    long = min(LONG_THREADS, conversations // 100)
    spare = max(0, messages - conversations)
    extra = min(messages // 100, spare // (long or 1))
    share = (spare - long * extra) / sum(weights)
    lengths = [1 + int(weight * share) for weight in weights]
    for number in range(long):
        lengths[number] += extra
    left = messages - sum(lengths)
    for number in range(left):
        lengths[number % conversations] += 1
    return lengths


def _moments(cases: list[Case], chance: random.Random) -> list[int]:
    """Earlier cases of a customer end before the next one begins."""
    began: dict[int, int] = {}
    moments: list[int] = []
    for place, case in enumerate(cases):
        latest = began.get(case.contact)
        if latest is None:
            end = HISTORY - int(HISTORY * chance.random() ** 3)
        else:
            end = max(1, latest - int(chance.expovariate(1 / (20 * 86_400))) - 3600)
        times = _times(case.messages, end, chance)
        began[case.contact] = times[-1]
        moments.extend(time * _CASES + place for time in times)
    return moments


def _times(count: int, end: int, chance: random.Random) -> list[int]:
    """Seconds, latest first: answers within minutes, now and then after a night."""
    draw = chance.lognormvariate
    gaps = [draw(5.5, 1.6) for _ in range(count - 1)]
    together = sum(gaps)
    squeeze = min(1.0, end * 0.95 / together) if together else 1.0
    times, at = [end], float(end)
    for gap in gaps:
        at -= gap * squeeze
        times.append(int(at))
    return times
