"""Meta's speed limits, where the rules switch them on."""

from __future__ import annotations

from collections import deque

from simulator.accounts import Number
from simulator.errors import GraphError
from simulator.people import Person
from simulator.world import World

PAIR_SECONDS, PAIR_BURST = 6.0, 45


def check_rates(world: World, number: Number, person: Person) -> None:
    """Raise 130429 when the number, or 131056 when this pair, is too fast."""
    now = world.clock.now()
    if world.rules.throughput:
        sent = world.recently_sent.setdefault(number.id, deque())
        while sent and sent[0] <= now - 1:
            sent.popleft()
        if len(sent) >= world.rules.throughput:
            raise GraphError(130429, "Cloud API message throughput has been reached.")
        sent.append(now)
    if world.rules.pair_limit:
        pair = f"{number.id}/{person.id}"
        # Bursts are borrowed from the future: this is when the debt is paid back.
        paid_at = max(world.pair_debt.get(pair, 0.0), now)
        if paid_at - now > PAIR_SECONDS * (PAIR_BURST - 1):
            raise GraphError(131056, "Too many messages to this user in a short time.")
        world.pair_debt[pair] = paid_at + PAIR_SECONDS
