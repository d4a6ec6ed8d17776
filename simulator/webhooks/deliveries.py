"""The log of posts: what went where, how often it was tried, and what was answered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.shapes import Json

KEEP, KEEP_BYTES = 2000, 8 * 2**20


@dataclass(frozen=True, slots=True)
class Target:
    """An app's callback address and the secret its posts are signed with."""

    url: str
    app_id: str
    secret: str = field(repr=False)


@dataclass(slots=True)
class Delivery:
    id: int
    target: Target
    body: bytes
    updates: int
    message_ids: tuple[str, ...]
    created_at: float
    state: str = "waiting"  # waiting, delivered, retrying, given_up
    attempts: list[Json] = field(default_factory=list)

    def summary(self) -> Json:
        return {
            "id": self.id,
            "url": self.target.url,
            "app_id": self.target.app_id,
            "state": self.state,
            "updates": self.updates,
            "bytes": len(self.body),
            "message_ids": list(self.message_ids[:50]),
            "created_at": self.created_at,
            "attempts": self.attempts[-20:],
        }


class DeliveryLog:
    def __init__(self) -> None:
        self.delivered = self.failed_attempts = 0
        self._count = 0
        self._bytes = 0
        self._by_id: OrderedDict[int, Delivery] = OrderedDict()

    def __iter__(self) -> Iterator[Delivery]:
        return iter(self._by_id.values())

    def open(
        self, target: Target, body: bytes, *, updates: int, ids: tuple[str, ...], now: float
    ) -> Delivery:
        self._count += 1
        delivery = Delivery(self._count, target, body, updates, ids, now)
        self._by_id[delivery.id] = delivery
        self._bytes += len(body)
        while len(self._by_id) > KEEP or (self._bytes > KEEP_BYTES and len(self._by_id) > 1):
            _, oldest = self._by_id.popitem(last=False)
            self._bytes -= len(oldest.body)
        return delivery

    def get(self, delivery_id: int) -> Delivery | None:
        return self._by_id.get(delivery_id)

    def clear(self) -> None:
        self._by_id.clear()
        self._bytes = 0
